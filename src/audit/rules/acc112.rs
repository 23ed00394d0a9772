//! ACC112: un fattore diverso da quello delle altre schede.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "ACC112",
    severity: Severity::Warning,
    title: Text { it: "un fattore diverso da quello delle altre schede", en: "a factor unlike the other sheets'" },
    what: "Confronta il primo fattore dei prodotti stampati sotto la stessa voce («3.106 euro x 5 = 15.530 \
          euro») con quello delle altre schede.",
    why: "Il valore di un punto è uno solo per tutti gli obiettivi: con un altro fattore la somma è sbagliata \
          anche se il prodotto torna.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«3.100 euro x 1», dove tutte le altre schede hanno 3.106.",
    advice: Text { it: "controllare il fattore", en: "check the factor" },
    gather: None,
    check: Check::Document(check),
};

/// A factor where it is printed: its objective's index, the figure, the cell.
type Place<'p> = (Option<usize>, String, &'p Printed);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static FACTOR: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(\d[\d.]*(?:,\d+)?)\s*(?:euro|€)\s*[x×*]\s*\d").expect("constant pattern")
    });
    let mut entries: Vec<(String, Vec<Place<'_>>)> = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.table.is_some()) {
        let [label, value] = &passage.cells[..] else { continue };
        let Some(found) = FACTOR.captures(&value.raw) else { continue };
        let place = (passage.objective, found[1].to_owned(), value);
        match entries.iter_mut().find(|(known, _)| *known == key(&label.raw)) {
            Some((_, places)) => places.push(place),
            None => entries.push((key(&label.raw), vec![place])),
        }
    }
    let mut out = Vec::new();
    for (_, places) in entries {
        let often = |factor: &str| places.iter().filter(|(_, f, _)| f == factor).count();
        let Some(usual) = places.iter().map(|(_, f, _)| f).max_by_key(|f| often(f)) else { continue };
        let n = often(usual);
        if n < 4 || n * 10 < places.len() * 7 {
            continue;
        }
        for (objective, factor, cell) in places.iter().filter(|(_, f, _)| f != usual) {
            out.push(view.at(rule, *objective, &cell.source).quote("testo", "text", &cell.raw).says(
                format!("il fattore è {factor}, nelle altre {n} schede {usual}"),
                format!("the factor is {factor}, in the other {n} sheets {usual}"),
            ));
        }
    }
    out
}
