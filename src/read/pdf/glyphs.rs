//! One page, interpreted: its glyphs, rules and filled boxes in points from the page's top left corner.

mod paths;
mod sheet;

pub(super) use sheet::{Direction, Glyph, Rule, Shade, Sheet, Stop};

use super::annotations::{self, Counts};
use super::charset::Charset;
use super::geometry::Bounds;
use super::sideways::Turn;
use super::ticks::{Shapes, read_ticks};
use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun, PositionedGlyph};
use paths::{bounds_of, is_white};

use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, RectExt, RenderContent, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::object::Dict;
use hayro_syntax::object::dict::keys;
use hayro_syntax::page::Page as PdfPage;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// Drawing steps a page may take; the densest real pages take some ten thousand.
const MAX_STEPS: usize = 2_000_000;
/// Glyphs and rules a page may have; what comes beyond is a drawing or a trap.
const MAX_ITEMS: usize = 200_000;
/// The last resort against pages that draw nothing and never end.
const MAX_TIME: Duration = Duration::from_secs(20);

struct TooMuch;

/// Interprets one page. Never panics; what was seen before a stop is kept.
/// `cells` says which tagged cell each numbered piece of content belongs to ([`super::tagged::Tags::cells`]), `turn` how the
/// page is turned before.
pub(super) fn read_page<'a>(
    page: &PdfPage<'a>,
    cache: &InterpreterCache<'a>,
    charset: &mut Charset,
    cells: Vec<u32>,
    turn: Option<Turn>,
) -> Sheet {
    let (width, height) = turn.map_or_else(|| page.render_dimensions(), Turn::size);
    let sheet = Sheet { width, height, ..Sheet::default() };
    charset.look_at(page);
    let mut reader = PageReader {
        sheet,
        charset,
        clips: Vec::new(),
        last_run: Vec::new(),
        white: Vec::new(),
        grounds: Vec::new(),
        shapes: Shapes::default(),
        cells,
        open: Vec::new(),
        steps: 0,
        start: Instant::now(),
    };
    let turned = turn.map_or(Affine::IDENTITY, Turn::transform);
    let transform = turned * page.initial_transform(true).to_kurbo();
    reader.show(page, cache, transform, RenderContent::PAGE);
    let fields = annotations::of_the_page(page, transform);
    if !fields.is_empty() {
        let own = Counts::of(&reader.sheet, &reader.shapes);
        let white = std::mem::take(&mut reader.white);
        reader.show(page, cache, transform, RenderContent::ANNOTATIONS);
        annotations::keep_inside(&fields, &mut reader.sheet, &mut reader.shapes, own);
        // What is written in a field stands on the field's own ground.
        reader.white = white;
    }
    reader.finish()
}

struct PageReader<'f> {
    sheet: Sheet,
    charset: &'f mut Charset,
    clips: Vec<Bounds>,
    /// Origins of the run drawn last, to know a stroke drawn over its own fill.
    last_run: Vec<(f64, f64)>,
    /// Places of the glyphs that were painted in white.
    white: Vec<usize>,
    /// Pictures and curved fills: like shades, white words on them can be seen.
    grounds: Vec<Bounds>,
    shapes: Shapes,
    /// The tagged cell of each piece of content, by its number; empty where the page has none.
    cells: Vec<u32>,
    /// The cells of the pieces that have begun and not ended, 0 for no cell.
    open: Vec<u32>,
    steps: usize,
    start: Instant,
}

