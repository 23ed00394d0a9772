//! COM418: il nome non dice che cosa si misura.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM418",
    severity: Severity::Info,
    title: Text { it: "il nome non dice che cosa si misura", en: "the name doesn't say what is measured" },
    what: "Cerca gli indicatori senza nome, quelli il cui nome è una formula generica («SAL», «realizzazione delle attività previste»), quelli che si chiamano come il loro obiettivo e quelli il cui nome è l'algoritmo parola per parola.",
    why: "Da un nome così non si capisce che cosa si conta, e non si confronta con gli altri.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini concreti e chiari.",
    example: "Indicatore «SAL», obiettivo «= 100%».",
    advice: Text {
        it: "dare all'indicatore un nome che dica che cosa si misura",
        en: "give the indicator a name that says what is measured",
    },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut seen: Vec<(String, &str)> = Vec::new();
    let mut out = Vec::new();
    for (index, indicator) in view.indicators().filter(|(_, i)| i.same_as.is_none()) {
        let name = key(&indicator.name);
        let valued = !indicator.targets.is_empty() || !indicator.actuals.is_empty();
        let title = view.objective_of(indicator).map(|o| key(&o.title)).unwrap_or_default();
        let algorithm = indicator.algorithm.as_deref().map(key).unwrap_or_default();
        let number = view.year_target(indicator).is_some_and(|t| {
            matches!(t.measure.reading.kind, Kind::Number | Kind::Percent | Kind::Duration | Kind::Currency)
        });
        let vague = view.phrases.vague.iter().any(|v| bare(&name) == v);
        let (kind, it, en) = if name.is_empty() {
            if !valued {
                continue;
            }
            ("empty", "un indicatore con i suoi valori e senza nome", "an indicator with its values and without a name")
        } else if vague {
            (
                "vague",
                "il nome è una formula generica: non dice che cosa si misura",
                "the name is a set phrase: it doesn't say what is measured",
            )
        } else if words(&name) == words(&title) && words(&name).len() > 2 {
            ("title", "l'indicatore si chiama come il suo obiettivo", "the indicator has the name of its objective")
        } else if name == algorithm && number && words(&name).len() > 3 {
            ("algorithm", "nome e algoritmo sono lo stesso testo", "name and algorithm are the same text")
        } else {
            continue;
        };
        let told = (format!("{name} {}", view.objective_of(indicator).map_or("", |o| o.title.as_str())), kind);
        if seen.contains(&told) {
            continue;
        }
        seen.push(told);
        out.push(view.on(rule, index).quote("nome", "name", &indicator.name).says(it, en));
    }
    out
}

/// A name without what many lists put before it: "kpi", "1)", "indicatore".
fn bare(name: &str) -> &str {
    let mut name = name;
    for head in ["kpi ", "indicatore ", "azione "] {
        name = name.strip_prefix(head).unwrap_or(name);
    }
    name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
}
