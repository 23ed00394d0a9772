//! COM415: una legenda di cui non si vedono i segni.

use super::prelude::*;

use crate::extract::Passage;

pub(super) static RULE: Rule = Rule {
    code: "COM415",
    severity: Severity::Info,
    title: Text { it: "una legenda di cui non si vedono i segni", en: "a legend whose signs can't be seen" },
    what: "Cerca le legende le cui voci stanno sole, senza il segno, la sigla o il valore che spiegano.",
    why: "I segni erano colori o figure: chi legge il testo, o lo stampa in nero, non sa che cosa vogliono dire le celle.",
    basis: "Linee guida AgID sull'accessibilità: l'informazione non è affidata al solo colore.",
    example: "«Legenda: in linea con il target; non in linea; revisione delle risorse», senza i colori.",
    advice: Text {
        it: "scrivere il significato nelle celle, o usare una sigla",
        en: "write the meaning into the cells, or use an abbreviation",
    },
    gather: Some(3),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let passages = &view.plan.passages;
    let mut out = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        let [cell] = &passage.cells[..] else { continue };
        if !key(&cell.raw).starts_with("legenda") || cell.raw.chars().count() > 60 {
            continue;
        }
        let Some(next) = passages.get(at + 1) else { continue };
        let entry = |p: &&Passage| p.table == next.table && p.heading.is_none();
        let entries: Vec<&Passage> = passages.iter().skip(at + 1).take_while(entry).take(12).collect();
        let bare = |p: &&Passage| matches!(&p.cells[..], [one] if !signed(&one.raw) && one.raw.chars().count() < 80);
        let bare: Vec<&Passage> = entries.iter().copied().take_while(bare).collect();
        if bare.len() < 2 || next.table.is_some() && bare.len() < entries.len() {
            continue;
        }
        let told: Vec<&str> = bare.iter().filter_map(|p| p.cells.first().map(|c| c.raw.as_str())).take(4).collect();
        out.push(
            view.at(rule, None, &cell.source)
                .quote("legenda", "legend", &format!("{}: {}", cell.raw.trim_end_matches(':'), told.join("; ")))
                .says(
                    "le voci della legenda stanno sole: il segno che spiegano non si vede",
                    "the entries of the legend stand alone: the signs they explain can't be seen",
                ),
        );
    }
    out
}

/// Whether an entry holds what it explains: "A = alto", "= in linea", "R: rosso", "1 – scarso".
fn signed(text: &str) -> bool {
    let text = text.trim();
    let short = |mark: char| text.split_once(mark).is_some_and(|(sign, _)| sign.trim().chars().count() < 12);
    let shape = text.chars().next().is_none_or(|c| !c.is_alphabetic());
    text.contains('=') || short(':') || short('–') || text.contains(" - ") || shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_their_sign() {
        for text in ["A = alto", "R: rosso", "● in linea", "NR – non rilevato", "1 scarso"] {
            assert!(signed(text), "{text}");
        }
        assert!(!signed("monitoraggio semestrale in linea con il target") && !signed("Rossi"));
    }
}
