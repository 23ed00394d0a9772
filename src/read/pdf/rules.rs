//! Ruling lines made straight: snapped to common positions, pieces of one line merged.

use super::geometry::Bounds;
use super::glyphs::{Rule, Shade};

/// Rules whose positions differ by less than this are one.
const SNAP: f32 = 0.8;
/// Pieces of one line with a gap of at most this are one; dotted lines are made of them.
const JOIN: f32 = 1.6;

/// A straight line on the page: `at` is y for horizontal ones and x for vertical ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment {
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// A page's rules.
#[derive(Debug, Clone, Default)]
pub(super) struct Segments {
    pub horizontal: Vec<Segment>,
    pub vertical: Vec<Segment>,
}

/// Snaps and merges. Both lists come out sorted by position, then start. White rules count where they lie on a shade.
pub(super) fn segments(rules: &[Rule], shades: &[Shade]) -> Segments {
    let grounds: Vec<Bounds> = shades
        .iter()
        .filter(|s| s.color.iter().any(|&c| c < 250))
        .map(|s| Bounds { x0: s.bounds.x0 - 1.5, y0: s.bounds.y0 - 1.5, x1: s.bounds.x1 + 1.5, y1: s.bounds.y1 + 1.5 })
        .collect();
    let seen = |r: &Rule| {
        let middle = (r.from + r.to) / 2.0;
        !r.white || grounds.iter().any(|b| if r.horizontal { b.has(middle, r.at) } else { b.has(r.at, middle) })
    };
    let white = rules.iter().filter(|r| r.white).count();
    let affordable = white.saturating_mul(grounds.len()) < 4_000_000;
    let pick = |horizontal: bool| {
        let list = rules.iter().filter(|r| r.horizontal == horizontal && (!r.white || affordable)).filter(|r| seen(r));
        merge(list.map(|r| Segment { at: r.at, from: r.from, to: r.to }).collect())
    };
    Segments { horizontal: pick(true), vertical: pick(false) }
}

/// Merges segments of one orientation.
pub(super) fn merge(mut list: Vec<Segment>) -> Vec<Segment> {
    list.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Segment> = Vec::new();
    let mut i = 0;
    while i < list.len() {
        let first = list[i].at;
        let mut group: Vec<Segment> = Vec::new();
        while i < list.len() && list[i].at - first < SNAP {
            group.push(list[i]);
            i += 1;
        }
        // The longest rule says where the line is.
        let at = group.iter().fold(group[0], |a, b| if b.to - b.from > a.to - a.from { *b } else { a }).at;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open = Segment { at, ..group[0] };
        for s in &group[1..] {
            if s.from - open.to <= JOIN {
                open.to = open.to.max(s.to);
            } else {
                out.push(open);
                open = Segment { at, ..*s };
            }
        }
        out.push(open);
    }
    out.retain(|s| s.to - s.from >= 2.0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(horizontal: bool, at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal, at, from, to, width: 0.5, white: false }
    }

    #[test]
    fn pieces_of_a_line_become_one() {
        let rules = [rule(true, 10.0, 0.0, 50.0), rule(true, 10.3, 50.5, 100.0), rule(true, 30.0, 0.0, 100.0)];
        let s = segments(&rules, &[]);
        assert_eq!(s.horizontal.len(), 2);
        assert_eq!((s.horizontal[0].from, s.horizontal[0].to), (0.0, 100.0));
        assert!(s.vertical.is_empty());
    }

    #[test]
    fn specks_are_no_rules() {
        assert!(segments(&[rule(false, 5.0, 0.0, 1.0)], &[]).vertical.is_empty());
    }
}
