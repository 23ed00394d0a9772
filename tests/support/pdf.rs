//! PDFs made for a test: pages written operator by operator, so that a test shows just the manner it is about.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// An A4 page, in points.
pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;

/// One page: its content stream, and what hangs on it.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub content: String,
    pub annotations: Vec<Annotation>,
    /// `/Rotate`, in degrees.
    pub rotate: i64,
    /// Left, bottom, right, top of the media box; A4 at the origin if not given.
    pub media_box: Option<[f32; 4]>,
    /// The tagged table cell that each numbered piece of content (`MCID`) belongs to; without any the page is not tagged.
    pub cells: Vec<usize>,
}

/// What lies on a page besides its content.
#[derive(Debug, Clone)]
pub enum Annotation {
    /// A tick box of a form, with its box in page space.
    Tick { rect: [f32; 4], on: bool },
    /// A filled-in text field.
    Field { rect: [f32; 4], text: String },
    /// A reader's note, which is no part of the page.
    Note { rect: [f32; 4], text: String },
}

/// The fonts of every page: what `/F1` and so on are.
///
/// - `F1` Helvetica, `F2` Helvetica-Bold, WinAnsi, not embedded;
/// - `F3` Wingdings, not embedded, without a Unicode map, as word processors leave it;
/// - `F4` ZapfDingbats;
/// - `F5` Helvetica whose codes 1 to 3 are the ligatures fi, ff, ffi by glyph name only;
/// - `F6` a composite font with a Unicode map that gives "ti" and "tt" for the single codes 1 and 2, "☐" and "☒" for 3 and 4;
/// - `F7` a composite font without any Unicode map.
fn fonts(document: &mut Document) -> Dictionary {
    let simple = |name: &str, encoding: Option<Object>| {
        let mut font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name };
        if let Some(encoding) = encoding {
            font.set("Encoding", encoding);
        }
        font
    };
    let win_ansi = || Some(Object::Name(b"WinAnsiEncoding".to_vec()));
    let ligatures = dictionary! {
        "Type" => "Encoding", "BaseEncoding" => "WinAnsiEncoding",
        "Differences" => vec![1.into(), "fi".into(), "ff".into(), "ffi".into()],
    };
    let mut fonts = dictionary! {
        "F1" => simple("Helvetica", win_ansi()),
        "F2" => simple("Helvetica-Bold", win_ansi()),
        "F4" => simple("ZapfDingbats", None),
        "F5" => simple("Helvetica", Some(ligatures.into())),
    };
    let mut wingdings = simple("Wingdings-Regular", win_ansi());
    wingdings.set("Subtype", "TrueType");
    wingdings.set("FirstChar", 32);
    wingdings.set("LastChar", 255);
    wingdings.set("Widths", vec![Object::Integer(890); 224]);
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "Wingdings-Regular", "Flags" => 4, "ItalicAngle" => 0, "Ascent" => 898,
        "Descent" => -211, "CapHeight" => 700, "StemV" => 80, "FontBBox" => vec![0.into(), (-211).into(), 1359.into(), 898.into()],
    });
    wingdings.set("FontDescriptor", descriptor);
    fonts.set("F3", wingdings);
    for (name, map) in [("F6", Some(UNICODE_MAP)), ("F7", None)] {
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => "Esempio", "Flags" => 4, "ItalicAngle" => 0, "Ascent" => 750,
            "Descent" => -250, "CapHeight" => 700, "StemV" => 80, "FontBBox" => vec![0.into(), (-250).into(), 1000.into(), 750.into()],
        });
        let descendant = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Esempio", "DW" => 500, "FontDescriptor" => descriptor,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0,
            },
        });
        let mut font = dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Esempio", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
        };
        if let Some(map) = map {
            let stream = document.add_object(Stream::new(Dictionary::new(), map.as_bytes().to_vec()));
            font.set("ToUnicode", stream);
        }
        fonts.set(name, font);
    }
    fonts
}

