//! `pianometro explain`: how a score came about.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use pianometro::Input;
use pianometro::document::Source;
use pianometro::export::FileResult;
use pianometro::normalise::Plan;
use pianometro::score::{
    Explanation, Found, PartOf, Policy, PrintedField, ResultOf, Scores, Subject, explain as explain_score, find,
    number_it, percent_it,
};

use super::failure::Failure;
use super::knowledge::{OwnKnowledge, policy};
use super::tree_text::{Branch, Tree};

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Di che cosa si vuole la spiegazione: l'id di un indicatore, di un obiettivo, di un gruppo, di un responsabile, di una
    /// sezione o dell'ente («ente»); basta la parte finale, come 3.1/14, o il nome, se è uno solo
    #[arg(help_heading = "Argomenti", value_name = "ID")]
    id: String,
    /// I documenti in cui cercarlo
    #[arg(required = true, help_heading = "Argomenti", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Quanti livelli di parti mostrare
    #[arg(long, default_value_t = 2, value_name = "N")]
    #[arg(hide_default_value = true)]
    depth: usize,
    /// La forma: text (senza l'opzione) o json
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMA")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Il criterio di calcolo dei punteggi: il nome di uno di data/policies o un file in quella forma; senza, «default»
    #[arg(long, value_name = "NOME|FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    own: OwnKnowledge,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Prints the explanation; an id that is unknown or could be several ends with 2 and names what there is.
pub fn explain(args: &ExplainArgs) -> Result<ExitCode, Failure> {
    let lexicon = args.own.lexicon()?;
    let policy = policy(args.policy.as_deref())?;
    let knowledge = args.own.knowledge(&lexicon, policy.clone())?;
    let mut inputs = Vec::new();
    for path in &args.files {
        let (_, name) = super::open(path)?;
        inputs.push(Input { name, path: path.clone() });
    }
    let run = pianometro::run(&inputs, &knowledge).map_err(Failure::usage)?;
    for (file, input) in run.files.iter().zip(&inputs) {
        if let FileResult::Failed(failed) = file {
            return Err(Failure::unreadable(&input.path, &failed.message));
        }
    }
    let read: Vec<(&Plan, &Scores)> = run.read().collect();
    let (place, id) = match find(&read, &args.id) {
        Found::One(place, id) => (place, id),
        Found::Several(ids) => {
            return Err(Failure::usage(format!("«{}» può essere più cose:{}", args.id, listed(&ids)))
                .with_help("dare l'id intero, o abbastanza della sua fine"));
        }
        Found::None(near) => {
            return Err(Failure::usage(format!("«{}» non c'è; i più vicini:{}", args.id, listed(&near)))
                .with_help("gli id sono nella colonna subject_id di scores.csv"));
        }
    };
    let explained =
        read.get(place).and_then(|(plan, scores)| Some((plan, explain_score(plan, scores, &id, args.depth)?)));
    let Some((plan, explanation)) = explained else {
        return Err(Failure::usage(format!("«{}» non c'è", args.id)));
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Json => {
            let json = serde_json::to_string_pretty(&explanation).map_err(Failure::usage)?;
            writeln!(out, "{json}")?;
        }
        Format::Text => {
            let others = read.iter().enumerate().filter(|(other, _)| *other != place);
            let same = others.filter(|(_, (_, scores))| scores.rows().any(|row| row.subject_id == id));
            let copies: Vec<&str> = same.map(|(_, (plan, _))| plan.card.source_file.as_str()).collect();
            write!(out, "{}", text(plan, &policy, &explanation, &copies))?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// One a line, the longest lists cut.
fn listed(ids: &[(String, String)]) -> String {
    let mut text: String = ids.iter().take(12).map(|(id, label)| format!("\n  {id}  ({})", cut(label, 60))).collect();
    if ids.len() > 12 {
        text.push_str(&format!("\n  … e altri {}", ids.len() - 12));
    }
    text
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most).collect();
    format!("{}…", short.trim_end())
}

/// A label, or what stands for one that the document doesn't print.
fn named(label: &str) -> &str {
    if label.trim().is_empty() { "(senza nome)" } else { label }
}

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Indicator => "Indicatore",
        Subject::Group => "Gruppo",
        Subject::Objective => "Obiettivo",
        Subject::Owner => "Responsabile",
        Subject::Section => "Sezione",
        Subject::Entity => "Ente",
    }
}

/// `copies` are the other files that tell of the same subject.
fn text(plan: &Plan, policy: &Policy, explanation: &Explanation, copies: &[&str]) -> String {
    let card = &plan.card;
    let mut tree = Tree::new(format!("{}: {}", subject(explanation.subject), named(&explanation.label)));
    tree.line(format!("id         {}", explanation.subject_id));
    tree.line(format!("documento  {}{}", card.source_file, at(explanation.source.as_ref(), ", ")));
    if !copies.is_empty() {
        tree.line(format!("anche in   {} (qui si spiega il primo dei file)", copies.join(", ")));
    }
    tree.line(format!("criterio   {}: {}", policy.name, policy.description));
    if let Some(printed) = printed(&explanation.printed) {
        tree.branch(printed);
    }
    for result in &explanation.results {
        tree.branch(result_branch(result, explanation));
    }
    if !explanation.parts.is_empty() {
        let mut parts = Branch::new("È fatto di".to_owned());
        explanation.parts.iter().for_each(|part| parts.child(part_branch(part)));
        tree.branch(parts);
    }
    if !explanation.goes_into.is_empty() {
        let mut into = Branch::new("Entra in".to_owned());
        for whole in &explanation.goes_into {
            let (kind, label) = (subject(whole.subject).to_lowercase(), cut(&whole.label, 60));
            into.child(Branch::new(format!("{kind} {label} ({})", whole.subject_id)));
        }
        tree.branch(into);
    }
    tree.to_string()
}

