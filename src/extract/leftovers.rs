//! What looks like an indicator and was not taken: a figure beside a target or weight word, in a row that told the walker
//! nothing and whose words stand in nothing that was taken.

use super::lexicon::{Field, Lexicon, key, without_dates};
use super::printed::{Printed, PrintedPlan};
use super::rows::{Cells, Row};
use crate::document::{Cell, fold};

/// How many characters may stand between a word and its figure.
const REACH: usize = 24;

/// The fewest characters by which a text can be told from others.
const TELLING: usize = 12;

/// The longest text of a header or a value, in bytes.
const LABEL: usize = 40;

/// The longest text in which a weight or the number of an indicator tells something, in characters.
const SHORT: usize = 240;

/// How much of a text is reported, in characters.
const SHOWN: usize = 300;

/// Goes along with the walker and remembers the rows in doubt.
pub(super) struct Leftovers<'l> {
    lexicon: &'l Lexicon,
    /// How many cells the headers of the table have, where one of them is such a word.
    headed: Option<usize>,
    found: Vec<Doubt>,
}

#[derive(Debug)]
struct Doubt {
    printed: Printed,
    /// The texts of the row's cells, or of its line, as they are compared.
    texts: Vec<String>,
}

impl<'l> Leftovers<'l> {
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Leftovers { lexicon, headed: None, found: Vec::new() }
    }

    /// Whether a row looks like an indicator on its own or under the headers of its table.
    pub fn in_doubt(&mut self, row: &Row) -> bool {
        match row {
            Row::Line(line) => self.tells_a_value(&bare(&line.text)),
            Row::Cells(cells) => {
                if cells.first {
                    self.headed = None;
                }
                let keys: Vec<String> = cells.cells.iter().map(|cell| bare(&cell.text)).collect();
                if let Some(heads) = self.header(cells, &keys) {
                    self.headed = heads.then_some(keys.len());
                    return false;
                }
                let own = |text: &&Cell| self.lexicon.field(&text.text).is_none();
                let named = cells.cells.iter().filter(own).any(|cell| is_name(&bare(&cell.text)));
                let sums = keys.first().is_some_and(|text| Lexicon::starts_with(text, &self.lexicon.phrases.totals));
                if !named || sums {
                    return false;
                }
                let figured = keys.iter().any(|text| has_figure(text) && text.len() <= LABEL && !is_name(text));
                // A row of far fewer cells than there are headers is not under them.
                let under_headers = self.headed.is_some_and(|headers| keys.len() >= 2 && keys.len() * 2 > headers);
                (under_headers && figured) || self.tells_a_value(&keys.join(" "))
            }
        }
    }

    /// Whether the rows below a header row may be indicators; `None` for a row that is no header row.
    fn header(&self, row: &Cells, keys: &[String]) -> Option<bool> {
        // A header names its column and nothing else.
        let heads = |text: &&String| text.len() <= LABEL && self.word(text).is_some();
        if keys.len() < 2 || keys.iter().any(|text| has_figure(text)) || !keys.iter().any(|text| heads(&text)) {
            return None;
        }
        let fields: Vec<Option<Field>> = row.cells.iter().map(|cell| self.lexicon.field(&cell.text)).collect();
        let any = |wanted: &[Field]| fields.iter().flatten().any(|field| wanted.contains(field));
        let measured = any(&[Field::Indicator, Field::Target]);
        // A table of weights tells of objectives.
        Some(measured || !any(&[Field::Objective, Field::ObjectiveWeight]))
    }

    /// Remembers a row in doubt from which the walker took nothing.
    pub fn keep(&mut self, row: &Row) {
        let (texts, source) = match row {
            Row::Line(line) => (vec![line.text.clone()], line.source.clone()),
            Row::Cells(cells) => (cells.cells.iter().map(|c| fold(&c.text)).collect(), cells.source()),
        };
        let raw = fold(&texts.join(" | "));
        let shown = match raw.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &raw[..end]),
            None => raw,
        };
        let texts = texts.iter().map(|text| key(text)).collect();
        self.found.push(Doubt { printed: Printed::new(shown, source), texts });
    }

    /// The rows that repeat nothing of what was taken, in document order.
    pub fn finish(self, plan: &PrintedPlan) -> Vec<Printed> {
        let taken = taken(plan);
        let all = taken.join("\n");
        let repeats = |text: &String| {
            let long = |t: &str| t.chars().count() >= TELLING;
            // A known label alone is no news either.
            long(text) && (all.contains(text.as_str()) || taken.iter().any(|t| long(t) && text.contains(t.as_str())))
        };
        self.found.into_iter().filter(|doubt| !doubt.texts.iter().any(repeats)).map(|doubt| doubt.printed).collect()
    }

    /// A target word with a figure right after it; a weight word with one, and another figure besides; "indicatore 3 …"
    /// with a share further on.
    fn tells_a_value(&self, text: &str) -> bool {
        let short = text.chars().count() <= SHORT;
        let mut rest = text;
        while let Some((end, weighs)) = self.word(rest) {
            let before = &rest[..end];
            rest = &rest[end..];
            let near: String = rest.chars().take(REACH).collect();
            if !near.split(' ').any(has_figure) {
                continue;
            }
            // A weight alone is a weight in a list that repeats the indicators, or an objective's.
            let beside = || figures(before) + figures(rest) > 1;
            if !weighs || (short && beside()) {
                return true;
            }
        }
        let mut words = text.split(' ');
        short
            && words.next() == Some("indicatore")
            && words.next().is_some_and(|number| number.len() <= 3 && has_figure(number))
            && self.word(text).is_none()
            && words.any(|word| has_figure(word) && word.ends_with('%'))
    }

    /// Where the first of the words ends, if one stands in the text, and whether it is one for a weight.
    fn word(&self, text: &str) -> Option<(usize, bool)> {
        let whole = |start: usize, end: usize| {
            (start == 0 || text[..start].ends_with(' ')) && (end == text.len() || text[end..].starts_with(' '))
        };
        let place = |word: &String| {
            let weighs = self.lexicon.field(word) == Some(Field::Weight);
            let places = text.match_indices(word.as_str()).map(|(at, word)| (at, at + word.len()));
            places.into_iter().find(|&(at, end)| whole(at, end)).map(|(_, end)| (end, weighs))
        };
        self.lexicon.phrases.value_words.iter().filter_map(place).min()
    }
}

