//! Pages without text → words and rules, by optical recognition of the page as it looks.
//!
//! A page is drawn, straightened, and parted into rules, tick boxes and letters; the letters go to Tesseract. What comes back
//! goes the way of any other page's words and rules.

mod engine;
mod hocr;
mod raster;
mod second;
mod signs;
mod strokes;

use rayon::prelude::*;

use super::geometry::Bounds;
use super::glyphs::{Direction, Rule, Sheet};
use super::words::{Word, on_the_page};
use super::{PAGES_AT_ONCE, open, picture};
use crate::document::{Reason, Recognised, RecognisedWord};
use crate::read::Ocr;
use engine::{Engine, EngineError, Look, Missing, Recogniser};
use hayro_syntax::PdfData;
use hocr::Seen;
use raster::Raster;
use strokes::{Strokes, take_strokes};

/// Pixels an inch a page is drawn at: what Tesseract's letters were learnt at.
const DPI: f32 = 300.0;
/// Points an inch.
const POINTS: f32 = 72.0;
/// More pages of one file than this are not recognised.
const MAX_PAGES: usize = 400;
/// Pictures in memory at once, at most: each takes up to 35 MB.
const AT_ONCE: usize = 4;

/// A page with fewer words than this may be a scan with a stamp on it.
const FEW_WORDS: usize = 40;
/// The share of a scan's page that its picture covers, at least.
const COVERED: f32 = 0.5;
/// A page without words that is drawn in more steps than this may hold letters as outlines.
const DRAWN: usize = 300;

/// From ascenders to descenders, in type sizes.
const LINE_HEIGHT: f32 = 0.93;
/// Sizes this near the page's usual one are the usual one, as a share of it.
const SAME_SIZE: f32 = 0.17;
/// A sign without letter or digit that is less sure than this is dust.
const DUST: f32 = 0.6;
/// Any other word that is less sure is none.
const NOISE: f32 = 0.1;

/// What a page holds by optical recognition.
pub(super) struct Page {
    pub words: Vec<Word>,
    pub rules: Vec<Rule>,
    pub recognised: Recognised,
}

/// What recognises the pages that `ocr` says, with its version, or why nothing does.
pub fn recogniser(ocr: Ocr) -> String {
    if ocr == Ocr::Never {
        return String::new();
    }
    Engine::installed().map_or_else(|missing| missing.to_string(), |engine| engine.version.clone())
}

/// Why a page was not recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unrecognised {
    /// By what the user wants.
    Unasked(Ocr),
    /// Less was recognised than the file tells.
    Illegible,
    Missing(Missing),
    Engine(EngineError),
    Undrawable,
    TooMany,
}

impl Unrecognised {
    /// What the user can do, as the end of a sentence.
    pub fn help(&self) -> String {
        match self {
            Unrecognised::Unasked(Ocr::Never) => "riprovare con --ocr auto".to_owned(),
            Unrecognised::Unasked(_) => "riprovare con --ocr always".to_owned(),
            Unrecognised::Illegible => "quello fatto non ha trovato di più: guardare la pagina".to_owned(),
            Unrecognised::Missing(missing) => missing.to_string(),
            Unrecognised::Engine(error) => format!("{error}: rifare la scansione, o dividere il file, e riprovare"),
            Unrecognised::Undrawable => "la pagina non si può disegnare: rifare la scansione e riprovare".to_owned(),
            Unrecognised::TooMany => {
                format!("le pagine da riconoscere sono più di {MAX_PAGES}: dividere il file e riprovare")
            }
        }
    }

    pub fn reason(&self, sheet: &Sheet) -> Reason {
        match self {
            Unrecognised::Engine(_) | Unrecognised::Undrawable | Unrecognised::TooMany => Reason::OcrFailed,
            _ if sheet.unmapped > 0 => Reason::UnmappedText,
            _ => Reason::ImagePage,
        }
    }
}

