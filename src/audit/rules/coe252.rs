//! COE252: conto, linea e progetto non concordano tra le schede.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use super::grids::figure;
use crate::audit::remarks::shortened;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE252",
    severity: Severity::Info,
    title: Text {
        it: "conto, linea e progetto non concordano tra le schede",
        en: "account, line and project don't agree between sheets",
    },
    what: "Raccoglie le righe dei budget che citano un conto, la sua linea e il progetto: cerca i conti che non seguono la regola degli altri (330001 linea 1, 330002 linea 2) e lo stesso progetto dello stesso conto in due schede con importi diversi.",
    why: "La spesa si imputa a un conto che non è il suo, o lo stesso progetto è contato due volte.",
    basis: "D.P.R. 254/2005: i proventi e gli oneri si imputano ai conti del piano dei conti delle camere di commercio.",
    example: "«Conto 333004, linea 4» accanto a «330001, linea 1», «330002, linea 2», «330009, linea 9».",
    advice: Text {
        it: "controllare conto, linea e importo sul bilancio",
        en: "check account, line and sum in the budget",
    },
    gather: None,
    check: Check::Document(check),
};

/// A row of a budget that cites an account.
struct Line<'a> {
    account: String,
    line: Option<u32>,
    project: Option<u32>,
    name: String,
    amount: Option<Decimal>,
    passage: &'a Passage,
    cell: &'a Printed,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let lines: Vec<Line<'_>> = view
        .plan
        .passages
        .iter()
        .filter(|p| p.table.is_some())
        .flat_map(|p| p.cells.iter().filter_map(move |c| cited(p, c)))
        .collect();
    let mut out = Vec::new();
    let mut schemes: Vec<(&str, u32)> = Vec::new();
    for one in &lines {
        if let Some(line) = one.line
            && !schemes.contains(&(&one.account, line))
        {
            schemes.push((&one.account, line));
        }
    }
    let prefix = |account: &str| account.get(..account.len().saturating_sub(3)).unwrap_or_default().to_owned();
    let follows = |(account, line): &(&str, u32)| account.ends_with(&format!("{line:03}"));
    let usual = schemes
        .iter()
        .filter(|s| follows(s))
        .map(|s| prefix(s.0))
        .max_by_key(|p| schemes.iter().filter(|s| prefix(s.0) == *p).count());
    if let Some(usual) = usual.filter(|u| schemes.iter().filter(|s| follows(s) && prefix(s.0) == *u).count() > 2) {
        for (account, number) in schemes.iter().filter(|s| prefix(s.0) != usual || !follows(s)) {
            let own: Vec<&Line<'_>> =
                lines.iter().filter(|l| l.account == *account && l.line == Some(*number)).collect();
            let Some(first) = own.first() else { continue };
            out.push(view.at(rule, first.passage.objective, &first.cell.source).quote("conto", "account", &shortened(&first.cell.raw)).says(
                format!("conto {account} con la linea {number} ({}): gli altri conti seguono la regola {usual}…{number:03}", if own.len() == 1 { "una volta".to_owned() } else { format!("{} volte", own.len()) }),
                format!("account {account} with line {number} ({} times): the other accounts follow the rule {usual}…{number:03}", own.len()),
            ));
        }
    }
    for (at, one) in lines.iter().enumerate() {
        let same = |other: &&Line<'_>| {
            other.account == one.account
                && other.project == one.project
                && other.passage.objective != one.passage.objective
                && other.amount != one.amount
                && similar(&other.name, &one.name) >= 0.8
        };
        let (Some(project), Some(amount)) = (one.project, one.amount) else { continue };
        let Some(other) = lines.iter().take(at).find(same).filter(|o| o.amount.is_some()) else { continue };
        let place = |l: &Line<'_>| {
            l.passage.objective.and_then(|o| view.plan.objectives.get(o)).map(objective_name).unwrap_or_default()
        };
        out.push(view.at(rule, one.passage.objective, &one.cell.source).quote("qui", "here", &shortened(&one.cell.raw)).quote("altrove", "elsewhere", &shortened(&other.cell.raw)).says(
            format!("il progetto {project} del conto {} ha qui {} e {} in {}: una somma in più, o la stessa divisa?", one.account, italian(amount, 2), italian(other.amount.unwrap_or_default(), 2), place(other)),
            format!("project {project} of account {} has {} here and {} in {}: one more sum, or the same divided?", one.account, italian(amount, 2), italian(other.amount.unwrap_or_default(), 2), place(other)),
        ));
    }
    out
}

fn cited<'a>(passage: &'a Passage, cell: &'a Printed) -> Option<Line<'a>> {
    static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r"(?i)\bconto\s+(\d{6})\b(?:[\s,–-]+linea\s+(\d{1,3})\b)?").expect("constant pattern")
    });
    static PROJECT: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(r#"(?i)\bprogetto\s+(\d{1,3})\s*[“"«]([^”"»]+)"#).expect("constant pattern")
    });
    let found = ACCOUNT.captures(&cell.raw)?;
    let project = PROJECT.captures(&cell.raw);
    Some(Line {
        account: found[1].to_owned(),
        line: found.get(2).and_then(|m| m.as_str().parse().ok()),
        project: project.as_ref().and_then(|p| p[1].parse().ok()),
        name: project.as_ref().map(|p| p[2].to_owned()).unwrap_or_default(),
        amount: passage.cells.iter().find_map(|c| figure(&c.raw)).map(|f| f.value),
        passage,
        cell,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;

    #[test]
    fn accounts_lines_and_projects() {
        let cell = |raw: &str| Printed::new(raw.to_owned(), Source::default());
        let row = Passage {
            objective: None,
            table: Some(0),
            heading: None,
            cells: vec![
                cell("€ 154.856,00"),
                cell("Conto 330009 – linea 009 “Iniziative” - progetto 6 “Qualità del dato”"),
            ],
            columns: vec![0, 1],
        };
        let found = row.cells.iter().find_map(|c| cited(&row, c)).expect("an account");
        assert_eq!((found.account.as_str(), found.line, found.project), ("330009", Some(9), Some(6)));
        assert_eq!((found.name.as_str(), found.amount.is_some()), ("Qualità del dato", true));
    }
}
