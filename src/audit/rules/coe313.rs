//! COE313: la nota dice il contrario della modifica.

use super::prelude::*;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COE313",
    severity: Severity::Warning,
    title: Text { it: "la nota dice il contrario della modifica", en: "the note says the opposite of the revision" },
    what: "Confronta le note sulle revisioni («rimodulato in riduzione», «in aumento») con i valori prima e dopo.",
    why: "O la nota o la cifra è sbagliata.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Obiettivo >= 150, rimodulato >= 185, nota «rimodulato in riduzione».",
    advice: Text { it: "correggere la nota o la cifra", en: "correct the note or the figure" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let finding = |(index, indicator): (usize, &Indicator)| {
        let note = indicator.note.as_deref()?;
        let new = indicator.targets.iter().find(|t| t.revised && number(&t.measure).is_some())?;
        let old = indicator.targets.iter().find(|t| !t.revised && t.period == new.period)?;
        let (before, after) = (number(&old.measure)?, number(&new.measure)?);
        let phrase = match (said(note, &view.phrases.lowered), said(note, &view.phrases.raised)) {
            (Some(phrase), None) if after > before => phrase,
            (None, Some(phrase)) if after < before => phrase,
            _ => return None,
        };
        Some(
            view.on(rule, index)
                .at(&new.measure.source)
                .quote("obiettivo", "target", &old.measure.raw)
                .quote("nuovo obiettivo", "new target", &new.measure.raw)
                .quote("nota", "note", &shortened(note))
                .says(
                    format!(
                        "la nota dice «{phrase}», ma l'obiettivo passa da {} a {}",
                        italian(before, 4),
                        italian(after, 4)
                    ),
                    format!(
                        "the note says “{phrase}”, but the target goes from {} to {}",
                        italian(before, 4),
                        italian(after, 4)
                    ),
                ),
        )
    };
    view.indicators().filter_map(finding).collect()
}
