//! Bytes of a PDF → [`Document`]: text, ruled and unruled tables, in reading order.

mod align;
mod annotations;
mod bands;
mod blocks;
mod centred;
mod charset;
mod confidence;
mod entries;
mod furniture;
mod geometry;
mod glyphs;
mod gutters;
mod heading_row;
mod inflate;
mod joining;
mod lattice;
mod layout;
mod lexis;
mod monospace;
mod ocr;
mod pages;
mod picture;
mod refine;
mod rules;
mod scans;
mod seam;
mod sideways;
mod stack;
mod symbols;
mod table;
mod tagged;
#[cfg(test)]
mod tests;
mod ticks;
mod widths;
mod words;

pub(in crate::read) use monospace::blocks as monospace_blocks;
pub use ocr::recogniser;
pub use picture::{Picture, PictureError, page_picture, page_pictures, tables_picture};

use super::Ocr;
use crate::document::{Block, Cell, Document, Fault, Format, Page, Paragraph, Reason, Recognised, Source, Table, fold};
use glyphs::{Sheet, Stop};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use layout::PageParts;
use lexis::Lexis;
use pages::{Item, Placed};
use sideways::Turn;
use table::RawTable;

/// More pages than this are not read.
const MAX_PAGES: usize = 20_000;
/// The library keeps what it has unpacked of a file as long as the file is open. Reopening it after every so many pages lets
/// memory grow with the words, not with the unpacked pages. Each opening goes through all pages and reads fonts again: hence
/// not too few pages at once, and not too many openings.
const PAGES_AT_ONCE: usize = 100;
const MAX_OPENINGS: usize = 16;
/// Drawing steps a whole file may take.
const MAX_STEPS: usize = 60_000_000;

/// Why a PDF could not be read at all.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PdfError {
    /// A user password is needed.
    #[error("il PDF è protetto da una password di apertura: salvarne una copia senza password e riprovare")]
    Locked,
    /// Encrypted in a way that is not supported.
    #[error("il PDF è cifrato in un modo non supportato: salvarne una copia non protetta e riprovare")]
    Encryption,
    /// Not a PDF, or damaged beyond use.
    #[error(
        "il file non è un PDF leggibile: verificare che sia stato scaricato per intero e che si apra con un lettore PDF"
    )]
    Invalid,
    /// No pages.
    #[error("il PDF non contiene pagine: scaricarlo di nuovo dalla fonte")]
    Empty,
    /// No text: only images, or characters that the file does not tell.
    #[error(
        "il PDF non contiene testo leggibile (pagine: {pages}; sono immagini, o caratteri senza mappa Unicode): serve il riconoscimento ottico (OCR); {help}"
    )]
    NoText {
        pages: u32,
        /// What the user can do, in Italian.
        help: String,
    },
    /// Beyond what is read.
    #[error("il PDF è troppo grande ({0}): dividerlo in più file e riprovare")]
    TooLarge(String),
}

/// Reads a PDF, with optical recognition of the pages that `ocr` says. Never panics; what could not be read though the rest
/// could is in [`Document::faults`].
pub fn read_pdf(mut bytes: Vec<u8>, ocr: Ocr, pulse: &(dyn Fn() + Sync)) -> Result<Document, PdfError> {
    let bombs = inflate::defuse(&mut bytes);
    widths::defuse(&mut bytes);
    let complete = has_end_mark(&bytes);
    let data = PdfData::from(bytes);
    let pdf = open(data.clone())?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(PdfError::Empty);
    }
    if count > MAX_PAGES {
        return Err(PdfError::TooLarge(format!("{count} pagine")));
    }
    let mut faults = Vec::new();
    if !complete {
        faults.push(Fault { page: 1, reason: Reason::Truncated, message: "il file è incompleto (manca la parte finale): le pagine e i testi mancanti non sono stati letti; scaricarlo di nuovo dalla fonte".into() });
    }
    let title = pdf.metadata().title.as_deref().map(decode_text).map(|t| fold(&t)).filter(|t| !t.is_empty());
    let mut file = FileParts::default();
    read_sheets(pdf, &data, ocr, &mut file);
    let help = scans::read_scans(&data, ocr, pulse, &mut file);
    let FileParts { sheets, texts, faults: page_faults, recognised, turns, .. } = file;
    faults.extend(page_faults);
    if bombs > 0 && sheets.iter().all(|s| s.words.is_empty()) {
        return Err(PdfError::TooLarge("il contenuto compresso supera il limite".into()));
    }
    if bombs > 0 {
        faults.push(Fault {
            page: 1,
            reason: Reason::PartTooLarge,
            message: "una parte compressa del file supera il limite di dimensione e non è stata letta".into(),
        });
    }
    if texts == 0 && recognised.iter().all(|page| page.words.is_empty()) {
        let help = help.unwrap_or_else(|| "le pagine non mostrano né parole né immagini".to_owned());
        return Err(if complete { PdfError::NoText { pages: count as u32, help } } else { PdfError::Invalid });
    }
    let size = |(sheet, turn): (&PageParts, &Option<Turn>)| {
        let (width, height) = turn.map_or((sheet.width, sheet.height), Turn::shown);
        Page { width, height }
    };
    let pages = sheets.iter().zip(&turns).map(size).collect();
    let mut blocks = assemble(sheets);
    sideways::turn_back(&mut blocks, &turns);
    Ok(Document { format: Format::Pdf, pages, blocks, title, faults, recognised })
}

