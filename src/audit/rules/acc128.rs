//! ACC128: virgolette spaiate in un titolo.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC128",
    severity: Severity::Info,
    title: Text { it: "virgolette spaiate in un titolo", en: "a quotation mark without its pair in a title" },
    what: "Cerca nei titoli e nelle voci brevi delle schede le virgolette aperte e non chiuse, o chiuse e non aperte.",
    why: "Non si sa dove finisce il nome citato: può mancarne una parte.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«Codice 012 Regolazione dei mercati\"».",
    advice: Text { it: "completare le virgolette", en: "complete the quotation marks" },
    gather: Some(2),
    check: Check::Document(check),
};

/// The longest entry that is still a title, in characters.
const LONGEST: usize = 220;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for passage in &view.plan.passages {
        // Rows of a label and what it is, and headings.
        let row = passage.table.is_some() && passage.cells.len() <= 2;
        if !row && passage.heading.is_none() {
            continue;
        }
        let Some(cell) = passage.cells.last() else { continue };
        let text = cell.raw.as_str();
        if text.contains('\n') || text.chars().count() > LONGEST || seen.iter().any(|s| s == text) || paired(text) {
            continue;
        }
        seen.push(text.to_owned());
        out.push(
            view.at(rule, passage.objective, &cell.source).quote("titolo", "title", text).says(
                "virgolette aperte e non chiuse, o chiuse e non aperte",
                "quotation marks not opened or not closed",
            ),
        );
    }
    out
}

/// Whether every quotation mark has its pair; documents mix the kinds, and two low ones are one. A mark behind a figure may be
/// inches.
fn paired(text: &str) -> bool {
    let letters: Vec<char> = text.replace("''", "\"").chars().collect();
    let mark = |at: &usize| letters.get(*at).is_some_and(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»'));
    let inch = |at: &usize| *at > 0 && letters.get(at - 1).is_some_and(char::is_ascii_digit);
    let all = (0..letters.len()).filter(mark).count();
    let others = (0..letters.len()).filter(mark).filter(|at| !inch(at)).count();
    all % 2 == 0 || others % 2 == 0 && others < all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_in_pairs() {
        assert!(
            !paired("Codice 012 Regolazione dei mercati\"")
                && !paired("con l'aumento \"Azioni \"Punto Impresa digitale\"")
        );
        assert!(paired("l'obiettivo “Formazione e lavoro\"") && paired("uno schermo da 15\"") && paired("d'impresa"));
    }
}
