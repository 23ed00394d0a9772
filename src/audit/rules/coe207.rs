//! COE207: un conto con più nomi.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

pub(super) static RULE: Rule = Rule {
    code: "COE207",
    severity: Severity::Info,
    title: Text { it: "un conto con più nomi", en: "an account with several names" },
    what: "Raccoglie i conti delle tabelle di budget per numero e confronta i loro nomi.",
    why: "Un conto sbagliato imputa la spesa a un'altra voce.",
    basis: "ISO/IEC 25012, coerenza; D.P.R. 254/2005, piano dei conti delle camere di commercio.",
    example: "330004 «promozione del territorio» e 330004 «l'innovazione e l'ambiente».",
    advice: Text { it: "controllare numero e nome del conto", en: "check the account's number and name" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r#"(\d{6})\W*["“«]([^"”»]{6,})["”»]"#).expect("constant pattern")
    });
    let mut accounts: Vec<(String, Vec<(usize, String)>)> = Vec::new();
    for (index, objective) in view.objectives() {
        for line in objective.sheet.budget.iter().filter_map(|l| l.account.as_deref()) {
            let Some(found) = ACCOUNT.captures(line) else { continue };
            let name = found[2].trim().to_owned();
            let known = match accounts.iter_mut().find(|(number, _)| *number == found[1]) {
                Some((_, names)) => names,
                None => {
                    accounts.push((found[1].to_owned(), Vec::new()));
                    let Some((_, names)) = accounts.last_mut() else { continue };
                    names
                }
            };
            if !known.iter().any(|(_, n)| words(n) == words(&name)) {
                known.push((index, name));
            }
        }
    }
    let mut out = Vec::new();
    for (number, names) in accounts.into_iter().filter(|(_, names)| names.len() > 1) {
        let Some((first, _)) = names.first() else { continue };
        let mut finding = view.on_objective(rule, *first);
        for (_, name) in &names {
            finding = finding.quote("nome del conto", "account's name", name);
        }
        let code = |index: &usize| view.plan.objectives.get(*index).and_then(|o| o.code.clone());
        let sheets: Vec<String> = names.iter().filter_map(|(index, _)| code(index)).collect();
        out.push(finding.says(
            format!("il conto {number} ha {} nomi diversi (nelle schede {})", names.len(), sheets.join(", ")),
            format!("account {number} has {} different names (in the sheets {})", names.len(), sheets.join(", ")),
        ));
    }
    out
}
