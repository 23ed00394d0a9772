//! COE238: il rinvio porta a un obiettivo con un altro titolo.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "COE238",
    severity: Severity::Info,
    title: Text {
        it: "il rinvio porta a un obiettivo con un altro titolo",
        en: "the reference leads to an objective of another title",
    },
    what: "Cerca gli obiettivi che rinviano a un altro («Consultare obiettivo n. 1 di …») e il cui titolo nessun obiettivo con quel numero ha.",
    why: "Il titolo è rimasto quello di prima: non si sa se l'obiettivo è lo stesso.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Titolo «Dotazione del personale …», rinvio all'obiettivo 1, che si chiama «Potenziamento della strumentazione …».",
    advice: Text { it: "usare lo stesso titolo", en: "use the same title" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)obiettivo\s+(?:n\.?\s*)?(\d{1,2})\b").expect("constant pattern")
    });
    let mut told: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for (index, objective) in view.objectives() {
        let Some(reference) = objective.sheet.refers_to.as_deref() else { continue };
        let Some(found) = NUMBER.captures(reference) else { continue };
        let same = |(_, o): &(usize, &Objective)| o.code.as_deref().is_some_and(|c| c.trim_matches('.') == &found[1]);
        let candidates: Vec<&Objective> =
            view.objectives().filter(same).filter(|(n, _)| view.members(*n).next().is_some()).map(|(_, o)| o).collect();
        let likeness = |o: &&&Objective| similar(&o.title, &objective.title);
        let Some(best) = candidates.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))) else { continue };
        let like = similar(&best.title, &objective.title);
        if words(&objective.title).len() < 4 || !(0.3..0.7).contains(&like) || told.contains(&objective.title) {
            continue;
        }
        told.push(objective.title.clone());
        out.push(
            view.on_objective(rule, index)
                .quote("titolo", "title", &objective.title)
                .quote("rinvio", "reference", reference)
                .quote("titolo dell'altro", "the other's title", &best.title)
                .says("l'obiettivo a cui si rinvia ha un altro titolo", "the objective referred to has another title"),
        );
    }
    out
}
