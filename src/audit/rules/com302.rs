//! COM302: un campo della scheda manca.

use super::prelude::*;
use crate::audit::finding::gathered;

pub(super) static RULE: Rule = Rule {
    code: "COM302",
    severity: Severity::Info,
    title: Text { it: "un campo della scheda manca", en: "a field of the sheet is missing" },
    what: "Cerca gli indicatori senza tipo, unità di misura, frequenza, fonte o algoritmo, dove gli altri dello \
          stesso livello li hanno; e i livelli le cui schede non hanno affatto campi che gli altri livelli \
          hanno.",
    why: "Chi rileva il dato non sa come, da dove o quanto spesso.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Su quattordici indicatori strategici quattro non hanno l'unità di misura.",
    advice: Text { it: "completare la scheda", en: "complete the sheet" },
    gather: None,
    check: Check::Document(check),
};

type Field = (&'static str, &'static str, fn(&Indicator) -> bool);

const FIELDS: [Field; 5] = [
    ("il tipo", "the type", |i| !i.types.is_empty()),
    ("l'unità di misura", "the unit", |i| i.unit.is_some()),
    ("la frequenza della rilevazione", "the frequency", |i| i.frequency.is_some()),
    ("la fonte dei dati", "the source", |i| i.data_source.is_some()),
    ("il metodo di calcolo", "the algorithm", |i| i.algorithm.is_some()),
];

/// Whether the unit is printed: in its own place, in the name ("N. imprese", "Tempo medio (giorni)") or with the values.
fn has_unit(indicator: &Indicator) -> bool {
    let name = key(&indicator.name);
    let first = name.split(' ').next().unwrap_or_default();
    let named =
        matches!(first, "n" | "nr" | "num" | "numero" | "percentuale" | "tasso" | "ore" | "giorni" | "giornate")
            || indicator.name.contains('%')
            || ["(giorni", "(gg", "(ore", "(euro", "(€", "(n."]
                .iter()
                .any(|u| indicator.name.to_lowercase().contains(u));
    let valued = |m: &Measure| m.raw.contains(['%', '€']) || m.raw.chars().any(char::is_alphabetic);
    let values = || indicator.targets.iter().map(|t| &t.measure).filter(|m| told(m));
    indicator.unit.is_some() || named || values().next().is_some() && values().all(valued)
}

/// Whether tables name the type of their indicators in a heading.
fn types_headed(view: &View<'_>) -> bool {
    let tables = view.plan.passages.iter().filter(|p| p.table.is_some());
    tables.flat_map(|p| &p.cells).map(|c| key(&c.raw)).any(|t| {
        let rest = t.strip_prefix("indicatore di ").or_else(|| t.strip_prefix("indicatori di "));
        rest.is_some_and(|r| {
            ["impatto", "outcome", "output", "risultato", "efficacia", "efficienza", "qualita"].contains(&r)
        })
    })
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let level = |i: &Indicator| view.objective_of(i).map(|o| o.level);
    let mut levels = Vec::new();
    for (_, indicator) in view.indicators() {
        if !levels.contains(&level(indicator)) {
            levels.push(level(indicator));
        }
    }
    let mut out = Vec::new();
    for own in &levels {
        let all: Vec<(usize, &Indicator)> =
            view.indicators().filter(|(_, i)| level(i) == *own && !i.targets.is_empty()).collect();
        let mut absent = Vec::new();
        for (it, en, has) in FIELDS {
            let without: Vec<&(usize, &Indicator)> = all.iter().filter(|(_, i)| !has(i)).collect();
            let with = all.len() - without.len();
            let elsewhere = view.indicators().filter(|(_, i)| level(i) != *own);
            if with == 0 {
                let (n, told) = elsewhere.fold((0, 0), |(n, told), (_, i)| (n + 1, told + usize::from(has(i))));
                // "Indicatore di impatto" in the heading of a table tells the type of all below; names and values tell units.
                let headed = match en {
                    "the type" => types_headed(view),
                    "the unit" => all.iter().filter(|(_, i)| has_unit(i)).count() * 10 >= all.len() * 6,
                    _ => false,
                };
                if all.len() > 2 && n > 2 && told * 10 >= n * 6 && !headed {
                    absent.push((it, en));
                }
                continue;
            }
            if without.is_empty() || with < 3 || with * 10 < all.len() * 6 {
                continue;
            }
            let gap = |(index, _): &&(usize, &Indicator)| {
                view.on(rule, *index).says(format!("manca {it}"), format!("{en} is missing"))
            };
            let gaps: Vec<Finding> = without.iter().map(gap).collect();
            let n = gaps.len();
            if n == 1 {
                out.extend(gaps);
            } else if let Some(finding) = gathered(rule, gaps) {
                out.push(finding.says(
                    format!("manca {it} in {n} indicatori su {}", all.len()),
                    format!("{en} is missing in {n} of {} indicators", all.len()),
                ));
            }
        }
        if let (false, Some(level), Some((index, _))) = (absent.is_empty(), own, all.first()) {
            let mut finding = view.on(rule, *index);
            finding.subject = Some(format!("obiettivi di livello {}", level.as_str()));
            finding.subject_en = Some(format!("objectives of level {}", level.as_str()));
            finding.subject_id = None;
            let (it, en): (Vec<&str>, Vec<&str>) = absent.into_iter().unzip();
            out.push(finding.says(
                format!(
                    "le schede di livello {} non hanno {}, che {} hanno",
                    level.as_str(),
                    it.join(", "),
                    others(view, *level)
                ),
                format!("sheets of level {} lack {}, which those of other levels have", level.as_str(), en.join(", ")),
            ));
        }
    }
    out
}

/// "le schede di livello operativo" where there is one other level, else "le altre".
fn others(view: &View<'_>, own: crate::extract::Level) -> String {
    let mut levels: Vec<&str> = Vec::new();
    for (_, indicator) in view.indicators() {
        if let Some(level) = view.objective_of(indicator).map(|o| o.level).filter(|l| *l != own)
            && !levels.contains(&level.as_str())
        {
            levels.push(level.as_str());
        }
    }
    match levels[..] {
        [only] => format!("quelle di livello {only}"),
        _ => "le altre".to_owned(),
    }
}