/// A text as it is compared, without its dates.
fn bare(text: &str) -> String {
    key(&without_dates(text))
}

/// How many figures stand in a text; "indicatore 2", "indicatori 1, 2 e 3" are numbers of indicators.
fn figures(text: &str) -> usize {
    let (mut count, mut within, mut numbering) = (0, false, false);
    for word in text.split(' ') {
        numbering = word.starts_with("indicator") || (numbering && (has_figure(word) || word == "e"));
        let figure = has_figure(word) && !numbering;
        // The parts of "33,33%" are one.
        count += usize::from(figure && !within);
        within = figure;
    }
    count
}

/// Everything taken that words can be told by, as it is compared.
fn taken(plan: &PrintedPlan) -> Vec<String> {
    let mut out = Vec::new();
    let mut add = |text: &str| out.push(key(text));
    for i in &plan.indicators {
        let texts = [&i.algorithm, &i.note, &i.strategic_link, &i.owner, &i.data_source];
        texts.into_iter().flatten().chain([&i.name]).chain(&i.types).for_each(|text| add(text));
        i.baseline.iter().chain(&i.targets).chain(&i.actuals).chain(&i.achievements).for_each(|v| add(&v.raw));
        i.monitoring.iter().chain(&i.weight).chain(&i.variance).for_each(|v| add(&v.raw));
    }
    for objective in &plan.objectives {
        add(&objective.title);
        objective.owner.iter().for_each(|owner| add(owner));
    }
    for aggregate in &plan.aggregates {
        add(&aggregate.name);
    }
    out.retain(|text| !text.is_empty());
    out.sort();
    out.dedup();
    out
}

fn has_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// A text that may be a name: some words, not a figure.
fn is_name(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= TELLING && text.contains(' ')
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, Document, Format, Method, Page, Paragraph, Source, Table};
    use crate::extract::{Lexicon, extract};

    use super::*;

    fn left(blocks: Vec<Block>) -> Vec<String> {
        let pages = vec![Page { width: 0.0, height: 0.0 }];
        let (faults, recognised) = (Vec::new(), Vec::new());
        let document = Document { format: Format::Html, pages, blocks, title: None, faults, recognised };
        extract(&document, Lexicon::shipped()).not_understood.into_iter().map(|text| text.raw).collect()
    }

    fn line(text: &str) -> Block {
        Block::Text(Paragraph { text: text.to_owned(), source: Source::line(1), heading: None })
    }

    fn table(rows: &[&[&str]]) -> Block {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (col, text) in (0..).zip(*texts) {
                let source = Source::line(row + 1);
                cells.push(Cell { row, col, rowspan: 1, colspan: 1, text: (*text).to_owned(), source });
            }
        }
        let cols = rows.iter().map(|row| row.len()).max().unwrap_or(0) as u32;
        Block::Table(Table {
            rows: rows.len() as u32,
            cols,
            cells,
            method: Method::Markup,
            confidence: 1.0,
            source: Source::line(1),
        })
    }

    #[test]
    fn what_is_understood_is_not_left() {
        let rows: [&[&str]; 3] = [
            &["Indicatore", "Peso", "Target 2019"],
            &["Numero di eventi organizzati", "40%", ">= 10"],
            &["Imprese che hanno partecipato", "60%", "200"],
        ];
        assert_eq!(left(vec![table(&rows)]), [""; 0]);
        // A list that repeats the indicators.
        let again = line("indicatore 1: Numero di eventi organizzati. Peso: 40%");
        assert_eq!(left(vec![table(&rows), again]), [""; 0]);
    }

    #[test]
    fn a_table_under_unknown_headers_is_left() {
        let rows: [&[&str]; 3] = [
            &["Zeta ed eta", "Quanto conta", "Omega finale", "Target"],
            &["Numero di eventi organizzati", "quaranta", "abc", "10"],
            &["Totale", "", "", "10"],
        ];
        assert_eq!(left(vec![table(&rows)]), ["Numero di eventi organizzati | quaranta | abc | 10"]);
    }

    #[test]
    fn weights_dates_and_prose_are_no_indicators() {
        for text in [
            "Ambiti strategici: Formazione. Peso: 100%",
            "indicatori 1, 2 e 3: impresa e utenti. Peso: 33,33%",
            "Si modifica il target atteso al 31/12/2019 confermandolo nel valore raggiunto",
            "Il target 2019 è confermato",
            "Indicatore 2: con deliberazione n. 13 del 28/01/2019 è stato approvato il piano",
        ] {
            assert_eq!(left(vec![line(text)]), [""; 0], "{text}");
        }
        assert_eq!(left(vec![line("Si terranno eventi, il target è di almeno 10 eventi")]).len(), 1);
    }
}
