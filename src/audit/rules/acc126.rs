//! ACC126: il commento dà due importi, e il loro rapporto non è la percentuale stampata.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "ACC126",
    severity: Severity::Warning,
    title: Text {
        it: "il rapporto tra gli importi del commento non è la percentuale stampata",
        en: "the ratio of the comment's sums is not the printed percentage",
    },
    what: "Dove l'indicatore è l'utilizzo di risorse e il commento dice quante erano e quanto si è speso, rifà il rapporto e lo confronta con il risultato.",
    why: "La percentuale stampata nasconde una spesa minore, o maggiore, delle risorse.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "Risultato 100%; commento «provento da rendicontare € 1.500.000, costi rendicontati € 1.800.000»: 120%.",
    advice: Text {
        it: "stampare il rapporto vero, o dire come la percentuale è limitata",
        en: "print the true ratio, or say how the percentage is limited",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let actual = view.actual(indicator).filter(|a| a.measure.reading.kind == Kind::Percent)?;
        let (note, printed) = (indicator.note.as_deref()?, number(&actual.measure)?);
        let name = key(&indicator.name);
        if indicator.same_as.is_some() || !["utilizz", "spes", "impieg", "rendicontaz"].iter().any(|s| name.contains(s))
        {
            return None;
        }
        let ratios = ratios(note);
        let off = |r: &&(Decimal, Decimal, Decimal)| (r.2 - printed).abs() > Decimal::TWO;
        if ratios.is_empty() || ratios.iter().filter(off).count() < ratios.len() {
            return None;
        }
        let told: Vec<String> = ratios
            .iter()
            .map(|(a, b, r)| format!("{} / {} = {}%", italian(*b, 2), italian(*a, 2), italian(*r, 1)))
            .collect();
        Some(
            view.on(rule, index)
                .at(&actual.measure.source)
                .quote("risultato", "actual", &actual.measure.raw)
                .quote("commento", "comment", &shortened(note))
                .says(
                    "il risultato stampato non è il rapporto tra gli importi del commento",
                    "the printed actual is not the ratio of the comment's sums",
                )
                .reckons(told.join("; ")),
        )
    };
    view.indicators().filter_map(finding).collect()
}

/// Resources, costs, and costs in percent of resources, for each pair the text names in this order.
fn ratios(text: &str) -> Vec<(Decimal, Decimal, Decimal)> {
    static PAIR: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?is)\b(?:provent[oi]|risorse (?:disponibili|assegnate|previste|stanziate)|stanziament[oi]|budget)\b[^€\d]{0,60}€\s*(\d[\d.]*,\d{2}|\d[\d.]*)\W[^€\d]{0,60}?\b(?:cost[oi]|spes[ae]|oneri|utilizz\w+)\b[^€\d]{0,60}€\s*(\d[\d.]*,\d{2}|\d[\d.]*)").expect("constant pattern")
    });
    PAIR.captures_iter(text)
        .filter_map(|m| {
            let (a, b) = (value_of(&m[1])?, value_of(&m[2])?);
            Some((a, b, (b * Decimal::ONE_HUNDRED).checked_div(a)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_and_costs() {
        let found = ratios(
            "Progetto 1) Provento netto da rendicontare: € 1.500,00 Totale costi di progetto rendicontati: € 1.800,00 Risorse non utilizzate: € 0,00",
        );
        assert_eq!(found.iter().map(|r| italian(r.2, 0)).collect::<Vec<_>>(), ["120"]);
        assert!(ratios("costi per € 1.000,00 e proventi").is_empty());
    }
}
