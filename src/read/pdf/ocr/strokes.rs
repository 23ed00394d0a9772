//! What is on a scanned page besides letters: rules, tick boxes and signs that no letter is, told from the ink.

use super::raster::{Ink, Raster};
use super::signs::{Sign, signs};

/// Holes in a line that are no gaps, in pixels: specks of dust and paper.
const HOLE: usize = 3;
/// How far apart the runs of a line may be that steps from one row to the next, in pixels.
const STEP: usize = 30;
/// Tick boxes of a page, at most.
const MAX_BOXES: usize = 2_000;
/// Longer than any letter's stroke, in points.
const LONG: f32 = 40.0;

/// A straight line in pixels: `at` across it, `from` to `to` along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub at: f32,
    pub from: usize,
    pub to: usize,
    pub width: f32,
}

/// A small square in pixels, with or without a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TickBox {
    pub x0: usize,
    pub y0: usize,
    pub x1: usize,
    pub y1: usize,
    pub ticked: bool,
}

/// The drawn lines of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Strokes {
    pub horizontal: Vec<Stroke>,
    pub vertical: Vec<Stroke>,
    pub boxes: Vec<TickBox>,
    pub signs: Vec<Sign>,
}

/// A line with its runs.
type Line = (Stroke, Vec<Run>);

/// A run of ink in one row.
#[derive(Debug, Clone, Copy)]
struct Run {
    y: usize,
    from: usize,
    to: usize,
}

/// Finds rules, tick boxes and signs, and takes them off the picture, so that the letters stand alone. `dot` is a point in pixels.
pub(super) fn take_strokes(raster: &mut Raster, dot: f32) -> Strokes {
    let ink = raster.ink();
    let pieces = pieces(&ink, (32.0 * dot) as usize);
    let boxes = tick_boxes(&ink, &pieces, dot);
    let signs = signs(&ink, &pieces, dot);
    let in_box = |x: f32, y: f32| {
        let slack = dot;
        boxes.iter().any(|b| {
            x > b.x0 as f32 - slack && x < b.x1 as f32 + slack && y > b.y0 as f32 - slack && y < b.y1 as f32 + slack
        })
    };
    let turned = ink.transposed();
    let boxless = |found: Vec<Line>, upright: bool| -> Vec<Line> {
        let keep = |(s, _): &Line| {
            let middle = (s.from + s.to) as f32 / 2.0;
            if upright { !in_box(s.at, middle) } else { !in_box(middle, s.at) }
        };
        found.into_iter().filter(keep).collect()
    };
    let (level, upright) = (boxless(lines(&ink, dot), false), boxless(lines(&turned, dot), true));
    let (horizontal, vertical) = (rules(&level, &upright, dot), rules(&upright, &level, dot));
    for (found, across) in [(&horizontal, false), (&vertical, true)] {
        for (stroke, run) in found.iter().flat_map(|(stroke, runs)| runs.iter().map(move |run| (stroke, run))) {
            // A pixel more on each side, and some along it: what a line's edge leaves, or its step from one row of pixels to
            // the next, looks like dots and dashes.
            let (from, to) = (run.from.saturating_sub(STEP).max(stroke.from), (run.to + STEP).min(stroke.to));
            for y in run.y.saturating_sub(1)..=run.y + 1 {
                if across {
                    (from..to).for_each(|x| raster.blank(x, y, y + 1));
                } else {
                    raster.blank(y, from, to);
                }
            }
        }
    }
    let taken = boxes.iter().map(|b| [b.x0, b.y0, b.x1, b.y1]).chain(signs.iter().map(|s| s.bounds));
    for [x0, y0, x1, y1] in taken {
        (y0.saturating_sub(1)..=y1 + 1).for_each(|y| raster.blank(y, x0.saturating_sub(1), x1 + 2));
    }
    let strokes = |found: &[&Line]| found.iter().map(|(stroke, _)| *stroke).collect();
    Strokes { horizontal: strokes(&horizontal), vertical: strokes(&vertical), boxes, signs }
}

/// The lines of one direction that are rules: the long ones, and the shorter ones that end at one of the other direction.
/// What else is short and straight is a part of a letter.
fn rules<'l>(own: &'l [Line], across: &[Line], dot: f32) -> Vec<&'l Line> {
    let long = |s: &Stroke| (s.to - s.from) as f32 > LONG * dot;
    let slack = 1.5 * dot;
    let meets = |end: f32, s: &Stroke| {
        let others = across.iter().map(|(other, _)| other).filter(|other| long(other));
        others
            .filter(|other| (other.at - end).abs() < slack)
            .any(|other| s.at > other.from as f32 - slack && s.at < other.to as f32 + slack)
    };
    own.iter().filter(|(s, _)| long(s) || meets(s.from as f32, s) || meets(s.to as f32, s)).collect()
}

