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
        // What the objectives right below weigh, where they are parts of the same whole.
        let below: Decimal = view.children(g.objective).filter_map(|(_, o)| number(o.weight.as_ref()?)).sum();
        if !below.is_zero() && g.sheet.is_none() && g.sum + below == base {
            return false;
        }
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
        if g.lone() {
            return finding.says(
                format!("il solo indicatore pesa {sum}, non {base}"),
                format!("the only indicator weighs {sum}, not {base}"),
            );
        }
        let n = g.weights.len();
        let of = if n == 8 || n == 11 { "degli" } else { "dei" };
        let (mut it, mut en) = (
            format!("i pesi {of} {n} indicatori fanno {sum}, non {base}"),
            format!("the weights of the {n} indicators add up to {sum}, not {base}"),
        );
        if let Some(slip) = slip(view, g.objective) {
            it.push_str(&format!(
                "; con {} invece di {} per «{}» torna il risultato stampato ({})",
                italian(slip.right, 4),
                italian(slip.printed, 4),
                cut(slip.name),
                slip.result
            ));
            en.push_str(&format!(
                "; with {} instead of {} for “{}” the printed result ({}) is right",
                italian(slip.right, 4),
                italian(slip.printed, 4),
                cut(slip.name),
                slip.result
            ));
        }
        finding.says(it, en).reckons(g.addition())
    };
    groups.iter().filter(wrong).map(finding).collect()
}

/// The one weight that makes an objective's printed result wrong.
pub(super) struct Slip<'a> {
    pub printed: Decimal,
    pub right: Decimal,
    pub name: &'a str,
    pub result: &'a str,
}

/// The weight that, put right so that the weights make 100, gives the printed result of an objective from the printed
/// achievements; `None` where none or several do.
pub(super) fn slip<'a>(view: &View<'a>, objective: usize) -> Option<Slip<'a>> {
    let result = view.plan.objectives.get(objective)?.achievement.as_ref()?;
    let wanted = number(result)?;
    let parts: Option<Vec<(Decimal, Decimal, &'a str)>> = view
        .members(objective)
        .filter(|(_, i)| i.same_as.is_none())
        .map(|(_, i)| Some((number(i.weight.as_ref()?)?, number(i.achievement.as_ref()?)?, i.name.as_str())))
        .collect();
    let parts = parts.filter(|p| p.len() > 1)?;
    let sum: Decimal = parts.iter().map(|p| p.0).sum();
    let near = Decimal::new(11, wanted.scale().max(1) + 1);
    let with = |at: usize| {
        let right = parts.get(at)?.0 + Decimal::ONE_HUNDRED - sum;
        let weights =
            parts.iter().enumerate().map(|(n, p)| (if n == at { right } else { p.0 }, p.1.min(Decimal::ONE_HUNDRED)));
        let mean = weights.map(|(w, a)| w * a).sum::<Decimal>() / Decimal::ONE_HUNDRED;
        (right > Decimal::ZERO && sum != Decimal::ONE_HUNDRED && (mean - wanted).abs() <= near).then_some(right)
    };
    let fits: Vec<(usize, Decimal)> = (0..parts.len()).filter_map(|at| Some((at, with(at)?))).collect();
    let [(at, right)] = fits[..] else { return None };
    let (printed, _, name) = *parts.get(at)?;
    Some(Slip { printed, right, name, result: &result.raw })
}