/// Whether a page as read is to be recognised.
pub(super) fn wants(ocr: Ocr, sheet: &Sheet, words: usize) -> bool {
    let silent = words == 0 && (sheet.images > 0 || sheet.steps > DRAWN);
    let stamped = words < FEW_WORDS && sheet.covered > COVERED;
    let nonsense = sheet.unmapped > sheet.glyphs.len().max(20);
    match ocr {
        Ocr::Never => false,
        Ocr::Auto => silent || stamped || nonsense,
        Ocr::Always => words > 0 || sheet.images > 0 || sheet.unmapped > 0 || sheet.steps > DRAWN,
    }
}

/// Whether a page would have to be recognised to be known, wanted or not.
pub(super) fn needs(sheet: &Sheet, words: usize) -> bool {
    words == 0 && sheet.images > 0 || sheet.unmapped > 0
}

/// Recognises pages of a file, given by index with what was read of them, in order.
pub(super) fn recognise(
    data: &PdfData,
    pages: &[(usize, &Sheet)],
    pulse: &(dyn Fn() + Sync),
) -> Vec<Result<Page, Unrecognised>> {
    if pages.is_empty() {
        return Vec::new();
    }
    let recogniser = match Engine::installed() {
        Ok(engine) => Recogniser { engine, pulse },
        Err(missing) => return pages.iter().map(|_| Err(Unrecognised::Missing(missing))).collect(),
    };
    let mut out = Vec::with_capacity(pages.len());
    for some in pages[..pages.len().min(MAX_PAGES)].chunks(PAGES_AT_ONCE) {
        let pdf = open(data.clone());
        for few in some.chunks(rayon::current_num_threads().clamp(1, AT_ONCE)) {
            let drawn: Vec<_> = few.iter().map(|(index, sheet)| drawn(pdf.as_ref().ok(), *index, sheet)).collect();
            let read = drawn.into_par_iter().zip(few).map(|(drawn, (index, sheet))| {
                let (raster, scale) = drawn.ok_or(Unrecognised::Undrawable)?;
                read_page(&recogniser, raster, scale, *index, sheet)
            });
            out.par_extend(read);
        }
    }
    out.extend(pages.iter().skip(MAX_PAGES).map(|_| Err(Unrecognised::TooMany)));
    out
}

/// A page in grey, and its pixels a point.
fn drawn(pdf: Option<&hayro_syntax::Pdf>, index: usize, sheet: &Sheet) -> Option<(Raster, f32)> {
    if !picture::is_drawable(sheet) {
        return None;
    }
    let page = pdf?.pages().get(index)?;
    let (picture, scale) = picture::render(page, index as u32 + 1, DPI / POINTS).ok()?;
    Some((Raster::of(&picture), scale))
}

fn read_page(
    recogniser: &Recogniser<'_>,
    raster: Raster,
    scale: f32,
    index: usize,
    sheet: &Sheet,
) -> Result<Page, Unrecognised> {
    let slope = raster.slope();
    let mut raster = raster.levelled(slope);
    let strokes = take_strokes(&mut raster, scale);
    let page = (sheet.width, sheet.height);
    let rules = rules(&strokes, scale, page);
    let dpi = (scale * POINTS).round() as u32;
    let hocr = recogniser.recognise(raster.pgm(), Look::Page, dpi).map_err(Unrecognised::Engine)?;
    let mut words = hocr::words(&hocr);
    words.retain(is_word);
    let cells = cells(&rules, scale);
    let usual = usual_height(&words);
    second::look_again(recogniser, &raster, &cells, &mut words, scale, usual);
    Ok(assemble(&words, &strokes, rules, scale, index, page))
}