fn at(source: Option<&Source>, before: &str) -> String {
    match source {
        Some(Source { line: Some(line), .. }) => format!("{before}riga {line}"),
        Some(Source { page, .. }) if *page > 0 => format!("{before}pagina {page}"),
        _ => String::new(),
    }
}

fn field_name(field: &PrintedField) -> String {
    let name = match field.field {
        "weight" => "peso",
        "baseline" => "valore di partenza",
        "target" => "obiettivo",
        "actual" => "risultato",
        "variance" => "scostamento",
        "achievement" => "grado di realizzazione",
        "points_available" => "punti disponibili (B)",
        "points" => "punti (A × B)",
        "monitoring" => "monitoraggio",
        other => other,
    };
    let revised = if field.revised { " modificato" } else { "" };
    let period =
        field.period.map_or_else(String::new, |day| format!(" al {:02}/{:02}/{}", day.day(), day.month(), day.year()));
    format!("{name}{revised}{period}")
}

fn printed(fields: &[PrintedField]) -> Option<Branch> {
    let width = fields.iter().map(|field| field_name(field).chars().count()).max()?;
    let mut branch = Branch::new("Che cosa è stampato".to_owned());
    for field in fields {
        let name = field_name(field);
        let raw = cut(&field.raw, 120);
        branch.child(Branch::new(format!(
            "{name:width$}  \"{raw}\"  letto: {}{}",
            field.read_as,
            at(Some(&field.source), ", ")
        )));
    }
    Some(branch)
}

fn result_branch(result: &ResultOf, explanation: &Explanation) -> Branch {
    let what = match result.basis {
        "printed_points" => "Somma dei punti come stampati",
        "printed_mean" => "Media dei risultati pubblicati",
        "variance" => "Scostamento (risultato − obiettivo)",
        "stated_progress" => "Avanzamento dichiarato",
        _ => "Ricalcolo",
    };
    let day = result.period.map_or_else(
        || " senza data".to_owned(),
        |day| format!(" al {:02}/{:02}/{}", day.day(), day.month(), day.year()),
    );
    let unit = if result.basis == "variance" || (explanation.subject == Subject::Entity && result.points_max.is_some())
    {
        if result.basis == "variance" { "" } else { " punti" }
    } else {
        " %"
    };
    let value = match result.value {
        Some(value) if result.basis == "variance" => number_it(value, 6),
        Some(value) => format!("{}{unit}", percent_it(value)),
        None => "nessun valore".to_owned(),
    };
    let mut branch = Branch::new(format!("{what}{day}: {value}"));
    branch.child(Branch::new(result.explanation.clone()));
    if let Some(raw) = &result.published_raw {
        let difference = match result.difference {
            Some(difference) if difference.is_zero() => String::new(),
            Some(difference) => format!(", differenza {}", number_it(difference, 9)),
            None => String::new(),
        };
        let cause = result.cause_text.as_ref().map_or_else(String::new, |cause| format!(": {cause}"));
        branch.child(Branch::new(format!("pubblicato \"{raw}\"{difference}{cause}")));
    }
    if result.coverage < 100.into() && result.value.is_some() {
        branch.child(Branch::new(format!(
            "copertura {} %: la parte dei pesi che si è potuta calcolare",
            percent_it(result.coverage)
        )));
    }
    branch
}

fn part_branch(part: &PartOf) -> Branch {
    let explained = &part.part;
    let value = part.value.map_or_else(|| "senza punteggio".to_owned(), percent_it);
    let weight =
        part.weight.map_or_else(|| "fuori dalla media".to_owned(), |weight| format!("peso {}", number_it(weight, 4)));
    let place = at(explained.source.as_ref(), ", ");
    let id = short(&explained.subject_id);
    // An objective's label begins with its code, which the id may be already.
    let label = explained.label.strip_prefix(id).unwrap_or(&explained.label).trim_start();
    let mut branch = Branch::new(format!(
        "{value} ({weight})  {} {id}: {}{place}",
        subject(explained.subject).to_lowercase(),
        cut(named(label), 80)
    ));
    if explained.parts.is_empty()
        && let Some(result) = explained.results.iter().find(|result| result.basis == "recomputed")
    {
        branch.child(Branch::new(result.explanation.clone()));
    }
    explained.parts.iter().for_each(|inner| branch.child(part_branch(inner)));
    branch
}

/// An id without the document.
fn short(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, short)| short)
}
