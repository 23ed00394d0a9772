//! COM301: manca il valore di partenza.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM301",
    severity: Severity::Warning,
    title: Text { it: "manca il valore di partenza", en: "the baseline is missing" },
    what: "Cerca gli indicatori senza valore di partenza, o con un segnaposto, in un documento in cui gli altri \
          lo hanno.",
    why: "Senza valore di partenza non si sa se l'obiettivo chiede un miglioramento.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. e) ed f): gli obiettivi sono commisurati a valori di \
          riferimento e confrontabili con gli anni precedenti.",
    example: "BASELINE: cella vuota.",
    advice: Text {
        it: "dare il valore dell'anno prima, o scrivere «nuova attività»",
        en: "give last year's value, or write that the activity is new",
    },
    gather: Some(6),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let of = |i: &Indicator| view.objective_of(i).map(|o| o.level);
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = indicator.baseline.as_ref();
        if baseline
            .is_some_and(|b| told(&b.measure) || said(&b.measure.raw, &view.lexicon.phrases.no_baseline).is_some())
            || indicator.targets.is_empty()
        {
            return None;
        }
        // Words that say that there is nothing to compare with are no gap.
        if baseline.is_some_and(|b| b.measure.raw.chars().any(char::is_alphabetic)) {
            return None;
        }
        // An act to be adopted by a day has no year before.
        let act = view.year_target(indicator).is_some_and(|t| t.measure.reading.kind == Kind::Date);
        if act || baseline.is_some_and(|b| explained(view, &b.measure.raw)) {
            return None;
        }
        let like = || view.indicators().filter(|(_, other)| of(other) == of(indicator) && !other.targets.is_empty());
        let with = like().filter(|(_, other)| other.baseline.is_some()).count();
        if with * 2 < like().count() {
            return None;
        }
        let mut finding = view.on(rule, index);
        if let Some(b) = baseline {
            finding = finding.at(&b.measure.source).quote("valore di partenza", "baseline", &b.measure.raw);
        }
        Some(finding.says("il valore di partenza manca", "the baseline is missing"))
    };
    view.indicators().filter_map(finding).collect()
}

/// Whether a note says that the sign stands for something new: "quelli contrassegnati con «–» si riferiscono ad attività di nuova
/// istituzione".
fn explained(view: &View<'_>, sign: &str) -> bool {
    let sign = sign.trim();
    let marks = [('“', '”'), ('«', '»'), ('"', '"'), ('(', ')'), ('‘', '’')];
    let marked: Vec<String> = marks.iter().map(|(open, close)| format!("{open}{sign}{close}")).collect();
    !sign.is_empty()
        && view.plan.passages.iter().flat_map(|p| &p.cells).any(|c| {
            marked.iter().any(|m| c.raw.contains(m.as_str())) && key(&c.raw).split(' ').any(|w| w.starts_with("nuov"))
        })
}