/// Codes 1 and 2 are ligatures, 3 and 4 tick boxes, 32 to 126 the letters themselves.
const UNICODE_MAP: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Esempio def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
4 beginbfchar <0001> <00740069> <0002> <00740074> <0003> <2610> <0004> <2612> endbfchar
1 beginbfrange <0020> <007E> <0020> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end";

/// The file's bytes.
///
/// # Panics
/// Where a page's operators can't be parsed, or the file not be written: the test is wrong.
pub fn pdf(pages: &[Page]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let fonts = fonts(&mut document);
    let resources = document.add_object(dictionary! { "Font" => fonts });
    let mut kids = Vec::new();
    let mut fields = Vec::new();
    let mut owners = Vec::new();
    let structure = document.new_object_id();
    for page in pages {
        assert!(Content::decode(page.content.as_bytes()).is_ok(), "operators: {}", page.content);
        let content = document.add_object(Stream::new(Dictionary::new(), page.content.clone().into_bytes()));
        let media = page.media_box.unwrap_or([0.0, 0.0, WIDTH, HEIGHT]);
        let mut annotations = Vec::new();
        for annotation in &page.annotations {
            let id = annotate(&mut document, annotation, resources);
            annotations.push(Object::from(id));
            if !matches!(annotation, Annotation::Note { .. }) {
                fields.push(Object::from(id));
            }
        }
        let id = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources, "Rotate" => page.rotate,
            "MediaBox" => rect(media), "Annots" => annotations, "StructParents" => kids.len() as i64,
        });
        owners.extend([Object::from(kids.len() as i64), tag(&mut document, &page.cells, structure).into()]);
        kids.push(Object::from(id));
    }
    let count = kids.len() as i64;
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "AcroForm" => dictionary! { "Fields" => fields },
    });
    if pages.iter().any(|page| !page.cells.is_empty()) {
        let parents = document.add_object(dictionary! { "Nums" => owners });
        let root = dictionary! { "Type" => "StructTreeRoot", "ParentTree" => parents };
        document.objects.insert(structure, root.into());
        if let Ok(catalog) = document.get_dictionary_mut(catalog) {
            catalog.set("StructTreeRoot", structure);
        }
    }
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes it");
    bytes
}

/// A paragraph in a cell for each piece of a page's content: the elements that own them, in their order.
fn tag(document: &mut Document, cells: &[usize], structure: ObjectId) -> Vec<Object> {
    let table = document.add_object(dictionary! { "S" => "Table", "P" => structure });
    let many = cells.iter().max().map_or(0, |last| last + 1);
    let elements: Vec<ObjectId> =
        (0..many).map(|_| document.add_object(dictionary! { "S" => "TD", "P" => table })).collect();
    cells.iter().map(|&cell| document.add_object(dictionary! { "S" => "P", "P" => elements[cell] }).into()).collect()
}

fn rect(corners: [f32; 4]) -> Object {
    Object::Array(corners.iter().map(|&c| Object::Real(c)).collect())
}

fn annotate(document: &mut Document, annotation: &Annotation, resources: ObjectId) -> ObjectId {
    let appearance = |document: &mut Document, corners: &[f32; 4], content: String| {
        let [left, bottom, right, top] = *corners;
        let form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => rect([0.0, 0.0, right - left, top - bottom]),
            "Resources" => resources,
        };
        document.add_object(Stream::new(form, content.into_bytes()))
    };
    let text_of = |text: &str| Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    let made = match annotation {
        Annotation::Tick { rect: corners, on } => {
            let side = corners[2] - corners[0];
            let frame = format!("0.8 w 0.5 0.5 {0} {0} re S\n", side - 1.0);
            let cross = format!("BT /F4 {} Tf 1 1 Td (4) Tj ET\n", side - 1.0);
            let yes = appearance(document, corners, frame.clone() + &cross);
            let off = appearance(document, corners, frame);
            let state = if *on { "Yes" } else { "Off" };
            dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Btn", "T" => text_of("casella"), "Rect" => rect(*corners),
                "F" => 4, "V" => state, "AS" => state,
                "AP" => dictionary! { "N" => dictionary! { "Yes" => yes, "Off" => off } },
            }
        }
        Annotation::Field { rect: corners, text } => {
            let look = appearance(document, corners, format!("/Tx BMC BT /F1 9 Tf 2 3 Td ({text}) Tj ET EMC\n"));
            dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => text_of("campo"), "V" => text_of(text),
                "Rect" => rect(*corners), "F" => 4, "AP" => dictionary! { "N" => look },
            }
        }
        Annotation::Note { rect: corners, text } => {
            let look = appearance(document, corners, format!("BT /F1 9 Tf 2 3 Td ({text}) Tj ET\n"));
            dictionary! {
                "Type" => "Annot", "Subtype" => "FreeText", "Contents" => text_of(text), "Rect" => rect(*corners), "F" => 4,
                "AP" => dictionary! { "N" => look },
            }
        }
    };
    document.add_object(made)
}

