//! ATT120: una colonna intestata a un anno che le altre schede non hanno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ATT120",
    severity: Severity::Warning,
    title: Text {
        it: "un'intestazione con un anno che le altre schede non hanno",
        en: "a heading with a year that the other sheets don't have",
    },
    what: "Confronta tra le schede l'anno del valore di partenza e quello dell'obiettivo annuale: segnala le poche schede con \
          un anno diverso da quello di quasi tutte le altre.",
    why: "L'intestazione è rimasta da un documento precedente, o la cifra è di un altro anno.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "«Baseline 2021» in una scheda, «Baseline 2022» nelle altre quattordici.",
    advice: Text { it: "controllare l'anno dell'intestazione", en: "check the heading's year" },
    gather: None,
    check: Check::Document(check),
};

/// An indicator, the year of a column of its, and what is printed there.
type Dated<'a> = (usize, &'a Indicator, i16, &'a Measure);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let starts: Vec<Dated<'_>> = view
        .indicators()
        .filter_map(|(n, i)| i.baseline.as_ref().and_then(|b| Some((n, i, b.period?.year(), &b.measure))))
        .filter(|(_, _, _, measure)| told(measure))
        .collect();
    let annual: Vec<Dated<'_>> = view
        .indicators()
        .filter_map(|(n, i)| {
            let ends = |t: &&DatedMeasure| !t.revised && t.period.is_some_and(|p| p.month() == 12);
            let mut all = i.targets.iter().filter(ends);
            // Several years are told by the rule on the document's.
            let (one, None) = (all.next()?, all.next()) else { return None };
            Some((n, i, one.period?.year(), &one.measure))
        })
        .collect();
    let mut out = odd(rule, view, &starts, ("valore di partenza", "baseline"));
    // Targets that are all of another year are told by the rule on the document's year.
    let year = view.plan.card.year;
    let half = |f: &Finding| {
        let own = view.indicators().find(|(_, i)| Some(&i.indicator_id) == f.subject_id.as_ref());
        own.is_some_and(|(_, i)| i.targets.iter().any(|t| t.period.map(|p| p.year()) == year))
    };
    out.extend(odd(rule, view, &annual, ("obiettivo annuale", "annual target")).into_iter().filter(half));
    out
}

fn odd(rule: &Rule, view: &View<'_>, all: &[Dated<'_>], (it, en): (&'static str, &'static str)) -> Vec<Finding> {
    let often = |year: i16| all.iter().filter(|(_, _, y, _)| *y == year).count();
    let Some((_, _, usual, _)) = all.iter().max_by_key(|(_, _, y, _)| often(*y)) else { return Vec::new() };
    let other: Vec<&Dated<'_>> = all.iter().filter(|(_, _, y, _)| y != usual).collect();
    let mut shared: Vec<Option<usize>> = other.iter().map(|(_, i, ..)| i.objective).collect();
    shared.dedup();
    // Several sheets with their own years are made that way; the document's own year is told by another rule.
    let own_year = other.iter().any(|(_, _, y, _)| Some(*y) == view.plan.card.year);
    if all.len() < 6 || other.is_empty() || other.len() * 5 > all.len() || shared.len() > 3 || own_year {
        return Vec::new();
    }
    let mut years: Vec<i16> = other.iter().map(|o| o.2).collect();
    years.sort_unstable();
    years.dedup();
    let finding = |year: i16| {
        let (index, _, _, measure) = other.iter().find(|o| o.2 == year)?;
        let (here, n) = (other.iter().filter(|o| o.2 == year).count(), often(*usual));
        Some(view.on(rule, *index).at(&measure.source).quote(it, en, &measure.raw).says(
            format!(
                "{it}: intestato al {year} in {}, al {usual} in {n} altri",
                count(here, "indicatore", "indicatori")
            ),
            format!("{en}: headed {year} for {here} indicators, {usual} for {n} others"),
        ))
    };
    years.into_iter().filter_map(finding).collect()
}