/// The cells that a page's rules make, in pixels.
fn cells(rules: &[Rule], scale: f32) -> Vec<second::Area> {
    let grids = super::lattice::grids(&super::rules::segments(rules, &[]));
    let mut cells: Vec<Bounds> = grids.iter().flat_map(|grid| &grid.places).map(|place| place.bounds).collect();
    // The innermost first: it is the one that a word stands in.
    cells.sort_by(|a, b| a.area().total_cmp(&b.area()));
    cells.iter().map(|b| b.array().map(|v| v * scale)).collect()
}

/// Rules in points.
fn rules(strokes: &Strokes, scale: f32, page: (f32, f32)) -> Vec<Rule> {
    let rule = |horizontal: bool| {
        move |s: &strokes::Stroke| Rule {
            horizontal,
            at: s.at / scale,
            from: s.from as f32 / scale,
            to: s.to as f32 / scale,
            width: s.width / scale,
            white: false,
        }
    };
    let all = strokes.horizontal.iter().map(rule(true)).chain(strokes.vertical.iter().map(rule(false)));
    all.filter(|rule| !at_edge(rule, page)).collect()
}

/// The page in points.
fn assemble(seen: &[Seen], strokes: &Strokes, rules: Vec<Rule>, scale: f32, index: usize, page: (f32, f32)) -> Page {
    let usual = usual_height(seen);
    let mut words = Vec::with_capacity(seen.len());
    let mut told = Vec::with_capacity(seen.len());
    for word in seen {
        let height = if (word.height - usual).abs() <= SAME_SIZE * usual { usual } else { word.height };
        let size = height / LINE_HEIGHT / scale;
        let [x0, _, x1, _] = word.bounds.map(|v| v / scale);
        let made = made(capitals(&word.text), (x0, x1), word.base / scale, size, page);
        told.push(RecognisedWord { text: made.text.clone(), bbox: made.bounds.array(), confidence: word.confidence });
        words.push(made);
    }
    let boxes = strokes.boxes.iter().map(|b| (if b.ticked { "☒" } else { "☐" }, [b.x0, b.y0, b.x1, b.y1]));
    let signs = strokes.signs.iter().map(|s| (if s.text == '≥' { "≥" } else { "≤" }, s.bounds));
    for (text, [left, top, right, bottom]) in boxes.chain(signs) {
        let (x0, x1) = (left as f32 / scale, (right + 1) as f32 / scale);
        let middle = (top + bottom) as f32 / 2.0 / scale;
        let beside = words.iter().filter(|w| (w.bounds.center().1 - middle).abs() < 0.5 * w.size);
        let distance = |w: &Word| (w.bounds.x0 - x1).max(x0 - w.bounds.x1).max(0.0);
        let nearest = beside.min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let (base, size) = nearest.map_or(((bottom + 1) as f32 / scale, x1 - x0), |w| (w.base, w.size));
        words.push(made(text.to_owned(), (x0, x1), base, size, page));
    }
    let letters: f32 = told.iter().map(|w| w.text.chars().count() as f32).sum();
    let sure: f32 = told.iter().map(|w| w.text.chars().count() as f32 * w.confidence).sum();
    let confidence = if letters > 0.0 { sure / letters } else { 0.0 };
    Page { words, rules, recognised: Recognised { page: index as u32 + 1, confidence, words: told } }
}

fn made(text: String, (x0, x1): (f32, f32), base: f32, size: f32, page: (f32, f32)) -> Word {
    let direction = Direction::Right;
    let bounds: Bounds = on_the_page(x0, x1, base, size, direction, page);
    Word { text, bounds, x0, x1, base, size, direction, bold: false, blank_after: true, cell: None }
}

/// A word of capitals with each small l as the capital I it must be: "KPl".
fn capitals(word: &str) -> String {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().any(|c| c.is_lowercase() && c != 'l');
    if capitals >= 2 && !small { word.replace('l', "I") } else { word.to_owned() }
}

