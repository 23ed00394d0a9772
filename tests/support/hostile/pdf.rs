//! Hostile PDFs: cut, locked, going in circles, unpacking to more than there is room for.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat, dictionary};

use super::{Trap, deflated, trap};
use crate::support::pdf::{Frame, Page, pdf, text};

const WHOLE: &[&str] = &[""];
const CUT: &[&str] = &["truncated", "damaged"];
/// Whatever the reader makes of it, as long as it says so.
pub(super) const ANY: &[&str] = &[
    "",
    "damaged",
    "no_pages",
    "image_only",
    "too_large",
    "truncated",
    "file_too_complex",
    "part_too_large",
    "page_too_complex",
    "page_damaged",
    "no_content",
];

pub fn traps() -> Vec<Trap> {
    let mut all = cut();
    all.extend(locked());
    all.extend(circles());
    all.extend(bombs());
    all.extend(numbers());
    all.extend(contents());
    all
}

/// A good page of a plan.
fn good() -> Vec<u8> {
    let frame = Frame::new(60.0, 760.0, &[220.0, 120.0, 80.0], 2);
    let rows = [vec!["Indicatore", "Target 2019", "Peso"], vec!["Eventi organizzati", ">= 12", "40%"]];
    let page = |n: u32| Page {
        content: frame.rules()
            + &frame.words(&rows)
            + &text("F1", 10.0, 60.0, 600.0, &format!("Testo della pagina {n}")),
        ..Page::default()
    };
    pdf(&(1..=5).map(page).collect::<Vec<_>>())
}

fn cut() -> Vec<Trap> {
    let whole = good();
    let at = |tenths: usize| whole[..whole.len() * tenths / 20].to_vec();
    let mut all: Vec<Trap> = (1..20).map(|n| trap(&format!("troncato-{:02}.pdf", n * 5), at(n), CUT)).collect();
    all.push(trap("senza-fine.pdf", &whole[..whole.len() - 8], CUT));
    let moved = [b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n".to_vec(), whole.clone()].concat();
    all.push(trap("spostato.pdf", moved, WHOLE));
    all.push(trap("pdf-con-nome.html", whole.clone(), WHOLE));
    let mut holes = whole.clone();
    holes.iter_mut().skip(200).step_by(97).for_each(|byte| *byte = b'!');
    all.push(trap("bucato.pdf", holes, ANY));
    let mut zeros = whole;
    let half = zeros.len() / 2;
    zeros[half..half + 400].fill(0);
    all.push(trap("azzerato-in-mezzo.pdf", zeros, ANY));
    all
}

fn locked() -> Vec<Trap> {
    let mut all = Vec::new();
    for (user, reasons) in [("", WHOLE), ("segreto", &["locked"][..])] {
        let kind = if user.is_empty() { "aperto" } else { "chiuso" };
        for (name, bytes) in
            [("rc4-40", 1), ("rc4-128", 2), ("aes-128", 4), ("aes-256", 5)].map(|(n, v)| (n, encrypted(v, user)))
        {
            all.push(trap(&format!("cifrato-{name}-{kind}.pdf"), bytes, reasons));
        }
    }
    let unknown = String::from_utf8_lossy(&encrypted(2, "")).replace("/Filter /Standard", "/Filter /Ignoto__");
    let unknown = unknown.replace("/Filter/Standard", "/Filter/Ignoto__");
    all.push(trap("cifrato-ignoto.pdf", unknown, &["unsupported_encryption", "damaged"]));
    all
}

fn encrypted(version: u8, user_password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&good()).expect("it was just made");
    let id = || Object::String(b"0123456789abcdef".to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id(), id()]);
    let (owner_password, permissions) = ("proprietario", Permissions::default());
    let filters = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
    let key = [7u8; 32];
    let wanted = match version {
        1 => EncryptionVersion::V1 { document: &document, owner_password, user_password, permissions },
        2 => EncryptionVersion::V2 { document: &document, owner_password, user_password, key_length: 128, permissions },
        4 => EncryptionVersion::V4 {
            document: &document,
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes128CryptFilter)),
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
        _ => EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &key,
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
    };
    let state = EncryptionState::try_from(wanted).expect("known parameters");
    document.encrypt(&state).expect("memory takes it");
    saved(document)
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes it");
    bytes
}

