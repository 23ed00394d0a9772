//! The day a value refers to, from the words over or beside it: "al 30/6", "Target 2019", "primo semestre 2021".

use jiff::civil::Date;

use super::value::calendar::month_end;
use super::value::fold::fold;
use super::value::token::{Kind, Token, token_year, tokens};
use super::value::words;

/// The period a value refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The last day the value refers to.
    pub end: Date,
    /// The label names a year as a whole, not a day, month or part of it ("Target 2019", "target annuale").
    pub annual: bool,
}

/// Reads the period a label names; `document_year` completes what the label leaves out ("al 30/6", "target annuale").
/// `None` where no period is in it, or its year is nowhere. Years are 1990 to 2099.
///
/// Of several days the last counts, of several years the first; of a span of years ("triennio 2021-2023") its last.
pub fn read_period(label: &str, document_year: Option<i16>) -> Option<Period> {
    let tokens = tokens(&fold(label));
    let year = printed_year(&tokens).or_else(|| relative_year(&tokens, document_year));
    let day = |end| Some(Period { end, annual: false });
    let dated = tokens.iter().rev().find_map(|token| match token.kind {
        Kind::Date(date) | Kind::Month(date) => known(date),
        Kind::DayMonth(date) => date.in_year(year.or(document_year)?),
        _ => None,
    });
    if let Some(date) = dated.or_else(|| pointed_day(&tokens, year.or(document_year))) {
        return day(date);
    }
    if let Some(month) = part_of_year(&tokens) {
        return day(month_end(year.or(document_year)?, month)?);
    }
    let annual = year.or_else(|| tokens.iter().any(is_annual).then_some(document_year).flatten())?;
    Some(Period { end: month_end(annual, 12)?, annual: true })
}

fn known(date: Date) -> Option<Date> {
    (1990..=2099).contains(&date.year()).then_some(date)
}

/// The year the label prints, if it isn't part of a date or an act.
fn printed_year(tokens: &[Token]) -> Option<i16> {
    let span = tokens.iter().find_map(|token| match token.kind {
        Kind::YearSpan(last) => Some(last),
        _ => None,
    });
    span.or_else(|| {
        let years: Vec<(usize, i16)> =
            tokens.iter().enumerate().filter_map(|(at, token)| Some((at, token_year(token)?))).collect();
        let &[(first, year), ..] = years.as_slice() else { return None };
        // "2021 - 2023", "dal 2021 al 2023"
        let span = years.get(1).filter(|(second, last)| {
            let between = tokens.get(first + 1..*second).unwrap_or_default();
            let joint = between.first().is_some_and(|token| {
                matches!(token.kind, Kind::Dash { single: true, .. } | Kind::Slash) || token.is_word("al")
            });
            between.len() == 1 && joint && *last > year
        });
        Some(span.map_or(year, |(_, last)| *last))
    })
}

/// "esercizio precedente", "secondo anno" and "anno in corso", counted from the document's year.
fn relative_year(tokens: &[Token], document_year: Option<i16>) -> Option<i16> {
    let year = document_year?;
    let said: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let of_a_year = |word: &str| matches!(word, "anno" | "esercizio" | "annualità");
    if !said.iter().copied().any(of_a_year) {
        return None;
    }
    if said.iter().any(|word| matches!(*word, "precedente" | "scorso" | "passato")) {
        return year.checked_sub(1);
    }
    if said.iter().any(|word| matches!(*word, "successivo" | "prossimo")) {
        return year.checked_add(1);
    }
    let ordinal = tokens.windows(2).find_map(|pair| match pair {
        [number, unit] if unit.word().is_some_and(of_a_year) => ordinal(number),
        _ => None,
    });
    year.checked_add(i16::from(ordinal?) - 1)
}

/// The last month of the half-year, quarter or the like that the label names.
fn part_of_year(tokens: &[Token]) -> Option<i8> {
    let named = tokens.iter().enumerate().find_map(|(at, token)| {
        let months: i8 = match token.word()? {
            "semestre" | "sem" => 6,
            "quadrimestre" => 4,
            "trimestre" | "trim" => 3,
            "bimestre" => 2,
            _ => return None,
        };
        // The number stands before ("I semestre") or, in tables, behind ("semestre 1").
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let number = before.and_then(|token| part(token, months)).or_else(|| part(tokens.get(at + 1)?, months))?;
        number.checked_mul(months).filter(|month| (1..=12).contains(month))
    });
    let half_yearly = || {
        let of_half_year = |token: &Token| matches!(token.word(), Some("semestrale" | "infrannuale"));
        let frequency = |token: &Token| matches!(token.word(), Some("frequenza" | "periodicità" | "cadenza"));
        (tokens.iter().any(of_half_year) && !tokens.iter().any(frequency)).then_some(6)
    };
    named.or_else(half_yearly)
}

fn part(token: &Token, months: i8) -> Option<i8> {
    match token.kind {
        Kind::Word if matches!(token.text.as_str(), "ultimo" | "ultima") => Some(12 / months),
        Kind::Number(figure) if figure.plain => token.text.parse().ok(),
        _ => ordinal(token),
    }
}