/// Whether a recognised text is a word, and no dust or piece of a rule.
fn is_word(word: &Seen) -> bool {
    let telling = word.text.chars().any(char::is_alphanumeric);
    let rule = word.text.chars().all(|c| matches!(c, '|' | '_' | '¦' | '—' | '~' | '[' | ']'));
    // A sign alone must be sure, unless it fills its line as a placeholder would.
    !rule && word.confidence >= if telling { NOISE } else { DUST } && word.height > 0.0
}

/// The height most letters are set in.
fn usual_height(seen: &[Seen]) -> f32 {
    let mut heights: Vec<f32> =
        seen.iter().flat_map(|w| std::iter::repeat_n(w.height, w.text.chars().count())).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

/// The dark edge that a scanner leaves around the paper is no rule.
fn at_edge(rule: &Rule, page: (f32, f32)) -> bool {
    const EDGE: f32 = 9.0;
    let far = if rule.horizontal { page.1 } else { page.0 };
    rule.at < EDGE || rule.at > far - EDGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, x: f32, base: f32, height: f32, confidence: f32) -> Seen {
        Seen { text: text.to_owned(), bounds: [x, base - 30.0, x + 100.0, base + 8.0], base, height, confidence }
    }

    #[test]
    fn dust_is_left_out_and_sizes_are_evened() {
        let all = [
            seen("Target", 400.0, 1000.0, 40.0, 0.96),
            seen("15%", 600.0, 1001.0, 36.0, 0.9),
            seen("|", 700.0, 1000.0, 40.0, 0.9),
            seen(":", 800.0, 1000.0, 40.0, 0.3),
            seen("TITOLO", 400.0, 800.0, 80.0, 0.9),
        ];
        let all: Vec<Seen> = all.into_iter().filter(is_word).collect();
        let page = assemble(&all, &Strokes::default(), Vec::new(), DPI / POINTS, 2, (595.0, 842.0));
        assert_eq!(page.words.iter().map(|w| &*w.text).collect::<Vec<_>>(), ["Target", "15%", "TITOLO"]);
        assert_eq!(page.words[0].size, page.words[1].size);
        assert!(page.words[2].size > 1.5 * page.words[0].size);
        assert_eq!(page.recognised.page, 3);
        assert!((0.90..0.96).contains(&page.recognised.confidence), "{}", page.recognised.confidence);
        assert!((page.words[0].bounds.x0 - 96.0).abs() < 0.1);
        assert_eq!(["KPl:", "Il", "al", "Al", "RASL"].map(capitals), ["KPI:", "Il", "al", "Al", "RASL"]);
    }

    #[test]
    fn a_tick_box_stands_on_its_words_line() {
        let boxes = vec![strokes::TickBox { x0: 350, y0: 968, x1: 385, y1: 1003, ticked: true }];
        let strokes = Strokes { boxes, ..Strokes::default() };
        let words = [seen("qualità", 400.0, 1000.0, 40.0, 0.96)];
        let page = assemble(&words, &strokes, Vec::new(), DPI / POINTS, 0, (595.0, 842.0));
        assert_eq!(page.words[1].text, "☒");
        assert_eq!((page.words[1].base, page.words[1].size), (page.words[0].base, page.words[0].size));
    }

    #[test]
    fn pages_without_words_are_wanted() {
        let sheet = |images, covered, unmapped| Sheet { images, covered, unmapped, ..Sheet::default() };
        assert!(wants(Ocr::Auto, &sheet(1, 1.0, 0), 0));
        assert!(wants(Ocr::Auto, &sheet(1, 0.9, 0), 8), "a stamp on a scan");
        assert!(wants(Ocr::Auto, &sheet(0, 0.0, 500), 0));
        assert!(!wants(Ocr::Auto, &sheet(1, 0.9, 0), 300));
        assert!(!wants(Ocr::Auto, &sheet(0, 0.0, 0), 0), "an empty page");
        assert!(!wants(Ocr::Never, &sheet(1, 1.0, 0), 0));
        assert!(wants(Ocr::Always, &sheet(0, 0.0, 0), 300));
    }
}
