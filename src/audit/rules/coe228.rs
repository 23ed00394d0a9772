//! COE228: una prospettiva che nessun'altra scheda ha.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE228",
    severity: Severity::Info,
    title: Text { it: "una prospettiva che nessun'altra scheda ha", en: "a perspective that no other sheet has" },
    what: "Confronta le prospettive della scheda di valutazione bilanciata (o gli ambiti) delle schede: cerca quella che sta in una scheda sola, quando le altre sono di più schede.",
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
    if sheets.len() < 6 || alone.len() > 1 || shared * 5 < sheets.len() * 4 {
        return Vec::new();
    }
    let finding = |(index, perspective): &&(usize, &str)| {
        view.on_objective(rule, *index).quote("prospettiva", "perspective", perspective).says(
            format!("questa scheda sola ha la prospettiva «{perspective}»: le altre {shared} hanno prospettive che tornano in più schede"),
            format!("this sheet alone has the perspective “{perspective}”: the other {shared} have ones that several sheets share"),
        )
    };
    alone.iter().map(finding).collect()
}
