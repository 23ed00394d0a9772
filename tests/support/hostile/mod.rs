//! Files made to break readers, each with what may become of it.

mod fonts;
mod markup;
mod pdf;

use lopdf::{Dictionary, Stream};

/// A file, and the reasons that may be given for it; an empty one stands for "read, all of it".
pub struct Trap {
    pub name: String,
    pub bytes: Vec<u8>,
    pub reasons: &'static [&'static str],
}

fn trap(name: &str, bytes: impl Into<Vec<u8>>, reasons: &'static [&'static str]) -> Trap {
    Trap { name: name.to_owned(), bytes: bytes.into(), reasons }
}

/// All traps, by name.
pub fn traps() -> Vec<Trap> {
    let mut all = pdf::traps();
    all.push(fonts::wide());
    all.extend(markup::traps());
    all.extend(other_kinds());
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Files of other kinds, and files that are none.
fn other_kinds() -> Vec<Trap> {
    const OTHER: &[&str] = &["other_format"];
    let zip = |inside: &str| [b"PK\x03\x04\x14\0\0\0\0\0", inside.as_bytes(), &[0; 300][..]].concat();
    let noise = |n: u32| -> Vec<u8> { (0..n).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect() };
    let page = "<html><body><table><tr><td>Indicatore</td><td>Peso</td></tr><tr><td>A</td><td>5%</td></tr></table></body></html>";
    vec![
        trap("altro-docx.pdf", zip("[Content_Types].xml word/document.xml"), OTHER),
        trap("altro-xlsx.pdf", zip("[Content_Types].xml xl/workbook.xml"), OTHER),
        trap("altro-zip.pdf", zip("piano.pdf"), OTHER),
        trap("altro-png.pdf", [b"\x89PNG\r\n\x1a\n", &[0; 200][..]].concat(), OTHER),
        trap("altro-doc.pdf", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 600][..]].concat(), OTHER),
        trap("altro-rtf.pdf", "{\\rtf1\\ansi Piano della performance}", OTHER),
        trap("altro-gzip.html", [b"\x1f\x8b\x08\0", &[7; 200][..]].concat(), OTHER),
        trap("pagina-con-nome.pdf", page, &[""]),
        trap("rumore.pdf", noise(50_000), &["unknown_format"]),
        trap("rumore-dopo-il-segno.pdf", [b"%PDF-1.7\n".to_vec(), noise(50_000)].concat(), &["damaged"]),
        trap("solo-segno.pdf", "%PDF-1.7\n", &["damaged"]),
        trap("vuoto.html", "", &["empty"]),
        trap("bianchi.txt", " \n\t\r\n".repeat(1000), &["empty"]),
        trap("zeri.txt", vec![0; 100_000], &["empty", "unknown_format", "no_content"]),
    ]
}

/// A deflated stream.
fn deflated(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(dictionary, content);
    stream.compress().expect("memory takes it");
    stream
}
