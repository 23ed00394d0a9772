//! The page that compares documents: themes, indicators of several chambers that measure the same, years.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::document::Told;
use super::format::{self, Number};
use super::{Beside, Highlights};
use crate::compare::{ComparisonRow, Match, Shown, Side, Status, Verdict, YearRow, themes};

#[derive(Debug, Serialize)]
pub(super) struct Compared {
    pub documents: Vec<Head>,
    pub themes: Vec<ThemeLine>,
    pub sure: Vec<Pair>,
    pub related: Vec<Pair>,
    pub possible: Vec<Pair>,
    pub years: Vec<Years>,
    /// Pairs, and pairs of years, that have no room here.
    pub more_pairs: usize,
    pub more_years: usize,
}

/// A column: a document.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub page: String,
    pub name: Told,
}

/// A row of the heat map.
#[derive(Debug, Serialize)]
pub(super) struct ThemeLine {
    pub title: Told,
    pub cells: Vec<Option<Heat>>,
}

/// How much of a document is about a theme, and how far it was reached.
#[derive(Debug, Serialize)]
pub(super) struct Heat {
    /// 0 to 4, by the share of the indicators.
    pub step: u8,
    pub count: Option<Number>,
    /// Percent points.
    pub share: Number,
    pub weight: Option<Number>,
    pub achievement: Option<Number>,
}

/// Two indicators beside each other.
#[derive(Debug, Serialize)]
pub(super) struct Pair {
    pub thing: Option<String>,
    pub theme: Option<Told>,
    pub verdict: &'static str,
    pub score: Number,
    pub words: String,
    pub sides: [SideView; 2],
    /// The common unit, or why there is none.
    pub unit: Option<String>,
    pub scaled: Option<&'static str>,
    pub reason: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct SideView {
    pub href: Option<String>,
    pub who: String,
    pub name: String,
    pub value: Option<Value>,
    /// The value in the common unit.
    pub common: Option<Number>,
    pub length: u32,
    /// For the size of its chamber.
    pub scaled: Option<Number>,
}

/// A printed value.
#[derive(Debug, Serialize)]
pub(super) struct Value {
    pub role: &'static str,
    pub period: Option<String>,
    pub raw: String,
}

/// One chamber's documents of two years.
#[derive(Debug, Serialize)]
pub(super) struct Years {
    pub entity: String,
    pub from: i16,
    pub to: i16,
    pub continued: usize,
    pub dropped: usize,
    pub new: usize,
    pub below: usize,
    pub unequal: usize,
    pub rows: Vec<YearLine>,
}

#[derive(Debug, Serialize)]
pub(super) struct YearLine {
    pub status: &'static str,
    pub before: Option<SideView>,
    pub after: Option<SideView>,
    pub target_before: Option<Value>,
    pub baseline: Option<Value>,
    pub baseline_is_result: Option<bool>,
    pub below: Option<bool>,
    pub explanation: String,
}

/// Where each indicator's row is.
struct Rows<'r>(HashMap<(&'r str, &'r str), String>);

impl<'r> Rows<'r> {
    fn new(beside: &'r [Beside]) -> Self {
        let all = beside.iter().flat_map(|one| {
            let named = one.indicators.iter().enumerate();
            named.map(|(index, id)| {
                ((one.view.source_file.as_str(), id.as_str()), format!("{}#i{}", one.view.page, index + 1))
            })
        });
        Rows(all.collect())
    }

