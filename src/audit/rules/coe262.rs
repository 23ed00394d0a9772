//! COE262: più risorse usate di quelle stanziate.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::{cell_at, figure, tables};

pub(super) static RULE: Rule = Rule {
    code: "COE262",
    severity: Severity::Info,
    title: Text { it: "più risorse usate di quelle stanziate", en: "more resources used than assigned" },
    what: "Confronta, nella stessa riga, le risorse stanziate (o assegnate) con quelle utilizzate (o impegnate, liquidate, \
          spese); e le colonne «di cui …» con il totale della riga (un avviso).",
    why: "O una delle due cifre è sbagliata, o lo stanziamento è stato aumentato e il documento non lo dice.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Stanziate € 900.000,00 – Utilizzate € 948.000,00».",
    advice: Text {
        it: "controllare le due cifre, o citare la variazione di bilancio",
        en: "check both figures, or cite the change of the budget",
    },
    gather: Some(5),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static PAIR: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(
            r"(?i)\b(?:stanziat|assegnat)[aeio]\b\s*:?\s*(?:€|euro)?\s*(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)[^\d\n]{1,30}\b(?:utilizzat|impegnat|liquidat|spes)[aeio]\b\s*:?\s*(?:€|euro)?\s*(\d{1,3}(?:\.\d{3})+(?:,\d{2})?)",
        )
        .expect("constant pattern")
    });
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            for found in PAIR.captures_iter(&cell.raw) {
                let (Some(given), Some(used)) = (value_of(&found[1]), value_of(&found[2])) else { continue };
                if used > given {
                    out.push(
                        view.at(rule, passage.objective, &cell.source)
                            .quote("risorse", "resources", &found[0])
                            .says(
                                format!("le risorse usate, {}, superano quelle stanziate, {}", &found[2], &found[1]),
                                format!("the resources used, {}, exceed those assigned, {}", &found[2], &found[1]),
                            )
                            .reckons(format!("{} > {}", italian(used, 2), italian(given, 2))),
                    );
                }
            }
        }
    }
    out.extend(parts(rule, view));
    out
}

/// Rows whose column "di cui …" exceeds the row's total.
fn parts(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for rows in tables(view) {
        for (at, header) in rows.iter().enumerate().take(3) {
            let column = |begins: &str| {
                let at = header.cells.iter().position(|c| key(&c.raw).starts_with(begins))?;
                header.columns.get(at).copied()
            };
            let (Some(part), Some(whole)) = (column("di cui"), column("totale")) else { continue };
            for row in rows.iter().skip(at + 1) {
                let (Some(small), Some(large)) = (cell_at(row, part), cell_at(row, whole)) else { continue };
                let (Some(a), Some(b)) = (figure(&small.raw), figure(&large.raw)) else { continue };
                if a.value > b.value && a.percent == b.percent {
                    out.push(
                        view.at(rule, row.objective, &small.source)
                            .weighs(Severity::Warning)
                            .quote("riga", "row", row.cells.first().map_or("", |c| c.raw.as_str()))
                            .quote("di cui", "of which", &small.raw)
                            .quote("totale", "total", &large.raw)
                            .says(
                                format!("la parte, {}, è più grande del totale della riga, {}", small.raw, large.raw),
                                format!("the part, {}, is larger than the row's total, {}", small.raw, large.raw),
                            ),
                    );
                }
            }
        }
    }
    out
}