impl PageReader<'_> {
    /// Draws a part of the page into the sheet.
    fn show<'a>(&mut self, page: &PdfPage<'a>, cache: &InterpreterCache<'a>, transform: Affine, part: RenderContent) {
        let crop = page.intersected_crop_box().to_kurbo();
        let done = catch_unwind(AssertUnwindSafe(|| {
            let settings = InterpreterSettings { render_content: part, ..InterpreterSettings::default() };
            let mut context = Context::new(transform, crop, cache, page.xref(), settings);
            interpret_page(page, &mut context, self);
        }));
        if let Err(cause) = done {
            self.sheet.stopped = Some(if cause.is::<TooMuch>() { Stop::TooMuch } else { Stop::Panic });
        }
    }

    fn step(&mut self, n: usize) {
        let before = self.steps / 256;
        self.steps += n;
        let items = self.sheet.glyphs.len().max(self.sheet.rules.len()).max(self.sheet.shades.len());
        if self.steps > MAX_STEPS || items > MAX_ITEMS || self.steps / 256 != before && self.start.elapsed() > MAX_TIME
        {
            resume_unwind(Box::new(TooMuch));
        }
    }

    /// What the page shows, once all of it is drawn.
    fn finish(mut self) -> Sheet {
        let dark = self.sheet.shades.iter().filter(|s| !is_white(s.color)).map(|s| &s.bounds);
        let grounds: Vec<&Bounds> =
            if self.white.is_empty() { Vec::new() } else { dark.chain(&self.grounds).collect() };
        for &i in &self.white {
            if let Some(glyph) = self.sheet.glyphs.get_mut(i)
                && glyph.direction == Direction::Right
            {
                // White on white is seen by nobody.
                let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, glyph.base - 0.3 * glyph.size);
                glyph.visible &= grounds.iter().any(|b| b.has(x, y));
            }
        }
        read_ticks(self.shapes, &mut self.sheet.glyphs, &mut self.sheet.rules);
        self.sheet.steps = self.steps;
        self.sheet
    }

    fn glyph_width(run: &[PositionedGlyph<'_>], i: usize, t: Affine, page: Affine, embedded: bool) -> Point {
        let advance = match &*run[i] {
            PdfGlyph::Outline(o) => o.advance_width(),
            PdfGlyph::Type3(t3) => t3.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        let end = t * Point::new(advance, 0.0);
        if embedded {
            return end;
        }
        // A substituted font is stretched to fit: the y axis tells the true scale, unless the next glyph stands where
        // the stretched one ends.
        let [a, b, c, d, e, f] = t.as_coeffs();
        let (sx, sy) = (a.hypot(b), c.hypot(d));
        if sx <= 0.0 || (sx - sy).abs() < 0.01 * sy {
            return end;
        }
        let true_end = Point::new(e + a / sx * sy * advance, f + b / sx * sy * advance);
        match run.get(i + 1).map(|n| page * n.transform() * Point::ZERO) {
            Some(next) if (next - end).hypot() < (next - true_end).hypot() => end,
            _ => true_end,
        }
    }

    fn push_glyph(&mut self, text: char, origin: Point, end: Point, size: f64, style: (bool, bool)) {
        let (w, h) = (f64::from(self.sheet.width), f64::from(self.sheet.height));
        let (dx, dy) = (end.x - origin.x, end.y - origin.y);
        let direction = if dy.abs() <= 0.1 * dx.abs() {
            if dx >= 0.0 { Direction::Right } else { Direction::Left }
        } else if dx.abs() <= 0.1 * dy.abs() {
            if dy < 0.0 { Direction::Up } else { Direction::Down }
        } else {
            // Oblique text is a watermark or a stamp.
            return;
        };
        let (x0, x1, base) = match direction {
            Direction::Right => (origin.x, end.x, origin.y),
            Direction::Left => (w - origin.x, w - end.x, h - origin.y),
            Direction::Up => (h - origin.y, h - end.y, origin.x),
            Direction::Down => (origin.y, end.y, w - origin.x),
        };
        let (bold, visible) = style;
        let glyph = Glyph {
            text,
            x0: x0 as f32,
            x1: x1 as f32,
            base: base as f32,
            size: size as f32,
            direction,
            bold,
            visible,
            cell: (!self.cells.is_empty()).then(|| self.open.last().copied().unwrap_or(0)),
        };
        if glyph.x0.is_finite() && glyph.x1.is_finite() && glyph.base.is_finite() && glyph.size.is_finite() {
            self.sheet.glyphs.push(glyph);
        }
    }
}

/// The colour of a plain paint; `None` for patterns, `Some(None)` for what can't be seen.
fn color_of(paint: &Paint<'_>) -> Option<Option<[u8; 3]>> {
    match paint {
        Paint::Color(c) => {
            let [r, g, b, a] = c.to_rgba().to_rgba8();
            Some((a > 8).then_some([r, g, b]))
        }
        Paint::Pattern(_) => None,
    }
}

impl<'a> Device<'a> for PageReader<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        self.step(glyphs.len() + 1);
        let origin = |g: &PositionedGlyph<'_>| {
            let [.., x, y] = (props.transform * g.transform()).as_coeffs();
            (x, y)
        };
        if matches!(mode, DrawMode::Stroke(_)) && self.last_run.iter().copied().eq(glyphs.iter().map(origin)) {
            return;
        }
        self.last_run.clear();
        self.last_run.extend(glyphs.iter().map(origin));
        let color = color_of(&props.paint);
        let visible = !matches!(mode, DrawMode::Invisible) && color != Some(None);
        let (white, first) = (color.flatten().is_some_and(is_white), self.sheet.glyphs.len());
        let font = self.charset.font(glyphs);
        let clip = self.clip();
        let clip = Bounds { x0: clip.x0 - 1.0, y0: clip.y0 - 1.0, x1: clip.x1 + 1.0, y1: clip.y1 + 2.0 };
        for (i, glyph) in glyphs.iter().enumerate() {
            let t = props.transform * glyph.transform();
            let origin = t * Point::ZERO;
            let end = Self::glyph_width(glyphs, i, t, props.transform, font.embedded);
            let middle = origin.midpoint(end);
            if !clip.has(middle.x as f32, middle.y as f32) {
                continue;
            }
            let [_, _, c, d, _, _] = t.as_coeffs();
            let size = c.hypot(d) * 1000.0;
            if let Some(letter) = Charset::letter(glyph, &font) {
                self.push_glyph(letter, origin, end, size, (font.bold, visible));
                continue;
            }
            let characters = self.charset.characters(glyph, &font);
            if characters.is_empty() {
                self.sheet.unmapped += 1;
                continue;
            }
            let n = characters.len() as f64;
            for (k, character) in characters.into_iter().enumerate() {
                let (from, to) = (origin.lerp(end, k as f64 / n), origin.lerp(end, (k + 1) as f64 / n));
                self.push_glyph(character, from, to, size, (font.bold, visible));
            }
        }
        if white {
            self.white.extend(first..self.sheet.glyphs.len());
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(1 + path.elements().len());
        let color = match color_of(&props.paint) {
            Some(None) => return,
            Some(color) => color,
            None => None,
        };
        let scale = props.transform.determinant().abs().sqrt();
        match mode {
            DrawMode::Stroke(s) => self.stroked_path(path, props.transform, f64::from(s.line_width) * scale, color),
            DrawMode::Fill(_) => self.filled_path(path, props.transform, color),
            DrawMode::FillAndStroke(_, s) => {
                self.filled_path(path, props.transform, color);
                self.stroked_path(path, props.transform, f64::from(s.line_width) * scale, color);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.draw_path(&rect.to_path(0.1), props, mode);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step(1);
        self.sheet.images += 1;
        let bounds = bounds_of(props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)));
        let shown = self.clip().meet(&bounds).map_or(0.0, |b| b.area());
        let page = (self.sheet.width * self.sheet.height).max(1.0);
        self.sheet.covered = self.sheet.covered.max(shown / page);
        self.sheet.pixels = self.sheet.pixels.max(u64::from(image.width()) * u64::from(image.height()));
        self.grounds.push(bounds);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.step(1);
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.step(1);
        self.push_clip(*rect);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(1);
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.step(1);
        if self.cells.is_empty() {
            return;
        }
        let number = properties.and_then(|p| p.get::<u32>(keys::MCID));
        let own = number.map(|n| self.cells.get(n as usize).copied().unwrap_or(0));
        self.open.push(own.or(self.open.last().copied()).unwrap_or(0));
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }
}
