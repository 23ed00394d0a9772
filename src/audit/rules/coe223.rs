//! COE223: la stessa misura in due punti con cifre diverse.

use super::prelude::*;
use std::collections::HashMap;

use super::twins::twins;

pub(super) static RULE: Rule = Rule {
    code: "COE223",
    severity: Severity::Warning,
    title: Text {
        it: "la stessa misura in due punti con cifre diverse",
        en: "the same measure in two places with other figures",
    },
    what: "Cerca, sotto obiettivi diversi, gli indicatori con nomi simili e lo stesso risultato (o gli stessi valori) di cui però uno cambia: obiettivo, valore di partenza, risultato, o il segno davanti all'obiettivo. Dove cambia solo il segno è una nota.",
    why: "Chi legge non sa quale delle due cifre vale; una delle due tabelle non è stata aggiornata.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Tabella dell'ente: obiettivo >= 10, risultato 37; scheda dell'ufficio: obiettivo >= 7, risultato 37.",
    advice: Text {
        it: "controllare quale cifra vale e correggere l'altra",
        en: "check which figure is right and correct the other",
    },
    gather: Some(8),
    check: Check::Document(check),
};

/// How much two names must share to be one indicator's.
const NAMES: f64 = 0.7;

/// An indicator with what it is compared by.
struct Told<'a> {
    index: usize,
    indicator: &'a Indicator,
    stems: Vec<String>,
    /// Of the name and of the objective's title.
    around: Vec<String>,
    name: String,
}

/// Stems that say nothing of what is measured.
const COMMON: [&str; 14] = [
    "numero", "attivi", "realiz", "indica", "obiett", "proget", "impres", "camera", "serviz", "svilup", "percen",
    "annual", "ufficio", "settor",
];

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let stem = |w: String| w.chars().take(6).collect::<String>();
    let all: Vec<Told> = view
        .indicators()
        .map(|(index, indicator)| {
            let sorted = |text: &str| {
                let mut stems: Vec<String> = words(text).into_iter().map(stem).collect();
                stems.sort();
                stems.dedup();
                stems
            };
            let title = view.objective_of(indicator).map_or("", |o| o.title.as_str());
            let around = format!("{} {title}", indicator.name);
            let mut around = sorted(&format!("{around} {}", initials(&around)));
            around.retain(|w| !COMMON.contains(&w.as_str()));
            Told { index, indicator, stems: sorted(&indicator.name), around, name: key(&indicator.name) }
        })
        .collect();
    let mut names: HashMap<&str, usize> = HashMap::new();
    for told in all.iter().filter(|t| t.indicator.same_as.is_none()) {
        *names.entry(&told.name).or_default() += 1;
    }
    let usual = |t: &Told| names.get(t.name.as_str()).is_some_and(|n| *n > 2);
    let twins = twins(view);
    let mut out = Vec::new();
    let mut told: Vec<usize> = Vec::new();
    for (at, a) in all.iter().enumerate().filter(|(_, a)| a.indicator.same_as.is_none()) {
        let mut again: Vec<String> = Vec::new();
        for b in all.iter().skip(at + 1).filter(|b| b.indicator.objective != a.indicator.objective) {
            let repeats = b.indicator.same_as.as_deref() == Some(&a.indicator.indicator_id);
            if b.indicator.same_as.is_some() && !repeats
                || told.contains(&b.index)
                || twins.contains(&(a.index, b.index))
            {
                continue;
            }
            let Some(finding) = differ(rule, view, a, b, usual(a) || usual(b)) else { continue };
            told.push(b.index);
            // The office's sheet and its head's tell the same once more.
            if !again.contains(&b.name) {
                out.push(finding);
            }
            again.push(b.name.clone());
        }
    }
    out
}