/// The level lines of a picture, each with its runs. A line is long, thin and whole.
fn lines(ink: &Ink, dot: f32) -> Vec<Line> {
    // Longer than a letter's stroke in running text.
    let shortest = (11.0 * dot) as usize;
    let thickest = 3.0 * dot;
    let mut groups: Vec<Vec<Run>> = Vec::new();
    // The groups whose last run is in the row above, with that run.
    let mut open: Vec<(usize, Run)> = Vec::new();
    for y in 0..ink.height {
        let mut next: Vec<(usize, Run)> = Vec::new();
        for run in runs(ink.row(y), y, shortest / 2) {
            let touching = open.iter().find(|(_, above)| above.from < run.to + HOLE && run.from < above.to + HOLE);
            let group = match touching {
                Some(&(group, _)) => group,
                None => {
                    groups.push(Vec::new());
                    groups.len() - 1
                }
            };
            if let Some(runs) = groups.get_mut(group) {
                runs.push(run);
                next.push((group, run));
            }
        }
        open = next;
    }
    groups.into_iter().filter_map(|runs| Some((line(&runs, shortest, thickest)?, runs))).collect()
}

/// The line that touching runs make, if they make one.
fn line(runs: &[Run], shortest: usize, thickest: f32) -> Option<Stroke> {
    let from = runs.iter().map(|r| r.from).min()?;
    let to = runs.iter().map(|r| r.to).max()?;
    let area: usize = runs.iter().map(|r| r.to - r.from).sum();
    let width = area as f32 / (to - from).max(1) as f32;
    if to - from < shortest || width > thickest || width < 0.5 {
        return None;
    }
    // A line may still sink by some pixels; a letter's bars lie in rows far apart.
    let tall = (runs.last()?.y - runs.first()?.y + 1) as f32;
    if tall > width * 2.0 + 0.006 * (to - from) as f32 + 3.0 {
        return None;
    }
    let weighted: f32 = runs.iter().map(|r| (r.to - r.from) as f32 * (r.y as f32 + 0.5)).sum();
    Some(Stroke { at: weighted / area as f32, from, to, width })
}

/// The runs of ink in a row that are long enough and nearly whole.
fn runs(row: &[bool], y: usize, shortest: usize) -> Vec<Run> {
    let mut out = Vec::new();
    let (mut open, mut dark): (Option<Run>, usize) = (None, 0);
    let mut close = |run: Option<Run>, dark: usize| {
        if let Some(run) = run.filter(|r| r.to - r.from >= shortest && dark * 10 >= (r.to - r.from) * 9) {
            out.push(run);
        }
    };
    for (x, _) in row.iter().enumerate().filter(|(_, d)| **d) {
        match &mut open {
            Some(run) if x - run.to <= HOLE => {
                run.to = x + 1;
                dark += 1;
            }
            _ => {
                close(open.take(), dark);
                open = Some(Run { y, from: x, to: x + 1 });
                dark = 1;
            }
        }
    }
    close(open, dark);
    out
}

/// Small squares with four whole sides.
fn tick_boxes(ink: &Ink, pieces: &[[usize; 4]], dot: f32) -> Vec<TickBox> {
    // The round letters of running text are smaller.
    let sides = (5.5 * dot) as usize..=(16.0 * dot) as usize;
    let mut out: Vec<TickBox> = Vec::new();
    for &[x0, y0, x1, y1] in pieces {
        let (w, h) = (x1 - x0 + 1, y1 - y0 + 1);
        let square = sides.contains(&w) && sides.contains(&h) && w * 3 <= h * 4 && h * 3 <= w * 4;
        if square && let Some(ticked) = framed(ink, [x0, y0, x1, y1], dot) {
            out.push(TickBox { x0, y0, x1, y1, ticked });
        }
    }
    // More squares than this are a drawing.
    if out.len() > MAX_BOXES {
        return Vec::new();
    }
    // A mark that doesn't touch its box is no box.
    let inner =
        |b: &TickBox| out.iter().any(|o| o != b && o.x0 <= b.x0 && o.y0 <= b.y0 && o.x1 >= b.x1 && o.y1 >= b.y1);
    out.iter().filter(|b| !inner(b)).copied().collect()
}

/// The boxes (left, top, right, bottom) around all pieces of ink that hang together, those larger than `most` in parts.
pub(super) fn pieces(ink: &Ink, most: usize) -> Vec<[usize; 4]> {
    let mut seen = vec![false; ink.width * ink.height];
    let mut out = Vec::new();
    for y in 0..ink.height {
        for x in 0..ink.width {
            if ink.at(x, y) && !seen.get(y * ink.width + x).copied().unwrap_or(true) {
                out.push(component(ink, &mut seen, x, y, most));
            }
        }
    }
    out
}

/// The box around the ink that hangs together with a pixel; given up, with what was seen, where it is larger than `most`.
fn component(ink: &Ink, seen: &mut [bool], x: usize, y: usize, most: usize) -> [usize; 4] {
    let mut stack = vec![(x, y)];
    let mut bounds = [x, y, x, y];
    while let Some((x, y)) = stack.pop() {
        match seen.get_mut(y * ink.width + x) {
            Some(seen) if ink.at(x, y) && !*seen => *seen = true,
            _ => continue,
        }
        bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        if bounds[2] - bounds[0] > most && bounds[3] - bounds[1] > most {
            // Its other parts are looked at once more from their own pixels, which costs time only.
            continue;
        }
        for next_y in y.saturating_sub(1)..=y + 1 {
            for next_x in x.saturating_sub(1)..=x + 1 {
                if next_x < ink.width && ink.at(next_x, next_y) {
                    stack.push((next_x, next_y));
                }
            }
        }
    }
    bounds
}

