//! COE256: il testo conta obiettivi o indicatori che il documento non ha.

use super::prelude::*;
use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::counting::{NUMBER, small};
use super::grids::{cell_at, figure, tables};
use crate::audit::remarks::shortened;
use crate::extract::{Passage, Printed};

pub(super) static RULE: Rule = Rule {
    code: "COE256",
    severity: Severity::Warning,
    title: Text {
        it: "il testo conta obiettivi o indicatori in un altro numero",
        en: "the text counts another number of objectives or indicators",
    },
    what: "Confronta i numeri con cui le premesse annunciano obiettivi, schede e indicatori («otto obiettivi e 19 \
          indicatori») con quelli che il documento contiene; lo stesso per i riepiloghi con una colonna «N. obiettivi» o \
          «N. indicatori».",
    why: "Manca una scheda, ce n'è una di troppo, o la premessa è di una versione precedente.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Premessa: «otto obiettivi e 19 indicatori»; le tabelle ne hanno 9 e 21.",
    advice: Text {
        it: "correggere il numero, o completare le schede",
        en: "correct the number, or complete the sheets",
    },
    gather: None,
    check: Check::Document(check),
};

/// Fewer than these are counted in too many senses ("i tre obiettivi che seguono").
const FEW: usize = 4;

/// What is counted, and the number announced.
struct Announced<'a> {
    told: usize,
    noun: String,
    /// The level's word behind the noun: "strategici".
    level: String,
    raw: &'a str,
}

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    out.extend(summaries(rule, view));
    let paragraphs = view.plan.passages.iter().filter(|p| p.table.is_none() && p.heading.is_none());
    // Under an objective the text counts that objective's parts.
    for passage in paragraphs.filter(|p| p.objective.is_none()) {
        for cell in &passage.cells {
            for one in announced(&cell.raw) {
                let Some((found, it)) = off(view, &one) else { continue };
                if out.iter().any(|f| f.message.ends_with(&it)) {
                    continue;
                }
                let line = cell.raw.split(['\n', ';']).find(|l| l.contains(one.raw)).unwrap_or(&cell.raw);
                out.push(view.at(rule, None, &cell.source).quote("testo", "text", &shortened(line.trim())).says(
                    format!("il testo dice «{}», {it}", one.raw),
                    format!("the text says “{}”, the document has {found}", one.raw),
                ));
            }
        }
    }
    out
}

/// "otto obiettivi operativi", "gli indicatori sono quindici".
fn announced(text: &str) -> Vec<Announced<'_>> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(
            r"(?i)(?:^|[\s(])({NUMBER}\s+(obiettivi|indicatori|schede|kpi|missioni)(?:\s+(strategic[ih]e?|operativi|dirigenziali|individuali|annuali))?)(?:[\s,.;:)]|$)"
        ))
        .expect("constant pattern")
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the test below.
        Regex::new(&format!(
            r"(?i)(?:gli|le)\s+((obiettivi|indicatori|schede)(?:\s+(strategici|operativi|dirigenziali|individuali|annuali))?(?:\s+(?:per|del|dell|nel)\p{{L}}*(?:\s+[\p{{L}}’']+)?(?:\s+20\d\d)?)?\s+sono\s+{NUMBER})(?:[\s,.;:)]|$)"
        ))
        .expect("constant pattern")
    });
    // A part of them, or others than the document's.
    const PART: [&str; 14] = [
        "su",
        "sui",
        "altri",
        "altre",
        "ulteriori",
        "primi",
        "prime",
        "solo",
        "almeno",
        "massimo",
        "tra",
        "fra",
        "ogni",
        "per",
    ];
    const BUT: [&str; 16] = [
        "raggiunti",
        "conseguiti",
        "non",
        "pienamente",
        "parzialmente",
        "trasversali",
        "comuni",
        "nuovi",
        "su",
        "con",
        "di",
        "risultati",
        "ciascuno",
        "ciascuna",
        "della",
        "dell",
    ];
    let mut out = Vec::new();
    for found in BEFORE.captures_iter(text) {
        let Some(whole) = found.get(1) else { continue };
        let before = key(text.get(..whole.start()).unwrap_or_default());
        let after = key(text.get(whole.end()..).unwrap_or_default());
        let part = PART.contains(&before.rsplit(' ').next().unwrap_or_default());
        let other = BUT.contains(&after.split(' ').next().unwrap_or_default());
        // "6 degli 8 obiettivi".
        let share = before.rsplit(' ').nth(1).is_some_and(|w| small(w).is_some());
        let Some(told) = small(&found[2]).and_then(|n| usize::try_from(n).ok()) else { continue };
        if !(part || other || share) {
            let level = found.get(4).map_or(String::new(), |m| key(m.as_str()));
            out.push(Announced { told, noun: key(&found[3]), level, raw: whole.as_str() });
        }
    }
    for found in BEHIND.captures_iter(text) {
        let Some(told) = small(&found[4]).and_then(|n| usize::try_from(n).ok()) else { continue };
        let level = found.get(3).map_or(String::new(), |m| key(m.as_str()));
        let Some(whole) = found.get(1) else { continue };
        out.push(Announced { told, noun: key(&found[2]), level, raw: whole.as_str() });
    }
    out
}

