//! COM420: obiettivi annunciati e non misurati.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COM420",
    severity: Severity::Info,
    title: Text { it: "obiettivi annunciati e non misurati", en: "objectives announced and not measured" },
    what: "Cerca gli obiettivi dell'albero che non hanno indicatori dove gli altri dello stesso livello ne hanno, e gli anni per cui un indicatore ha un segnaposto dove gli altri hanno un valore.",
    why: "Ciò che la mappa promette e nessun indicatore misura non entra nel risultato.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini concreti e chiari.",
    example: "L'albero ha gli obiettivi annuali 1.8 e 4.2, la tabella degli indicatori no.",
    advice: Text { it: "aggiungere gli indicatori e i valori", en: "add the indicators and the values" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let levels = || {
        let mut known = Vec::new();
        for (_, o) in view.objectives() {
            if !known.contains(&o.level) {
                known.push(o.level);
            }
        }
        known
    };
    for level in levels() {
        let code = |o: &Objective| o.code.as_deref().map(|c| c.trim_matches('.').to_owned());
        let own: Vec<(usize, &Objective)> =
            view.objectives().filter(|(_, o)| o.level == level && code(o).is_some()).collect();
        let measured = |n: usize| view.members(n).next().is_some();
        let with = own.iter().filter(|(n, _)| measured(*n)).count();
        // The same code may stand twice: in the tree and in the table.
        let anywhere = |o: &Objective| {
            view.objectives()
                .any(|(n, other)| measured(n) && code(other) == code(o) && code(o).is_some_and(|c| c.contains('.')))
        };
        let without: Vec<&(usize, &Objective)> = own.iter().filter(|(n, o)| !measured(*n) && !anywhere(o)).collect();
        let weighed = |o: &Objective| o.weight.is_some() || o.sheet.refers_to.is_some();
        if with < 5 || without.len() < 3 || without.len() > with || without.iter().any(|(_, o)| weighed(o)) {
            continue;
        }
        let told: Vec<String> = without.iter().filter_map(|(_, o)| code(o)).collect();
        let Some((first, _)) = without.first() else { continue };
        out.push(view.on_objective(rule, *first).says(
            format!(
                "obiettivi di questo livello senza indicatori: {} ({} su {})",
                told.join(", "),
                told.len(),
                own.len()
            ),
            format!(
                "objectives of this level without indicators: {} ({} of {})",
                told.join(", "),
                told.len(),
                own.len()
            ),
        ));
    }
    out.extend(years(rule, view));
    out
}

/// Indicators with a placeholder for a later year, for which nearly all others have a value.
fn years(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    // What is done once has no later value.
    const ONCE: [&str; 14] = [
        "adozione",
        "approvazione",
        "attivazione",
        "avvio",
        "completamento",
        "redazione",
        "pubblicazione",
        "realizzazione",
        "revisione",
        "predisposizione",
        "stipula",
        "sottoscrizione",
        "elaborazione",
        "definizione",
    ];
    let once = |i: &Indicator| {
        let first = i.targets.iter().find(|t| told(&t.measure)).map(|t| t.measure.reading.kind);
        ONCE.iter().any(|w| key(&i.name).starts_with(w))
            && matches!(first, Some(Kind::Boolean | Kind::Date | Kind::Text))
    };
    let later = |i: &Indicator| {
        i.targets
            .iter()
            .filter(|t| t.period.is_some_and(|p| Some(p.year()) > view.plan.card.year))
            .cloned()
            .collect::<Vec<_>>()
    };
    let all: Vec<(usize, Vec<DatedMeasure>)> =
        view.indicators().map(|(n, i)| (n, later(i))).filter(|(_, t)| !t.is_empty()).collect();
    let gap = |list: &[DatedMeasure]| list.iter().any(|t| !told(&t.measure) && !t.measure.raw.is_empty());
    let single = |n: usize| view.plan.indicators.get(n).is_some_and(once);
    let gaps: Vec<&(usize, Vec<DatedMeasure>)> = all.iter().filter(|(n, t)| gap(t) && !single(*n)).collect();
    if all.len() < 5 || gaps.len() * 10 > all.len() {
        return Vec::new();
    }
    let finding = |(index, list): &&(usize, Vec<DatedMeasure>)| {
        let missing: Vec<&DatedMeasure> = list.iter().filter(|t| !told(&t.measure)).collect();
        let mut finding = view.on(rule, *index);
        for target in &missing {
            finding = finding.quote("obiettivo", "target", &target.measure.raw);
        }
        let years: Vec<String> = missing.iter().filter_map(|t| Some(t.period?.year().to_string())).collect();
        finding.says(
            format!("nessun valore per {}, che gli altri indicatori hanno", years.join(", ")),
            format!("no value for {}, which the other indicators have", years.join(", ")),
        )
    };
    gaps.iter().map(finding).collect()
}
