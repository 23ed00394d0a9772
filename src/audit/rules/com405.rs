//! COM405: ciò che la scheda dovrebbe dire è rinviato.

use super::prelude::*;
use crate::audit::remarks::shortened;

pub(super) static RULE: Rule = Rule {
    code: "COM405",
    severity: Severity::Info,
    title: Text { it: "ciò che la scheda dovrebbe dire è rinviato", en: "what the sheet should say is put off" },
    what: "Cerca nelle schede le voci che rimandano la definizione («da definire», «da quantificare», «saranno \
          definiti»).",
    why: "A documento pubblicato l'obiettivo non è ancora definito.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. b): gli obiettivi sono specifici e misurabili in termini \
          concreti e chiari.",
    example: "Risultati attesi: «saranno definiti … nel corso del 2021».",
    advice: Text { it: "completare la voce", en: "complete the entry" },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for passage in view.plan.passages.iter().filter(|p| p.cells.len() == 1) {
        // "Indicatori in corso di definizione …" opens with what is missing; a shorter line may only name it.
        let opens = |text: &str| key(text).starts_with("indicator");
        let short = |text: &str| text.chars().count() < if opens(text) { 250 } else { 90 };
        let Some(cell) = passage.cells.first().filter(|c| short(&c.raw)) else { continue };
        let Some(phrase) = said(&cell.raw, &view.phrases.deferred).filter(|_| key(&cell.raw).contains("indicator"))
        else {
            continue;
        };
        // An objective with a weight and no indicator is told as that.
        let bare = passage.objective.and_then(|o| Some((o, view.plan.objectives.get(o)?)));
        if bare.is_some_and(|(o, own)| own.weight.is_some() && view.members(o).next().is_none()) {
            continue;
        }
        out.push(view.at(rule, passage.objective, &cell.source).quote("testo", "text", &cell.raw).says(
            format!("gli indicatori sono rinviati: «{phrase}»"),
            format!("the indicators are put off: “{phrase}”"),
        ));
    }
    for passage in view.plan.passages.iter().filter(|p| p.objective.is_some() && p.table.is_some()) {
        let [label, value] = &passage.cells[..] else { continue };
        let field = key(&label.raw).split(' ').count() <= 12 && label.raw.chars().count() < 120
            // What is described is work to come; only what the sheet promises is put off.
            && !key(&label.raw).starts_with("descrizione");
        let Some(phrase) = said(&value.raw, &view.phrases.deferred).filter(|_| field) else { continue };
        let sentences = value.raw.split_inclusive(['\n', '.', ';']).map(str::trim);
        let line = sentences.into_iter().find(|l| said(l, &view.phrases.deferred).is_some()).unwrap_or(&value.raw);
        if line.chars().count() > 400 {
            continue;
        }
        out.push(
            view.at(rule, passage.objective, &value.source)
                .quote("voce", "entry", &shortened(&label.raw))
                .quote("testo", "text", &shortened(line))
                .says(
                    format!("la voce «{}» rinvia: «{phrase}»", cut(&label.raw)),
                    format!("the entry “{}” puts it off: “{phrase}”", cut(&label.raw)),
                ),
        );
    }
    out
}
