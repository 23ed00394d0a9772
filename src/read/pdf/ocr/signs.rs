//! The signs ≥ and ≤, which Tesseract's Italian doesn't know and reads as figures: "≥2" as "22".

use super::raster::Ink;

/// A page with more pieces of ink than this is a picture.
const MAX_PIECES: usize = 20_000;

/// A sign in pixels, with its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub text: char,
    /// Left, top, right, bottom; the last two within.
    pub bounds: [usize; 4],
}

/// The signs among pieces of ink: an angle, and a bar of its width close under it. `dot` is a point in pixels.
pub(super) fn signs(ink: &Ink, pieces: &[[usize; 4]], dot: f32) -> Vec<Sign> {
    if pieces.len() > MAX_PIECES {
        return Vec::new();
    }
    let size = |p: &[usize; 4]| ((p[2] - p[0] + 1) as f32, (p[3] - p[1] + 1) as f32);
    let bars = pieces.iter().filter(|piece| {
        let (w, h) = size(piece);
        (2.0 * dot..16.0 * dot).contains(&w) && w >= 2.5 * h
    });
    let mut out = Vec::new();
    for bar in bars {
        let (w, _) = size(bar);
        let near = |a: usize, b: usize| (a as f32 - b as f32).abs() <= 0.25 * w;
        let angle = pieces.iter().find_map(|piece| {
            let (_, h) = size(piece);
            let above = piece[3] < bar[1] + 2 && (bar[1] as f32 - piece[3] as f32) < 0.4 * w;
            let fits = above && near(piece[0], bar[0]) && near(piece[2], bar[2]) && (0.4..1.4).contains(&(h / w));
            Some((opening(ink, piece).filter(|_| fits)?, piece))
        });
        if let Some((text, piece)) = angle {
            out.push(Sign { text, bounds: [piece[0].min(bar[0]), piece[1], piece[2].max(bar[2]), bar[3]] });
        }
    }
    out
}

/// Which of the two an angle is, if the ink in a box is one: its arms are far apart on one side, with nothing between them, and
/// meet on the other.
fn opening(ink: &Ink, &[x0, y0, x1, y1]: &[usize; 4]) -> Option<char> {
    let (w, h) = (x1 - x0 + 1, y1 - y0 + 1);
    if w < 6 || h < 6 {
        return None;
    }
    // Of some columns: how far the ink reaches from top to bottom, and whether the middle is paper.
    let column = |from: usize, to: usize| {
        let rows = (y0..=y1).filter(|&y| (from..to).any(|x| ink.at(x, y)));
        let (top, bottom) = rows.fold((usize::MAX, 0), |(top, bottom), y| (top.min(y), bottom.max(y)));
        let middle = (y0 + h * 2 / 5..=y0 + h * 3 / 5).all(|y| (from..to).all(|x| !ink.at(x, y)));
        (bottom.saturating_sub(top) as f32 / h as f32, middle)
    };
    let edge = (w / 6).max(1);
    let (left, left_open) = column(x0, x0 + edge);
    let (right, right_open) = column(x1 + 1 - edge, x1 + 1);
    if left > 0.6 && left_open && right < 0.55 && !right_open {
        Some('≥')
    } else if right > 0.6 && right_open && left < 0.55 && !left_open {
        Some('≤')
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::raster::tests::paper;
    use super::super::strokes::pieces;
    use super::*;

    #[test]
    fn an_angle_over_a_bar_is_a_sign() {
        // A bar under each of: an angle to the right, an angle to the left, a block; and an angle without a bar.
        let mut raster =
            paper(400, 120, &[[20, 70, 44, 73], [120, 70, 144, 73], [220, 70, 244, 73], [220, 40, 244, 64]]);
        for i in 0..24usize {
            let rise = i / 2;
            for t in 0..4 {
                for (x, right) in [(20, true), (120, false), (320, true)] {
                    let along = if right { i } else { 23 - i };
                    raster.grey[(40 + rise + t) * 400 + x + along] = 10;
                    raster.grey[(64 - rise + t - 4) * 400 + x + along] = 10;
                }
            }
        }
        let ink = raster.ink();
        let found = signs(&ink, &pieces(&ink, 400), 300.0 / 72.0);
        let mut texts: Vec<(usize, char)> = found.iter().map(|s| (s.bounds[0], s.text)).collect();
        texts.sort();
        assert_eq!(texts, [(20, '≥'), (120, '≤')]);
    }
}
