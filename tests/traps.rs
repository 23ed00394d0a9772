//! `tables` on PDFs that are written in a manner known to mislead: each page is made here, in the way of the producer that does so.

mod support;

use serde_json::Value;
use support::pdf::{Annotation, Frame, Page, codes, pdf, text};
use support::{json_lines, pianometro};

/// The cells that most pages here show.
fn rows() -> Vec<Vec<&'static str>> {
    vec![
        vec!["Indicatore", "Target 2019", "Peso"],
        vec!["Eventi organizzati", ">= 12", "40%"],
        vec!["Utenti dello sportello", "1.500", "35%"],
        vec!["Costo medio", "612.863,80", "25%"],
    ]
}

fn frame() -> Frame {
    Frame::new(60.0, 760.0, &[220.0, 120.0, 80.0], 4)
}

fn page(content: String) -> Page {
    Page { content, ..Page::default() }
}

struct Read {
    code: Option<i32>,
    tables: Vec<Value>,
    err: String,
}

/// What `tables` prints of a file with these pages.
fn read(pages: &[Page]) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prova.pdf");
    std::fs::write(&file, pdf(pages)).unwrap();
    let output = pianometro().args(["tables", "--ocr", "never"]).arg(&file).output().unwrap();
    let tables = json_lines(&support::text(&output.stdout))
        .into_iter()
        .flat_map(|file| file["tables"].as_array().cloned().unwrap_or_default())
        .collect();
    Read { code: output.status.code(), tables, err: support::text(&output.stderr) }
}

/// A table's texts in rows; a place that a cell above or to the left covers is empty.
fn grid(table: &Value) -> Vec<Vec<String>> {
    let size = |what: &str| table[what].as_u64().unwrap() as usize;
    let mut grid = vec![vec![String::new(); size("cols")]; size("rows")];
    for cell in table["cells"].as_array().unwrap() {
        let at = |what: &str| cell[what].as_u64().unwrap() as usize;
        grid[at("row")][at("col")] = cell["text"].as_str().unwrap().to_owned();
    }
    grid
}

fn only_table(pages: &[Page]) -> Vec<Vec<String>> {
    let read = read(pages);
    assert_eq!(read.code, Some(0), "{}", read.err);
    assert_eq!(read.tables.len(), 1, "{:#?}", read.tables.iter().map(grid).collect::<Vec<_>>());
    grid(&read.tables[0])
}

/// Rows and columns that a cell covers.
fn spans(table: &Value, row: usize, col: usize) -> (u64, u64) {
    let of = |cell: &Value, what: &str| cell[what].as_u64().unwrap();
    let cells = table["cells"].as_array().unwrap();
    let cell = cells.iter().find(|c| of(c, "row") == row as u64 && of(c, "col") == col as u64).unwrap();
    (of(cell, "rowspan"), of(cell, "colspan"))
}

// Rules.

#[test]
fn rules_as_stroked_lines() {
    assert_eq!(only_table(&[page(frame().rules() + &frame().words(&rows()))]), rows());
}

#[test]
fn rules_as_thin_boxes_filled_by_the_even_odd_rule() {
    assert_eq!(only_table(&[page(frame().boxes() + &frame().words(&rows()))]), rows());
}

#[test]
fn double_rules() {
    let f = frame();
    let twice = |rules: String| format!("{rules}q 1 0 0 1 1.6 -1.6 cm {rules} Q\n");
    assert_eq!(only_table(&[page(twice(f.rules()) + &f.words(&rows()))]), rows());
}

#[test]
fn broken_rules() {
    let f = frame();
    let mut rules = String::new();
    // Each cell draws its own sides, and they don't touch.
    for y in &f.ys {
        for x in f.xs.windows(2) {
            rules += &format!("0.5 w {} {y} m {} {y} l S\n", x[0] + 0.7, x[1] - 0.7);
        }
    }
    for x in &f.xs {
        for y in f.ys.windows(2) {
            rules += &format!("0.5 w {x} {} m {x} {} l S\n", y[0] - 0.7, y[1] + 0.7);
        }
    }
    assert_eq!(only_table(&[page(rules + &f.words(&rows()))]), rows());
}

