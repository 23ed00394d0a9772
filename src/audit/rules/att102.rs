//! ATT102: l'obiettivo è di un altro anno.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ATT102",
    severity: Severity::Warning,
    title: Text { it: "l'obiettivo è di un altro anno", en: "the target is for another year" },
    what: "Cerca gli indicatori i cui obiettivi sono tutti intestati a un anno prima di quello del documento.",
    why: "L'intestazione non aggiornata fa pensare a obiettivi copiati dall'anno prima.",
    basis: "ISO/IEC 25012, attualità: il dato è del giusto periodo.",
    example: "Relazione 2019, colonna «Target 2018».",
    advice: Text { it: "correggere l'anno nell'intestazione", en: "correct the year in the heading" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let Some(year) = view.plan.card.year else { return Vec::new() };
    let finding = |(index, indicator): (usize, &Indicator)| {
        let years: Vec<i16> = indicator.targets.iter().filter_map(|t| t.period.map(|p| p.year())).collect();
        let last = *years.iter().max()?;
        (last < year).then(|| {
            let mut finding = view.on(rule, index);
            if let Some(target) = indicator.targets.last() {
                finding = finding.at(&target.measure.source).quote("obiettivo", "target", &target.measure.raw);
            }
            finding.says(
                format!("l'obiettivo è intestato al {last}, il documento è del {year}"),
                format!("the target is headed {last}, the document is of {year}"),
            )
        })
    };
    let mut out: Vec<Finding> = view.indicators().filter_map(finding).collect();
    // The years of several targets, and those that most indicators with as many have.
    let years = |i: &Indicator| {
        let first = i.targets.iter().filter(|t| !t.revised);
        let mut years: Vec<i16> = first.filter_map(|t| t.period.map(|p| p.year())).collect();
        years.dedup();
        years
    };
    let all: Vec<(usize, Vec<i16>)> =
        view.indicators().map(|(n, i)| (n, years(i))).filter(|(_, y)| y.len() > 1 && y.contains(&year)).collect();
    for (index, own) in &all {
        let peers = all.iter().filter(|(_, y)| y.len() == own.len());
        let often = |y: &Vec<i16>| peers.clone().filter(|(_, other)| other == y).count();
        let Some((_, usual)) = peers.clone().max_by_key(|(_, y)| often(y)) else { continue };
        if usual != own && often(usual) * 3 > peers.clone().count() * 2 && often(own) * 4 < often(usual) {
            let told = |y: &[i16]| y.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
            out.push(view.on(rule, *index).says(
                format!(
                    "gli obiettivi sono intestati agli anni {}, quelli degli altri indicatori agli anni {}",
                    told(own),
                    told(usual)
                ),
                format!("the targets are headed {}, those of the other indicators {}", told(own), told(usual)),
            ));
        }
    }
    out
}