/// A file of objects numbered from 1; the first is the catalogue.
pub(super) fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

pub(super) const WORDS: &str = "BT /F1 10 Tf 60 700 Td (Testo della pagina) Tj ET";
const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

pub(super) fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// A file of one page (object 3), whose font is object 4 and content object 5; more objects from 6 on.
fn one_page(page: &str, resources: &str, content: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R{page}/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>{resources}>>>>"),
        FONT.to_owned(),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    file(&objects, "")
}

pub(super) const A4: &str = "/MediaBox[0 0 595 842]";

fn circles() -> Vec<Trap> {
    let tree = |kids: &str, more: &[&str]| {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Count 3/Kids[{kids}]{A4}/Parent 2 0 R>>"),
            "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>".to_owned(),
            FONT.to_owned(),
            stream("", WORDS),
        ];
        objects.extend(more.iter().map(|s| (*s).to_owned()));
        file(&objects, "")
    };
    let form = |resources: &str, content: &str| {
        stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<{resources}>>"), content)
    };
    let laughing: Vec<String> =
        (0..12).map(|n| form(&format!("/XObject<</X {} 0 R>>", n + 7), &"/X Do ".repeat(10))).collect();
    let pages_of_pages: Vec<String> = (6..15)
        .map(|n| format!("<</Type/Pages/Count 1000/Kids[{}]{A4}>>", format!("{} 0 R ", n + 1).repeat(10)))
        .collect();
    let mut many = pages_of_pages.iter().map(String::as_str).collect::<Vec<_>>();
    many.push("<</Type/Pages/Count 10/Kids[3 0 R]>>");
    let type3 = "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 7 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]/Resources<</Font<</F2 6 0 R>>>>>>";
    let composite =
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>";
    let page_with =
        |resources: &str, content: &str, more: &[String]| one_page(A4, resources, &format!("{WORDS} {content}"), more);
    let whole = good();
    let text_of = String::from_utf8_lossy(&whole).into_owned();
    vec![
        trap("pagine-in-circolo.pdf", tree("3 0 R 2 0 R 3 0 R", &[]), ANY),
        trap("pagine-esponenziali.pdf", tree("6 0 R", &many), ANY),
        trap(
            "pagine-fra-loro.pdf",
            tree("6 0 R 3 0 R", &["<</Type/Pages/Kids[7 0 R]>>", "<</Type/Pages/Kids[6 0 R]>>"]),
            ANY,
        ),
        trap("centomila-volte-la-stessa.pdf", tree(&"3 0 R ".repeat(100_000), &[]), ANY),
        trap(
            "conto-enorme.pdf",
            text_of.replace("/Count 5", "/Count 2147483647").replace("/Count  5", "/Count 2147483647"),
            ANY,
        ),
        trap(
            "xref-in-circolo.pdf",
            file(&["<</Type/Catalog/Pages 2 0 R>>".into(), "<</Type/Pages/Count 0/Kids[]>>".into()], "/Prev 120"),
            ANY,
        ),
        trap(
            "xref-verso-se.pdf",
            text_of.replace("trailer\n<<", "trailer\n<</Prev 9 ").replace("startxref\n", "startxref\n9\nstartxref\n"),
            ANY,
        ),
        trap(
            "lunghezza-di-se.pdf",
            one_page(A4, "", WORDS, &[])
                .iter()
                .map(|b| char::from(*b))
                .collect::<String>()
                .replace(&format!("/Length {}", WORDS.len()), "/Length 5 0 R"),
            ANY,
        ),
        trap(
            "modulo-in-se.pdf",
            page_with("/XObject<</X 6 0 R>>", "/X Do", &[form("/XObject<</X 6 0 R>>", "/X Do /X Do")]),
            ANY,
        ),
        trap("moduli-esponenziali.pdf", page_with("/XObject<</X 6 0 R>>", "/X Do", &laughing), ANY),
        trap(
            "carattere-in-se.pdf",
            page_with(
                "/Font<</F1 4 0 R/F2 6 0 R>>",
                "BT /F2 10 Tf (aaaa) Tj ET",
                &[type3.into(), stream("", "BT /F2 10 Tf (aaaa) Tj ET")],
            ),
            ANY,
        ),
        trap(
            "composto-di-se.pdf",
            page_with(
                "/Font<</F1 4 0 R/F2 6 0 R>>",
                "BT /F2 10 Tf (aaaa) Tj ET",
                &[composite.into(), stream("/UseCMap 7 0 R", "7 0 R usecmap")],
            ),
            ANY,
        ),
        trap(
            "motivo-in-se.pdf",
            page_with(
                "/Pattern<</P 6 0 R>>",
                "/Pattern cs /P scn 0 0 500 500 re f",
                &[stream(
                    "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001/Resources<</Pattern<</P 6 0 R>>>>",
                    "/Pattern cs /P scn 0 0 1 1 re f",
                )],
            ),
            ANY,
        ),
        trap(
            "colori-in-circolo.pdf",
            page_with("/ColorSpace<</C 6 0 R>>", "/C cs 0 sc 0 0 50 50 re f", &["[/Indexed 6 0 R 1 <0000>]".into()]),
            ANY,
        ),
        trap(
            "maschera-in-se.pdf",
            page_with(
                "/ExtGState<</G 6 0 R>>",
                "/G gs 0 0 50 50 re f",
                &["<</SMask<</S/Alpha/G 7 0 R>>>>".into(), form("/ExtGState<</G 6 0 R>>", "/G gs 0 0 50 50 re f")],
            ),
            ANY,
        ),
        trap(
            "funzione-in-se.pdf",
            page_with(
                "/ColorSpace<</C[/Separation/X/DeviceRGB 6 0 R]>>",
                "/C cs 0.5 sc 0 0 50 50 re f",
                &["<</FunctionType 3/Domain[0 1]/Functions[6 0 R 6 0 R]/Bounds[.5]/Encode[0 1 0 1]>>".into()],
            ),
            ANY,
        ),
        trap(
            "note-in-circolo.pdf",
            one_page(
                &format!("{A4}/Annots[6 0 R 6 0 R]"),
                "",
                WORDS,
                &[
                    "<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 50 50]/Parent 6 0 R/Kids[6 0 R]/AP<</N 7 0 R>>>>"
                        .into(),
                    form("/XObject<</X 7 0 R>>", "/X Do"),
                ],
            ),
            ANY,
        ),
        trap("etichette-in-circolo.pdf", tagged_in_circles(), ANY),
        trap("risorse-di-se.pdf", one_page(&format!("{A4}/Resources 3 0 R"), "", WORDS, &[]), ANY),
        trap("oggetti-in-se.pdf", object_stream_in_itself(), ANY),
    ]
}