#[test]
fn dashed_rules_drawn_dash_by_dash() {
    let f = frame();
    let mut rules = String::new();
    for y in &f.ys {
        let mut x = f.xs[0];
        while x < f.xs[3] {
            rules += &format!("0.5 w {x} {y} m {} {y} l S\n", (x + 2.0).min(f.xs[3]));
            x += 3.5;
        }
    }
    for x in &f.xs {
        let mut y = f.ys[0];
        while y > f.ys[4] {
            rules += &format!("0.5 w {x} {y} m {x} {} l S\n", (y - 2.0).max(f.ys[4]));
            y -= 3.5;
        }
    }
    assert_eq!(only_table(&[page(rules + &f.words(&rows()))]), rows());
}

#[test]
fn horizontal_rules_only() {
    assert_eq!(only_table(&[page(frame().horizontal() + &frame().words(&rows()))]), rows());
}

#[test]
fn a_frame_with_horizontal_rules() {
    let f = frame();
    let sides = [f.xs[0], f.xs[3]].map(|x| format!("0.5 w {x} {} m {x} {} l S\n", f.ys[0], f.ys[4])).concat();
    assert_eq!(only_table(&[page(f.horizontal() + &sides + &f.words(&rows()))]), rows());
}

#[test]
fn no_rules_at_all() {
    assert_eq!(only_table(&[page(frame().words(&rows()))]), rows());
}

#[test]
fn shaded_rows_in_place_of_rules() {
    let f = frame();
    let mut shades = String::new();
    for (row, y) in f.ys.windows(2).enumerate() {
        let grey = if row % 2 == 0 { 0.85 } else { 0.95 };
        for x in f.xs.windows(2) {
            shades +=
                &format!("{grey} g {} {} {} {} re f\n", x[0] + 0.5, y[1] + 0.5, x[1] - x[0] - 1.0, y[0] - y[1] - 1.0);
        }
    }
    assert_eq!(only_table(&[page(shades + "0 g\n" + &f.words(&rows()))]), rows());
}

#[test]
fn cells_merged_across_and_down() {
    let f = Frame::new(60.0, 760.0, &[150.0, 100.0, 100.0, 70.0], 4);
    let [x0, x1, x2, x3, x4] = f.xs[..] else { panic!() };
    let [y0, y1, y2, y3, y4] = f.ys[..] else { panic!() };
    // The first heading goes down over two rows, the second across two columns; the last rows share their first cell.
    let rules = [
        (x0, y0, x4, y0),
        (x1, y1, x3, y1),
        (x0, y2, x4, y2),
        (x1, y3, x4, y3),
        (x0, y4, x4, y4),
        (x0, y0, x0, y4),
        (x1, y0, x1, y4),
        (x2, y1, x2, y4),
        (x3, y0, x3, y4),
        (x4, y0, x4, y4),
    ]
    .map(|(a, b, c, d)| format!("0.5 w {a} {b} m {c} {d} l S\n"))
    .concat();
    let words = [
        (0, 0, "Indicatore"),
        (0, 1, "Valore target"),
        (0, 3, "Peso"),
        (1, 1, "al 30/6"),
        (1, 2, "al 31/12"),
        (2, 0, "Studenti accolti"),
        (2, 1, "15"),
        (2, 2, "20"),
        (2, 3, "20%"),
        (3, 1, "11"),
        (3, 2, "14"),
        (3, 3, "5%"),
    ]
    .map(|(row, col, words)| {
        let (x, y) = f.place(row, col);
        text("F1", 9.0, x, y, words)
    })
    .concat();
    let read = read(&[page(rules + &words)]);
    let [table] = &read.tables[..] else { panic!("one table: {:?}", read.tables) };
    let expected = [
        ["Indicatore", "Valore target", "", "Peso"],
        ["", "al 30/6", "al 31/12", ""],
        ["Studenti accolti", "15", "20", "20%"],
        ["", "11", "14", "5%"],
    ];
    assert_eq!(grid(table), expected);
    assert_eq!(spans(table, 0, 0), (2, 1));
    assert_eq!(spans(table, 0, 1), (1, 2));
    assert_eq!(spans(table, 0, 3), (2, 1));
    assert_eq!(spans(table, 2, 0), (2, 1));
}

#[test]
fn frames_and_page_borders_are_no_tables() {
    let border = "1 w 30 30 535 782 re S\n0.5 w 55 600 480 120 re S\n".to_owned();
    let prose: String = (0..6)
        .map(|i| {
            text(
                "F1",
                10.0,
                60.0,
                700.0 - 14.0 * i as f32,
                "La camera sostiene le imprese del territorio con servizi e contributi, ogni anno di piu",
            )
        })
        .collect();
    assert!(read(&[page(border + &prose)]).tables.is_empty());
}

