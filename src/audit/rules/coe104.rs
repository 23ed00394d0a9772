//! COE104: pesi che non sono quote dell'obiettivo.

use super::prelude::*;
use super::weighing::{Weighed, base, groups, many_lone};

pub(super) static RULE: Rule = Rule {
    code: "COE104",
    severity: Severity::Warning,
    title: Text { it: "pesi che non sono quote dell'obiettivo", en: "weights that are no shares of the objective" },
    what: "Riconosce gli obiettivi con un solo indicatore il cui peso non è 100.",
    why: "Il peso di un solo indicatore dovrebbe essere 100: un altro numero è il peso dell'obiettivo in una \
          scheda più grande, che manca.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e \
          valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Cinque obiettivi individuali con un indicatore ciascuno, pesi 6, 5, 8, 6 e 5: la somma è 30.",
    advice: Text {
        it: "dire di che cosa è parte il peso e mostrare il resto della scheda",
        en: "say what the weight is a part of and show the rest of the sheet",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let groups = groups(view);
    let base = base(&groups);
    let level = |g: &Weighed| view.plan.objectives.get(g.objective).map(|o| o.level);
    let odd: Vec<&Weighed> =
        groups.iter().filter(|g| g.lone() && g.sum != base && many_lone(view, &groups, base, g)).collect();
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for g in &odd {
        if seen.contains(&level(g)) {
            continue;
        }
        seen.push(level(g));
        let same: Vec<&&Weighed> = odd.iter().filter(|other| level(other) == level(g)).collect();
        let sum: Decimal = same.iter().map(|g| g.sum).sum();
        // Shares of one whole that is there.
        if sum == base {
            continue;
        }
        let terms: Vec<String> = same.iter().map(|g| italian(g.sum, 4)).collect();
        let mut finding = view.on_objective(rule, g.objective);
        for g in &same {
            for (_, measure) in &g.weights {
                finding = finding.quote("peso", "weight", &measure.raw);
            }
        }
        let n = same.len();
        out.push(
            finding
                .says(
                    format!(
                        "{n} obiettivi hanno un solo indicatore, con un peso diverso da {}: insieme {}",
                        italian(base, 4),
                        italian(sum, 4)
                    ),
                    format!(
                        "{n} objectives have a single indicator that doesn't weigh {}: together {}",
                        italian(base, 4),
                        italian(sum, 4)
                    ),
                )
                .reckons(format!("{} = {}", terms.join(" + "), italian(sum, 4))),
        );
    }
    out
}
