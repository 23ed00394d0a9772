//! COE111: i pesi degli obiettivi di un'area non fanno 100.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE111",
    severity: Severity::Error,
    title: Text {
        it: "i pesi degli obiettivi di un'area non fanno 100",
        en: "the weights of an area's objectives don't add up to 100",
    },
    what: "Somma i pesi stampati nelle schede per area, ambito o responsabile, quando per altri fanno 100.",
    why: "Il risultato dell'area o del dirigente non si può calcolare.",
    basis: "Linee guida del Dipartimento della funzione pubblica n. 2/2017 sui sistemi di misurazione e valutazione: il peso dice quanto ogni indicatore conta nel risultato dell'obiettivo.",
    example: "Ambito A: 30 + 25 + 20 + 25 = 100; ambito B: 50 + 40 = 90.",
    advice: Text { it: "correggere i pesi", en: "correct the weights" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut groups: Vec<(String, Vec<(usize, &Measure)>)> = Vec::new();
    for (index, objective) in view.objectives() {
        let (Some(weight), Some(within)) = (&objective.weight, objective.section.as_ref().or(objective.owner.as_ref()))
        else {
            continue;
        };
        // A weight that the table of weights changes is told there.
        if objective.revised_weight.is_some() || objective.table_weight.is_some() || number(weight).is_none() {
            continue;
        }
        let name = format!("{within}, {}", objective.level.as_str());
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, list)) => list.push((index, weight)),
            None => groups.push((name, vec![(index, weight)])),
        }
    }
    let sum = |list: &[(usize, &Measure)]| list.iter().filter_map(|(_, w)| number(w)).sum::<Decimal>();
    let right = groups.iter().filter(|(_, list)| list.len() > 1 && sum(list) == Decimal::ONE_HUNDRED).count();
    let mut out: Vec<Finding> = overall(rule, view, &groups).into_iter().collect();
    for (name, list) in groups.iter().filter(|(_, list)| list.len() > 1 && right > 0) {
        let all = sum(list);
        let off = (all - Decimal::ONE_HUNDRED).abs();
        if off < Decimal::ONE || off > Decimal::from(60) {
            continue;
        }
        let Some((first, _)) = list.first() else { continue };
        let terms: Vec<String> = list.iter().filter_map(|(_, w)| Some(italian(number(w)?, 4))).collect();
        let mut finding = view.on_objective(rule, *first);
        finding.subject = Some(name.clone());
        finding.subject_en = None;
        finding.subject_id = None;
        out.push(
            finding
                .says(
                    format!("i pesi dei {} obiettivi fanno {}, non 100", list.len(), italian(all, 4)),
                    format!("the weights of the {} objectives add up to {}, not 100", list.len(), italian(all, 4)),
                )
                .reckons(format!("{} = {}", terms.join(" + "), italian(all, 4))),
        );
    }
    out
}

/// The weights of all objectives of the one level that has any, where they are shares of one whole and don't make it.
fn overall(rule: &Rule, view: &View<'_>, groups: &[(String, Vec<(usize, &Measure)>)]) -> Option<Finding> {
    let weighed: Vec<(&Objective, Decimal)> = view
        .objectives()
        .filter(|(_, o)| o.revised_weight.is_none() && o.table_weight.is_none())
        .filter_map(|(_, o)| Some((o, number(o.weight.as_ref()?)?)))
        .collect();
    let (first, _) = weighed.first()?;
    let one_level = weighed.iter().all(|(o, _)| o.level == first.level);
    let sum: Decimal = weighed.iter().map(|(_, w)| w).sum();
    let of = |list: &[(usize, &Measure)]| list.iter().filter_map(|(_, w)| number(w)).sum::<Decimal>();
    let parts = groups.iter().any(|(_, list)| list.len() > 1 && of(list) == Decimal::ONE_HUNDRED);
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    if !one_level || parts || weighed.len() < 3 || off < Decimal::ONE || off > Decimal::from(20) {
        return None;
    }
    let terms: Vec<String> = weighed.iter().map(|(_, w)| italian(*w, 4)).collect();
    let sum = italian(sum, 4);
    Some(
        Finding::of(rule)
            .at(&first.source)
            .says(
                format!("i pesi dei {} obiettivi del documento fanno {sum}, non 100", weighed.len()),
                format!("the weights of the document's {} objectives add up to {sum}, not 100", weighed.len()),
            )
            .reckons(format!("{} = {sum}", terms.join(" + "))),
    )
}