#[test]
fn prose_in_two_columns_and_lists_are_no_tables() {
    let column = |x: f32| -> String {
        (0..12)
            .map(|i| text("F1", 9.0, x, 760.0 - 12.0 * i as f32, "prosa su due colonne che scorre giu per la pagina"))
            .collect()
    };
    let list: String =
        (0..8).map(|i| text("F1", 9.0, 60.0, 500.0 - 14.0 * i as f32, "- una voce di elenco senza colonne")).collect();
    let tables = read(&[page(column(60.0) + &column(310.0) + &list)]).tables;
    assert!(tables.is_empty(), "{:?}", tables.iter().map(grid).collect::<Vec<_>>());
}

// Text.

#[test]
fn false_bold_by_fill_and_stroke_comes_once() {
    let f = frame();
    let words = f.words(&rows()).replace(" Tf ", " Tf 2 Tr 0.3 w ");
    assert_eq!(only_table(&[page(f.boxes() + &words)]), rows());
}

#[test]
fn false_bold_by_overprinting_comes_once() {
    let f = frame();
    let words = f.words(&rows());
    assert_eq!(only_table(&[page(format!("{}{words}q 1 0 0 1 0.35 0 cm {words} Q\n", f.rules()))]), rows());
}

#[test]
fn blanks_that_pad_a_cell_into_the_next_one_part_nothing() {
    let f = frame();
    let padded: Vec<Vec<String>> =
        rows().iter().map(|row| row.iter().map(|cell| format!("{cell:<60}")).collect()).collect();
    assert_eq!(only_table(&[page(f.boxes() + &f.words(&padded))]), rows());
    assert_eq!(only_table(&[page(f.words(&padded))]), rows(), "without rules");
}

#[test]
fn what_a_cell_clips_away_is_not_read() {
    let f = frame();
    let mut content = String::new();
    for (row, cells) in rows().iter().enumerate() {
        for (col, words) in cells.iter().enumerate() {
            let (x, y) = f.place(row, col);
            let (w, h) = (f.xs[col + 1] - f.xs[col], 20.0);
            // A spreadsheet shows as much of a long name as its cell holds.
            let words = if col == 0 && row > 0 { format!("{words:<130}XXXXXXXX") } else { (*words).to_owned() };
            content +=
                &format!("q {} {} {w} {h} re W* n\n{}Q\n", f.xs[col], f.ys[row + 1], text("F1", 9.0, x, y, &words));
        }
    }
    assert_eq!(only_table(&[page(f.boxes() + &content)]), rows());
    assert_eq!(only_table(&[page(content)]), rows(), "without rules");
}

#[test]
fn hidden_text_is_not_read() {
    let f = frame();
    let (x, y) = f.place(1, 1);
    let invisible = format!("BT /F1 9 Tf 3 Tr 1 0 0 1 {} {y} Tm (bozza) Tj 0 Tr ET\n", x + 50.0);
    let white = format!("q 1 1 1 rg {} Q\n", text("F1", 9.0, x + 50.0, y - 20.0, "nascosto"));
    let clipped = format!("q 0 0 10 10 re W n {} Q\n", text("F1", 9.0, x + 50.0, y - 40.0, "ritagliato"));
    assert_eq!(only_table(&[page(f.rules() + &f.words(&rows()) + &invisible + &white + &clipped)]), rows());
}

#[test]
fn a_text_layer_over_a_scan_is_read() {
    let f = frame();
    // What optical recognition leaves: a picture, and the words over it in no ink.
    let picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI Q\n";
    let words = f.words(&rows()).replace(" Tf ", " Tf 3 Tr ");
    assert_eq!(only_table(&[page(picture.to_owned() + &words)]), rows());
}

#[test]
fn white_words_on_a_dark_heading_are_read() {
    let f = frame();
    let dark = format!("0.1 0.2 0.5 rg {} {} 420 20 re f 0 g\n", f.xs[0], f.ys[1]);
    let all = rows();
    let white = format!("1 g {} 0 g\n", f.words(&all[..1]));
    let rest: Vec<Vec<&str>> = std::iter::once(Vec::new()).chain(all[1..].iter().cloned()).collect();
    assert_eq!(only_table(&[page(dark + &f.rules() + &white + &f.words(&rest))]), all);
}

#[test]
fn text_shown_with_the_quote_operators() {
    let f = frame();
    let words = f.words(&rows()).replace(") Tj ET", ") ' ET");
    let moved = words.replace(" Tm ", " Tm 0 TL ");
    assert_eq!(only_table(&[page(f.boxes() + &moved)]), rows());
}

