//! ACC132: un andamento che le cifre accanto smentiscono.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::figure;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ACC132",
    severity: Severity::Info,
    title: Text { it: "un andamento che le cifre accanto smentiscono", en: "a trend that the figures beside it deny" },
    what: "Dove una frase dice che un valore scende o cresce in modo costante e sotto sta una tabella per anno, controlla che ogni anno segua.",
    why: "Il testo promette un andamento che i dati non hanno.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«misure di progressivo contenimento»: 2016 6,08, 2017 5,87, 2018 5,89 milioni.",
    advice: Text {
        it: "correggere la frase, o dire dell'anno diverso",
        en: "correct the sentence, or tell of the odd year",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static TREND: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:progressiv[oa]|costante|continu[oa]|graduale)\s+(?:(contenimento|riduzione|diminuzione|calo|decremento|contrazione)|(aumento|crescita|incremento))\b").expect("constant pattern")
    });
    let passages = &view.plan.passages;
    let mut out = Vec::new();
    for (at, passage) in passages.iter().enumerate().filter(|(_, p)| p.table.is_none()) {
        let Some(cell) = passage.cells.first() else { continue };
        let Some(found) = TREND.captures(&cell.raw) else { continue };
        // The sentence must end here, before the table.
        if !cell.raw.trim_end().ends_with(':') {
            continue;
        }
        let Some(table) = passages.get(at + 1).and_then(|p| p.table) else { continue };
        let rows = passages.iter().skip(at + 1).take_while(|p| p.table == Some(table));
        let series: Vec<(i32, Decimal, String)> = rows
            .filter_map(|p| match &p.cells[..] {
                [year, value] => {
                    let year = year.raw.trim().parse::<i32>().ok().filter(|y| (1990..2060).contains(y))?;
                    Some((year, figure(&value.raw)?.value, value.raw.clone()))
                }
                _ => None,
            })
            .collect();
        let falls = found.get(1).is_some();
        let odd = series.windows(2).find_map(|w| match w {
            [a, b] if b.0 == a.0 + 1 && (if falls { b.1 > a.1 } else { b.1 < a.1 }) => Some((a, b)),
            _ => None,
        });
        let Some((before, after)) = odd.filter(|_| series.len() > 2) else { continue };
        out.push(
            view.at(rule, passage.objective, &cell.source)
                .quote("testo", "text", &shortened(&cell.raw))
                .quote("anno", "year", &format!("{}: {}", after.0, after.2))
                .says(
                    format!("«{}», ma nel {} il valore è {} e l'anno prima {}", &found[0], after.0, after.2, before.2),
                    format!(
                        "“{}”, but in {} the value is {} and the year before {}",
                        &found[0], after.0, after.2, before.2
                    ),
                ),
        );
    }
    out
}
