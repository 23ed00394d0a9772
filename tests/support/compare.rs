//! Extracted indicators against an annotation of the same document.
//!
//! Indicators are paired in document order, by name, code and objective. Then the core cells of each pair are compared:
//! weight, baseline, each target, each actual, variance, achievement. A cell that is wrong counts as one missed and one
//! invented; the indicator itself counts as a cell. Texts are equal when they agree without white space, shapes of quotation
//! marks and dashes, and letter case; a printed placeholder (`-`, `//`) equals an absent value.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// How an extraction compares with its annotation.
#[derive(Debug, Default)]
pub struct Comparison {
    pub expected: usize,
    pub found: usize,
    pub paired: usize,
    right: usize,
    invented: usize,
    missed: usize,
    context_right: usize,
    context: usize,
    /// Every difference in a core cell, for people.
    pub faults: Vec<String>,
    /// Every difference around the core: objective, section, owner, types.
    pub context_faults: Vec<String>,
}

impl Comparison {
    /// F1 over all core cells; 1 where everything is right.
    pub fn core_f1(&self) -> f64 {
        if self.right == 0 {
            return 0.0;
        }
        2.0 * self.right as f64 / (2 * self.right + self.invented + self.missed) as f64
    }

    /// The share of the annotated context fields that are right.
    pub fn context_accuracy(&self) -> f64 {
        if self.context == 0 { 1.0 } else { self.context_right as f64 / self.context as f64 }
    }
}

/// Compares; `year` is the plan's, for annotated periods that name only a year.
pub fn compare(expected: &[Value], found: &[Value], year: &str) -> Comparison {
    let mut expected: Vec<Sheet> = expected.iter().map(|sheet| Sheet::annotated(sheet, year)).collect();
    let found: Vec<Sheet> = found.iter().map(Sheet::extracted).collect();
    let pairs = align(&expected, &found);
    let mut result =
        Comparison { expected: expected.len(), found: found.len(), paired: pairs.len(), ..Comparison::default() };
    for &(e, f) in &pairs {
        expected[e].take_meant_periods(&found[f]);
        result.cells(&expected[e], &found[f]);
        result.context(&expected[e], &found[f]);
    }
    for (index, sheet) in expected.iter().enumerate().filter(|(index, _)| !pairs.iter().any(|pair| pair.0 == *index)) {
        result.missed += 1 + sheet.core.len();
        result.context += sheet.context.len();
        result.faults.push(format!("{index} {:?}: missed", sheet.name));
    }
    for (index, sheet) in found.iter().enumerate().filter(|(index, _)| !pairs.iter().any(|pair| pair.1 == *index)) {
        result.invented += 1 + sheet.core.len();
        result.faults.push(format!("{index} {:?}: invented", sheet.name));
    }
    result
}

impl Comparison {
    fn cells(&mut self, expected: &Sheet, found: &Sheet) {
        self.right += 1;
        let mut cells: Vec<&String> = expected.core.keys().chain(found.core.keys()).collect();
        cells.sort();
        cells.dedup();
        for cell in cells {
            let (e, f) = (expected.core.get(cell), found.core.get(cell));
            if e.zip(f).is_some_and(|(e, f)| same(e, f)) {
                self.right += 1;
                continue;
            }
            self.missed += usize::from(e.is_some());
            self.invented += usize::from(f.is_some());
            self.faults.push(format!("{:?} {cell}: expected {e:?}, found {f:?}", expected.name));
        }
    }

    fn context(&mut self, expected: &Sheet, found: &Sheet) {
        for (field, e) in &expected.context {
            self.context += 1;
            let f = found.context.get(field);
            if f.is_some_and(|f| same(e, f)) {
                self.context_right += 1;
            } else {
                self.context_faults.push(format!("{:?} {field}: expected {e:?}, found {f:?}", expected.name));
            }
        }
    }
}

/// An indicator in a form that annotation and extraction share.
struct Sheet {
    name: String,
    name_key: String,
    code: Option<String>,
    core: BTreeMap<String, String>,
    context: BTreeMap<&'static str, String>,
    /// The period that is meant, where the document's header prints another year.
    meant: Option<String>,
}

