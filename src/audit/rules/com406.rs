//! COM406: un ramo dell'albero senza obiettivi.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::tables;
use crate::extract::Passage;

pub(super) static RULE: Rule = Rule {
    code: "COM406",
    severity: Severity::Info,
    title: Text { it: "un ramo dell'albero senza obiettivi", en: "a branch of the tree without objectives" },
    what: "Nelle tabelle dell'albero della performance cerca i rami con un codice e nulla accanto, dove gli altri hanno obiettivi.",
    why: "Il documento annuncia un obiettivo e non dice chi lo persegue né come si misura.",
    basis: "D.Lgs. 150/2009, art. 5, c. 2, lett. a): gli obiettivi sono rilevanti e pertinenti rispetto alle strategie.",
    example: "«4.2 Supporto incontro domanda/offerta di lavoro», colonna degli obiettivi operativi vuota.",
    advice: Text { it: "aggiungere gli obiettivi, o togliere il ramo", en: "add objectives, or drop the branch" },
    gather: Some(2),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static BRANCH: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^\d{1,2}\.\d{1,2}\.?\s+[A-ZÀ-Ù][a-zà-ù]").expect("constant pattern")
    });
    let mut out = Vec::new();
    for rows in tables(view) {
        let branch =
            |row: &&Passage| row.cells.iter().position(|c| BRANCH.is_match(&c.raw) && c.raw.chars().count() < 200);
        let all: Vec<(&Passage, usize)> = rows.iter().filter_map(|row| Some((*row, branch(row)?))).collect();
        let bare: Vec<&(&Passage, usize)> = all.iter().filter(|(row, at)| at + 1 == row.cells.len()).collect();
        if all.len() < 4 || bare.len() * 2 > all.len() {
            continue;
        }
        for (row, at) in bare {
            let Some(cell) = row.cells.get(*at) else { continue };
            out.push(view.at(rule, None, &cell.source).quote("ramo", "branch", &cell.raw).says(
                format!("«{}» non ha obiettivi accanto, gli altri rami sì", cut(&cell.raw)),
                format!("“{}” has no objectives beside it, the other branches have", cut(&cell.raw)),
            ));
        }
    }
    out
}