#[test]
fn ligatures_by_name_and_by_map() {
    let f = Frame::new(60.0, 760.0, &[180.0, 180.0, 60.0], 2);
    let head = f.words(&[vec!["Indicatore", "Descrizione", "Peso"]]);
    let ((x, y), (x1, _), (x2, _)) = (f.place(1, 0), f.place(1, 1), f.place(1, 2));
    // fi, ffi by glyph name; ti, tt by the map.
    let named = text("F5", 9.0, x, y, "Veri\u{1}che di e\u{3}cacia");
    let word = "A\u{2}ivita di a\u{2}ua\u{1}va".to_owned();
    let mapped = codes("F6", 9.0, x1, y, &word.encode_utf16().collect::<Vec<_>>());
    let cells = only_table(&[page(f.rules() + &head + &named + &mapped + &text("F1", 9.0, x2, y, "100%"))]);
    assert_eq!(cells[1], ["Verifiche di efficacia", "Attivita di attuativa", "100%"]);
}

#[test]
fn a_word_cut_at_the_line_end_is_joined() {
    let f = Frame::new(60.0, 760.0, &[120.0, 100.0], 2);
    let (x, y) = f.place(1, 0);
    let (x1, y1) = f.place(1, 1);
    let mut tall = f.clone();
    tall.ys[2] -= 24.0;
    let words = f.words(&[vec!["Indicatore", "Target"]])
        + &text("F1", 9.0, x, y, "Numero delle parteci-")
        + &text("F1", 9.0, x, y - 11.0, "pazioni ai tavoli e")
        + &text("F1", 9.0, x, y - 22.0, "agli eventi")
        + &text("F1", 9.0, x1, y1, "10");
    let cells = only_table(&[page(tall.rules() + &words)]);
    assert_eq!(cells[1], ["Numero delle partecipazioni ai tavoli e agli eventi", "10"]);
}

#[test]
fn a_raised_note_mark_stays_apart_from_the_figure() {
    let f = frame();
    let (x, y) = f.place(2, 1);
    let mark = text("F1", 5.0, x + 24.0, y + 4.0, "(1)");
    let cells = only_table(&[page(f.rules() + &f.words(&rows()) + &mark)]);
    assert_eq!(cells[2][1], "1.500 (1)");
}

#[test]
fn a_font_without_characters_is_told_and_never_exported() {
    let f = frame();
    let mut words = String::new();
    for (row, cells) in rows().iter().enumerate() {
        for (col, cell) in cells.iter().enumerate() {
            let (x, y) = f.place(row, col);
            words += &codes("F7", 9.0, x, y, &cell.encode_utf16().map(|code| code - 29).collect::<Vec<_>>());
        }
    }
    let read = read(&[page(f.rules() + &words)]);
    assert_eq!(read.code, Some(1));
    assert!(read.err.contains("caratteri senza mappa Unicode"), "{}", read.err);
    assert!(read.tables.is_empty());
}

// Pages.

#[test]
fn a_rotated_page_reads_as_it_is_seen() {
    let f = frame();
    let upright = f.rules() + &f.words(&rows());
    for (rotate, matrix) in [(90, "0 1 -1 0 842 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 595")] {
        let media_box = (rotate != 180).then_some([0.0, 0.0, 842.0, 595.0]);
        let turned = Page { content: format!("q {matrix} cm {upright} Q\n"), rotate, media_box, ..Page::default() };
        assert_eq!(only_table(&[turned]), rows(), "{rotate}");
    }
}

#[test]
fn a_page_printed_sideways_reads_as_by_who_turns_the_paper() {
    let f = frame();
    let upright = f.rules() + &f.words(&rows());
    // The edges that are those of the upright table's left and upper ones.
    let ways = [("0 1 -1 0 842 0", (0, 82.0), (3, 535.0)), ("-1 0 0 -1 595 842", (2, 535.0), (3, 760.0))];
    for (matrix, left, top) in ways.into_iter().chain([("0 -1 1 0 0 595", (2, 760.0), (1, 60.0))]) {
        let media_box = (left.0 != 2 || top.0 != 3).then_some([0.0, 0.0, 842.0, 595.0]);
        let read = read(&[Page { content: format!("q {matrix} cm {upright} Q\n"), media_box, ..Page::default() }]);
        assert_eq!(read.tables.len(), 1, "{matrix}");
        assert_eq!(grid(&read.tables[0]), rows(), "{matrix}");
        for (edge, place) in [left, top] {
            let bbox = &read.tables[0]["bbox"];
            assert!((bbox[edge].as_f64().unwrap() - place).abs() < 1.0, "{matrix}: {bbox}");
        }
    }
}