    fn side(&self, side: &Side, common: Option<(Decimal, Decimal)>, scaled: Option<Decimal>) -> SideView {
        let who = side.entity.as_deref().map(super::document::short).unwrap_or(&side.document_id);
        SideView {
            href: self.0.get(&(side.source_file.as_str(), side.indicator_id.as_str())).cloned(),
            who: side.year.map_or_else(|| who.to_owned(), |year| format!("{who} {year}")),
            name: side.name.clone(),
            value: side.shown.as_ref().map(value),
            common: common.map(|(own, _)| Number::plain(own)),
            length: common
                .and_then(|(own, most)| own.checked_div(most))
                .map_or(0, |share| format::length(share * Decimal::ONE_HUNDRED)),
            scaled: scaled.map(|own| Number::plain(own.round_dp(2))),
        }
    }
}

fn value(shown: &Shown) -> Value {
    Value {
        role: match shown.role {
            "baseline" => "Valore di partenza",
            "actual" => "Risultato",
            _ => "Target",
        },
        period: shown.period.map(format::day),
        raw: shown.raw.clone(),
    }
}

pub(super) fn compared(highlights: &Highlights, beside: &[Beside]) -> Compared {
    let rows = Rows::new(beside);
    let of = |found: &[Match]| -> Vec<Pair> {
        let mut of: Vec<&Match> = found.iter().collect();
        // What measures one thing stands together; in itself the better first, as the comparison has it.
        of.sort_by_key(|m| (m.theme.map(|theme| &theme.title), m.thing));
        of.into_iter().map(|m| pair(&rows, m)).collect()
    };
    Compared {
        documents: beside.iter().map(|one| Head { page: one.view.page.clone(), name: one.view.name.clone() }).collect(),
        themes: heat(beside),
        sure: of(&highlights.sure),
        related: of(&highlights.related),
        possible: of(&highlights.possible),
        years: years(&highlights.years, &rows),
        more_years: highlights.more_years,
        more_pairs: highlights.more_pairs,
    }
}

fn heat(beside: &[Beside]) -> Vec<ThemeLine> {
    let mut lines = Vec::new();
    for theme in themes() {
        let cell = |one: &Beside| {
            let of_theme = |row: &&ComparisonRow| row.theme == Some(theme.id.as_str());
            let find = |measure| one.rows.iter().filter(of_theme).find(|row| row.measure == measure);
            let percent =
                |measure| find(measure).and_then(|row| row.value).map(|value| Number::plain(value.round_dp(1)));
            let own = find("theme_indicators")?;
            let share = own.value?;
            let steps = [0, 5, 10, 20].map(Decimal::from);
            Some(Heat {
                step: u8::try_from(steps.iter().filter(|step| share > **step).count()).unwrap_or(0),
                count: own.numerator.map(Number::plain),
                share: Number::plain(share.round_dp(1)),
                weight: percent("theme_weight"),
                achievement: percent("theme_achievement"),
            })
        };
        let cells: Vec<Option<Heat>> = beside.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            lines.push(ThemeLine { title: Told { it: theme.title.clone(), en: theme.title_en.clone() }, cells });
        }
    }
    lines
}

fn pair(rows: &Rows<'_>, found: &Match) -> Pair {
    let common = found.common.as_ref();
    let most = common.map_or(Decimal::ONE, |c| c.left.max(c.right));
    let scaled = common.and_then(|c| c.scaled.as_ref());
    Pair {
        thing: found.thing.map(str::to_owned),
        theme: found.theme.map(|theme| Told { it: theme.title.clone(), en: theme.title_en.clone() }),
        verdict: match found.verdict {
            Verdict::Confirmed => "confermato",
            Verdict::Sure => "sicuro",
            Verdict::Related => "affine",
            Verdict::Possible => "possibile",
            Verdict::Rejected => "respinto",
        },
        score: Number::percent(found.score.round_dp(0)),
        words: found.words.join(", "),
        sides: [
            rows.side(&found.left, common.map(|c| (c.left, most)), scaled.map(|s| s.left)),
            rows.side(&found.right, common.map(|c| (c.right, most)), scaled.map(|s| s.right)),
        ],
        unit: common.map(|c| c.unit.clone()),
        scaled: scaled.map(|s| s.per),
        reason: found.not_comparable.clone(),
    }
}

/// The rows by pair of documents, in their order; what goes on first.
fn years(all: &[YearRow], rows: &Rows<'_>) -> Vec<Years> {
    let mut out: Vec<(&str, &str, Years)> = Vec::new();
    for row in all {
        let place = out.iter().position(|(from, to, _)| *from == row.from_document && *to == row.to_document);
        let place = place.unwrap_or_else(|| {
            out.push((&row.from_document, &row.to_document, none(row)));
            out.len() - 1
        });
        let Some((_, _, years)) = out.get_mut(place) else { continue };
        match row.status {
            Status::Continued => years.continued += 1,
            Status::Dropped => years.dropped += 1,
            Status::New => years.new += 1,
        }
        years.below += usize::from(row.target_below_result == Some(true));
        years.unequal += usize::from(row.baseline_is_result == Some(false));
        years.rows.push(year_line(rows, row));
    }
    let order = |line: &YearLine| ["continua", "nuovo", "lasciato"].iter().position(|status| *status == line.status);
    out.into_iter()
        .map(|(_, _, mut years)| {
            years.rows.sort_by_key(order);
            years
        })
        .collect()
}

fn none(row: &YearRow) -> Years {
    Years {
        entity: row.entity.clone(),
        from: row.from_year,
        to: row.to_year,
        continued: 0,
        dropped: 0,
        new: 0,
        below: 0,
        unequal: 0,
        rows: Vec::new(),
    }
}

fn year_line(rows: &Rows<'_>, row: &YearRow) -> YearLine {
    YearLine {
        status: match row.status {
            Status::Continued => "continua",
            Status::Dropped => "lasciato",
            Status::New => "nuovo",
        },
        before: row.before.as_ref().map(|side| rows.side(side, None, None)),
        after: row.after.as_ref().map(|side| rows.side(side, None, None)),
        target_before: row.target_before.as_ref().map(value),
        baseline: row.baseline.as_ref().map(value),
        baseline_is_result: row.baseline_is_result,
        below: row.target_below_result,
        explanation: row.explanation.clone(),
    }
}
