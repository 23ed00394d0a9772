//! ACC111: una quota è arrotondata male.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "ACC111",
    severity: Severity::Info,
    title: Text { it: "una quota è arrotondata male", en: "a share is badly rounded" },
    what: "Rifà le quote stampate accanto alla loro frazione, nella forma «66% (4/6)».",
    why: "La frazione e la percentuale dicono due cose diverse.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "66% (4/6): 4/6 è 66,67%.",
    advice: Text { it: "correggere la percentuale", en: "correct the percentage" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(\d{1,3})(?:,(\d+))?\s*%[^()%]{0,30}\(\s*(\d{1,6})\s*/\s*(\d{1,6})\s*\)")
            .expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in SHARE.captures_iter(&cell.raw) {
                let decimals = found.get(2).map_or("", |d| d.as_str());
                let number = |n: &str| n.parse::<Decimal>().ok();
                let Some(printed) =
                    number(&format!("{}.{}", &found[1], if decimals.is_empty() { "0" } else { decimals }))
                else {
                    continue;
                };
                let Some((part, whole)) = number(&found[3]).zip(number(&found[4])) else { continue };
                let Some(right) = (part * Decimal::ONE_HUNDRED).checked_div(whole) else { continue };
                let scale = u32::try_from(decimals.len()).unwrap_or(0);
                let rounded = right.round_dp_with_strategy(scale, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
                if rounded == printed || right > Decimal::ONE_HUNDRED {
                    continue;
                }
                out.push(
                    view.at(rule, passage.objective, &cell.source)
                        .quote("testo", "text", &found[0])
                        .says(
                            format!(
                                "{} su {} è {}%, non {}%",
                                &found[3],
                                &found[4],
                                italian(right, 2),
                                italian(printed, 2)
                            ),
                            format!(
                                "{} of {} is {}%, not {}%",
                                &found[3],
                                &found[4],
                                italian(right, 2),
                                italian(printed, 2)
                            ),
                        )
                        .reckons(format!("{} / {} × 100 = {}", &found[3], &found[4], italian(right, 2))),
                );
            }
        }
    }
    out
}
