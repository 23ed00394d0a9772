use super::*;
use crate::document::{Cell, Method, Paragraph, Table};

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter_map(|b| if let Block::Text(p) = b { Some(p.text.as_str()) } else { None }).collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    document.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect()
}

/// A table's rows as "row,col rowspan×colspan text".
fn shown(table: &Table) -> Vec<String> {
    let span = |c: &Cell| {
        if (c.rowspan, c.colspan) == (1, 1) { String::new() } else { format!(" {}x{}", c.rowspan, c.colspan) }
    };
    table.cells.iter().map(|c| format!("{},{}{} {}", c.row, c.col, span(c), c.text)).collect()
}

#[test]
fn paragraphs_headings_and_breaks() {
    let read = read_html(
        "<title> Piano\n2019 </title><h1>PIANO<br>DELLA <b>PERFORM</b>ANCE</h1><p>uno<br/>due</p>tre<div>quattro <i>e</i>\
         mezzo<ul><li>cinque</li></ul></div>",
    );
    assert_eq!(read.title.as_deref(), Some("Piano 2019"));
    assert_eq!(texts(&read), ["PIANO\nDELLA PERFORMANCE", "uno", "due", "tre", "quattro emezzo", "cinque"]);
    let Block::Text(Paragraph { heading, .. }) = &read.blocks[0] else { panic!("a heading comes first") };
    assert_eq!(*heading, Some(1));
}

#[test]
fn spans_make_a_grid() {
    let read = read_html(
        "<table><thead><tr><th rowspan=2>Indicatore<th colspan=2>Valore target<th rowspan=2>Peso<tr><th>al 30/6<th>al 31/12\
         <tbody><tr><td rowspan=9>si<td>si<td>si<td>10,00%</table>",
    );
    let table = tables(&read)[0];
    assert_eq!((table.rows, table.cols, table.method), (3, 4, Method::Markup));
    assert_eq!(
        shown(table),
        [
            "0,0 2x1 Indicatore",
            "0,1 1x2 Valore target",
            "0,3 2x1 Peso",
            "1,1 al 30/6",
            "1,2 al 31/12",
            "2,0 si",
            "2,1 si",
            "2,2 si",
            "2,3 10,00%"
        ]
    );
}

#[test]
fn absurd_spans_shrink_to_what_is_there() {
    let read = read_html(
        "<table><tr><th colspan=1000000>A<tr><td>b<td rowspan=1000000>c<td colspan=-3>d<td colspan=0>e<tr><td colspan=9>f</table>",
    );
    let table = tables(&read)[0];
    assert_eq!((table.rows, table.cols), (3, 4));
    assert_eq!(shown(table), ["0,0 1x4 A", "1,0 b", "1,1 2x1 c", "1,2 d", "1,3 e", "2,0 f"]);
}

#[test]
fn tick_boxes_and_lines_in_cells() {
    let read = read_html(
        "<table><tr><td><input type=checkbox checked>efficacia <input type=CHECKBOX> efficienza<td><p>uno</p><p>due<br>tre</p>\
         <td>&#9746; a &#9744; b<td><span style='font-family:Wingdings'>\u{fe}</span> qualit\u{e0}</table>",
    );
    assert_eq!(
        shown(tables(&read)[0]),
        ["0,0 ☒ efficacia ☐ efficienza", "0,1 uno\ndue\ntre", "0,2 ☒ a ☐ b", "0,3 ☒ qualità"]
    );
}

#[test]
fn a_data_table_in_a_cell_follows_the_outer_one() {
    let read = read_html(
        "<table><tr><td>Proposta<td>Si propone:<table><tr><td>Indicatore 2<td>15</table>entro l'anno<tr><td>Servizi<td>Due</table>",
    );
    let found = tables(&read);
    assert_eq!(shown(found[0]), ["0,0 Proposta", "0,1 Si propone:\nentro l'anno", "1,0 Servizi", "1,1 Due"]);
    assert_eq!(shown(found[1]), ["0,0 Indicatore 2", "0,1 15"]);
}

#[test]
fn layout_tables_dissolve_and_menus_go() {
    let read = read_html(
        "<table><tr><td><table><tr><td><a href=a>Home</a><td><a href=b>Contatti</a></table><tr><td><h2>Schede</h2><p>Testo</p>\
         <table border=1><tr><td>Peso<td>20%</table><table border=1><tr><td>Target<td>3</table><tr><td>Fine</table>",
    );
    assert_eq!(texts(&read), ["Schede", "Testo", "Fine"]);
    assert_eq!(tables(&read).len(), 2);
    assert_eq!(shown(tables(&read)[0]), ["0,0 Peso", "0,1 20%"]);
}

const BODY: &str = "<p>Il piano della performance definisce gli obiettivi, gli indicatori e i target dell'ente per il triennio, \
    con i pesi di ciascuno e le fonti da cui i valori sono rilevati.</p>";

#[test]
fn site_furniture_is_left_out() {
    let page = format!(
        "<a class='skip-link' href='#m'>Salta al contenuto</a><header><p>Camera</p></header><nav>Menu</nav><div id=cookie-bar>Usiamo \
         i cookie</div><ul><li><a href=1>A</a><li><a href=2>B</a><li><a href=3>C</a></ul><main>{BODY}<p hidden>x</p><p style='display: \
         none'>y</p><script>peso=99</script></main><aside>Vedi anche</aside><footer>P.IVA</footer>"
    );
    assert_eq!(texts(&read_html(&page)).len(), 1);
}

#[test]
fn what_holds_the_text_stays_whatever_its_name() {
    for wrapper in [
        "<div class='content-header'>",
        "<div id=main-menu-page>",
        "<div class='page with-sidebar'>",
        "<form class=search>",
    ] {
        assert_eq!(texts(&read_html(&format!("{wrapper}{BODY}</div>"))).len(), 1, "{wrapper}");
    }
    let card = format!("{BODY}<div class='card-header'>Obiettivo 1.1</div><div class='card-footer'>Peso 20%</div>");
    assert_eq!(texts(&read_html(&card))[1..], ["Obiettivo 1.1", "Peso 20%"]);
}

#[test]
fn class_names_in_data_tables_speak_of_looks() {
    let read = read_html("<table><tr class=header><th class='menu nav'>Peso<td class=footer>20%</table>");
    assert_eq!(shown(tables(&read)[0]), ["0,0 Peso", "0,1 20%"]);
}

#[test]
fn deep_nesting_neither_overflows_nor_hangs() {
    let tables = "<table><tr><td>".repeat(3000);
    assert_eq!(read_html(&format!("{tables}dentro")).blocks.len(), 1);
    let divs = "<div><b>".repeat(3000);
    assert_eq!(texts(&read_html(&format!("{divs}dentro"))), ["dentro"]);
}

#[test]
fn nothing_gives_nothing() {
    assert!(read_html("").blocks.is_empty());
    assert!(read_html("<table><tr><td></table>").blocks.is_empty());
}
