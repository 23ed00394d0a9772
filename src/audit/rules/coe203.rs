//! COE203: lo stesso nome per indicatori diversi.

use super::prelude::*;
use super::twins::twins;

pub(super) static RULE: Rule = Rule {
    code: "COE203",
    severity: Severity::Warning,
    title: Text { it: "lo stesso nome per indicatori diversi", en: "the same name for different indicators" },
    what: "Cerca i nomi, lunghi almeno quattro parole, o con algoritmi o valori da raggiungere diversi, che si ripetono \
          sotto obiettivi diversi. È una nota dove gli algoritmi sono uguali o mancano.",
    why: "Di solito è un copia e incolla: uno dei due indicatori ha il nome dell'altro.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "La scheda dell'anticorruzione porta il nome dell'indicatore della trasparenza; gli algoritmi sono \
          diversi.",
    advice: Text { it: "dare a ogni indicatore il suo nome", en: "give each indicator its own name" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut names: Vec<(String, Vec<(usize, &Indicator)>)> = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let name = key(&indicator.name);
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) => list.push((index, indicator)),
            None => names.push((name, vec![(index, indicator)])),
        }
    }
    let twins = twins(view);
    let mut out = Vec::new();
    for (name, list) in names.iter().filter(|(name, list)| !name.is_empty() && list.len() > 1) {
        let Some((first, one)) = list.first() else { continue };
        // The same objective told for several offices names its indicators alike, and so do twins of two levels.
        let objective = |i: &Indicator| view.objective_of(i);
        let same_aim = |a: &Indicator, b: &Indicator| {
            a.objective != b.objective
                && objective(a).zip(objective(b)).is_some_and(|(x, y)| {
                    key(&x.title) == key(&y.title)
                        || similar(&x.title, &y.title) >= 0.5 && x.code == y.code && x.code.is_some()
                })
        };
        let other = list
            .iter()
            .filter(|(i, other)| i != first && !same_aim(one, other))
            .find(|(i, _)| !twins.iter().any(|(a, b)| (a, b) == (first, i) || (b, a) == (first, i)));
        let Some((_, other)) = other else { continue };
        if view.objective_of(one).is_some_and(|o| view.usual_title(&o.title)) {
            continue;
        }
        let algorithms: Vec<String> = list.iter().filter_map(|(_, i)| i.algorithm.as_deref().map(key)).collect();
        let differ = algorithms.len() == list.len() && algorithms.iter().any(|a| Some(a) != algorithms.first());
        // A name that most of a level's indicators bear says nothing of them.
        let level = |i: &Indicator| objective(i).map(|o| o.level);
        let peers = view.indicators().filter(|(_, i)| level(i) == level(one)).count();
        let bare = list.len() > 2 && list.len() * 2 > peers;
        let long = words(name).len() >= 6 && one.algorithm.is_some();
        if !differ && !bare && !long {
            out.extend(two_targets(rule, view, list));
            continue;
        }
        let mut finding = view.on(rule, *first).quote("nome", "name", &one.name);
        for (_, i) in list.iter().take(4).filter(|_| differ) {
            finding = finding.quote("algoritmo", "algorithm", i.algorithm.as_deref().unwrap_or_default());
        }
        let n = list.len();
        let how = if differ { ", con algoritmi diversi" } else { "" };
        let by = if differ { ", with other algorithms" } else { "" };
        let (it, en) = (view.name(other), view.name_in(other, Language::English));
        finding = if n == 2 {
            finding.says(
                format!("questo indicatore e {it} hanno lo stesso nome{how}"),
                format!("this indicator and {en} have the same name{by}"),
            )
        } else {
            finding.says(
                format!("{n} indicatori hanno lo stesso nome{how}: questo, {it} e altri"),
                format!("{n} indicators have the same name{by}: this one, {en} and others"),
            )
        };
        out.push(if differ { finding } else { finding.weighs(Severity::Info) });
    }
    out
}

/// Two indicators of one name with another target each: one measure told twice, or a name that was copied. Names of a word or
/// two ("Numero eventi") are of many.
fn two_targets(rule: &Rule, view: &View<'_>, list: &[(usize, &Indicator)]) -> Option<Finding> {
    const COUNTS: [&str; 4] = ["numero", "num", "percentuale", "grado"];
    let [(_, first), (index, second)] = list else { return None };
    let name = words(&first.name).into_iter().filter(|w| !COUNTS.contains(&w.as_str())).count();
    let (a, b) = (view.year_target(first)?, view.year_target(second)?);
    let values = |i: &Indicator| {
        [i.baseline.as_ref().and_then(|b| number(&b.measure)), view.actual(i).and_then(|a| number(&a.measure))]
    };
    // A value that both have is told by the rule on one measure in two places.
    let shared = values(first).into_iter().zip(values(second)).any(|(x, y)| x.is_some() && x == y);
    let differ = a.period == b.period
        && alike(&a.measure.reading, &b.measure.reading)
        && number(&a.measure)? != number(&b.measure)?;
    if name < 2 || words(&first.name).len() < 3 || shared || !differ || first.objective == second.objective {
        return None;
    }
    Some(
        view.on(rule, *index)
            .at(&b.measure.source)
            .weighs(Severity::Info)
            .quote("nome", "name", &first.name)
            .quote("obiettivo dell'altro", "the other's target", &a.measure.raw)
            .quote("obiettivo", "target", &b.measure.raw)
            .says(
                format!("un altro indicatore ha lo stesso nome e un altro valore da raggiungere: {}", view.name(first)),
                format!(
                    "another indicator has the same name and another target: {}",
                    view.name_in(first, Language::English)
                ),
            ),
    )
}