fn differ(rule: &Rule, view: &View<'_>, a: &Told, b: &Told, usual: bool) -> Option<Finding> {
    let shared = a.stems.iter().filter(|w| b.stems.contains(w)).count();
    let longest = a.stems.len().max(b.stems.len()).max(1);
    // Counts of words are far below what a float holds.
    let likeness = shared as f64 / longest as f64;
    let around = a.around.iter().filter(|w| b.around.contains(w)).count();
    if shared == 0 || around < 2 {
        return None;
    }
    let values = |t: &Told| {
        let of = |m: Option<&DatedMeasure>| m.map(|m| m.measure.clone());
        [of(t.indicator.baseline.as_ref()), of(view.year_target(t.indicator)), of(view.actual(t.indicator))]
    };
    const LABELS: [(&str, &str); 3] =
        [("valore di partenza", "baseline"), ("obiettivo", "target"), ("risultato", "actual")];
    let (x, y) = (values(a), values(b));
    let (mut equals, mut others, mut telling) = (0, Vec::new(), false);
    for ((label, a), b) in LABELS.iter().zip(&x).zip(&y) {
        let (Some(a), Some(b)) = (a.as_ref().filter(|m| told(m)), b.as_ref().filter(|m| told(m))) else { continue };
        let (Some(n), Some(m)) = (number(a), number(b)) else { continue };
        if n != m {
            others.push((*label, a.clone(), b.clone(), false));
        } else if signs_differ(a, b) {
            others.push((*label, a.clone(), b.clone(), true));
        } else {
            equals += 1;
            telling |= is_telling(n);
        }
    }
    let same = likeness >= NAMES && !usual && shared > 2 || telling;
    let [((it, en), first, second, sign)] = &others[..] else { return None };
    if !same || equals == 0 || *sign && !telling {
        return None;
    }
    let other = view.name(a.indicator);
    let mut finding = view.on(rule, b.index).at(&second.source);
    finding = finding.quote("qui", "here", &second.raw).quote("altrove", "elsewhere", &first.raw);
    if *sign {
        finding = finding.weighs(Severity::Info);
    }
    // Where the other value stands tells most; that the rest is the same tells why the two are one.
    let above =
        a.indicator.objective.and_then(|o| view.places.of_objective(o)).map_or_else(String::new, |p| format!("{p} › "));
    let same = LABELS.iter().zip(&x).zip(&y).find_map(|((label, a), b)| {
        let (a, b) = (a.as_ref()?, b.as_ref()?);
        (label.0 != *it && told(a) && number(a).is_some() && number(a) == number(b)).then(|| (*label, b.raw.clone()))
    });
    let (why, because) = same.map_or_else(Default::default, |((it, en), raw)| {
        (format!("; {it} uguale: «{raw}»"), format!("; the same {en}: “{raw}”"))
    });
    Some(finding.says(
        format!("{it} «{}» qui, «{}» in {above}{other}{why}", second.raw, first.raw),
        format!(
            "{en} “{}” here, “{}” in {above}{}{because}",
            second.raw,
            first.raw,
            view.name_in(a.indicator, Language::English)
        ),
    ))
}

/// "= 1.410" asks for something else than ">= 1.410".
fn signs_differ(a: &Measure, b: &Measure) -> bool {
    matches!((a.reading.operator, b.reading.operator), (Some(x), Some(y)) if x != y)
}

/// Whether a figure is no round or small one that many indicators have.
fn is_telling(n: Decimal) -> bool {
    let n = n.abs();
    n > Decimal::TEN && n != Decimal::from(12) && !(n % Decimal::from(5)).is_zero()
}

/// The first letters of three words and more that follow each other, as abbreviations are made: "Punto impresa digitale" is the
/// PID.
fn initials(text: &str) -> String {
    let words: Vec<String> = key(text).split(' ').filter(|w| w.len() > 3).map(str::to_owned).collect();
    let first = |run: &[String]| run.iter().filter_map(|w| w.chars().next()).collect::<String>();
    words.windows(3).map(first).collect::<Vec<_>>().join(" ")
}
