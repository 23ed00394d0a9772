//! COM412: un dato che il documento non dà mai.

use super::prelude::*;
use crate::normalise::DocumentKind;

pub(super) static RULE: Rule = Rule {
    code: "COM412",
    severity: Severity::Info,
    title: Text { it: "un dato che il documento non dà mai", en: "something the document never gives" },
    what: "Guarda tutto il documento: cerca se nessun obiettivo ha un peso dove gli indicatori lo hanno, se nessun indicatore ha un valore di partenza, e se un piano di più anni ha valori da raggiungere solo per il primo.",
    why: "Senza i pesi degli obiettivi il risultato dell'ente non si compone; senza valori di partenza non si vede se gli obiettivi chiedono di più; un piano triennale con un solo anno è un piano annuale.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. e) ed f): obiettivi commisurati a valori di riferimento e confrontabili con le tendenze almeno del triennio precedente; art. 10, c. 1, lett. a): il piano è triennale.",
    example: "Trentuno indicatori con obiettivo e risultato, nessuno con il valore di partenza.",
    advice: Text { it: "aggiungere il dato, o dire perché manca", en: "add it, or say why it is missing" },
    gather: None,
    check: Check::Document(check),
};

/// Below so many indicators a document is too small to judge.
const FEW: usize = 8;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<&Indicator> =
        view.indicators().map(|(_, i)| i).filter(|i| i.same_as.is_none() && !i.targets.is_empty()).collect();
    if all.len() < FEW {
        return Vec::new();
    }
    let mut missing: Vec<(String, String)> = Vec::new();
    let weighed = all.iter().filter(|i| i.weight.is_some()).count();
    let with_members = || view.objectives().filter(|(n, _)| view.members(*n).next().is_some());
    let weight = |o: &Objective| o.weight.is_some() || o.table_weight.is_some() || o.revised_weight.is_some();
    let objectives = with_members().count();
    let pointed = view.plan.groups.iter().any(|g| g.points_available.is_some());
    // Where every objective is one row with its indicator, the weight is both's.
    let rows = all.len() * 10 < objectives * 13;
    let said = |words: &[&str]| {
        let cells = view.plan.passages.iter().flat_map(|p| &p.cells).filter(|c| c.raw.chars().count() < 400);
        cells.into_iter().any(|c| words.iter().any(|w| key(&c.raw).contains(w)))
    };
    let told = said(&[
        "peso dell obiettivo",
        "peso degli obiettivi",
        "pesi degli obiettivi",
        "peso obiettiv",
        "peso nell",
        "peso per obiettivo",
        "peso ob",
        "peso complessivo",
    ]);
    if objectives > 4
        && weighed * 10 >= all.len() * 8
        && !(rows || pointed || told)
        && !view.objectives().any(|(_, o)| weight(o))
    {
        missing.push((
            format!("nessuno dei {objectives} obiettivi ha un peso (i pesi sono solo degli indicatori)"),
            format!("none of the {objectives} objectives has a weight (only indicators have one)"),
        ));
    }
    let begins = |i: &Indicator| i.baseline.as_ref().is_some_and(|b| !b.measure.raw.is_empty());
    let earlier = |i: &Indicator| {
        i.actuals.iter().any(|a| a.period.map(|p| p.year()) < view.plan.card.year && a.period.is_some())
    };
    let tables = view.plan.passages.iter().filter(|p| p.table.is_some() && p.cells.len() > 2).count();
    let heads = |words: &[&str]| {
        let rows = view.plan.passages.iter().filter(|p| p.table.is_some());
        let mut cells = rows.flat_map(|p| &p.cells).filter(|c| c.raw.chars().count() < 60);
        cells.any(|c| words.iter().any(|w| key(&c.raw).contains(w)))
    };
    let read = !heads(&[
        "baseline",
        "base line",
        "valore di partenza",
        "valore iniziale",
        "target storico",
        "valore storico",
        "sit al",
    ]);
    if !all.iter().any(|i| begins(i) || earlier(i)) && tables >= all.len() && read {
        missing.push((
            format!("nessuno dei {} indicatori ha un valore di partenza", all.len()),
            format!("none of the {} indicators has a baseline", all.len()),
        ));
    }
    // Reports and monitorings tell of one year of the plan.
    let plans = matches!(view.plan.card.kind, DocumentKind::Plan | DocumentKind::Piao);
    if let Some((first, last)) = view.plan.card.years.filter(|(first, last)| first < last && plans) {
        let years: Vec<i16> =
            all.iter().flat_map(|i| i.targets.iter().filter_map(|t| Some(t.period?.year()))).collect();
        if !years.is_empty() && years.iter().all(|y| *y <= first) {
            missing.push((
                format!(
                    "il documento è per gli anni {first}-{last}, ma nessun indicatore ha un obiettivo dopo il {first}"
                ),
                format!("the document is for {first}-{last}, but no indicator has a target after {first}"),
            ));
        }
    }
    let (it, en): (Vec<String>, Vec<String>) = missing.into_iter().unzip();
    if it.is_empty() { Vec::new() } else { vec![Finding::of(rule).says(it.join("; "), en.join("; "))] }
}