fn tagged_in_circles() -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/Outlines 8 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R{A4}/StructParents 0/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>"),
        FONT.to_owned(),
        stream("", &format!("/P <</MCID 0>> BDC {WORDS} EMC")),
        "<</Type/StructTreeRoot/K 7 0 R/ParentTree 9 0 R/RoleMap<</P/Q/Q/P>>>>".to_owned(),
    ];
    objects.push("<</S/TD/P 7 0 R/K[7 0 R 7 0 R]>>".to_owned());
    objects.push("<</First 8 0 R/Last 8 0 R/Next 8 0 R/Prev 8 0 R>>".to_owned());
    objects.push("<</Kids[9 0 R 9 0 R]/Nums[0[7 0 R]]>>".to_owned());
    file(&objects, "")
}

/// A stream of objects that holds itself, known by a cross-reference stream only.
fn object_stream_in_itself() -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let held = "1 0 2 40 <</Type/Catalog/Pages 2 0 R>>          <</Type/Pages/Count 1/Kids[2 0 R]>>";
    let place = out.len();
    out.extend(
        format!(
            "3 0 obj\n<</Type/ObjStm/N 2/First 9/Extends 3 0 R/Length {}>>stream\n{held}\nendstream\nendobj\n",
            held.len()
        )
        .bytes(),
    );
    let start = out.len();
    let entry = |kind: u8, a: usize, b: u8| vec![kind, (a >> 8) as u8, a as u8, b];
    let table = [entry(0, 0, 255), entry(2, 3, 0), entry(2, 3, 1), entry(2, 3, 0), entry(1, start, 0)].concat();
    let _ = place;
    out.extend(
        format!("4 0 obj\n<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Prev {start}/Length {}>>stream\n", table.len())
            .bytes(),
    );
    out.extend(table);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn bombs() -> Vec<Trap> {
    const BOMB: &[&str] = &["too_large", "part_too_large"];
    // More than any honest page holds.
    let spaces = || vec![b' '; 80 << 20];
    let with_content = |content: lopdf::Stream| {
        let mut document = Document::load_mem(&good()).expect("it was just made");
        let pages = document.get_pages();
        let id = document.add_object(content);
        if let Some(page) = pages.get(&1).copied()
            && let Ok(page) = document.get_dictionary_mut(page)
        {
            page.set("Contents", id);
        }
        saved(document)
    };
    // The writer leaves streams of objects out: they are given their type afterwards.
    let of_objects = |bytes: Vec<u8>| -> Vec<u8> {
        let place = bytes.windows(6).position(|w| w == b"ObjStx").expect("it was just written");
        [&bytes[..place], b"ObjStm", &bytes[place + 6..]].concat()
    };
    let mut twice = deflated(Dictionary::new(), spaces());
    let once = twice.content.clone();
    twice = deflated(Dictionary::new(), once);
    twice.dict.set("Filter", vec![Object::from("FlateDecode"), "FlateDecode".into()]);
    let chain = |name: &str, n: usize| {
        let filters: Vec<Object> = (0..n).map(|_| Object::Name(name.as_bytes().to_vec())).collect();
        lopdf::Stream::new(dictionary! { "Filter" => filters }, b"80 80 80 >".repeat(100))
    };
    let image = |dictionary: &str| {
        one_page(
            A4,
            "/XObject<</I 6 0 R>>",
            &format!("{WORDS} q 500 0 0 700 0 0 cm /I Do Q"),
            &[stream(&format!("/Type/XObject/Subtype/Image{dictionary}"), "x")],
        )
    };
    let scan = |dictionary: &str| {
        one_page(
            A4,
            "/XObject<</I 6 0 R>>",
            "q 595 0 0 842 0 0 cm /I Do Q",
            &[stream(&format!("/Type/XObject/Subtype/Image{dictionary}"), "x")],
        )
    };
    vec![
        trap("bomba.pdf", with_content(deflated(Dictionary::new(), spaces())), BOMB),
        trap("bomba-doppia.pdf", with_content(twice), BOMB),
        trap(
            "bomba-di-oggetti.pdf",
            of_objects(with_content(deflated(
                dictionary! { "Type" => "ObjStx", "N" => 2_000_000_000, "First" => 10 },
                spaces(),
            ))),
            BOMB,
        ),
        trap("catena-di-filtri.pdf", with_content(chain("ASCIIHexDecode", 2_000)), ANY),
        trap("catena-rle.pdf", with_content(chain("RunLengthDecode", 2_000)), ANY),
        trap("catena-lzw.pdf", with_content(chain("LZWDecode", 200)), ANY),
        trap("immagine-enorme.pdf", image("/Width 200000/Height 200000/BitsPerComponent 8/ColorSpace/DeviceRGB"), ANY),
        trap(
            "scansione-enorme.pdf",
            scan("/Width 200000/Height 200000/BitsPerComponent 8/ColorSpace/DeviceRGB"),
            &["image_only"],
        ),
        trap("scansione-negativa.pdf", scan("/Width -5/Height 0/BitsPerComponent 77/ColorSpace/DeviceRGB"), ANY),
        trap(
            "predittore-enorme.pdf",
            with_content(deflated(
                dictionary! { "DecodeParms" => dictionary! { "Predictor" => 15, "Columns" => 2_000_000_000, "Colors" => 32, "BitsPerComponent" => 16 } },
                WORDS.as_bytes().repeat(50),
            )),
            ANY,
        ),
    ]
}

