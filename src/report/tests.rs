use super::*;
use crate::export::FileResult;
use crate::score::sample::{dated, indicator, plan, set_actual, set_target};
use crate::score::{Policy, score};

/// A run over one document, whose texts are as given.
fn run_of(name: &str) -> Run {
    let mut one = indicator("1");
    one.name = name.to_owned();
    one.note = Some(name.to_owned());
    set_target(&mut one, Some(jiff::civil::Date::constant(2019, 12, 31)), ">=75%");
    set_actual(&mut one, Some(jiff::civil::Date::constant(2019, 12, 31)), "54,47%");
    one.baseline = Some(dated(None, name, false));
    let mut plan = plan(vec![one]);
    plan.card.title = Some(name.to_owned());
    plan.card.source_file = format!("{name}.pdf");
    plan.card.entity = None;
    let scores = score(&plan, &Policy::default_policy());
    let finding = crate::audit::unread(&plan, crate::extract::Lexicon::shipped());
    let file = ReadFile::new(plan, scores, finding);
    let comparison = crate::compare::compare(&[file.material()], &crate::compare::Decisions::default()).unwrap();
    let failed = FailedFile {
        source_file: name.to_owned(),
        sha256: None,
        format: None,
        reason_code: "unreadable".to_owned(),
        message: name.to_owned(),
    };
    let files = vec![FileResult::Read(Box::new(file)), FileResult::Failed(failed)];
    Run { files, comparison, findings: Vec::new() }
}

fn texts(pages: &[Page]) -> Vec<&str> {
    pages.iter().filter(|p| p.name.ends_with(".html")).map(|p| std::str::from_utf8(&p.bytes).unwrap()).collect()
}

#[test]
fn texts_of_documents_cant_bring_markup() {
    let hostile = "</script><img src=x onerror=alert(1)>\" onmouseover='a' {{ 7*7 }} <!-- ]]>";
    let pages = report(&run_of(hostile), &Clips::default()).unwrap();
    for page in texts(&pages) {
        assert!(!page.contains("<img src=x"), "markup of a document in a page");
        assert!(!page.contains("</script><"), "a script ended by a document");
        assert!(!page.contains("\" onmouseover='"), "an attribute ended by a document");
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;") || page.contains("<h1><span data-i>Confronto"));
    }
}

#[test]
fn a_page_tells_value_calculation_and_place() {
    let pages = report(&run_of("Interventi sostenuti"), &Clips::default()).unwrap();
    let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    assert_eq!(
        names,
        ["index.html", "confronto.html", "documento-prova-2019-relazione.html", "report.css", "report.js"]
    );
    let page = texts(&pages)[2];
    for told in ["54,47 / 75 × 100 = 72,63", "&gt;=75%", "p. 7", "<data value=\"72.6267\">72,63</data>"] {
        assert!(page.contains(told), "{told} is missing");
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let run = run_of("Interventi sostenuti");
    assert_eq!(report(&run, &Clips::default()).unwrap(), report(&run, &Clips::default()).unwrap());
}

#[test]
fn an_empty_run_has_a_report() {
    let pages = report(&Run::default(), &Clips::default()).unwrap();
    assert_eq!(pages.len(), 4);
}