/// The document's own count, where it isn't the one announced in any sense, but near it.
fn off(view: &View<'_>, one: &Announced<'_>) -> Option<(usize, String)> {
    if one.noun == "missioni" {
        let own = missions(view);
        let wrong = own > 2 && own.abs_diff(one.told) == 1;
        return wrong.then(|| (own, format!("il documento ha {own} missioni")));
    }
    let measured: Vec<&Objective> =
        view.objectives().filter(|(n, _)| view.members(*n).next().is_some()).map(|(_, o)| o).collect();
    let distinct = |names: Vec<String>| {
        let mut names = names;
        names.sort();
        names.dedup();
        names.len()
    };
    let level = |o: &&&Objective| key(o.level.as_str()).get(..5) == one.level.get(..5);
    let (mut counts, all): (Vec<usize>, usize) = match one.noun.as_str() {
        "indicatori" | "kpi" => {
            let own: Vec<&Indicator> =
                view.indicators().map(|(_, i)| i).filter(|i| i.objective.is_some() || i.section.is_some()).collect();
            let first = own.iter().filter(|i| i.same_as.is_none()).count();
            let names = distinct(own.iter().map(|i| key(&i.name)).collect());
            let of = |o: usize| own.iter().filter(|i| i.objective == Some(o)).count();
            // Those under no objective may be something else that looks like one.
            let placed = own.iter().filter(|i| i.same_as.is_none() && i.objective.is_some()).count();
            let mut counts = vec![first, own.len(), names, placed];
            counts.extend((0..view.plan.objectives.len()).map(of));
            let sections = own.iter().map(|i| own.iter().filter(|j| j.section == i.section).count());
            counts.extend(sections.collect::<Vec<_>>());
            (counts, first)
        }
        _ => {
            let listed = view.plan.objectives.len();
            let of_level = measured.iter().filter(level).count();
            let every = view.objectives().filter(|(_, o)| level(&&&**o)).count();
            let titles = distinct(measured.iter().map(|o| key(&o.title)).collect());
            let named = if one.level.is_empty() { measured.len() } else { of_level };
            let mut counts = vec![named, every, numbered(view)];
            if one.level.is_empty() {
                counts.extend([listed, titles]);
                let levels = measured.iter().map(|o| measured.iter().filter(|p| p.level == o.level).count());
                counts.extend(levels.collect::<Vec<_>>());
            }
            let sections = measured.iter().map(|o| measured.iter().filter(|p| p.section == o.section).count());
            counts.extend(sections.collect::<Vec<_>>());
            (counts, named)
        }
    };
    counts.retain(|n| *n > 0);
    // Of several levels the text may mean any: the nearest is told.
    let close = |n: usize| n.abs_diff(one.told) <= (n / 4).max(1);
    let nearest = || counts.iter().copied().filter(|n| *n >= FEW).min_by_key(|n| n.abs_diff(one.told));
    let main = Some(all).filter(|n| close(*n)).or_else(nearest)?;
    let near = main.abs_diff(one.told) <= (main / 4).max(1);
    if counts.contains(&one.told) || one.told < FEW || !near || all < FEW {
        return None;
    }
    let noun = match one.noun.as_str() {
        "indicatori" | "kpi" => "indicatori",
        _ => "obiettivi",
    };
    Some((main, format!("il documento ha {main} {noun}")))
}

/// How many objectives tables number ("9. Title"), with or without indicators; 0 where codes are no plain numbers.
fn numbered(view: &View<'_>) -> usize {
    let counts =
        |o: &Objective| o.code.as_deref().is_some_and(|c| c.trim_end_matches('.').chars().all(|c| c.is_ascii_digit()));
    if view.objectives().filter(|(_, o)| counts(o)).count() < FEW {
        return 0;
    }
    let opens = |c: &Printed| {
        let (number, title) = c.raw.split_once(". ")?;
        let number: u32 = number.parse().ok()?;
        title.starts_with(char::is_uppercase).then_some(number)
    };
    let cells = view.plan.passages.iter().filter(|p| p.table.is_some()).flat_map(|p| &p.cells);
    let mut numbers: Vec<u32> = cells.filter_map(opens).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

/// The codes of the missions that headings and rows name.
fn missions(view: &View<'_>) -> usize {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)^(?:missione\s*(?:n\.?\s*)?[:–-]?\s*)(0\d{2})\b").expect("constant pattern")
    });
    let mut codes: Vec<String> = Vec::new();
    for passage in &view.plan.passages {
        let joined = passage.cells.iter().take(2).map(|c| c.raw.as_str()).collect::<Vec<_>>().join(" ");
        if let Some(found) = CODE.captures(&joined) {
            codes.push(found[1].to_owned());
        }
    }
    codes.sort();
    codes.dedup();
    codes.len()
}

