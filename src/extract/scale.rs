//! How large the chamber is, where the document says so: registered enterprises and employees.
//!
//! A figure counts only in the words that describe the chamber itself ("l'organico risultava composto da n. 128 dipendenti",
//! "imprese registrate 117.576"): "formazione di 20 dipendenti" says nothing about its size.

use std::sync::LazyLock;

use regex::Regex;

use super::printed::{Printed, PrintedScale, ScaleKind};
use crate::document::{Block, Document, Source, fold};

/// Words around the figure that are kept as what was printed, in characters.
const KEPT: usize = 160;

struct Patterns {
    of: [(ScaleKind, Regex); 5],
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    // Constant patterns, compiled by the tests below.
    let pattern = |text: &str| Regex::new(text).expect("constant pattern");
    let figure = r"(?P<figure>\d{1,3}(?:\.\d{3})+|\d+)";
    Patterns {
        of: [
            (
                ScaleKind::Enterprises,
                pattern(&format!(
                    r"(?i)\b(?:imprese\s+registrate|registrate\s+a\s+fine\s+20\d\d)(?:\s+(?:al\s+[\d./]+|a\s+fine\s+20\d\d))?(?:\s+sono|\s+risultano)?\s*:?\s*(?:n\.\s*)?{figure}\b"
                )),
            ),
            (
                ScaleKind::Enterprises,
                pattern(&format!(
                    r"(?i)\biscritte\s+(?:al|nel)\s+registro\s+(?:delle\s+)?imprese\s+(?:n\.\s*)?{figure}\s+imprese\b"
                )),
            ),
            (
                ScaleKind::Employees,
                pattern(&format!(
                    r"(?i)\b(?:organico|dotazione)\b[^.;\d]{{0,60}}(?:composto|composta|costituito|costituita|pari|conta)\s+(?:da|a|di)?\s*(?:n\.\s*)?{figure}\s+(?:dipendenti|unità)\b"
                )),
            ),
            (
                ScaleKind::Employees,
                pattern(&format!(
                    r"(?i)\b(?:camera|cciaa|ente)\b[^.;\d]{{0,40}}\b(?:conta|ha)\s+(?:n\.\s*)?{figure}\s+dipendenti\b"
                )),
            ),
            (
                ScaleKind::Employees,
                pattern(&format!(r"(?i)\bpersonale\s+in\s+servizio\s+al\s+[\d./]+\s*\(\s*{figure}\s+unità\b")),
            ),
        ],
    }
});

/// Every statement of the chamber's size, in document order.
pub(super) fn scale(document: &Document) -> Vec<PrintedScale> {
    let mut out = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Text(paragraph) => statements(&fold(&paragraph.text), &paragraph.source, &mut out),
            Block::Table(table) => {
                for row in 0..table.rows {
                    let cells: Vec<_> = table.row(row).collect();
                    // A label and its figure stand in neighbouring cells.
                    let text = cells.iter().map(|cell| fold(&cell.text)).collect::<Vec<_>>().join(" ");
                    if let Some(first) = cells.first() {
                        statements(&text, &first.source, &mut out);
                    }
                }
            }
        }
    }
    out
}

fn statements(text: &str, source: &Source, out: &mut Vec<PrintedScale>) {
    // Most texts speak of nothing of the kind.
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    for (kind, pattern) in &PATTERNS.of {
        for found in pattern.captures_iter(text) {
            let (Some(whole), Some(figure)) = (found.get(0), found.name("figure")) else { continue };
            let near: String = text.get(whole.start()..).unwrap_or_default().chars().take(KEPT).collect();
            let before: String = {
                let before = text.get(..whole.start()).unwrap_or_default();
                let skip = before.chars().count().saturating_sub(KEPT / 2);
                before.chars().skip(skip).collect()
            };
            out.push(PrintedScale {
                kind: *kind,
                figure: figure.as_str().to_owned(),
                context: Printed::new(format!("{before}{near}"), source.clone()),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<(ScaleKind, String)> {
        let mut out = Vec::new();
        statements(text, &Source::default(), &mut out);
        out.into_iter().map(|scale| (scale.kind, scale.figure)).collect()
    }

    #[test]
    fn sizes_are_read_from_the_usual_sentences() {
        use ScaleKind::{Employees, Enterprises};
        for (text, kind, figure) in [
            ("Imprese registrate 117.576 (dicembre 2019)", Enterprises, "117.576"),
            ("Le imprese registrate a fine 2019 sono 117.576 di cui artigiane", Enterprises, "117.576"),
            ("risultano iscritte al Registro delle Imprese 117.576 imprese, distribuite", Enterprises, "117.576"),
            ("All'1.1.2020 la CCIAA di Brescia conta 137 dipendenti di cui:", Employees, "137"),
            ("al 31.12.2019, l'organico camerale risultava composto da n. 128 dipendenti", Employees, "128"),
            ("personale in servizio al 31.12.2019 (128 unità, comprese", Employees, "128"),
        ] {
            assert_eq!(figures(text), [(kind, figure.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_figures_are_not_sizes() {
        for text in [
            "formazione di almeno 20 dipendenti",
            "incremento % del numero di imprese iscritte al RASL 20%",
            "l'organico è costituito da n. 9, mentre da marzo",
            "n.1 unità di personale del Servizio",
        ] {
            assert_eq!(figures(text), [], "{text}");
        }
    }
}
