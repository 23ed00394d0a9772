//! COE263: lo stesso commento per due indicatori.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE263",
    severity: Severity::Warning,
    title: Text { it: "il commento è quello di un altro indicatore", en: "the comment is that of another indicator" },
    what: "Cerca i commenti identici sotto due obiettivi, quando parlano dell'indicatore di uno solo dei due o dicono di un \
          calo dove l'obiettivo è raggiunto.",
    why: "Il commento è copiato: il risultato non è spiegato.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "«Webinar molto partecipati» sotto «Webinar organizzati» e sotto «Ispezioni metrologiche».",
    advice: Text { it: "scrivere il commento di questo indicatore", en: "write this indicator's own comment" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let all: Vec<(usize, &Indicator, &str, String)> = view
        .indicators()
        .filter(|(_, i)| i.same_as.is_none())
        .filter_map(|(n, i)| Some((n, i, i.note.as_deref()?)))
        .filter(|(_, _, note)| words(note).len() > 2)
        .map(|(n, i, note)| (n, i, note, key(note)))
        .collect();
    let mut out = Vec::new();
    for (index, indicator, note, words) in &all {
        let same: Vec<&Indicator> =
            all.iter().filter(|(n, _, _, other)| n != index && other == words).map(|(_, i, ..)| *i).collect();
        let [other] = same[..] else { continue };
        let names = |i: &Indicator| {
            let title = view.objective_of(i).map_or("", |o| o.title.as_str());
            format!("{} {title}", i.name)
        };
        // What the comment speaks of is the other's.
        let foreign = covered(note, &names(other)) > 0.0
            && covered(note, &names(indicator)) == 0.0
            && covered(note, &other.name) > 0.0
            && covered(&indicator.name, &other.name) == 0.0;
        let short = said(note, &view.phrases.shortfall).is_some() && reached(view, indicator) && !reached(view, other);
        if !foreign && !short {
            continue;
        }
        out.push(view.on(rule, *index).quote("commento", "comment", note).says(
            if short && !foreign {
                format!("il commento parla di un calo, ma l'obiettivo è raggiunto; è lo stesso di {}", view.name(other))
            } else {
                format!("lo stesso commento sta sotto un altro indicatore, di cui parla: {}", view.name(other))
            },
            format!("the same comment stands under another indicator: {}", view.name_in(other, Language::English)),
        ));
    }
    out
}

/// Whether the printed rate says that the target was reached, or the figures do.
fn reached(view: &View<'_>, indicator: &Indicator) -> bool {
    if let Some(rate) = indicator.achievement.as_ref().and_then(number) {
        return rate >= Decimal::ONE_HUNDRED;
    }
    let pair = view.actual(indicator).zip(view.year_target(indicator));
    pair.and_then(|(a, t)| Some((number(&a.measure)?, number(&t.measure)?, t)))
        .is_some_and(|(a, t, target)| if higher_is_better(indicator, &target.measure) { a >= t } else { a <= t })
}
