//! Whole PDFs, written here by hand, read back.

use super::*;
use crate::document::Method;

/// A PDF of A4 pages with the given content streams, Helvetica as `F1` and Helvetica-Bold as `F2`.
fn pdf(contents: &[&str]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|i| format!("{} 0 R ", 5 + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_string(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_string(),
    ];
    for (i, content) in contents.iter().enumerate() {
        let stream = 6 + 2 * i;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents {stream} 0 R>>"
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").bytes());
    out
}

fn text(x: f32, y: f32, words: &str) -> String {
    format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// Rules as Word paints them: filled boxes half a point thick, `f*`.
fn grid(xs: &[f32], ys: &[f32]) -> String {
    let mut out = String::new();
    let (x0, x1) = (xs[0], xs[xs.len() - 1]);
    let (y0, y1) = (ys[0], ys[ys.len() - 1]);
    for y in ys {
        out += &format!("{x0} {y} {} 0.5 re f*\n", x1 - x0);
    }
    for x in xs {
        out += &format!("{x} {} 0.5 {} re f*\n", y0.min(y1), (y1 - y0).abs());
    }
    out
}

fn tables(document: &Document) -> Vec<&Table> {
    document.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect()
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter_map(|b| if let Block::Text(p) = b { Some(p.text.as_str()) } else { None }).collect()
}

#[test]
fn a_ruled_table_between_paragraphs() {
    let mut page = text(50.0, 780.0, "OBIETTIVO 1.1");
    page += &grid(&[50.0, 250.0, 350.0], &[700.0, 720.0, 740.0]);
    page += &text(55.0, 726.0, "Indicatore");
    page += &text(255.0, 726.0, "Target");
    page += &text(55.0, 706.0, "Pratiche evase");
    page += &text(255.0, 706.0, "80,00%");
    page += &text(50.0, 660.0, "in linea con il target");
    let document = read_pdf(pdf(&[&page]), Ocr::Never, &|| ()).expect("readable");
    let found = tables(&document);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rows, found[0].cols, found[0].method), (2, 2, Method::Lattice));
    assert_eq!(found[0].at(1, 1).map(|c| c.text.as_str()), Some("80,00%"));
    assert_eq!(texts(&document), ["OBIETTIVO 1.1", "in linea con il target"]);
    assert!(matches!(document.blocks[1], Block::Table(_)));
    let bbox = found[0].source.bbox.expect("a box");
    assert!((bbox[0] - 50.0).abs() < 1.0 && (bbox[1] - 102.0).abs() < 1.0, "{bbox:?}");
    assert!(document.faults.is_empty());
}

#[test]
fn text_filled_and_stroked_comes_once() {
    let page = "BT /F1 10 Tf 2 Tr 1 0 0 1 50 700 Tm (Peso obiettivo) Tj ET\n".to_string() + &text(50.0, 650.0, "fine.");
    let document = read_pdf(pdf(&[&page]), Ocr::Never, &|| ()).expect("readable");
    assert_eq!(texts(&document), ["Peso obiettivo", "fine."]);
}

#[test]
fn a_table_over_two_pages_is_one_and_its_heading_comes_once() {
    let page = |row: &str, y: f32| {
        let mut p = grid(&[50.0, 250.0, 350.0], &[y, y + 20.0, y + 40.0]);
        p += &text(55.0, y + 26.0, "Indicatore");
        p += &text(255.0, y + 26.0, "Target");
        p += &text(55.0, y + 6.0, row);
        p += &text(255.0, y + 6.0, "10");
        p
    };
    let document =
        read_pdf(pdf(&[&page("primo", 60.0), &page("secondo", 740.0)]), Ocr::Never, &|| ()).expect("readable");
    let found = tables(&document);
    assert_eq!(found.len(), 1);
    let first: Vec<&str> = found[0].cells.iter().filter(|c| c.col == 0).map(|c| c.text.as_str()).collect();
    assert_eq!(first, ["Indicatore", "primo", "secondo"]);
    assert_eq!(found[0].cells.last().map(|c| c.source.page), Some(2));
}

#[test]
fn running_lines_are_left_out() {
    let pages: Vec<String> = (1..=4)
        .map(|i| {
            text(50.0, 810.0, "Piano della performance")
                + &text(50.0, 400.0, &format!("Capitolo {}.", ["uno", "due", "tre", "quattro"][i - 1]))
                + &text(280.0, 30.0, &format!("Pag. {i} di 4"))
        })
        .collect();
    let refs: Vec<&str> = pages.iter().map(String::as_str).collect();
    let document = read_pdf(pdf(&refs), Ocr::Never, &|| ()).expect("readable");
    assert_eq!(texts(&document), ["Capitolo uno.", "Capitolo due.", "Capitolo tre.", "Capitolo quattro."]);
}

#[test]
fn what_can_not_be_read_is_said() {
    assert_eq!(read_pdf(Vec::new(), Ocr::Never, &|| ()).err(), Some(PdfError::Invalid));
    assert_eq!(read_pdf(b"<html>404</html>".to_vec(), Ocr::Never, &|| ()).err(), Some(PdfError::Invalid));
    assert_eq!(
        read_pdf(pdf(&["0 0 100 100 re f"]), Ocr::Never, &|| ()).err(),
        Some(PdfError::NoText { pages: 1, help: "riprovare con --ocr auto".to_owned() })
    );
    assert_eq!(read_pdf(pdf(&[]), Ocr::Never, &|| ()).err(), Some(PdfError::Empty));
}

#[test]
fn a_file_without_its_end_is_reported() {
    let mut bytes = pdf(&[&text(50.0, 700.0, "Testo della pagina.")]);
    let end = bytes.len() - 60;
    bytes.truncate(end);
    let document = read_pdf(bytes, Ocr::Never, &|| ()).expect("the page is there");
    assert_eq!(texts(&document), ["Testo della pagina."]);
    assert!(document.faults[0].message.contains("incompleto"));
}

#[test]
fn a_page_that_never_ends_is_stopped() {
    let endless = "0 0 m 1 1 l S\n".repeat(1_100_000) + &text(50.0, 700.0, "mai letto");
    let document = read_pdf(pdf(&[&text(50.0, 700.0, "Prima pagina."), &endless]), Ocr::Never, &|| ())
        .expect("the first page is there");
    assert_eq!(texts(&document), ["Prima pagina."]);
    assert_eq!(document.faults.len(), 1);
    assert_eq!(document.faults[0].page, 2);
}

#[test]
fn titles_are_decoded() {
    assert_eq!(decode_text(&[0xfe, 0xff, 0, b'P', 0x20, 0xac]), "P€");
    assert_eq!(decode_text(b"Citt\xe0 \x8d\x8e"), "Città “”");
}

#[test]
fn text_in_two_columns_is_read_column_by_column() {
    let mut page = String::new();
    for i in 0..8 {
        let y = 700.0 - 12.0 * i as f32;
        page += &text(50.0, y, &format!("prima colonna riga {i} del testo che va avanti"));
        page += &text(320.0, y, &format!("seconda colonna riga {i} del testo che va avanti"));
    }
    let document = read_pdf(pdf(&[&page]), Ocr::Never, &|| ()).expect("readable");
    let all = texts(&document).join(" ");
    let last_of_first = all.find("prima colonna riga 7").expect("there");
    let first_of_second = all.find("seconda colonna riga 0").expect("there");
    assert!(tables(&document).is_empty());
    assert!(last_of_first < first_of_second, "{all}");
}

#[test]
fn headings_that_come_again_on_each_page_are_the_tables() {
    let page = |row: &str| {
        let mut p = grid(&[50.0, 250.0, 350.0], &[200.0, 790.0, 810.0]);
        p += &text(55.0, 796.0, "Indicatore");
        p += &text(255.0, 796.0, "Target");
        p += &text(55.0, 760.0, row);
        p += &text(255.0, 760.0, "10");
        p
    };
    let pages = [page("primo"), page("secondo"), page("terzo"), page("quarto")];
    let refs: Vec<&str> = pages.iter().map(String::as_str).collect();
    let document = read_pdf(pdf(&refs), Ocr::Never, &|| ()).expect("readable");
    let found = tables(&document);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].at(0, 0).map(|c| c.text.as_str()), Some("Indicatore"));
    assert_eq!(found[0].rows, 5);
}

#[test]
fn a_table_in_a_cell_follows_the_table_it_stands_in() {
    let mut page = grid(&[50.0, 150.0, 450.0], &[600.0, 700.0]);
    page += &text(55.0, 680.0, "Beneficio");
    page += &text(160.0, 688.0, "per gli attori:");
    page += &grid(&[170.0, 250.0, 400.0], &[620.0, 640.0, 660.0]);
    page += &text(175.0, 646.0, "imprese");
    page += &text(255.0, 646.0, "voucher");
    page += &text(175.0, 626.0, "scuole");
    page += &text(255.0, 626.0, "tutor");
    let document = read_pdf(pdf(&[&page]), Ocr::Never, &|| ()).expect("readable");
    let found = tables(&document);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].at(0, 1).map(|c| c.text.as_str()), Some("per gli attori:"));
    assert_eq!((found[1].rows, found[1].cols), (2, 2));
    assert_eq!(found[1].at(1, 1).map(|c| c.text.as_str()), Some("tutor"));
}
