//! COE222: l'obiettivo sta in due punti.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE222",
    severity: Severity::Info,
    title: Text { it: "l'obiettivo sta in due punti", en: "the objective stands in two places" },
    what: "Cerca gli obiettivi con lo stesso codice e lo stesso titolo in due punti della stessa parte del \
          documento, ognuno con i suoi indicatori.",
    why: "L'obiettivo conta due volte, o gli indicatori di uno dei due punti sono di un altro obiettivo.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Obiettivo annuale 4.1» in testa a due blocchi, ciascuno da 8 punti.",
    advice: Text { it: "unire i due punti, o correggere il codice", en: "join the two places, or correct the code" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<(usize, &Objective)> = view.objectives().collect();
    let mut out = Vec::new();
    for (at, (index, objective)) in all.iter().enumerate() {
        let same = |other: &&(usize, &Objective)| {
            other.1.code.is_some()
                && other.1.code == objective.code
                && other.1.section == objective.section
                && key(&other.1.title) == key(&objective.title)
                && view.members(other.0).next().is_some()
        };
        if view.members(*index).next().is_some()
            && !view.usual_title(&objective.title)
            && all.iter().take(at).find(same).is_some()
        {
            let names = |objective: usize| {
                let names: Vec<String> = view.members(objective).map(|(_, i)| told_short(i)).collect();
                names.join("; ")
            };
            let first = all.iter().take(at).find(same).map_or_else(String::new, |(first, _)| names(*first));
            out.push(
                view.on_objective(rule, *index)
                    .quote("nel primo punto", "in the first place", &first)
                    .quote("nel secondo punto", "in the second place", &names(*index))
                    .says(
                        "l'obiettivo è stampato in due punti, con indicatori diversi",
                        "the objective is printed in two places, with other indicators",
                    ),
            );
        }
    }
    out
}

/// "23 Progetto Placement".
fn told_short(indicator: &Indicator) -> String {
    match &indicator.code {
        Some(code) => format!("{code} {}", cut(&indicator.name)),
        None => cut(&indicator.name),
    }
}