/// Boxes and figures that no page has.
fn numbers() -> Vec<Trap> {
    let boxed = |name: &str, page: &str| trap(&format!("pagina-{name}.pdf"), one_page(page, "", WORDS, &[]), ANY);
    let text = |name: &str, content: &str| {
        trap(&format!("testo-{name}.pdf"), one_page(A4, "", &format!("{WORDS} {content}"), &[]), ANY)
    };
    vec![
        boxed("enorme", "/MediaBox[0 0 1000000000 1000000000]"),
        boxed("infinita", "/MediaBox[0 0 1e400 99999999999999999999999999999999999999999999999]"),
        boxed("nulla", "/MediaBox[0 0 0 0]"),
        boxed("rovesciata", "/MediaBox[595 842 0 0]"),
        boxed("di-nomi", "/MediaBox[/A/B null true]"),
        boxed("senza-riquadro", ""),
        boxed("ritagliata-fuori", "/MediaBox[0 0 595 842]/CropBox[9000 9000 9999 9999]/Rotate 37/UserUnit 1e30"),
        text("enorme", "BT /F1 1e30 Tf 0 0 Td (Grande) Tj ET"),
        text("nullo", "BT /F1 0 Tf (Piccolo) Tj 0 0 0 0 0 0 Tm (Schiacciato) Tj ET"),
        text("infinito", "1e38 0 0 1e38 0 0 cm 1e38 0 0 1e38 0 0 cm BT /F1 10 Tf (Lontano) Tj ET"),
        text("di-cifre", &format!("{}.{} 0 Td", "9".repeat(100_000), "9".repeat(100_000))),
        text(
            "spaziato",
            "BT /F1 10 Tf 1e38 Tc -1e38 Tw 1e38 Tz 1e38 Ts (Testo spaziato) Tj [(a) 1e38 (b) -1e38 (c)] TJ ET",
        ),
    ]
}