/// Whether a box has ink along all four sides, corners included, and paper within; if so, whether there is a mark in it.
fn framed(ink: &Ink, [x0, y0, x1, y1]: [usize; 4], dot: f32) -> Option<bool> {
    let depth = (dot * 0.6).max(2.0) as usize;
    let (w, h) = (x1 - x0 + 1, y1 - y0 + 1);
    let level =
        |y: &dyn Fn(usize) -> usize| (x0..=x1).filter(|&x| (0..depth).any(|d| ink.at(x, y(d)))).count() * 10 >= w * 9;
    let upright =
        |x: &dyn Fn(usize) -> usize| (y0..=y1).filter(|&y| (0..depth).any(|d| ink.at(x(d), y))).count() * 10 >= h * 9;
    // Letters that fill their box are round at one corner at least.
    let corner = |x: &dyn Fn(usize) -> usize, y: &dyn Fn(usize) -> usize| {
        (0..depth).any(|across| (0..depth).any(|down| ink.at(x(across), y(down))))
    };
    let (left, right) = (|d: usize| x0 + d, |d: usize| x1 - d.min(x1));
    let (top, bottom) = (|d: usize| y0 + d, |d: usize| y1 - d.min(y1));
    if !(corner(&left, &top) && corner(&right, &top) && corner(&left, &bottom) && corner(&right, &bottom)) {
        return None;
    }
    if !(level(&|d| y0 + d) && level(&|d| y1 - d.min(y1)) && upright(&|d| x0 + d) && upright(&|d| x1 - d.min(x1))) {
        return None;
    }
    let (inset_x, inset_y) = (w / 4, h / 4);
    let (mut dark, mut all) = (0, 0);
    for y in y0 + inset_y..=y1 - inset_y {
        for x in x0 + inset_x..=x1 - inset_x {
            dark += usize::from(ink.at(x, y));
            all += 1;
        }
    }
    // A full square is a bullet.
    (dark * 10 <= all * 7).then_some(dark * 12 > all)
}

#[cfg(test)]
mod tests {
    use super::super::raster::tests::paper;
    use super::*;

    /// Pixels a point at 300 dpi.
    const DOT: f32 = 300.0 / 72.0;

    #[test]
    fn rules_are_found_and_taken_off() {
        // Two level rules, one upright, and a letter's bar.
        let boxes = [[100, 100, 700, 103], [100, 200, 700, 202], [100, 100, 103, 202], [300, 140, 320, 145]];
        let mut raster = paper(900, 400, &boxes);
        let strokes = take_strokes(&mut raster, DOT);
        assert_eq!(strokes.horizontal.len(), 2, "{strokes:?}");
        assert_eq!((strokes.horizontal[0].from, strokes.horizontal[0].to), (100, 700));
        assert!((strokes.horizontal[0].at - 101.5).abs() < 0.6);
        assert_eq!(strokes.vertical.len(), 1, "{strokes:?}");
        let left = raster.ink();
        assert!(left.at(310, 142) && !left.at(400, 101) && !left.at(101, 150));
    }

    #[test]
    fn thick_bars_and_broken_lines_are_no_rules() {
        let dashes: Vec<[usize; 4]> = (0..20).map(|i| [100 + 30 * i, 300, 115 + 30 * i, 302]).collect();
        let mut raster = paper(900, 400, &[&[[100, 100, 700, 125]][..], &dashes].concat());
        let strokes = take_strokes(&mut raster, DOT);
        assert!(strokes.horizontal.iter().all(|s| s.at < 130.0), "{strokes:?}");
    }

    #[test]
    fn squares_are_boxes_ticked_or_not() {
        let square =
            |x: usize| [[x, 50, x + 36, 53], [x, 83, x + 36, 86], [x, 50, x + 3, 86], [x + 33, 50, x + 36, 86]];
        let boxes = [square(40), square(140)].concat();
        let mut raster = paper(300, 150, &boxes);
        for i in 0..30 {
            for t in 0..4 {
                raster.grey[(53 + i) * 300 + 143 + i.min(28) + t % 3] = 10;
                raster.grey[(53 + i) * 300 + 173 - i.min(28) - t % 3] = 10;
            }
        }
        let found = take_strokes(&mut raster, DOT);
        let ticked: Vec<bool> = found.boxes.iter().map(|b| b.ticked).collect();
        assert_eq!(ticked, [false, true], "{found:?}");
        assert!(found.horizontal.is_empty() && found.vertical.is_empty(), "{found:?}");
        assert!(!raster.ink().at(40, 51));
    }
}
