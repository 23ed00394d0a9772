//! ACC118: un titolo contiene due volte le stesse parole.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC118",
    severity: Severity::Warning,
    title: Text { it: "un titolo contiene due volte le stesse parole", en: "a title holds the same words twice" },
    what: "Cerca nei titoli degli obiettivi le parole ripetute una di seguito all'altra.",
    why: "È un errore di copiatura: può mancare una parte del titolo.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«Obiettivo 2: Obiettivo 2 - Progetto PID».",
    advice: Text { it: "togliere la ripetizione", en: "remove the repetition" },
    gather: None,
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut seen: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for passage in &view.plan.passages {
        for cell in &passage.cells {
            let line = cell.raw.lines().next().unwrap_or_default();
            if line.len() > 400 || !key(line).starts_with("obiettivo") || seen.contains(&line) {
                continue;
            }
            let Some(twice) = repeated(line) else { continue };
            seen.push(line);
            out.push(
                view.at(rule, passage.objective, &cell.source)
                    .quote("titolo", "title", line)
                    .says(format!("il titolo dice due volte «{twice}»"), format!("the title says “{twice}” twice")),
            );
        }
    }
    out
}

/// The words near the start of a line that stand twice in a row: two with a number, else four.
fn repeated(line: &str) -> Option<String> {
    let words: Vec<String> = key(line).split(' ').map(str::to_owned).collect();
    for start in 0..words.len().min(4) {
        for length in (2..=(words.len() - start) / 2).rev() {
            let (a, b) = (words.get(start..start + length)?, words.get(start + length..start + 2 * length)?);
            let numbered = a.iter().any(|w| w.chars().all(|c| c.is_ascii_digit()));
            if a == b && (numbered || length > 3) {
                return Some(a.join(" "));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_twice_in_a_row() {
        assert_eq!(repeated("Obiettivo 2: Obiettivo 2 - PROGETTO PID").as_deref(), Some("obiettivo 2"));
        assert!(repeated("Obiettivo 2 - progetto 2").is_none());
        assert!(repeated("Obiettivo operativo: azioni per il progetto \"azioni per il progetto\" PID").is_some());
    }
}