/// Rows of a summary that count objectives or indicators ("N. obiettivi"), where the other rows' counts are right.
fn summaries(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let missions = by_mission(view);
    let mut out = Vec::new();
    for rows in tables(view) {
        let Some((header, body)) = rows.split_first() else { continue };
        let counted = |c: &Printed| {
            let words = key(&c.raw);
            let words =
                words.strip_prefix("n ").or_else(|| words.strip_prefix("numero ")).unwrap_or_default().to_owned();
            matches!(words.split(' ').next(), Some("obiettivi" | "indicatori" | "kpi")).then_some(words)
        };
        let Some((at, what)) = header.cells.iter().enumerate().find_map(|(at, c)| Some((at, counted(c)?))) else {
            continue;
        };
        let Some(column) = header.columns.get(at) else { continue };
        let of = |row: &&'_ Passage| {
            let cell = cell_at(row, *column)?;
            let told = figure(&cell.raw).filter(|f| f.places == 0 && !f.percent)?.value;
            let label = row.cells.iter().find(|c| c.raw != cell.raw)?;
            let own = if what.starts_with("obiettivi") {
                missions.get(label.raw.trim()).copied()
            } else {
                indicators_of(view, row)
            };
            Some((told, own?))
        };
        let all: Vec<(&Passage, Decimal, usize)> =
            body.iter().filter_map(|r| of(r).map(|(told, own)| (*r, told, own))).collect();
        let wrong: Vec<_> = all.iter().filter(|(_, told, own)| *told != Decimal::from(*own)).collect();
        let right = all.len() - wrong.len();
        if right < 3 || wrong.len() * 3 > right {
            continue;
        }
        for (row, told, own) in wrong {
            let line = row.cells.iter().map(|c| c.raw.as_str()).collect::<Vec<_>>().join(" | ");
            let Some(cell) = cell_at(row, *column) else { continue };
            let noun = what.split(' ').next().unwrap_or_default();
            out.push(view.at(rule, None, &cell.source).quote("riepilogo", "summary", &shortened(&line)).says(
                format!("il riepilogo dice {} {noun}, il documento ne ha {own}", italian(*told, 0)),
                format!("the summary says {}, the document has {own}", italian(*told, 0)),
            ));
        }
    }
    out
}

/// How many indicators the objective of a row has.
fn indicators_of(view: &View<'_>, row: &Passage) -> Option<usize> {
    let titled = |o: &Objective| {
        row.cells.iter().any(|c| {
            let words = key(&c.raw);
            let title = key(&o.title);
            title.len() > 12 && words.ends_with(&title)
        })
    };
    let (index, _) = view.objectives().find(|(n, o)| titled(o) && view.members(*n).next().is_some())?;
    Some(view.members(index).filter(|(_, i)| i.same_as.is_none()).count())
}

/// How many objectives the tables under each mission's heading name: the cells of the column "Obiettivi".
fn by_mission(view: &View<'_>) -> HashMap<String, usize> {
    static MISSION: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"(?i)^missione\s+(?:n\.?\s*)?(0\d{2})\b").expect("constant pattern")
    });
    let mut out: HashMap<String, usize> = HashMap::new();
    let mut under: Option<String> = None;
    let mut column: Option<(usize, u32)> = None;
    for passage in &view.plan.passages {
        let Some(table) = passage.table else {
            let headed = passage.cells.first().and_then(|c| MISSION.captures(&c.raw));
            under = headed.map(|m| m[1].to_owned()).or(under.filter(|_| passage.heading.is_none()));
            continue;
        };
        let heads = passage.cells.iter().position(|c| matches!(key(&c.raw).as_str(), "obiettivi" | "obiettivo"));
        if let Some(at) = heads {
            column = passage.columns.get(at).map(|c| (table, *c));
            continue;
        }
        let (Some(code), Some((own, at))) = (&under, column) else { continue };
        if own == table && cell_at(passage, at).is_some_and(|c| words(&c.raw).len() > 1) {
            *out.entry(code.clone()).or_default() += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_numbers() {
        let told = |text: &str| announced(text).iter().map(|a| format!("{} {}", a.told, a.noun)).collect::<Vec<_>>();
        assert_eq!(told("con otto obiettivi e 19 indicatori."), ["8 obiettivi", "19 indicatori"]);
        assert_eq!(
            told("Gli obiettivi operativi sono otto e gli indicatori sono quindici."),
            ["8 obiettivi", "15 indicatori"]
        );
        assert_eq!(told("Gli obiettivi operativi per il 2013 sono nove, tutti dotati di indicatori"), ["9 obiettivi"]);
        assert!(told("6 degli 8 obiettivi; raggiunti su 9 obiettivi; sette obiettivi raggiunti").is_empty());
    }
}
