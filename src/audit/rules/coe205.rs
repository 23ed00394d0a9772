//! COE205: l'obiettivo ha due titoli.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "COE205",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo ha due titoli", en: "the objective has two titles" },
    what: "Confronta il titolo di ogni obiettivo nella sua scheda con quello nella tabella dei pesi.",
    why: "Con due titoli non si sa quale fase o quale ambito dell'attività si valuta.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Tabella: «… seconda fase»; scheda: «… TERZA FASE».",
    advice: Text { it: "usare lo stesso titolo", en: "use the same title" },
    gather: None,
    check: Check::Document(check),
};

const ORDINALS: [&str; 12] = [
    "prima", "seconda", "terza", "quarta", "quinta", "sesta", "primo", "secondo", "terzo", "quarto", "quinto", "sesto",
];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?is)^obiettivo\s+\w+\s+(?:n\.?\s*)?(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(.{8,})$")
            .expect("constant pattern")
    });
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        for cell in &passage.cells {
            let Some(found) = NAMED.captures(cell.raw.trim()) else { continue };
            let code = |o: &Objective| o.code.as_deref().map(|c| c.trim_matches('.').to_owned());
            let Some((index, objective)) = view.objectives().find(|(_, o)| code(o).as_deref() == Some(&found[1]))
            else {
                continue;
            };
            // The row of the sheet itself, or a row that goes on with other things.
            if passage.objective == Some(index) || seen.contains(&index) {
                continue;
            }
            let (sheet, list) = (objective.title.as_str(), &found[2]);
            let (a, b) = (words(sheet), words(list));
            let only = |x: &[String], y: &[String]| {
                x.iter().filter(|w| !y.contains(w) && *w != "progetto").cloned().collect::<Vec<_>>()
            };
            let (more, less) = (only(&a, &b), only(&b, &a));
            // A word cut in two is the same word.
            let same_letters = sheet.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
                == list.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            if more.is_empty() && less.is_empty()
                || same_letters
                || similar(sheet, list) < 0.3
                || key(list).contains("obiettivo")
            {
                continue;
            }
            seen.push(index);
            let ordinal = |list: &[String]| list.iter().any(|w| ORDINALS.contains(&w.as_str()));
            let finding = view.on_objective(rule, index).quote("scheda", "sheet", sheet).quote(
                "tabella dei pesi",
                "table of weights",
                list,
            );
            out.push(if ordinal(&more) && ordinal(&less) {
                finding.weighs(Severity::Warning).says(
                    format!(
                        "la tabella dei pesi e la scheda parlano di fasi diverse: «{}» e «{}»",
                        less.join(" "),
                        more.join(" ")
                    ),
                    "the table of weights and the sheet speak of different phases",
                )
            } else {
                finding.says(
                    "il titolo nella tabella dei pesi non è quello della scheda",
                    "the title in the table of weights is not the sheet's",
                )
            });
        }
    }
    out
}
