//! Indicators of a strategic objective and those of the objectives below it that measure the same.

use super::prelude::*;

/// How much two names must share to be one indicator's.
const NAMES: f64 = 0.6;

/// The objectives below a strategic one that its code numbers: 1.8.1 below 1.8. Other links ("serves objective 6.3") join
/// many offices' sheets to one aim and don't make their indicators parts of it.
pub(super) fn below<'a>(view: &View<'a>, upper: usize) -> impl Iterator<Item = (usize, &'a Objective)> + use<'a> {
    let code =
        view.plan.objectives.get(upper).and_then(|o| o.code.as_deref()).map(|c| format!("{}.", c.trim_matches('.')));
    view.children(upper).filter(move |(_, o)| {
        code.as_deref().is_some_and(|code| o.code.as_deref().is_some_and(|own| own.starts_with(code)))
    })
}

/// Pairs of indices: the upper indicator, the lower one. An indicator has at most one twin on each side.
pub(super) fn twins(view: &View<'_>) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (upper, _) in view.objectives() {
        let lower: Vec<(usize, &Indicator)> =
            below(view, upper).flat_map(|(child, _)| view.members(child).collect::<Vec<_>>()).collect();
        for (i, a) in view.members(upper) {
            let likeness = |b: &Indicator| similar(&a.name, &b.name).max(algorithms(a, b));
            let free = lower.iter().filter(|(j, _)| !out.iter().any(|(_, taken)| taken == j));
            let best = free.map(|(j, b)| (likeness(b), *j)).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
            out.extend(best.filter(|(likeness, _)| *likeness >= NAMES).map(|(_, j)| (i, j)));
        }
    }
    out
}

/// Algorithms that say the same are as good as names; short ones ("sì/no") say nothing.
fn algorithms(a: &Indicator, b: &Indicator) -> f64 {
    match (a.algorithm.as_deref(), b.algorithm.as_deref()) {
        (Some(x), Some(y)) if words(x).len() > 3 => similar(x, y),
        _ => 0.0,
    }
}
