//! ACC110: lo stesso dato è stampato due volte.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "ACC110",
    severity: Severity::Warning,
    title: Text { it: "lo stesso dato è stampato due volte", en: "the same datum is printed twice" },
    what: "Cerca le righe ripetute nella scheda di un indicatore e i valori raddoppiati nella loro cella.",
    why: "Una riga ripetuta è un resto di correzione: può restarne una sola, e non si sa se era la giusta.",
    basis: "ISO/IEC 25012, accuratezza: il dato rappresenta correttamente il valore vero.",
    example: "«Risultati raggiunti 14,00%» prima e dopo «Scostamenti»; «1.200 posizioni1.200 posizioni».",
    advice: Text { it: "togliere la ripetizione", en: "remove the repetition" },
    gather: None,
    check: Check::Document(check),
};

/// How many rows apart a row may be repeated.
const REACH: usize = 3;

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, indicator) in view.indicators() {
        let values = indicator.baseline.iter().chain(&indicator.targets).chain(&indicator.actuals).map(|v| &v.measure);
        for measure in values.chain(&indicator.weight) {
            if let Some(half) = doubled(&measure.raw) {
                out.push(
                    view.on(rule, index).at(&measure.source).quote("cella", "cell", &measure.raw).says(
                        format!("la cella contiene due volte «{half}»"),
                        format!("the cell holds “{half}” twice"),
                    ),
                );
            }
        }
    }
    for (index, objective) in view.objectives() {
        let Some(run) = repeated_run(&objective.title) else { continue };
        // A heading "Obiettivo …" that says its words twice is told as that.
        let head: String = objective.title.chars().take(40).collect();
        let heading = |raw: &str| raw.contains(&head) && key(raw).starts_with("obiettivo");
        if !view.plan.passages.iter().any(|p| p.cells.iter().any(|c| heading(&c.raw))) {
            out.push(
                view.on_objective(rule, index)
                    .quote("titolo", "title", &objective.title)
                    .says(format!("il titolo ripete «{run}»"), format!("the title repeats “{run}”")),
            );
        }
    }
    out.extend(rows(rule, view));
    out
}

/// Words in a row, at least this many, that a title has twice.
const RUN: usize = 5;

/// The first run of words that stands twice in a title.
fn repeated_run(title: &str) -> Option<String> {
    let words: Vec<String> = key(title).split(' ').map(str::to_owned).collect();
    let runs: Vec<&[String]> = words.windows(RUN).collect();
    let twice = runs.iter().enumerate().find(|(at, run)| runs.iter().skip(at + RUN).any(|other| other == *run));
    twice.map(|(_, run)| run.join(" "))
}

/// The half of a text that is twice the same words, with or without a blank between.
fn doubled(raw: &str) -> Option<&str> {
    let raw = raw.trim();
    let middle = raw.char_indices().map(|(at, _)| at).find(|&at| {
        let (a, b) = raw.split_at(at);
        !a.is_empty() && a.trim() == b.trim()
    })?;
    let half = raw.get(..middle)?.trim();
    (half.chars().count() > 3 && half.chars().any(char::is_alphabetic)).then_some(half)
}

fn rows(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let passages = &view.plan.passages;
    for (at, passage) in passages.iter().enumerate() {
        let [label, value] = &passage.cells[..] else { continue };
        let field = view.field(&label.raw);
        let single = [
            Some(Field::Actual),
            Some(Field::Baseline),
            Some(Field::Weight),
            Some(Field::Variance),
            Some(Field::Target),
        ];
        if !single.contains(&field) || value.raw.chars().count() > 80 {
            continue;
        }
        let mut before = passages.iter().take(at).rev().take(REACH).take_while(|p| p.objective == passage.objective);
        let head = |p: &crate::extract::Passage| p.cells.len() < 2;
        let same = before.by_ref().take_while(|p| !head(p)).find(
            |p| matches!(&p.cells[..], [l, v] if key(&l.raw) == key(&label.raw) && key(&v.raw) == key(&value.raw)),
        );
        if same.is_some() {
            out.push(
                view.at(rule, passage.objective, &label.source)
                    .quote("riga", "row", &format!("{} {}", label.raw, value.raw))
                    .says(
                        format!("la riga «{} {}» è stampata due volte", label.raw, value.raw),
                        format!("the row “{} {}” is printed twice", label.raw, value.raw),
                    ),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_it_twice() {
        let title = "Azioni derivanti dal Progetto Nazionale – 'Azioni derivanti dal Progetto Nazionale finanziato";
        assert_eq!(repeated_run(title).as_deref(), Some("azioni derivanti dal progetto nazionale"));
        assert_eq!(repeated_run("Servizi di assistenza alla digitalizzazione e servizi di orientamento"), None);
    }

    #[test]
    fn doubled_values() {
        assert_eq!(doubled("1.200 posizioni1.200 posizioni"), Some("1.200 posizioni"));
        assert_eq!(doubled("almeno 3 almeno 3"), Some("almeno 3"));
        assert_eq!(doubled("1010"), None);
        assert_eq!(doubled("sì sì"), None);
        assert_eq!(doubled("1.200 posizioni"), None);
    }
}