fn open(data: PdfData) -> Result<Pdf, PdfError> {
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Pdf::new_with_password(data, "")));
    match opened {
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => Err(PdfError::Locked),
        Ok(Err(LoadPdfError::Decryption(_))) => Err(PdfError::Encryption),
        Ok(Err(LoadPdfError::Invalid)) | Err(_) => Err(PdfError::Invalid),
    }
}

/// Whether the file's end mark stands near its end.
fn has_end_mark(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    tail.windows(5).any(|w| w == b"%%EOF")
}

/// What the pages of a file hold.
#[derive(Default)]
struct FileParts {
    sheets: Vec<PageParts>,
    scans: Vec<scans::Scan>,
    recognised: Vec<Recognised>,
    /// As the sheets: how each was turned to be read.
    turns: Vec<Option<Turn>>,
    /// Glyphs that came with a character.
    texts: usize,
    /// Drawing steps.
    steps: usize,
    faults: Vec<Fault>,
}

/// Reads every page's words and rules.
fn read_sheets(pdf: Pdf, data: &PdfData, ocr: Ocr, file: &mut FileParts) {
    let count = pdf.pages().len();
    let at_once = PAGES_AT_ONCE.max(count.div_ceil(MAX_OPENINGS));
    let mut opened = Some(pdf);
    while file.sheets.len() < count {
        let from = file.sheets.len();
        // The same bytes open again as they did the first time.
        let Some(pdf) = opened.take().or_else(|| open(data.clone()).ok()) else { break };
        let to = count.min(from + at_once);
        read_part(&pdf, from..to, ocr, file);
        if file.sheets.len() < to {
            break;
        }
    }
}

/// Reads some of the pages; fewer where the file has used up its steps.
fn read_part(pdf: &Pdf, pages: std::ops::Range<usize>, ocr: Ocr, file: &mut FileParts) {
    let cache = InterpreterCache::new();
    let mut charset = charset::Charset::default();
    let mut tags = tagged::Tags::of(pdf);
    for (i, page) in pdf.pages().iter().enumerate().take(pages.end).skip(pages.start) {
        let number = i as u32 + 1;
        if file.steps > MAX_STEPS {
            file.faults.push(Fault {
                page: number,
                reason: Reason::FileTooComplex,
                message: "il file è troppo complesso: da questa pagina in poi non è stato letto; dividerlo in più file"
                    .into(),
            });
            break;
        }
        let cells = tags.as_mut().map(|tags| tags.cells(page)).unwrap_or_default();
        let mut sheet = glyphs::read_page(page, &cache, &mut charset, cells.clone(), None);
        file.steps += sheet.steps;
        let mut words = words::words(&sheet);
        let (wanted, needed) = (ocr::wants(ocr, &sheet, words.len()), ocr::needs(&sheet, words.len()));
        // What is recognised is recognised as the page is shown.
        let turn = if wanted || needed { None } else { Turn::of(&sheet) };
        if turn.is_some() {
            sheet = glyphs::read_page(page, &cache, &mut charset, cells, turn);
            file.steps += sheet.steps;
            words = words::words(&sheet);
        }
        file.turns.push(turn);
        file.texts += sheet.glyphs.len();
        note_stop(&sheet, number, &mut file.faults);
        let (rules, shades) = (std::mem::take(&mut sheet.rules), std::mem::take(&mut sheet.shades));
        let grids = lattice::grids(&rules::segments(&rules, &shades));
        file.sheets.push(PageParts { width: sheet.width, height: sheet.height, words, grids, rules, shades });
        if wanted || needed {
            sheet.glyphs = Vec::new();
            file.scans.push(scans::Scan { index: i, sheet, wanted, needed });
        }
    }
}

