//! COE254: obiettivo e valore di partenza nella stessa frase, con un numero più basso.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE254",
    severity: Severity::Info,
    title: Text { it: "la stessa frase con un numero più basso", en: "the same sentence with a lower number" },
    what: "Confronta i valori di partenza e gli obiettivi scritti come frasi: cerca la stessa frase («esame di almeno 8.500 istanze») con un numero più basso, e i valori di partenza che elencano più date di quante volte chiede l'obiettivo.",
    why: "Un obiettivo sotto il valore di partenza chiede di fare di meno.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. c): gli obiettivi determinano un significativo miglioramento.",
    example: "Partenza «alla data del 31 marzo, del 31 maggio, del 30 settembre e del 30 novembre», obiettivo «3 presentazioni».",
    advice: Text {
        it: "alzare l'obiettivo, o dire perché è più basso",
        en: "raise the target, or say why it is lower",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(&format!(r"(?i)\b\d{{1,2}}[°º]?\s+(?:{})\b", crate::document::MONTHS)).expect("constant pattern")
    });
    let finding = |(index, indicator): (usize, &Indicator)| {
        let baseline = &indicator.baseline.as_ref().filter(|_| indicator.same_as.is_none())?.measure;
        let target = &view.year_target(indicator)?.measure;
        let finding = || {
            view.on(rule, index)
                .at(&target.source)
                .quote("valore di partenza", "baseline", &shortened(&baseline.raw))
                .quote("obiettivo", "target", &shortened(&target.raw))
        };
        let dates = DAY.find_iter(&baseline.raw).count();
        let wanted = number(target).filter(|n| n.fract().is_zero() && target.reading.kind == Kind::Number);
        if let Some(wanted) = wanted
            && dates > 2
            && Decimal::from(dates) > wanted
            && similar(&baseline.raw, &target.raw) > 0.1
        {
            return Some(finding().says(
                format!("il valore di partenza elenca {dates} date, l'obiettivo ne chiede {}", italian(wanted, 0)),
                format!("the baseline lists {dates} dates, the target asks for {}", italian(wanted, 0)),
            ));
        }
        let (before, after) = (sentence(&baseline.raw)?, sentence(&target.raw)?);
        // Other rules compare values that count the same noun.
        let noun = |s: &Sentence| s.words.get(s.at).cloned();
        let same = before.words.len() == after.words.len() && before.at == after.at && noun(&before) != noun(&after);
        let apart: usize = before.words.iter().zip(&after.words).map(|(a, b)| strsim::levenshtein(a, b)).sum();
        (same && apart < 3 && before.number > after.number && higher_is_better(indicator, target)).then(|| {
            finding().says(
                format!("la stessa frase, con {} al posto di {}", italian(after.number, 0), italian(before.number, 0)),
                format!(
                    "the same sentence, with {} instead of {}",
                    italian(after.number, 0),
                    italian(before.number, 0)
                ),
            )
        })
    };
    view.indicators().filter_map(finding).collect()
}

/// A sentence around one number: its words without it, and how many stand before it.
struct Sentence {
    words: Vec<String>,
    at: usize,
    number: Decimal,
}

fn sentence(text: &str) -> Option<Sentence> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"\d{1,3}(?:\.\d{3})+|\d+").expect("constant pattern")
    });
    let found: Vec<regex::Match<'_>> = NUMBER.find_iter(text).collect();
    let [only] = found[..] else { return None };
    let list = |t: &str| key(t).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (list(text.get(..only.start())?), list(text.get(only.end()..)?));
    let at = before.len();
    let words: Vec<String> = before.into_iter().chain(after).collect();
    let number = value_of(only.as_str())?;
    (words.len() > 4).then_some(Sentence { words, at, number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_around_a_number() {
        let one = sentence("esame di almeno 8.500 istanze di test").expect("a sentence");
        assert_eq!((one.at, one.words.len(), one.number), (3, 6, Decimal::from(8500)));
        assert!(sentence("5 riunioni e 3 esami di istanze").is_none() && sentence("70").is_none());
    }
}