impl Sheet {
    /// From the annotation's form: flat `…_raw` fields, periods as printed.
    fn annotated(sheet: &Value, year: &str) -> Self {
        let day = |value: &Value| match value["period"].as_str().unwrap_or_default() {
            "annual" => format!("{year}-12-31"),
            period if period.len() == 4 => format!("{period}-12-31"),
            period => period.to_owned(),
        };
        let raw = |field: &str| string(&sheet[format!("{field}_raw")]);
        let types = "indicator_types";
        let mut made = Sheet::of(sheet, &sheet["indicator_name"], &sheet["indicator_code"], raw, day, types);
        made.insert("data_source", string(&sheet["source"]));
        made.meant = sheet["header_year_odd"].as_bool().unwrap_or(false).then(|| format!("{year}-12-31"));
        made
    }

    /// From the form of `indicators.jsonl`.
    fn extracted(sheet: &Value) -> Self {
        let day = |value: &Value| string(&value["period"]).unwrap_or_default();
        let raw = |field: &str| string(&sheet[field]["raw"]);
        let mut made = Sheet::of(sheet, &sheet["name"], &sheet["code"], raw, day, "types");
        made.insert("data_source", string(&sheet["data_source"]));
        made
    }

    fn of(
        sheet: &Value,
        name: &Value,
        code: &Value,
        raw: impl Fn(&str) -> Option<String>,
        day: impl Fn(&Value) -> String,
        types: &str,
    ) -> Self {
        let mut core: BTreeMap<String, String> = ["weight", "baseline", "variance", "achievement"]
            .into_iter()
            .filter_map(|cell| Some((cell.to_owned(), raw(cell)?)))
            .collect();
        for (list, cell) in [("targets", "target"), ("actuals", "actual")] {
            for value in sheet[list].as_array().into_iter().flatten() {
                let revised = if value["revised"].as_bool().unwrap_or(false) { " revised" } else { "" };
                core.insert(format!("{cell} {}{revised}", day(value)), string(&value["raw"]).unwrap_or_default());
            }
        }
        core.retain(|_, raw| !blank(raw));
        let name = string(name).unwrap_or_default();
        let mut made =
            Sheet { name_key: key(&name), name, code: string(code), core, context: BTreeMap::new(), meant: None };
        for field in ["objective_code", "objective_title", "objective_level", "section", "owner", "algorithm", "unit"] {
            made.insert(field, string(&sheet[field]));
        }
        made.insert("objective_weight", raw("objective_weight"));
        made.insert("monitoring", raw("monitoring"));
        let mut ticked: Vec<String> = sheet[types].as_array().into_iter().flatten().filter_map(string).collect();
        ticked.sort();
        made.insert("types", Some(ticked.join(",")));
        made
    }

    fn insert(&mut self, field: &'static str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !blank(text)) {
            self.context.insert(field, text);
        }
    }

    /// Where the header's year is odd, the printed or the meant period will do.
    fn take_meant_periods(&mut self, found: &Sheet) {
        let Some(meant) = self.meant.as_ref().map(|day| format!("target {day}")) else { return };
        let printed: Vec<String> = self.core.keys().filter(|cell| cell.starts_with("target ")).cloned().collect();
        for cell in printed {
            if !found.core.contains_key(&cell)
                && found.core.contains_key(&meant)
                && let Some(raw) = self.core.remove(&cell)
            {
                self.core.insert(meant.clone(), raw);
            }
        }
    }
}

/// How well two indicators fit; 0 where they are not the same.
fn affinity(expected: &Sheet, found: &Sheet) -> f64 {
    let agree = |field: &str| {
        let (e, f) = (expected.context.get(field)?, found.context.get(field)?);
        Some(same(e, f))
    };
    let mut fit = if expected.name.is_empty() {
        // The document lost the name: code and objective must do.
        let codes = expected.code.as_ref().zip(found.code.as_ref()).is_some_and(|(e, f)| same(e, f));
        if codes && agree("objective_code") != Some(false) { 0.85 } else { 0.0 }
    } else {
        similar(&expected.name_key, &found.name_key)
    };
    if fit < 0.8 {
        return 0.0;
    }
    for (field, gain) in [("objective_code", 0.3), ("objective_title", 0.3), ("section", 0.1)] {
        match agree(field) {
            Some(true) => fit += gain,
            Some(false) => fit -= gain / 3.0,
            None => {}
        }
    }
    let weights = expected.core.get("weight").zip(found.core.get("weight"));
    fit + if weights.is_some_and(|(e, f)| same(e, f)) { 0.1 } else { 0.0 }
}