fn note_stop(sheet: &Sheet, page: u32, faults: &mut Vec<Fault>) {
    let (reason, message) = match sheet.stopped {
        Some(Stop::TooMuch) => (
            Reason::PageTooComplex,
            "la pagina è troppo complessa ed è stata letta solo in parte: stamparla di nuovo in PDF e riprovare",
        ),
        Some(Stop::Panic) => (
            Reason::PageDamaged,
            "la pagina è danneggiata ed è stata letta solo in parte: scaricare di nuovo il file dalla fonte",
        ),
        None => return,
    };
    faults.push(Fault { page, reason, message: message.to_owned() });
}

/// PDF text strings are UTF-16 with a mark, UTF-8 with a mark, or PDFDocEncoding (Latin 1 but for a few signs).
fn decode_text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&b| doc_char(b)).collect(),
    }
}

fn doc_char(byte: u8) -> char {
    const HIGH: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x80..=0x9e => HIGH[usize::from(byte - 0x80)],
        0xa0 => '€',
        b => char::from(b),
    }
}

/// Lays all pages out and joins what page ends cut.
fn assemble(mut parts: Vec<PageParts>) -> Vec<Block> {
    let mut lexis = Lexis::default();
    for p in &parts {
        lexis.learn(&p.words);
    }
    furniture::drop_furniture(&mut parts);
    let mut laid: Vec<(f32, Vec<Item>)> = Vec::with_capacity(parts.len());
    // A page's words are let go as soon as the page after it is laid out.
    let mut last: Option<PageParts> = None;
    for part in parts {
        let before = laid.last().and_then(|(_, items)| layout::carry(items));
        let next = layout::layout(&part, before);
        if let (Some((_, items)), Some(last)) = (laid.last_mut(), &last) {
            layout::begin_at_end(items, &next, last);
        }
        laid.push((part.height, next));
        last = Some(part);
    }
    let body = body_size(&laid);
    let mut blocks = Vec::new();
    for placed in pages::join(laid) {
        emit(placed, &lexis, body, &mut blocks);
    }
    blocks
}

/// The type size most letters outside tables are set in.
fn body_size(pages: &[(f32, Vec<Item>)]) -> f32 {
    let mut sizes: std::collections::BTreeMap<i32, usize> = Default::default();
    for item in pages.iter().flat_map(|(_, items)| items) {
        if let Item::Text(p) = item {
            for line in &p.lines {
                *sizes.entry((line.size * 2.0).round() as i32).or_default() += line.text.len();
            }
        }
    }
    sizes.into_iter().max_by_key(|&(_, n)| n).map_or(10.0, |(size, _)| size as f32 / 2.0)
}

fn emit(placed: Placed, lexis: &Lexis, body: f32, out: &mut Vec<Block>) {
    let page = placed.page as u32 + 1;
    match placed.item {
        Item::Text(p) => {
            let text = p.text(lexis);
            if !text.is_empty() {
                let heading = blocks::heading(&p, &text, body);
                let source = Source { page, bbox: Some(p.bounds().array()), line: None };
                out.push(Block::Text(Paragraph { text, source, heading }));
            }
        }
        Item::Table(t) => emit_table(t, page, lexis, body, out),
    }
}

/// A table, then the tables in its cells. A table of one column is framed text.
fn emit_table(t: RawTable, page: u32, lexis: &Lexis, body: f32, out: &mut Vec<Block>) {
    let source = Source { page, bbox: Some(t.bounds.array()), line: None };
    let mut children = Vec::new();
    let mut cells = Vec::new();
    let single = t.cols == 1;
    let confidence = confidence::of(&t);
    let margin = lexis::margin(t.cells.iter().map(|c| (&c.bounds, c.lines.as_slice())));
    for c in t.cells {
        if single {
            let sides = (c.bounds.x0 + 2.0, c.bounds.x1 - 2.0);
            for p in blocks::paragraphs(c.lines.clone(), sides) {
                emit(Placed { page: page as usize - 1, item: Item::Text(p) }, lexis, body, out);
            }
        }
        let text = fold(&lexis.flow_in(&c.lines, c.bounds.width() - 2.0 * margin));
        cells.push(Cell {
            row: c.row as u32,
            col: c.col as u32,
            rowspan: c.rowspan as u32,
            colspan: c.colspan as u32,
            text,
            source: Source { page: c.page.map_or(page, |p| p as u32 + 1), bbox: Some(c.bounds.array()), line: None },
        });
        children.extend(c.children);
    }
    if !single {
        let (rows, cols) = (t.rows as u32, t.cols as u32);
        out.push(Block::Table(Table { rows, cols, cells, method: t.method, confidence, source }));
    }
    for child in children {
        emit_table(child, page, lexis, body, out);
    }
}
