//! COE214: nome, unità di misura e obiettivo non vanno insieme.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE214",
    severity: Severity::Warning,
    title: Text {
        it: "nome, unità di misura e obiettivo non vanno insieme",
        en: "the name counts things, the target is a percentage",
    },
    what: "Cerca gli indicatori che cominciano con «numero» e hanno un obiettivo in percentuale, e quelli con un'unità di \
          misura che non è quella dell'obiettivo.",
    why: "Non si sa di che cosa sia la percentuale.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "«Numero dipendenti coinvolti», obiettivo 7%.",
    advice: Text {
        it: "far concordare nome, unità di misura e obiettivo: un numero o una percentuale, e di che cosa",
        en: "make name, unit and target agree: a number or a percentage, and of what",
    },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let counts = |name: &str| {
        let words: Vec<String> = key(name).split(' ').map(str::to_owned).collect();
        let first = words.first().map(String::as_str);
        matches!(first, Some("numero" | "n" | "nr" | "num"))
            && !words.iter().any(|w| matches!(w.as_str(), "%" | "percentuale" | "su" | "tasso"))
    };
    let finding = |(index, indicator): (usize, &Indicator)| {
        let target = view.year_target(indicator).filter(|t| t.measure.reading.kind == Kind::Percent)?;
        (counts(&indicator.name)
            && !indicator.name.contains(['/', '%'])
            && words(&target.measure.raw).iter().all(|w| w.chars().any(|c| c.is_ascii_digit())))
        .then(|| {
            view.on(rule, index)
                .at(&target.measure.source)
                .quote("nome", "name", &indicator.name)
                .quote("obiettivo", "target", &target.measure.raw)
                .says(
                    "il nome conta cose, l'obiettivo è una percentuale",
                    "the name counts things, the target is a percentage",
                )
        })
    };
    let by_unit = |(index, indicator): (usize, &Indicator)| {
        let unit = key(indicator.unit.as_deref()?);
        let target = view.year_target(indicator)?;
        let reading = &target.measure.reading;
        let share = unit == "percentuale" || unit == "%" || indicator.unit.as_deref() == Some("%");
        let count = matches!(unit.as_str(), "numero" | "n" | "nr");
        // "giorni" beside percentages, "%" beside days.
        let time = ["giorni", "gg", "ore", "mesi", "minuti"].contains(&unit.as_str());
        let other = time && reading.kind == Kind::Percent || share && reading.kind == Kind::Duration;
        let apart = other
            || share && reading.kind == Kind::Number && reading.unit.is_none()
            || count && reading.kind == Kind::Percent;
        apart.then(|| {
            let (unit, raw) = (indicator.unit.as_deref().unwrap_or_default(), target.measure.raw.as_str());
            let mut finding = view
                .on(rule, index)
                .at(&target.measure.source)
                .quote("unità di misura", "unit", unit)
                .quote("obiettivo", "target", raw);
            if other {
                finding.says(
                    format!("l'unità di misura è «{unit}», l'obiettivo «{raw}» è in un'altra unità"),
                    format!("the unit is “{unit}”, the target “{raw}” is in another one"),
                )
            } else if share {
                "correggere l'unità di misura, o aggiungere il segno % all'obiettivo".clone_into(&mut finding.hint);
                "correct the unit, or add the % sign to the target".clone_into(&mut finding.hint_en);
                finding.says(
                    format!("l'unità di misura è «{unit}», l'obiettivo «{raw}» è stampato senza il segno %"),
                    format!("the unit is “{unit}”, the target “{raw}” is printed without the % sign"),
                )
            } else {
                finding.says(
                    format!("l'unità di misura è «{unit}», l'obiettivo «{raw}» è una percentuale"),
                    format!("the unit is “{unit}”, the target “{raw}” is a percentage"),
                )
            }
        })
    };
    view.indicators().filter_map(finding).chain(view.indicators().filter_map(by_unit)).collect()
}
