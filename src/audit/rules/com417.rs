//! COM417: una proposta senza valore, o un valore senza motivo.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::audit::lists::own_number;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COM417",
    severity: Severity::Info,
    title: Text {
        it: "una revisione senza valore, o senza motivo",
        en: "a revision without a value, or without a reason",
    },
    what: "Confronta le proposte di variazione con i valori rivisti: cerca le proposte che parlano di un indicatore e non gli danno un nuovo valore, e i valori rivisti di cui la scheda non dice il motivo.",
    why: "Un obiettivo si cambia in corso d'anno solo con un motivo scritto e con il nuovo valore accanto.",
    basis: "D.Lgs. 150/2009, art. 6: le variazioni degli obiettivi in corso d'esercizio sono verificate dall'OIV.",
    example: "«Indicatore 5: … è molto probabile uno scostamento rispetto all'obiettivo di fine anno», e nessun nuovo obiettivo.",
    advice: Text { it: "scrivere il nuovo valore e il motivo", en: "write the new value and the reason" },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?:^|\n)\s*[Ii]ndicatore\s+(\d{1,2})\s*[:.–-]").expect("constant pattern")
    });
    let mut out = Vec::new();
    for (objective, _) in view.objectives() {
        let proposal = |label: &str| {
            let label = key(label);
            label.starts_with("proposta")
                && (label.contains("variazion") || label.contains("modific") || label.contains("revision"))
        };
        let rows = || view.plan.passages.iter().filter(|p| p.objective == Some(objective));
        let mut reasons = false;
        for row in rows() {
            let [label, cell] = &row.cells[..] else { continue };
            if !proposal(&label.raw) || words(&cell.raw).len() < 8 {
                continue;
            }
            reasons = true;
            for found in NUMBER.captures_iter(&cell.raw) {
                let number = found[1].parse::<u32>().ok();
                let own = |i: &Indicator| own_number(i.code.as_deref()) == number && number.is_some();
                let Some((index, indicator)) = view.members(objective).find(|(_, i)| own(i)) else { continue };
                if indicator.targets.iter().any(|t| t.revised) {
                    continue;
                }
                let text = found.get(0).and_then(|m| cell.raw.get(m.start()..)).unwrap_or_default();
                out.push(
                    view.on(rule, index).at(&cell.source).quote("proposta", "proposal", &shortened(text.trim())).says(
                        "la proposta di variazione parla dell'indicatore, ma non gli dà un nuovo valore",
                        "the proposal of a change speaks of the indicator, but gives it no new value",
                    ),
                );
            }
        }
        let explained = reasons
            || rows().flat_map(|r| &r.cells).any(|c| {
                let text = key(&c.raw);
                ["motivazion", "si propone", "e stato rivisto", "ridefinit", "rimodulat", "revisione del target"]
                    .iter()
                    .any(|w| text.contains(w))
            });
        if explained {
            continue;
        }
        for (index, indicator) in view.members(objective).filter(|(_, i)| i.same_as.is_none() && i.note.is_none()) {
            let pair = |t: &DatedMeasure| {
                let first = indicator.targets.iter().find(|f| !f.revised && f.period == t.period)?;
                (number(&first.measure) != number(&t.measure))
                    .then_some((first.measure.raw.clone(), t.measure.raw.clone()))
            };
            let Some((first, new)) = indicator.targets.iter().filter(|t| t.revised).find_map(pair) else { continue };
            out.push(view.on(rule, index).quote("obiettivo", "target", &first).quote("rivisto", "revised", &new).says(
                format!("l'obiettivo passa da «{first}» a «{new}» e la scheda non dice perché"),
                format!("the target changes from “{first}” to “{new}” and the sheet doesn't say why"),
            ));
        }
    }
    out
}
