//! COE244: missione, programma o centro di costo scritti in modi diversi.

use super::prelude::*;
use std::collections::BTreeMap;

use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COE244",
    severity: Severity::Info,
    title: Text {
        it: "missione e programma scritti in modi diversi",
        en: "mission, programme or cost centre written in several ways",
    },
    what: "Confronta le missioni e i programmi delle schede: cerca lo stesso programma con il codice scritto in più modi, i programmi con numeri diversi sotto lo stesso obiettivo strategico, le schede che accanto al codice dell'obiettivo strategico stampano la missione al posto del suo titolo, i centri di costo che sono una persona o hanno due nomi.",
    why: "Il codice lega la scheda al bilancio: con un altro numero la spesa finisce in un altro programma.",
    basis: "D.P.C.M. 12 dicembre 2012: missioni e programmi con codici unici per tutte le amministrazioni pubbliche.",
    example: "«Codice 04 Vigilanza sui mercati» e «004 – Vigilanza sui mercati».",
    advice: Text { it: "usare il codice e il nome del bilancio", en: "use the budget's code and name" },
    gather: None,
    check: Check::Document(check),
};

type Told = (usize, String);

/// The place of an objective, and the words it prints.
type Named<'a> = (usize, &'a str);

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let of = |get: fn(&Objective) -> Option<&String>| -> Vec<(usize, &Objective, &String)> {
        view.objectives().filter_map(|(n, o)| Some((n, o, get(o)?))).collect()
    };
    let lists = [
        ("programma", "programme", of(|o| o.sheet.programme.as_ref())),
        ("missione", "mission", of(|o| o.sheet.mission.as_ref())),
    ];
    for (it, en, list) in &lists {
        // By the words of the name: the ways in which the number stands.
        let mut forms: BTreeMap<String, BTreeMap<String, Told>> = BTreeMap::new();
        for (n, _, raw) in list {
            let (form, name) = apart(raw);
            if !form.is_empty() && !name.is_empty() {
                forms.entry(name).or_default().entry(form).or_insert((*n, (*raw).clone()));
            }
        }
        let numbers = |forms: &BTreeMap<String, Told>| {
            let mut all: Vec<String> = forms.keys().map(|f| f.chars().filter(char::is_ascii_digit).collect()).collect();
            all.dedup();
            all.len()
        };
        let mut several: Vec<&BTreeMap<String, Told>> = forms.values().filter(|f| f.len() > 1).collect();
        several.sort_by_key(|f| std::cmp::Reverse(numbers(f)));
        if let Some(first) = several.first() {
            let raws: Vec<&Told> = first.values().collect();
            let mut finding = view.on_objective(rule, raws.first().map_or(0, |t| t.0));
            for (_, raw) in raws.iter().take(4) {
                finding = finding.quote(it, en, raw);
            }
            out.push(finding.says(
                format!("{it}: lo stesso codice è scritto in {} modi", raws.len()),
                format!("{en}: the same code is written in {} ways", raws.len()),
            ));
        }
    }
    let [(_, _, programmes), (_, _, missions)] = &lists;
    let mut under: BTreeMap<usize, BTreeMap<u32, Vec<Named<'_>>>> = BTreeMap::new();
    for (n, o, raw) in programmes {
        if let (Some(parent), Some(number)) = (o.parent, number_of(raw)) {
            under
                .entry(parent)
                .or_default()
                .entry(number)
                .or_default()
                .push((*n, o.code.as_deref().unwrap_or_default()));
        }
    }
    for (parent, numbers) in &under {
        let (Some(above), true) = (view.plan.objectives.get(*parent), numbers.len() > 1) else { continue };
        let Some((few, own)) = numbers.iter().min_by_key(|(_, own)| own.len()) else { continue };
        let all: usize = numbers.values().map(Vec::len).sum();
        let Some((first, _)) = own.first().filter(|_| own.len() * 3 <= all && all > 3) else { continue };
        let codes: Vec<&str> = own.iter().map(|(_, c)| c.trim_matches('.')).collect();
        let rest: Vec<String> = numbers.keys().filter(|k| *k != few).map(|n| format!("{n:03}")).collect();
        out.push(view.on_objective(rule, *first).says(
            format!(
                "sotto {} le altre schede hanno il programma {}, {} il {few:03}",
                objective_name(above),
                rest.join(", "),
                codes.join(", ")
            ),
            format!(
                "under {} the other sheets have programme {}, {} has {few:03}",
                objective_name_in(above, Language::English),
                rest.join(", "),
                codes.join(", ")
            ),
        ));
    }
    out.extend(instead(rule, view, missions));
    out.extend(centres(rule, view));
    out
}

