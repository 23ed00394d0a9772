//! What hangs on a page: filled-in form fields and typed-in texts belong to it, readers' notes and stamps don't.

use super::geometry::Bounds;
use super::glyphs::Sheet;
use super::ticks::Shapes;
use super::words::on_the_page;
use hayro_interpret::RectExt;
use hayro_interpret::kurbo::Affine;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Rect};
use hayro_syntax::page::Page;

/// Boxes of the form fields and typed-in texts, in points from the top left corner.
pub(super) fn of_the_page(page: &Page<'_>, transform: Affine) -> Vec<Bounds> {
    let Some(annotations) = page.raw().get::<Array<'_>>(keys::ANNOTS) else { return Vec::new() };
    annotations
        .iter::<Dict<'_>>()
        .filter(|annotation| {
            let name = |key: &[u8]| annotation.get::<Name<'_>>(key).map(|name| name.as_str().to_owned());
            match name(keys::SUBTYPE).as_deref() {
                Some("Widget") => true,
                // A typewriter's text is meant to be the page's; other free texts are remarks on it.
                Some("FreeText") => name(b"IT").is_some_and(|intent| intent.starts_with("FreeTextType")),
                _ => false,
            }
        })
        .filter_map(|annotation| annotation.get::<Rect>(keys::RECT))
        .map(|rect| {
            let r = transform.transform_rect_bbox(rect.to_kurbo());
            Bounds::new(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32)
        })
        .collect()
}

/// How much of everything a page has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    glyphs: usize,
    rules: usize,
    shades: usize,
    boxes: usize,
    marks: usize,
}

impl Counts {
    pub fn of(sheet: &Sheet, shapes: &Shapes) -> Self {
        Counts {
            glyphs: sheet.glyphs.len(),
            rules: sheet.rules.len(),
            shades: sheet.shades.len(),
            boxes: shapes.boxes.len(),
            marks: shapes.marks.len(),
        }
    }
}

/// Of what was drawn after the page's own things (so many of each), keeps what lies in the boxes.
pub(super) fn keep_inside(boxes: &[Bounds], sheet: &mut Sheet, shapes: &mut Shapes, own: Counts) {
    let inside = |b: &Bounds| boxes.iter().any(|other| other.contains(b, 2.0));
    let page = (sheet.width, sheet.height);
    keep(&mut sheet.glyphs, own.glyphs, |g| inside(&on_the_page(g.x0, g.x1, g.base, g.size, g.direction, page)));
    keep(&mut sheet.rules, own.rules, |rule| {
        let (at, from, to) = (rule.at, rule.from, rule.to);
        inside(&if rule.horizontal { Bounds::new(from, at, to, at) } else { Bounds::new(at, from, at, to) })
    });
    keep(&mut sheet.shades, own.shades, |shade| inside(&shade.bounds));
    keep(&mut shapes.boxes, own.boxes, inside);
    keep(&mut shapes.marks, own.marks, inside);
}

fn keep<T>(list: &mut Vec<T>, own: usize, inside: impl Fn(&T) -> bool) {
    let mut place = 0;
    list.retain(|item| {
        place += 1;
        place <= own || inside(item)
    });
}