/// Text in a font of [`fonts`], its base line starting at `x`, `y` (page space, y upwards). Codes are the text's WinAnsi bytes.
pub fn text(font: &str, size: f32, x: f32, y: f32, words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// Text in a composite font, code by code.
pub fn codes(font: &str, size: f32, x: f32, y: f32, codes: &[u16]) -> String {
    let hex: String = codes.iter().map(|code| format!("{code:04X}")).collect();
    format!("BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

/// A table's columns (left edges and the right end) and rows (top edges and the bottom end), in page space, y upwards.
#[derive(Debug, Clone)]
pub struct Frame {
    pub xs: Vec<f32>,
    pub ys: Vec<f32>,
}

impl Frame {
    /// `columns` wide as given, `rows` of 20 points each, from `x`, `y` downwards.
    pub fn new(x: f32, y: f32, columns: &[f32], rows: usize) -> Self {
        let mut xs = vec![x];
        for width in columns {
            xs.push(xs[xs.len() - 1] + width);
        }
        Frame { xs, ys: (0..=rows).map(|row| y - 20.0 * row as f32).collect() }
    }

    /// Where a cell's text starts.
    pub fn place(&self, row: usize, col: usize) -> (f32, f32) {
        (self.xs[col] + 4.0, self.ys[row] - 14.0)
    }

    /// The words of each cell in 9 point Helvetica.
    pub fn words<T: AsRef<str>>(&self, rows: &[Vec<T>]) -> String {
        let mut out = String::new();
        for (row, cells) in rows.iter().enumerate() {
            for (col, words) in cells.iter().enumerate() {
                let (x, y) = self.place(row, col);
                out += &text("F1", 9.0, x, y, words.as_ref());
            }
        }
        out
    }

    /// Every rule as a stroked line.
    pub fn rules(&self) -> String {
        self.horizontal() + &self.vertical()
    }

    pub fn horizontal(&self) -> String {
        let (left, right) = (self.xs[0], self.xs[self.xs.len() - 1]);
        self.ys.iter().map(|y| format!("0.5 w {left} {y} m {right} {y} l S\n")).collect()
    }

    pub fn vertical(&self) -> String {
        let (top, bottom) = (self.ys[0], self.ys[self.ys.len() - 1]);
        self.xs.iter().map(|x| format!("0.5 w {x} {top} m {x} {bottom} l S\n")).collect()
    }

    /// Every rule as word processors paint them: boxes half a point thick, cell by cell, filled by the even-odd rule.
    pub fn boxes(&self) -> String {
        let mut out = "0 0 0 rg\n".to_owned();
        for y in &self.ys {
            for x in self.xs.windows(2) {
                out += &format!("{} {} {} 0.48 re f*\n", x[0], y - 0.24, x[1] - x[0]);
            }
        }
        for x in &self.xs {
            for y in self.ys.windows(2) {
                out += &format!("{} {} 0.48 {} re f*\n", x - 0.24, y[1], y[0] - y[1]);
            }
        }
        out
    }
}
