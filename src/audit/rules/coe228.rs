//! COE228: una prospettiva che nessun'altra scheda ha.

use super::prelude::*;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::Printed;

pub(super) static RULE: Rule = Rule {
    code: "COE228",
    severity: Severity::Info,
    title: Text {
        it: "una prospettiva che nessun'altra scheda, o la mappa, ha",
        en: "a perspective that no other sheet, or the map, has",
    },
    what: "Confronta le prospettive della scheda di valutazione bilanciata (o gli ambiti) delle schede: cerca quella che sta in una scheda sola, quando le altre sono di più schede, quella che non è della mappa delle prospettive, e nella mappa due prospettive con lo stesso numero.",
    why: "La scheda non si ritrova nella mappa degli obiettivi.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Quattro prospettive in quindici schede, «Tutela della legalità» in una sola.",
    advice: Text { it: "usare una delle prospettive della mappa", en: "use one of the map's perspectives" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let sheets: Vec<(usize, &str)> = view
        .objectives()
        .filter_map(|(i, o)| Some((i, o.sheet.perspective.as_deref()?)))
        .filter(|(_, p)| p.chars().count() < 120)
        .collect();
    let same = |a: &str, b: &str| key(a) == key(b) || covered(a, b).max(covered(b, a)) >= 0.75;
    let often = |p: &str| sheets.iter().filter(|(_, other)| same(p, other)).count();
    let alone: Vec<&(usize, &str)> = sheets.iter().filter(|(_, p)| often(p) == 1).collect();
    let shared = sheets.len() - alone.len();
    let map = map(rule, view, &sheets);
    if sheets.len() < 6 || alone.len() > 1 || shared * 5 < sheets.len() * 4 {
        return map;
    }
    let finding = |(index, perspective): &&(usize, &str)| {
        view.on_objective(rule, *index).quote("prospettiva", "perspective", perspective).says(
            format!("questa scheda sola ha la prospettiva «{perspective}»: le altre {shared} hanno prospettive che tornano in più schede"),
            format!("this sheet alone has the perspective “{perspective}”: the other {shared} have ones that several sheets share"),
        )
    };
    alone.iter().map(finding).chain(map).collect()
}

/// The map of perspectives printed as paragraphs, each with the objectives below it: sheets with another perspective than the
/// map's, and perspectives with one number.
fn map(rule: &Rule, view: &View<'_>, sheets: &[(usize, &str)]) -> Vec<Finding> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by every test that runs the rules.
        Regex::new(r"^(\d{1,2}(?:\.\d{1,2})+)\.?\s*[-–]?\s*\p{L}").expect("constant pattern")
    });
    let bare = |text: &str| key(text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' '));
    let known = |text: &str| sheets.iter().filter(|(_, p)| key(p) == bare(text)).count() > 1;
    let code = |o: &Objective| o.code.as_deref().map(|c| c.trim_matches('.').to_owned());
    let mut out = Vec::new();
    let mut heading: Option<&Printed> = None;
    let mut numbered: Option<(u32, String)> = None;
    for passage in &view.plan.passages {
        let [cell] = &passage.cells[..] else {
            heading = None;
            continue;
        };
        if passage.table.is_some() || passage.heading.is_some() || passage.objective.is_some() {
            (heading, numbered) = (None, None);
            continue;
        }
        let text = cell.raw.trim();
        if known(text) {
            heading = Some(cell);
            let number = text.split(['.', ' ']).next().and_then(|n| n.parse::<u32>().ok());
            let own = number.map(|n| (n, bare(text)));
            if let (Some((n, a)), Some((m, b))) = (&own, &numbered)
                && n == m
                && a != b
            {
                out.push(view.at(rule, None, &cell.source).quote("prospettiva", "perspective", text).says(
                    format!("due prospettive hanno il numero {n}"),
                    format!("two perspectives have the number {n}"),
                ));
            }
            numbered = own.or(numbered);
            continue;
        }
        let (Some(above), Some(found)) = (heading, CODE.captures(text)) else {
            // Another heading of the map ends the block; a line that goes on doesn't.
            if text.starts_with(char::is_uppercase) && text.chars().count() < 50 && !text.contains(',') {
                heading = heading.filter(|_| text.split(' ').count() > 3);
            }
            continue;
        };
        let sheet =
            sheets.iter().find(|(n, _)| view.plan.objectives.get(*n).and_then(code).as_deref() == Some(&found[1]));
        let Some((index, own)) = sheet.filter(|(_, p)| covered(p, &above.raw).max(covered(&above.raw, p)) < 0.75)
        else {
            continue;
        };
        out.push(
            view.on_objective(rule, *index)
                .at(&cell.source)
                .quote("scheda", "sheet", own)
                .quote("mappa", "map", &above.raw)
                .says(
                    format!(
                        "nella mappa l'obiettivo sta sotto «{}», nella scheda sotto «{own}»",
                        above.raw.trim_end_matches(':')
                    ),
                    format!(
                        "in the map the objective stands under “{}”, in its sheet under “{own}”",
                        above.raw.trim_end_matches(':')
                    ),
                ),
        );
    }
    out
}