#[test]
fn a_page_whose_box_starts_elsewhere() {
    let f = frame();
    let content = format!("q 1 0 0 1 -300 1000 cm {}{} Q\n", f.rules(), f.words(&rows()));
    let moved = Page { content, media_box: Some([-300.0, 1000.0, 295.0, 1842.0]), ..Page::default() };
    let read = read(&[moved]);
    assert_eq!(grid(&read.tables[0]), rows());
    let corner = read.tables[0]["bbox"].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect::<Vec<_>>();
    assert!((corner[0] - 60.0).abs() < 1.0 && (corner[1] - 82.0).abs() < 1.0, "{corner:?}");
}

#[test]
fn headings_turned_upwards() {
    let f = Frame { xs: vec![60.0, 260.0, 290.0, 320.0], ys: vec![760.0, 690.0, 670.0, 650.0] };
    let turned =
        |col: usize, words: &str| format!("BT /F1 9 Tf 0 1 -1 0 {} 694 Tm ({words}) Tj ET\n", f.xs[col] + 18.0);
    let words = text("F1", 9.0, 64.0, 720.0, "Indicatore")
        + &turned(1, "Target")
        + &turned(2, "Consuntivo")
        + &text("F1", 9.0, 64.0, 676.0, "Eventi")
        + &text("F1", 9.0, 264.0, 676.0, "12")
        + &text("F1", 9.0, 294.0, 676.0, "13")
        + &text("F1", 9.0, 64.0, 656.0, "Visite")
        + &text("F1", 9.0, 264.0, 656.0, "30")
        + &text("F1", 9.0, 294.0, 656.0, "28");
    let expected = [["Indicatore", "Target", "Consuntivo"], ["Eventi", "12", "13"], ["Visite", "30", "28"]];
    assert_eq!(only_table(&[page(f.rules() + &words)]), expected);
}

#[test]
fn a_table_over_pages_is_one_and_its_heading_comes_once() {
    let top = Frame::new(60.0, 180.0, &[220.0, 120.0, 80.0], 3);
    let below = Frame::new(60.0, 780.0, &[220.0, 120.0, 80.0], 3);
    let first = rows()[..3].to_vec();
    let second = vec![rows()[0].clone(), rows()[3].clone(), vec!["Pratiche evase", "98,5%", "0%"]];
    let number = |n: usize| text("F1", 8.0, 290.0, 30.0, &format!("Pag. {n} di 2"));
    let pages =
        [page(top.rules() + &top.words(&first) + &number(1)), page(below.rules() + &below.words(&second) + &number(2))];
    let mut expected = rows();
    expected.push(vec!["Pratiche evase", "98,5%", "0%"]);
    assert_eq!(only_table(&pages), expected);
}

#[test]
fn a_row_cut_by_the_page_end_is_joined() {
    let top = Frame::new(60.0, 120.0, &[220.0, 120.0, 80.0], 2);
    let below = Frame::new(60.0, 790.0, &[220.0, 120.0, 80.0], 2);
    let first = vec![rows()[0].clone(), vec!["Utenti dello sportello che hanno", "1.500", "35%"]];
    let second = vec![vec!["ricevuto un appuntamento", "", ""], rows()[3].clone()];
    let (x, y) = (below.xs[0], below.ys[0]);
    // The side that the page end cuts has no rule.
    let open_top = below.rules().replacen(&format!("0.5 w {x} {y} m {} {y} l S\n", below.xs[3]), "", 1);
    let open_bottom = top.rules().replacen(&format!("0.5 w {x} {0} m {1} {0} l S\n", top.ys[2], top.xs[3]), "", 1);
    let pages = [page(open_bottom + &top.words(&first)), page(open_top + &below.words(&second))];
    let cells = only_table(&pages);
    assert_eq!(cells[1], ["Utenti dello sportello che hanno ricevuto un appuntamento", "1.500", "35%"]);
    assert_eq!(cells.len(), 3);
}

