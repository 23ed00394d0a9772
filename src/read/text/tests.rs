use super::*;
use crate::document::{Block, Method, Source, Table};

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter_map(|b| if let Block::Text(p) = b { Some(p.text.as_str()) } else { None }).collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    document.blocks.iter().filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None }).collect()
}

/// A table's rows, cells parted by `|`.
fn shown(table: &Table) -> Vec<String> {
    (0..table.rows).map(|row| table.row(row).map(|c| c.text.as_str()).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn tab_rows_make_a_table_with_its_empty_places() {
    let read =
        read_text("Pesi\n\n\tObiettivi\tPeso\nDirigente\tObiettivo 1\t15,00%\n\tObiettivo 2\t85,00%\t\n\nFine\n");
    assert_eq!(texts(&read), ["Pesi", "Fine"]);
    let table = tables(&read)[0];
    assert_eq!((table.rows, table.cols, table.method), (3, 3, Method::Separated));
    assert_eq!(shown(table)[2], "|Obiettivo 2|85,00%|".trim_end_matches('|'));
    assert_eq!(table.at(1, 2).map(|c| (c.text.as_str(), c.source.clone())), Some(("15,00%", Source::line(4))));
}

#[test]
fn a_blank_line_parts_tables_of_different_make() {
    let read =
        read_text("Target\tValore\t\tPeso\n\tal 30/6\tal 31/12\t\nsi\tsi\tsi\t10%\n\nRisultati\tsi\nScostamenti\t-\n");
    assert_eq!(tables(&read).iter().map(|t| t.rows).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn a_cell_cut_by_a_page_is_whole_again() {
    let read = read_text(
        "Indicatore\tReport\n1\tReport degli inserimenti presso gli uffici e dei\n\n\trelativi progetti\n2\tElenco\n",
    );
    assert_eq!(
        shown(tables(&read)[0]),
        ["Indicatore|Report", "1|Report degli inserimenti presso gli uffici e dei relativi progetti", "2|Elenco"]
    );
    let read = read_text("a\t-\tAlmeno il 70% dei voti oltre\t20%\n\n\t\tla media\t\n--\t--\t----\t--\n");
    assert_eq!(shown(tables(&read)[0]), ["a|-|Almeno il 70% dei voti oltre la media|20%"]);
    let read = read_text("budget (proventi da gestione e\t€ 28.000,00\n\nservizi e oneri)\t\nkpi\t1\n");
    assert_eq!(shown(tables(&read)[0])[0], "budget (proventi da gestione e servizi e oneri)|€ 28.000,00");
}

#[test]
fn a_form_cut_by_a_page_is_known_by_its_labels() {
    let form = "Nome\tuno\nBaseline\t3\nPeso\t100\n";
    let cut = "Nome\tdue\n\nBaseline\t4\nPeso\t50\n";
    let read = read_text(&format!("{form}{cut}\nDescrizione\taltro\n"));
    assert_eq!(tables(&read).iter().map(|t| t.rows).collect::<Vec<_>>(), [6, 1]);
}

#[test]
fn a_repeated_heading_begins_a_new_table() {
    let table = "Obiettivo 1\tIndicatori\tTarget 2018\tPeso\nTesto\t1) Numero\t3\t100\n";
    let read = read_text(&format!("{table}\n{}", table.replace("2018", "2019")));
    assert_eq!(tables(&read).len(), 2);
}

#[test]
fn rows_behind_a_rule_and_lost_separators_are_one_table() {
    let read = read_text(
        "Obiettivo 1\tIndicatori\tTarget\tPeso\n---\t---\t---\t---\n\nObiettivo trasversale\n\nTesto\t1) Numero\t3\t50\n\t2) Altro\t4\t50\n",
    );
    assert_eq!(
        shown(tables(&read)[0]),
        ["Obiettivo 1|Indicatori|Target|Peso", "Obiettivo trasversale", "Testo|1) Numero|3|50", "|2) Altro|4|50"]
    );
    let read = read_text("A\tB\tC\tD\n---\t---\t---\t---\n\nConsultare altro\n\nFine\n");
    assert_eq!(texts(&read), ["Consultare altro", "Fine"]);
}

#[test]
fn the_beginning_of_a_cell_left_on_the_page_before() {
    let read =
        read_text("Indicatore 2: contributi alle\n\nimprese nell'anno 2019)\t\t\nTipo\t☒ efficacia\t☐ qualità\n");
    assert!(texts(&read).is_empty());
    let table = tables(&read)[0];
    assert_eq!(shown(table)[0], "Indicatore 2: contributi alle imprese nell'anno 2019)||");
    assert_eq!(table.source, Source::line(1));
}

#[test]
fn html_in_cells_and_tables_in_them() {
    let read = read_text(
        "Benefici\t<p>I benefici:</p> <table><tr><td>imprese</td><td>voucher</td></tr></table>\nTipo\t<input checked=\"\" type=\"checkbox\"/> qualità\n",
    );
    let found = tables(&read);
    assert_eq!(shown(found[0]), ["Benefici|I benefici:", "Tipo|☒ qualità"]);
    assert_eq!((found[1].method, shown(found[1])), (Method::Markup, vec!["imprese|voucher".to_owned()]));
}

#[test]
fn an_indented_paragraph_is_no_table() {
    assert_eq!(
        texts(&read_text("Titolo\n\n\tUn paragrafo rientrato.\n\nFine")),
        ["Titolo", "Un paragrafo rientrato.", "Fine"]
    );
}

#[test]
fn pipe_tables() {
    let read = read_text("| Nome | Peso |\n|------|------|\n| uno | 50% |\n| due | |\n");
    assert_eq!(shown(tables(&read)[0]), ["Nome|Peso", "uno|50%", "due|"]);
}

#[test]
fn headings_by_their_marks() {
    let read = read_text("**CAMERA\nDI COMMERCIO**\n\n## Sezione\n\n**Legenda:**\n\ntesto **forte** qui\n");
    let headings: Vec<_> = read
        .blocks
        .iter()
        .filter_map(|b| if let Block::Text(p) = b { Some((p.text.as_str(), p.heading)) } else { None })
        .collect();
    assert_eq!(
        headings,
        [("CAMERA\nDI COMMERCIO", Some(3)), ("Sezione", Some(2)), ("Legenda:", Some(3)), ("testo forte qui", None)]
    );
}

#[test]
fn wrapped_paragraphs_are_joined_only_in_files_that_wrap() {
    let line = "Il piano della performance definisce gli obiettivi e gli indicatori dell'ente per";
    let wrapped = format!("{}\n", format!("{line}\n{line}\nil triennio.\n\nTitolo breve\n\n").repeat(20));
    let read = read_text(&wrapped);
    assert_eq!(texts(&read)[0], format!("{line} {line} il triennio."));
    assert_eq!(texts(&read)[1], "Titolo breve");
    assert_eq!(texts(&read_text(&format!("{line}\nil triennio.\n"))).len(), 2);
}

#[test]
fn nothing_gives_nothing() {
    assert!(read_text("").blocks.is_empty());
    assert!(read_text("\t\t\n---\t---\n\n").blocks.is_empty());
}