/// The pairing of greatest total affinity that keeps both orders.
fn align(expected: &[Sheet], found: &[Sheet]) -> Vec<(usize, usize)> {
    let fit: Vec<Vec<f64>> = expected.iter().map(|e| found.iter().map(|f| affinity(e, f)).collect()).collect();
    let mut best = vec![vec![0.0_f64; found.len() + 1]; expected.len() + 1];
    let with =
        |best: &[Vec<f64>], e: usize, f: usize| if fit[e][f] > 0.0 { fit[e][f] + best[e + 1][f + 1] } else { 0.0 };
    for e in (0..expected.len()).rev() {
        for f in (0..found.len()).rev() {
            best[e][f] = best[e + 1][f].max(best[e][f + 1]).max(with(&best, e, f));
        }
    }
    let (mut e, mut f, mut pairs) = (0, 0, Vec::new());
    while e < expected.len() && f < found.len() {
        if fit[e][f] > 0.0 && (best[e][f] - with(&best, e, f)).abs() < 1e-9 {
            pairs.push((e, f));
            (e, f) = (e + 1, f + 1);
        } else if best[e + 1][f] >= best[e][f + 1] {
            e += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// Nothing, or a printed placeholder.
fn blank(text: &str) -> bool {
    text.chars().all(|c| "-–—=/._".contains(c) || c.is_whitespace())
}

fn same(expected: &str, found: &str) -> bool {
    if blank(expected) || blank(found) {
        return blank(expected) && blank(found);
    }
    let (e, f) = (key(expected), key(found));
    if e == f {
        return true;
    }
    match (number(expected), number(found)) {
        (Some(e), Some(f)) => e == f,
        _ => e.chars().count() > 24 && similar(&e, &f) >= 0.97,
    }
}

/// A text without what printing may change.
fn key(text: &str) -> String {
    static MARKUP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"</?[a-z][^>]*>|\*\*|\\").expect("a pattern"));
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '\u{ad}')
        .map(|c| match c {
            '‘' | '’' | '´' | '`' | '“' | '”' | '"' | '«' | '»' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            other => other,
        })
        .collect();
    let folded = folded.replace("''", "'").replace('≥', ">=").replace('≤', "<=");
    let plain: String = MARKUP.replace_all(&folded, "").chars().filter(|c| !c.is_whitespace()).collect();
    plain.trim_matches([':', '.', ';', ',']).to_owned()
}

fn number(text: &str) -> Option<Decimal> {
    static GROUPED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$").expect("a pattern"));
    let mut plain: String = text.chars().filter(|c| !c.is_whitespace() && !"%€".contains(*c)).collect();
    if GROUPED.is_match(&plain) {
        plain = plain.replace('.', "");
    }
    plain.replace(',', ".").parse().ok()
}

/// Twice the shared letters over all of them, by Ratcliff and Obershelp; 0 where it can't reach 0.6.
fn similar(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let ratio =
        |shared: usize| if a.len() + b.len() == 0 { 0.0 } else { 2.0 * shared as f64 / (a.len() + b.len()) as f64 };
    // What the longer can't share with the shorter, and letters that only one of them has, rule most pairs out.
    if ratio(a.len().min(b.len())) < 0.6 || ratio(common_letters(&a, &b)) < 0.6 { 0.0 } else { ratio(shared(&a, &b)) }
}

fn common_letters(a: &[char], b: &[char]) -> usize {
    let mut left: BTreeMap<char, usize> = BTreeMap::new();
    for letter in b {
        *left.entry(*letter).or_default() += 1;
    }
    let mut count = 0;
    for letter in a {
        if let Some(n) = left.get_mut(letter).filter(|n| **n > 0) {
            *n -= 1;
            count += 1;
        }
    }
    count
}

/// The length of the longest stretch both have, and of those before and after it.
fn shared(a: &[char], b: &[char]) -> usize {
    let (mut length, mut end_a, mut end_b) = (0, 0, 0);
    let mut before = vec![0_usize; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        let mut here = vec![0_usize; b.len() + 1];
        for j in (0..b.len()).filter(|j| b[*j] == *x) {
            here[j + 1] = before[j] + 1;
            if here[j + 1] > length {
                (length, end_a, end_b) = (here[j + 1], i + 1, j + 1);
            }
        }
        before = here;
    }
    if length == 0 {
        return 0;
    }
    length + shared(&a[..end_a - length], &b[..end_b - length]) + shared(&a[end_a..], &b[end_b..])
}