/// Pages that take long, or deep.
fn contents() -> Vec<Trap> {
    let page = |name: &str, content: &str| {
        trap(&format!("contenuto-{name}.pdf"), one_page(A4, "", &format!("{WORDS} {content}"), &[]), ANY)
    };
    let words = |n: usize, at: &dyn Fn(usize) -> (f32, f32)| -> String {
        (0..n)
            .map(|i| {
                let (x, y) = at(i);
                text("F1", 6.0, x, y, "Peso")
            })
            .collect()
    };
    let deep = |open: &str, n: usize, close: &str| {
        one_page(&format!("{A4}/X {}1{}", open.repeat(n), close.repeat(n)), "", WORDS, &[])
    };
    vec![
        page("di-q", &"q ".repeat(1_000_000)),
        page("di-ritagli", &"0 0 9 9 re W n q ".repeat(100_000)),
        page("annidato", &format!("{}{} TJ", "[".repeat(300_000), "]".repeat(300_000))),
        page("di-dizionari", &format!("/P {}{} BDC EMC", "<</A ".repeat(100_000), ">>".repeat(100_000))),
        page("di-parentesi", &format!("BT /F1 9 Tf {}{} Tj ET", "(".repeat(300_000), ")".repeat(300_000))),
        page("di-contrassegni", &"/P <</MCID 0>> BDC ".repeat(100_000)),
        page("di-operatori-ignoti", &"1 2 3 zz ".repeat(500_000)),
        page("tutto-in-un-punto", &words(60_000, &|_| (100.0, 100.0))),
        page("in-una-riga", &words(60_000, &|i| (i as f32 * 0.01, 400.0))),
        page("in-diagonale", &words(20_000, &|i| (i as f32 * 0.029, i as f32 * 0.042))),
        page(
            "di-filetti",
            &(0..60_000)
                .map(|i| format!("{} {} m {} {} l S ", i % 590, i % 840, i % 590 + 5, i % 840))
                .collect::<String>(),
        ),
        page(
            "a-quadretti",
            &(0..400)
                .map(|i| format!("0 {0} m 595 {0} l S {1} 0 m {1} 842 l S ", i as f32 * 2.1, i as f32 * 1.48))
                .collect::<String>(),
        ),
        page(
            "di-caselle",
            &(0..3_000).map(|i| format!("{} {} 8 8 re S ", (i % 50) * 11, (i / 50) * 13)).collect::<String>(),
        ),
        page(
            "di-riempimenti",
            &(0..60_000).map(|i| format!("{} g {} {} 9 9 re f ", i % 2, i % 590, i % 840)).collect::<String>(),
        ),
        page("immagine-aperta", "BI /W 100000 /H 100000 /CS /RGB /BPC 8 ID xx"),
        trap("dizionari-annidati.pdf", deep("<</A ", 100_000, ">>"), ANY),
        trap("liste-annidate.pdf", deep("[", 300_000, "]"), ANY),
        trap("stringhe-annidate.pdf", deep("(", 300_000, ")"), ANY),
    ]
}
