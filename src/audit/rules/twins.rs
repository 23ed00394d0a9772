//! Indicators of a strategic objective and those of the objectives below it that measure the same.

use super::prelude::*;

/// How much two names must share to be one indicator's.
const NAMES: f64 = 0.6;

/// Pairs of indices: the upper indicator, the lower one. An indicator has at most one twin on each side.
pub(super) fn twins(view: &View<'_>) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (upper, _) in view.objectives() {
        let below: Vec<(usize, &Indicator)> =
            view.children(upper).flat_map(|(child, _)| view.members(child).collect::<Vec<_>>()).collect();
        for (i, a) in view.members(upper) {
            let likeness = |b: &Indicator| similar(&a.name, &b.name).max(algorithms(a, b));
            let free = below.iter().filter(|(j, _)| !out.iter().any(|(_, taken)| taken == j));
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
