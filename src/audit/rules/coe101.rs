//! COE101: i pesi degli indicatori non fanno 100.

use super::prelude::*;
use super::weighing::{Weighed, base, groups, many_lone};

pub(super) static RULE: Rule = Rule {
    code: "COE101",
    severity: Severity::Error,
    title: Text { it: "i pesi degli indicatori non fanno 100", en: "the indicators' weights don't add up to 100" },
    what: "Somma i pesi degli indicatori di ogni obiettivo (o del gruppo che ha un solo risultato) e la \
          confronta con la base che il documento usa.",
    why: "Se i pesi non fanno 100 il risultato dell'obiettivo non si può calcolare, o vale più o meno degli \
          altri.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Tre indicatori con peso 50, 30 e 50: la somma è 130.",
    advice: Text {
        it: "correggere i pesi, oppure dire nel documento quale somma è voluta",
        en: "correct the weights, or say in the document which sum is meant",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let groups = groups(view);
    let base = base(&groups);
    let wrong = |g: &&Weighed| {
        let base = g.base(base);
        let told = g.nearly(base) || g.by_action(base) || g.lone() && many_lone(view, &groups, base, g);
        g.sum != base && !told
    };
    let finding = |g: &Weighed| {
        let (sum, base) = (italian(g.sum, 4), italian(g.base(base), 4));
        let mut finding = view.on_objective(rule, g.objective);
        if let Some(sheet) = &g.sheet {
            (finding.subject, finding.subject_en, finding.subject_id) = (Some(sheet.clone()), None, None);
        }
        for (_, measure) in &g.weights {
            finding = finding.quote("peso", "weight", &measure.raw);
        }
        finding
            .says(
                if g.lone() {
                    format!("il solo indicatore pesa {sum}, non {base}")
                } else {
                    format!("i pesi dei {} indicatori fanno {sum}, non {base}", g.weights.len())
                },
                format!("the weights of the {} indicators add up to {sum}, not {base}", g.weights.len()),
            )
            .reckons(g.addition())
    };
    groups.iter().filter(wrong).map(finding).collect()
}
