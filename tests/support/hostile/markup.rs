//! Hostile HTML and text.

use super::{Trap, trap};

/// Read, or nothing found in it.
const READ: &[&str] = &["", "no_content"];
const WHOLE: &[&str] = &[""];
/// Read as far as a document goes.
const CUT: &[&str] = &["file_too_complex"];

pub fn traps() -> Vec<Trap> {
    let mut all = html();
    all.extend(text());
    all
}

fn page(body: &str) -> String {
    format!("<!DOCTYPE html><html><head><title>Piano</title></head><body>{body}</body></html>")
}

fn html() -> Vec<Trap> {
    let nested = |tag: &str, n: usize| {
        page(&format!("{}Peso 20%{}", format!("<{tag}>").repeat(n), format!("</{tag}>").repeat(n)))
    };
    let open = |tag: &str, n: usize| page(&format!("{}Peso 20%", format!("<{tag}>").repeat(n)));
    let cell = |attributes: &str| format!("<td {attributes}>Peso</td>");
    let table = |rows: &str| page(&format!("<table>{rows}</table>"));
    let row = |cells: &str| format!("<tr>{cells}</tr>");
    vec![
        trap("div-annidati.html", nested("div", 100_000), READ),
        trap("div-aperti.html", open("div", 100_000), READ),
        trap("grassetti-aperti.html", page(&"<b><p>Peso".repeat(20_000)), READ),
        trap("corsivi-annidati.html", nested("i", 100_000), READ),
        trap("ancore-aperte.html", page(&"<a href=x>".repeat(50_000)), READ),
        trap("paragrafi-aperti.html", page(&"<p>Peso 20%".repeat(100_000)), READ),
        trap("elenchi-annidati.html", nested("ul><li", 20_000), READ),
        trap("tabelle-annidate.html", page(&format!("{}Peso", "<table><tr><td>".repeat(20_000))), READ),
        trap("tabelle-senza-celle.html", page(&"<table>x".repeat(20_000)), READ),
        trap("svg-annidati.html", nested("svg", 50_000), READ),
        trap("select-annidati.html", nested("select", 50_000), READ),
        trap(
            "colspan-enorme.html",
            table(&row(&(cell("colspan=1000000000") + &cell("rowspan=1000000000")).repeat(3)).repeat(50)),
            READ,
        ),
        trap("rowspan-enorme.html", table(&row(&cell("rowspan=65534 colspan=1000").repeat(3)).repeat(300)), READ),
        trap(
            "spans-negativi.html",
            table(&row(&(cell("colspan=-5 rowspan=0") + &cell("colspan=abc rowspan=1e9"))).repeat(50)),
            READ,
        ),
        trap("riga-di-celle.html", table(&row(&cell("").repeat(290_000))), READ),
        trap("colonna-di-righe.html", table(&row(&cell("")).repeat(200_000)), CUT),
        trap("milione-di-celle.html", table(&row(&cell("").repeat(1_000)).repeat(1_000)), CUT),
        trap(
            "scala-di-rowspan.html",
            table(&(1..2_000).map(|n| row(&cell(&format!("rowspan={n}")))).collect::<String>()),
            READ,
        ),
        trap("attributi.html", page(&format!("<p {}>Peso 20%</p>", "a=b ".repeat(500_000))), READ),
        trap(
            "attributi-diversi.html",
            page(&format!("<p {}>Peso 20%</p>", (0..300_000).map(|n| format!("a{n}=1 ")).collect::<String>())),
            WHOLE,
        ),
        trap("attributo-lungo.html", page(&format!("<p title='{}'>Peso 20%</p>", "x".repeat(10_000_000))), READ),
        trap("entita.html", page(&"&amp;&#x110000;&#0;&nessuna;".repeat(100_000)), READ),
        trap("commento-aperto.html", page(&format!("Peso 20% <!-- {}", "-".repeat(1_000_000))), READ),
        trap("minori.html", page(&"<".repeat(1_000_000)), READ),
        trap("a-capo.html", page(&"Peso 20%<br>".repeat(200_000)), READ),
        trap("doctype-doppi.html", "<!DOCTYPE html><html><body>Peso</html>".repeat(20_000), READ),
        trap("pagina-utf16-senza-segno.html", utf16(&page("<p>Qualità del servizio: 20%</p>")), WHOLE),
        trap(
            "pagina-troncata.html",
            &page("<table><tr><td>Indicatore</td><td>Peso</td></tr><tr><td>Evènti</td>")[..120],
            READ,
        ),
    ]
}

fn text() -> Vec<Trap> {
    let mixed = [
        &"Qualità dei servizi\n".repeat(50).into_bytes()[..],
        &b"Qualit\xe0 dei servizi\n".repeat(50),
        b"\xff\xfe\x80",
    ]
    .concat();
    let zeros = "Indicatore\tPeso\nEventi\t20%\n".replace('E', "\0E");
    vec![
        trap("testo-utf16-senza-segno.txt", utf16("Obiettivo\tPeso\nQualità dei servizi\t20%\n"), WHOLE),
        trap("testo-codifiche-miste.txt", mixed, WHOLE),
        trap("testo-utf8-guasto.txt", "Qualità però perché ".repeat(500).into_bytes()[1..9_001].to_vec(), READ),
        trap("testo-con-zeri.txt", zeros, &["", "unknown_format"]),
        trap("riga-enorme.txt", "Indicatore numero di eventi 20% ".repeat(300_000), READ),
        trap("riga-senza-fine.txt", "Indicatore numero di eventi 20% ".repeat(1_000_000), CUT),
        trap("riga-senza-bianchi.txt", "a".repeat(10_000_000), READ),
        trap("tabulazioni.txt", format!("Indicatore{}Peso\n", "\t".repeat(1_000_000)), READ),
        trap("barre.txt", "|".repeat(200_000) + "\n" + &"|---".repeat(50_000) + "\n|" + &"1|".repeat(50_000), READ),
        trap("righe-di-barre.txt", "| a | b |\n|---|---|\n".repeat(50_000), READ),
        trap("parentesi.txt", "(".repeat(1_000_000), READ),
        trap("cifre.txt", format!("Indicatore\tPeso\tTarget\nEventi\t20%\t{}\n", "1234567890".repeat(50_000)), READ),
        trap("separatori.txt", format!("Indicatore\tPeso\tTarget\nEventi\t20%\t{}\n", "1.000".repeat(20_000)), READ),
        trap("simboli.txt", "$\\geq$ \\(\\frac{1}{".repeat(50_000), READ),
        trap("grassetti.txt", "**Indicatore 1:** *".repeat(50_000), READ),
        trap("righe.txt", "\n\r\n".repeat(2_000_000) + "Peso", READ),
        trap("titoli.txt", "# ".repeat(200_000) + "Piano\n" + &"1.".repeat(100_000), READ),
        trap("tag-nel-testo.txt", format!("Piano della performance\n{}Peso", "<table><tr><td>".repeat(20_000)), READ),
    ]
}

/// UTF-16, the lower byte first, without a mark.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
