//! COE243: giorni lavorativi nel testo, giorni nell'indicatore.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE243",
    severity: Severity::Warning,
    title: Text {
        it: "giorni lavorativi nel testo, giorni nell'indicatore",
        en: "working days in the text, days in the indicator",
    },
    what: "Cerca nella scheda dell'obiettivo un numero di giorni lavorativi che è anche l'obiettivo di un indicatore, dove né il nome né l'algoritmo né l'unità dicono «lavorativi».",
    why: "Quindici giorni lavorativi sono tre settimane: con i giorni di calendario l'obiettivo è un altro.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Risultati attesi «entro 15 gg. lavorativi», obiettivo «<=15».",
    advice: Text { it: "dire quali giorni si contano", en: "say which days are counted" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static WORKING: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(\d{1,3})\s*(?:\(\p{L}+\)\s*)?(?:giorni|gg\.?)\s+lavorativi").expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        let Some(objective) = passage.objective else { continue };
        for cell in &passage.cells {
            for found in WORKING.captures_iter(&cell.raw) {
                let Ok(days) = found[1].parse::<Decimal>() else { continue };
                let own = |i: &Indicator| {
                    let target = view.year_target(i)?;
                    let said =
                        [Some(i.name.as_str()), i.algorithm.as_deref(), i.unit.as_deref(), Some(&target.measure.raw)];
                    let silent = !said.into_iter().flatten().any(|t| key(t).contains("lavorativ"));
                    let plain = matches!(target.measure.reading.kind, Kind::Number | Kind::Duration);
                    (silent && plain && number(&target.measure) == Some(days)).then(|| target.measure.raw.clone())
                };
                let Some((index, target)) = view.members(objective).find_map(|(n, i)| Some((n, own(i)?))) else {
                    continue;
                };
                if out.iter().any(|f: &Finding| f.subject == view.on(rule, index).subject) {
                    continue;
                }
                out.push(
                    view.on(rule, index)
                        .at(&cell.source)
                        .quote("testo", "text", &shortened(&cell.raw))
                        .quote("obiettivo", "target", &target)
                        .says(
                            format!("il testo dice {} giorni lavorativi, l'indicatore conta giorni", &found[1]),
                            format!("the text says {} working days, the indicator counts days", &found[1]),
                        ),
                );
            }
        }
    }
    out
}