/// "I", "1°", "primo".
fn ordinal(token: &Token) -> Option<i8> {
    match token.kind {
        Kind::Ordinal(number) => Some(number),
        Kind::Word => Some(match token.text.as_str() {
            "i" | "primo" | "prima" => 1,
            "ii" | "secondo" | "seconda" => 2,
            "iii" | "terzo" | "terza" => 3,
            "iv" | "quarto" | "quarta" => 4,
            "v" | "quinto" | "quinta" => 5,
            "vi" | "sesto" | "sesta" => 6,
            _ => return None,
        }),
        _ => None,
    }
}

/// "30.6" and "31.12" where no preposition marks them as days ("Target 30.06"), which figures of labels never are.
fn pointed_day(tokens: &[Token], year: Option<i16>) -> Option<Date> {
    tokens.iter().rev().find_map(|token| {
        let Kind::Number(_) = token.kind else { return None };
        let (day, month) = token.text.split_once('.')?;
        let date = Date::new(year?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (date == date.last_of_month()).then_some(date)
    })
}

/// Words that mean the whole year of the document.
fn is_annual(token: &Token) -> bool {
    token.word().is_some_and(|word| {
        matches!(
            words::plain_form(word),
            "annuale" | "annuo" | "anno" | "annua" | "esercizio" | "annualità" | "consuntivo"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(label: &str) -> Option<(String, bool)> {
        read_period(label, Some(2019)).map(|period| (period.end.to_string(), period.annual))
    }

    #[test]
    fn days_of_a_year() {
        for (label, end) in [
            ("al 30/6", "2019-06-30"),
            ("Al 30/6", "2019-06-30"),
            ("al 31/12", "2019-12-31"),
            ("al 31.12", "2019-12-31"),
            ("Target 30.06", "2019-06-30"),
            ("al 30.6.2020", "2020-06-30"),
            ("Nuova previsione al 31/12", "2019-12-31"),
            ("Previsione al 30.6.2018", "2018-06-30"),
            ("Monitoraggio 31.12.2018", "2018-12-31"),
            ("31 dicembre 2020", "2020-12-31"),
            ("30 giugno", "2019-06-30"),
            ("Target 2021 al 30/6", "2021-06-30"),
            ("al 31/12/18", "2018-12-31"),
            ("dal 1/1/2021 al 30/9/2021", "2021-09-30"),
            ("1° gennaio 2020", "2020-01-01"),
            ("2019-06-30", "2019-06-30"),
        ] {
            assert_eq!(read(label), Some((end.to_owned(), false)), "{label}");
        }
    }

    #[test]
    fn parts_of_a_year() {
        for (label, end) in [
            ("I semestre", "2019-06-30"),
            ("II semestre 2020", "2020-12-31"),
            ("primo semestre 2021", "2021-06-30"),
            ("1° semestre", "2019-06-30"),
            ("III trimestre 2020", "2020-09-30"),
            ("ultimo trimestre", "2019-12-31"),
            ("secondo quadrimestre", "2019-08-31"),
            ("Monitoraggio semestrale", "2019-06-30"),
            ("settembre 2020", "2020-09-30"),
            ("febbraio 2020", "2020-02-29"),
            ("dic. 2020", "2020-12-31"),
            ("nel mese di marzo", "2019-03-31"),
        ] {
            assert_eq!(read(label), Some((end.to_owned(), false)), "{label}");
        }
    }

    #[test]
    fn whole_years() {
        for (label, end) in [
            ("Target 2021", "2021-12-31"),
            ("Anno:2021", "2021-12-31"),
            ("Anno:2021---", "2021-12-31"),
            ("Anno 2017:", "2017-12-31"),
            ("2018", "2018-12-31"),
            ("[anno 2018]", "2018-12-31"),
            ("Target storico di riferimento: anno 2018", "2018-12-31"),
            ("Valore indicatori monitoraggi 2020", "2020-12-31"),
            ("2018 Consuntivo", "2018-12-31"),
            ("2020 previsione iniziale", "2020-12-31"),
            ("triennio 2021-2023", "2023-12-31"),
            ("triennio 2021 - 2023", "2023-12-31"),
            ("a.s. 2018/19", "2019-12-31"),
            ("target annuale", "2019-12-31"),
            ("target anno", "2019-12-31"),
            ("Target conseguito nell'esercizio precedente", "2018-12-31"),
            ("Consuntivo anno precedente", "2018-12-31"),
            ("Target secondo anno", "2020-12-31"),
            ("Risultato effettivo 2012", "2012-12-31"),
        ] {
            assert_eq!(read(label), Some((end.to_owned(), true)), "{label}");
        }
    }

    #[test]
    fn no_period() {
        for label in ["Target", "Peso", "Indicatore 12", "D.Lgs. 150/2009", "peso ind. (%)", "Valore 1989", "2100", ""]
        {
            assert_eq!(read(label), None, "{label}");
        }
        assert_eq!(read_period("al 30/6", None), None);
        assert_eq!(read_period("target annuale", None), None);
        assert_eq!(read_period("31 dicembre", None), None);
    }
}
