//! COE234: contato come fatto, ma il commento dice che è in corso.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::around;

pub(super) static RULE: Rule = Rule {
    code: "COE234",
    severity: Severity::Warning,
    title: Text {
        it: "contato come fatto, ma il commento dice che è in corso",
        en: "counted as done, but the comment says it is under way",
    },
    what: "Cerca nei commenti ai risultati raggiunti «in fase di …», «in corso di …» con la parola che l'indicatore misura, e i lavori da concludere dove l'indicatore conta quelli conclusi.",
    why: "Il risultato è dato per raggiunto prima che lo sia.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Indicatore «dashboard pubblicati», risultato 3, commento «in fase di pubblicazione».",
    advice: Text { it: "contare solo ciò che è concluso alla data", en: "count only what is done by the day" },
    gather: Some(8),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static UNDER_WAY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:in fase di|in corso di|in via di|in attesa di)\s+([\p{L}]{6,})")
            .expect("constant pattern")
    });
    static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:mancano|manca)\s[^.;]{0,30}conclusion\p{L}*|\bnon ancora (?:conclus|terminat)|\bproseguir[àa]\b|\bda concludere\b|\bè stat[oa] avviat[oa]\b|\bAvviat[oa]\b")
            .expect("constant pattern")
    });
    // What is said to be done, or not to be counted, is not what is counted.
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\b(?:e|stat[oaie]|anche)\s+(?:conclus|terminat|completat)[oaie]\b").expect("constant pattern")
    });
    static APART: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)\bnon\s+(?:è|sono|viene|vengono)\s+(?:stat[oaie]\s+)?(?:conteggiat|rendicontat|considerat|calcolat|inclus|comput)")
            .expect("constant pattern")
    });
    let stem = |w: &str| key(w).chars().take(6).collect::<String>();
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|a| indicator.same_as.is_none() && told(&a.measure))?;
        let note = indicator.note.as_deref()?;
        let name: Vec<String> = words(&indicator.name).iter().map(|w| stem(w)).collect();
        let target = view.target_for(indicator, actual)?;
        let met = match (number(&actual.measure), number(&target.measure)) {
            (Some(a), Some(t)) => a >= t,
            _ => actual.measure.reading.value == Some(Value::Boolean(true)),
        };
        let done = name.iter().any(|w| ["conclu", "comple", "termin", "chiusu"].contains(&w.as_str()));
        let under_way = UNDER_WAY.captures_iter(note).find(|m| name.contains(&stem(&m[1]))).map(|m| m[0].to_owned());
        let goes_on = || GOES_ON.find(note).filter(|_| done).map(|m| m.as_str().to_owned());
        // "1 accordo con il Comune; in corso di sottoscrizione altri …": an entry of its own behind counted ones is not counted.
        let counted = |words: &str| {
            let before = note.split_once(words).map_or("", |(before, _)| before.trim_end_matches(' '));
            let apart = before.ends_with([';', '\n']);
            apart && before.split(|c: char| !c.is_alphanumeric()).any(|w| w.len() < 3 && w.parse::<u8>().is_ok())
        };
        let finished = number(&actual.measure).is_some_and(|a| Decimal::from(DONE.find_iter(note).count()) >= a);
        let under_way = under_way.filter(|w| !counted(w) && !APART.is_match(note));
        let words = under_way.or_else(|| goes_on().filter(|_| !finished)).filter(|_| met)?;
        let sentence = note.split_inclusive(['.', ';', '\n']).find(|s| s.contains(&words)).unwrap_or(&words);
        Some(
            view.on(rule, index)
                .at(&actual.measure.source)
                .quote("risultato", "actual", &actual.measure.raw)
                .quote("commento", "comment", &around(sentence.trim(), &words))
                .says(
                    format!("il risultato è contato come raggiunto, il commento dice «{words}»"),
                    format!("the actual counts as met, the comment says “{words}”"),
                ),
        )
    };
    view.indicators().filter_map(finding).collect()
}
