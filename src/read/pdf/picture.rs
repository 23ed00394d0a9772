//! A page as pixels, and over it what the reader saw: words, rules and the cells of its tables.

use super::geometry::Bounds;
use super::words::Word;
use super::{PAGES_AT_ONCE, PdfError, charset, glyphs, open, read_pdf, rules, words};
use crate::document::{Source, Table, tables};
use crate::read::Ocr;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::kurbo::Affine;
use hayro_interpret::{InterpreterCache, InterpreterSettings, TransformExt};
use hayro_syntax::PdfData;
use hayro_syntax::page::Page as PdfPage;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pixels a point, unless the page is so large that the picture would pass [`MAX_SIDE`].
const SCALE: f32 = 2.0;
/// Pixels of a picture's longer side, at most.
const MAX_SIDE: f32 = 6000.0;

/// Pixels of a picture on a page that is drawn, at most: A3 at 600 dpi has 70 million.
const MAX_PIXELS: u64 = 80_000_000;

/// Opacities, 0 to 255: a cell's ground, and lines.
const GROUND: u8 = 45;
const LINE: u8 = 200;
/// One colour after the other for the tables of a page.
const TABLES: [[u8; 3]; 6] = [[255, 160, 0], [0, 160, 80], [180, 60, 200], [0, 150, 200], [200, 80, 60], [120, 130, 0]];
const RULES: [u8; 3] = [220, 0, 0];
const WORDS: [u8; 3] = [40, 90, 255];

/// A picture: rows from the top, four bytes a pixel (red, green, blue, opacity).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// Why a page could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error("non ha una pagina {page}: le pagine sono {pages}")]
    NoPage { page: u32, pages: usize },
    #[error("la pagina {0} non si può disegnare: è danneggiata o troppo complessa")]
    Undrawable(u32),
    #[error("l'immagine non si può scrivere: {0}")]
    Encoding(#[from] png::EncodingError),
}

impl Picture {
    /// The picture as a PNG file.
    ///
    /// # Errors
    /// Only what the PNG writer gives back, as for a picture without pixels.
    pub fn png(&self) -> Result<Vec<u8>, PictureError> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgba)?;
        writer.finish()?;
        Ok(out)
    }

    /// Paints a pixel over what is there; beside the picture nothing happens.
    fn dot(&mut self, x: u32, y: u32, color: [u8; 3], opacity: u8) {
        if x >= self.width || y >= self.height {
            return;
        }
        let at = (y as usize * self.width as usize + x as usize) * 4;
        let Some(pixel) = self.rgba.get_mut(at..at + 4) else { return };
        for (old, new) in pixel.iter_mut().zip(color) {
            let mixed = u32::from(new) * u32::from(opacity) + u32::from(*old) * u32::from(255 - opacity);
            *old = u8::try_from(mixed / 255).unwrap_or(u8::MAX);
        }
    }

    /// Paints a box given in points.
    fn fill(&mut self, b: &Bounds, scale: f32, color: [u8; 3], opacity: u8) {
        // A cast to an unsigned number stops at 0 and at the type's end.
        let (x0, x1) = ((b.x0 * scale) as u32, (b.x1 * scale).ceil() as u32);
        let (y0, y1) = ((b.y0 * scale) as u32, (b.y1 * scale).ceil() as u32);
        for y in y0..y1.min(self.height) {
            for x in x0..x1.min(self.width) {
                self.dot(x, y, color, opacity);
            }
        }
    }

    /// Paints the four sides of a box, `width` points wide, inside it.
    fn outline(&mut self, b: &Bounds, scale: f32, color: [u8; 3], width: f32) {
        for side in [
            Bounds { y1: b.y0 + width, ..*b },
            Bounds { y0: b.y1 - width, ..*b },
            Bounds { x1: b.x0 + width, ..*b },
            Bounds { x0: b.x1 - width, ..*b },
        ] {
            self.fill(&side, scale, color, LINE);
        }
    }
}

/// Draws a page (counted from 1) at two pixels a point, fewer on very large pages.
///
/// # Errors
/// When the file can't be opened, has no such page, or the page can't be drawn.
pub fn page_picture(bytes: Vec<u8>, page: u32) -> Result<Picture, PictureError> {
    let pdf = open(bytes.into())?;
    let drawn = (page as usize).checked_sub(1).and_then(|i| pdf.pages().get(i));
    let drawn = drawn.ok_or(PictureError::NoPage { page, pages: pdf.pages().len() })?;
    render(drawn, page, SCALE).map(|(picture, _)| picture)
}

/// Draws pages of a file (counted from 1) one after the other, `scale` pixels a point (fewer on very large pages), and hands
/// each to `take` with the pixels a point it came to. `doubtful` are the pages that reading told a fault of: one that the reader
/// gives up on is left out, since the renderer would go on without a limit; so is one that the file lacks or that can't be drawn.
///
/// # Errors
/// When the file can't be opened.
pub fn page_pictures(
    mut bytes: Vec<u8>,
    pages: &[u32],
    doubtful: &BTreeSet<u32>,
    scale: f32,
    take: &mut dyn FnMut(u32, &Picture, f32),
) -> Result<(), PictureError> {
    super::inflate::defuse(&mut bytes);
    let data = PdfData::from(bytes);
    // As in reading: what the library unpacks of a page it keeps while the file is open.
    for some in pages.chunks(PAGES_AT_ONCE) {
        let pdf = open(data.clone())?;
        let (cache, mut charset) = (InterpreterCache::new(), charset::Charset::default());
        for &number in some {
            let Some(page) = (number as usize).checked_sub(1).and_then(|i| pdf.pages().get(i)) else { continue };
            let mut stops = || !is_drawable(&glyphs::read_page(page, &cache, &mut charset, Vec::new(), None));
            if doubtful.contains(&number) && stops() {
                continue;
            }
            if let Ok((picture, scale)) = render(page, number, scale) {
                take(number, &picture, scale);
            }
        }
    }
    Ok(())
}

