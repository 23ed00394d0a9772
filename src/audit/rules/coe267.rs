//! COE267: lo stato non è quello della fascia.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::{figure, tables};
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE267",
    severity: Severity::Warning,
    title: Text { it: "lo stato non è quello della fascia", en: "the status is not that of the band" },
    what: "Legge la legenda delle fasce («da 60% a 94,99%: parzialmente raggiunto») e confronta, riga per riga, il grado \
          stampato con lo stato o il semaforo accanto.",
    why: "Chi legge il semaforo si fa un'idea sbagliata del risultato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Grado 45,00%, semaforo verde; per la legenda sotto il 50% è rosso.",
    advice: Text { it: "controllare il grado o lo stato", en: "check the rate or the status" },
    gather: None,
    check: Check::Document(check),
};

/// A band of a legend, in percent points.
#[derive(Debug, Clone)]
struct Band {
    status: String,
    name: String,
    low: Decimal,
    high: Decimal,
    /// The upper limit is in the band.
    closed: bool,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let tables = tables(view);
    let Some(legend) = tables.iter().find_map(|rows| legend(rows)) else { return Vec::new() };
    let mut right = 0;
    let mut out = Vec::new();
    let found = tables.iter().flat_map(|rows| {
        let all: Vec<_> = rows.iter().filter_map(|row| Some((*row, rated(row, &legend)?))).collect();
        // A rate that isn't there leaves another percentage next to the status: rates stand in one column.
        let often = |column: u32| all.iter().filter(|(_, r)| r.column == column).count();
        let usual = all.iter().map(|(_, r)| r.column).max_by_key(|c| often(*c));
        all.into_iter().filter(|(_, r)| Some(r.column) == usual).collect::<Vec<_>>()
    });
    for (row, Rated { band, status, rate, value, .. }) in found {
        if fits(band, value) {
            right += 1;
            continue;
        }
        let Some(own) = legend.iter().find(|b| fits(b, value)) else { continue };
        let name = row.cells.iter().find(|c| words(&c.raw).len() > 1).map_or("", |c| c.raw.as_str());
        let index = view.indicators().find(|(_, i)| key(&i.name) == key(name) && !name.is_empty()).map(|(n, _)| n);
        let finding = match index {
            Some(index) => view.on(rule, index).at(&status.source),
            None => view.at(rule, row.objective, &status.source).quote("riga", "row", name),
        };
        out.push(finding.quote("grado", "rate", &rate.raw).quote("stato", "status", &status.raw).says(
            format!("con {} la legenda dice «{}», la riga «{}»", rate.raw, own.name, status.raw),
            format!("at {} the legend says “{}”, the row “{}”", rate.raw, own.name, status.raw),
        ));
    }
    // A legend that most rows don't follow is of something else.
    if right < 3 || out.len() * 2 > right { Vec::new() } else { out }
}

fn fits(band: &Band, value: Decimal) -> bool {
    value >= band.low && (value < band.high || band.closed && value == band.high)
}

/// A row's status and the rate next before it.
struct Rated<'a> {
    band: &'a Band,
    status: &'a Printed,
    rate: &'a Printed,
    value: Decimal,
    column: u32,
}

fn rated<'a>(row: &'a Passage, legend: &'a [Band]) -> Option<Rated<'a>> {
    let (at, band) = row.cells.iter().enumerate().find_map(|(at, c)| {
        let own = key(&c.raw);
        Some((at, legend.iter().find(|b| b.status == own)?))
    })?;
    // The row of the legend itself has nothing but its band.
    if row.cells.len() < 4 && row.cells.iter().any(|c| limits(&c.raw).is_some()) {
        return None;
    }
    let place = row.cells.iter().take(at).rposition(|c| figure(&c.raw).is_some_and(|f| f.percent))?;
    let rate = row.cells.get(place)?;
    let value = figure(&rate.raw)?.value;
    Some(Rated { band, status: row.cells.get(at)?, rate, value, column: *row.columns.get(place)? })
}

/// The bands of a table of two or three columns, where at least two rows have one.
fn legend(rows: &[&Passage]) -> Option<Vec<Band>> {
    let of = |row: &&Passage| {
        let at = row.cells.iter().position(|c| limits(&c.raw).is_some())?;
        let (low, high, closed) = limits(&row.cells.get(at)?.raw)?;
        let beside = if at == 0 { row.cells.get(1) } else { row.cells.first() }?;
        let short = row.cells.len() < 4 && beside.raw.chars().count() < 50 && figure(&beside.raw).is_none();
        let band = Band { status: key(&beside.raw), name: beside.raw.clone(), low, high, closed };
        (short && !band.status.is_empty()).then_some(band)
    };
    let bands: Vec<Band> = rows.iter().filter_map(of).collect();
    let distinct = bands.iter().enumerate().all(|(n, b)| bands.iter().take(n).all(|o| o.status != b.status));
    (bands.len() > 1 && bands.len() * 2 >= rows.len() && distinct).then_some(bands)
}

/// "da 60% a 94,99%", "inferiore a 50%", ">= 90%", "0% – 70%".
fn limits(text: &str) -> Option<(Decimal, Decimal, bool)> {
    static TWO: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)^(?:.{0,25}\b(?:da|dal|tra|tra il|fra)\s+)?(\d{1,3}(?:,\d+)?)\s?%?\s*(?:a|al|e|e il|-|–)\s*(\d{1,3}(?:,\d+)?)\s?%$")
            .expect("constant pattern")
    });
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)^.{0,25}?(>=|≥|>|<=|≤|<|inferiore (?:a|al)|minore di|superiore (?:a|al)|fino (?:a|al)|oltre(?: il)?|almeno(?: il)?|meno del|pari o superiore (?:a|al)|uguale o superiore (?:a|al))\s*(\d{1,3}(?:,\d+)?)\s?%$")
            .expect("constant pattern")
    });
    let decimal = |t: &str| t.replace(',', ".").parse::<Decimal>().ok();
    let text = text.trim();
    let most = Decimal::from(10_000);
    if let Some(found) = TWO.captures(text) {
        let (low, high) = (decimal(&found[1])?, decimal(&found[2])?);
        return (low < high).then_some((low, high, true));
    }
    let found = ONE.captures(text)?;
    let limit = decimal(&found[2])?;
    let word = found[1].to_lowercase();
    Some(match word.as_str() {
        "<" | "minore di" | "meno del" => (-most, limit, false),
        w if w.starts_with("inferiore") => (-most, limit, false),
        "<=" | "≤" => (-most, limit, true),
        w if w.starts_with("fino") => (-most, limit, true),
        _ => (limit, most, true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_bands() {
        let told = |text: &str| limits(text).map(|(low, high, closed)| format!("{low} {high} {closed}"));
        assert_eq!(told("da 60% a 94,99%").as_deref(), Some("60 94.99 true"));
        assert_eq!(told("grado tra 60% e 89,99%").as_deref(), Some("60 89.99 true"));
        assert_eq!(told("0% – 70%").as_deref(), Some("0 70 true"));
        assert_eq!(told("inferiore a 50%").as_deref(), Some("-10000 50 false"));
        assert_eq!(told("grado di raggiungimento >= 90%").as_deref(), Some("90 10000 true"));
        assert_eq!(told("95,00%"), None);
    }
}