/// One note where sheets print the mission beside the strategic objective's code.
fn instead(rule: &Rule, view: &View<'_>, missions: &[(usize, &Objective, &String)]) -> Option<Finding> {
    let label = |n: usize, raw: &str| {
        let row = view.plan.passages.iter().filter(|p| p.table.is_some()).find(|p| {
            matches!(&p.cells[..], [label, cell] if cell.raw == raw && key(&label.raw).starts_with("obiettivo strategico"))
        })?;
        let _ = n;
        row.cells.first().map(|c| c.raw.as_str())
    };
    let strange = |(_, o, raw): &&(usize, &Objective, &String)| {
        let above = o.parent.and_then(|p| view.plan.objectives.get(p));
        above.is_some_and(|a| covered(&a.title, raw) < 0.3 && !a.title.is_empty())
    };
    let all: Vec<&(usize, &Objective, &String)> = missions.iter().filter(strange).collect();
    let (first, own, raw) = all.first()?;
    let head = label(*first, raw)?;
    let title = own.parent.and_then(|p| view.plan.objectives.get(p)).map(|a| a.title.clone())?;
    (all.len() > 2).then(|| {
        view.on_objective(rule, *first)
            .quote("scheda", "sheet", &format!("{head} {raw}"))
            .quote("obiettivo strategico", "strategic objective", &title)
            .says(
                format!(
                    "{} schede su {} stampano la missione al posto del titolo dell'obiettivo strategico",
                    all.len(),
                    missions.len()
                ),
                format!(
                    "{} of {} sheets print the mission instead of the strategic objective's title",
                    all.len(),
                    missions.len()
                ),
            )
    })
}

/// Cost centres that are a person, and one centre written in two ways.
fn centres(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let rows: Vec<(Option<usize>, &Printed)> = view
        .plan
        .passages
        .iter()
        .filter_map(|p| match &p.cells[..] {
            [label, cell] if p.table.is_some() && key(&label.raw).starts_with("centro di costo") => {
                Some((p.objective, cell))
            }
            _ => None,
        })
        .collect();
    let set = |text: &str| {
        let mut own = words(text);
        own.retain(|w| w != "cdc");
        own.sort_unstable();
        own
    };
    let mut out = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (at, (objective, cell)) in rows.iter().enumerate() {
        if seen.contains(&cell.raw.as_str()) {
            continue;
        }
        seen.push(&cell.raw);
        let name = cell.raw.trim();
        let person = !name.contains(' ')
            && name.chars().count() > 4
            && view.indicators().filter_map(|(_, i)| i.owner.as_deref()).any(|o| named(o, name));
        let finding = || view.at(rule, *objective, &cell.source).quote("centro di costo", "cost centre", &cell.raw);
        if person {
            out.push(finding().says("il centro di costo è una persona", "the cost centre is a person"));
        }
        let own = set(name);
        let twin = rows.iter().take(at).find(|(_, c)| own.len() > 1 && set(&c.raw) == own && key(&c.raw) != key(name));
        if let Some((_, twin)) = twin {
            out.push(finding().quote("altrove", "elsewhere", &twin.raw).says(
                "lo stesso centro di costo è scritto in due modi",
                "the same cost centre is written in two ways",
            ));
        }
    }
    out
}

/// Whether an owner is a person with this surname: two words, both with a capital, the first no kind of office.
fn named(owner: &str, surname: &str) -> bool {
    const OFFICES: [&str; 6] = ["azienda", "ufficio", "servizio", "area", "settore", "unita"];
    match owner.split_whitespace().collect::<Vec<_>>()[..] {
        [.., first, last] if owner.split_whitespace().count() < 4 => {
            last == surname && first.starts_with(char::is_uppercase) && !OFFICES.contains(&key(first).as_str())
        }
        _ => false,
    }
}

/// How the code stands, letters and all, and the words of the name.
fn apart(raw: &str) -> (String, String) {
    const LABELS: [&str; 8] = ["missione", "mission", "programma", "programme", "codice", "cod", "co", "n"];
    let code = |w: &str| w.chars().all(|c| c.is_ascii_digit()) && !w.is_empty();
    let spaced: String = raw.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<String> = key(&spaced).split(' ').map(str::to_owned).collect();
    let is_code = |w: &String| code(w) || LABELS.contains(&w.as_str());
    let form: Vec<&str> = words.iter().filter(|w| is_code(w)).map(String::as_str).collect();
    let name: Vec<&str> = words.iter().filter(|w| !is_code(w)).map(String::as_str).collect();
    (if form.iter().any(|w| code(w)) { form.join(" ") } else { String::new() }, name.join(" "))
}

fn number_of(raw: &str) -> Option<u32> {
    let digits: String = raw.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_a_name() {
        assert_eq!(apart("Cod.004 Vigilanza sui mercati").0, "cod 004");
        assert_eq!(apart("004 – Vigilanza sui mercati").1, apart("Codice 04 Vigilanza sui mercati").1);
        assert_eq!(number_of("Programma 003 - Servizi"), Some(3));
    }
}