/// Draws a page (counted from 1) with what the reader sees on it: the cells of each table on a ground of the table's colour,
/// rules in red, words in blue boxes. Comes with the page's tables. A cell is drawn on the page it starts on.
///
/// # Errors
/// When the file can't be read, has no such page, or the page can't be drawn.
pub fn tables_picture(mut bytes: Vec<u8>, page: u32, ocr: Ocr) -> Result<(Picture, Vec<Table>), PictureError> {
    // The whole file is read: running lines and joined tables are known from the other pages only.
    let document = read_pdf(bytes.clone(), ocr, &|| ())?;
    super::inflate::defuse(&mut bytes);
    let pdf = open(bytes.into())?;
    let drawn = (page as usize).checked_sub(1).and_then(|i| pdf.pages().get(i));
    let drawn = drawn.ok_or(PictureError::NoPage { page, pages: pdf.pages().len() })?;
    let sheet = glyphs::read_page(drawn, &InterpreterCache::new(), &mut charset::Charset::default(), Vec::new(), None);
    if !is_drawable(&sheet) {
        return Err(PictureError::Undrawable(page));
    }
    let (mut picture, scale) = render(drawn, page, SCALE)?;
    let on_page = |source: &Source| source.page == page;
    let shown: Vec<Table> = tables(&document)
        .filter(|t| on_page(&t.source) || t.cells.iter().any(|c| on_page(&c.source)))
        .cloned()
        .collect();
    for (table, color) in shown.iter().zip(TABLES.iter().cycle()) {
        let boxes = table.cells.iter().filter(|c| on_page(&c.source)).filter_map(|c| c.source.bbox);
        for [x0, y0, x1, y1] in boxes {
            let cell = Bounds { x0, y0, x1, y1 };
            picture.fill(&cell, scale, *color, GROUND);
            picture.outline(&cell, scale, *color, 1.0);
        }
    }
    let segments = rules::segments(&sheet.rules, &sheet.shades);
    for s in &segments.horizontal {
        picture.fill(&Bounds { x0: s.from, x1: s.to, y0: s.at - 0.3, y1: s.at + 0.3 }, scale, RULES, LINE);
    }
    for s in &segments.vertical {
        picture.fill(&Bounds { x0: s.at - 0.3, x1: s.at + 0.3, y0: s.from, y1: s.to }, scale, RULES, LINE);
    }
    let seen: Vec<Word> = words::words(&sheet);
    for word in &seen {
        picture.outline(&word.bounds, scale, WORDS, 0.5);
    }
    Ok((picture, shown))
}

/// Whether a page can be drawn with bounded time and memory: what the reader gave up on, the renderer would too, without a
/// limit, and pictures are unpacked whole.
pub(super) fn is_drawable(sheet: &glyphs::Sheet) -> bool {
    sheet.stopped != Some(glyphs::Stop::TooMuch) && sheet.pixels <= MAX_PIXELS
}

/// The page on white at `scale` pixels a point at most, and how many it came to.
pub(super) fn render(page: &PdfPage<'_>, number: u32, scale: f32) -> Result<(Picture, f32), PictureError> {
    let (width, height) = page.render_dimensions();
    let scale = scale.min(MAX_SIDE / width.max(height).max(1.0));
    let side = |points: f32| (points * scale).ceil().clamp(1.0, MAX_SIDE) as u16;
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let mut context = RenderContext::new(side(width), side(height));
        let transform = Affine::scale(f64::from(scale)) * page.initial_transform(true).to_kurbo();
        let (cache, settings) = (RenderCache::new(), InterpreterSettings::default());
        render_into(page, &cache, &settings, &RenderSettings::default(), &mut context, transform);
        context.flush();
        let mut pixels = Pixmap::new(context.width(), context.height());
        let ground = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
        context.render_with(&mut pixels, &mut Resources::default(), ground);
        // On a white ground every pixel is opaque: premultiplied and plain colours are the same.
        let rgba = pixels.data_as_u8_slice().to_vec();
        Picture { width: u32::from(pixels.width()), height: u32::from(pixels.height()), rgba }
    }));
    drawn.map(|picture| (picture, scale)).map_err(|_| PictureError::Undrawable(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn white(width: u32, height: u32) -> Picture {
        Picture { width, height, rgba: vec![255; (width * height * 4) as usize] }
    }

    #[test]
    fn boxes_are_painted_where_they_stand_and_cut_at_the_edge() {
        let mut picture = white(4, 4);
        picture.fill(&Bounds { x0: 1.0, y0: -3.0, x1: 99.0, y1: 0.5 }, 2.0, [0, 0, 0], 255);
        let dark: Vec<usize> =
            picture.rgba.chunks(4).enumerate().filter(|(_, p)| p[..3] == [0, 0, 0]).map(|(i, _)| i).collect();
        assert_eq!(dark, [2, 3]);
    }

    #[test]
    fn a_picture_is_a_png() {
        let png = white(2, 3).png().expect("a PNG");
        assert!(png.starts_with(b"\x89PNG"));
        assert!(white(0, 0).png().is_err());
    }

    #[test]
    fn what_is_no_pdf_has_no_picture() {
        assert!(matches!(page_picture(b"nothing".to_vec(), 1), Err(PictureError::Pdf(PdfError::Invalid))));
    }
}