#[test]
fn a_new_table_with_the_same_columns_is_not_glued_on() {
    let top = Frame::new(60.0, 160.0, &[220.0, 120.0, 80.0], 4);
    let below = Frame::new(60.0, 740.0, &[220.0, 120.0, 80.0], 4);
    let heading = text("F2", 11.0, 60.0, 780.0, "Obiettivo 2 - Semplificare i servizi");
    let pages = [page(top.rules() + &top.words(&rows())), page(heading + &below.rules() + &below.words(&rows()))];
    let read = read(&pages);
    assert_eq!(read.tables.iter().map(grid).collect::<Vec<_>>(), [rows(), rows()]);
}

// Tick boxes.

/// A cell with two ticks and their words: the first on, the second off.
fn ticked(on: String, off: String, annotations: Vec<Annotation>) -> String {
    let f = Frame::new(60.0, 760.0, &[120.0, 220.0], 2);
    let words = f.words(&[vec!["Indicatore", "Tipologia"], vec!["Eventi", ""]])
        + &on
        + &text("F1", 9.0, 200.0, 726.0, "efficacia")
        + &off
        + &text("F1", 9.0, 270.0, 726.0, "qualita");
    let mut cells = only_table(&[Page { content: f.boxes() + &words, annotations, ..Page::default() }]);
    cells.remove(1).remove(1)
}

#[test]
fn tick_boxes_as_characters() {
    assert_eq!(
        ticked(codes("F6", 9.0, 188.0, 726.0, &[4]), codes("F6", 9.0, 258.0, 726.0, &[3]), Vec::new()),
        "☒ efficacia ☐ qualita"
    );
}

#[test]
fn tick_boxes_of_a_symbol_font_without_map() {
    let byte = |x: f32, code: u8| format!("BT /F3 9 Tf 1 0 0 1 {x} 726 Tm <{code:02X}> Tj ET\n");
    assert_eq!(ticked(byte(188.0, 0xFE), byte(258.0, 0xA8), Vec::new()), "☒ efficacia ☐ qualita");
}

#[test]
fn tick_boxes_drawn_as_shapes() {
    let square = |x: f32| format!("0.7 w {x} 725 8 8 re S\n");
    let cross = "0.7 w 189 726 m 195 732 l S 189 732 m 195 726 l S\n";
    assert_eq!(ticked(square(188.0) + cross, square(258.0), Vec::new()), "☒ efficacia ☐ qualita");
}

#[test]
fn tick_boxes_as_form_fields() {
    let tick = |x: f32, on: bool| Annotation::Tick { rect: [x, 724.0, x + 9.0, 733.0], on };
    assert_eq!(
        ticked(String::new(), String::new(), vec![tick(188.0, true), tick(258.0, false)]),
        "☒ efficacia ☐ qualita"
    );
}

#[test]
fn filled_in_fields_are_read_and_readers_notes_are_not() {
    let f = frame();
    let mut cells = rows();
    cells[1][1] = "";
    let annotations = vec![
        Annotation::Field { rect: [282.0, 722.0, 380.0, 738.0], text: ">= 12".to_owned() },
        Annotation::Note { rect: [300.0, 682.0, 390.0, 700.0], text: "da verificare".to_owned() },
    ];
    let page = Page { content: f.rules() + &f.words(&cells), annotations, ..Page::default() };
    assert_eq!(only_table(&[page]), rows());
}

// Tags.

/// A table without rules whose words are numbered from left to right and top to bottom, and the tagged cell of each.
fn tagged_page(cells: Vec<usize>) -> Page {
    let rows = rows();
    let mut content = String::new();
    for (number, (row, col)) in (0..rows.len()).flat_map(|row| (0..3).map(move |col| (row, col))).enumerate() {
        let (x, y) = frame().place(row, col);
        content += &format!("/P <</MCID {number}>> BDC\n{}EMC\n", text("F1", 9.0, x, y, rows[row][col]));
    }
    Page { content, cells, ..Page::default() }
}

#[test]
fn tags_that_agree_with_what_is_seen_raise_the_confidence_and_others_lower_it() {
    let confidence = |cells: Vec<usize>| {
        let read = read(&[tagged_page(cells)]);
        assert_eq!(read.tables.len(), 1);
        assert_eq!(grid(&read.tables[0]), rows());
        read.tables[0]["confidence"].as_f64().unwrap()
    };
    let untagged = confidence(Vec::new());
    let agreeing = confidence((0..12).collect());
    // Every row is one cell.
    let other = confidence((0..12).map(|number| number / 3).collect());
    assert!(agreeing > untagged && other < 0.5, "{untagged} {agreeing} {other}");
}
