//! `catalog.ttl`: the dataset's entry for a catalogue of open data, by the Italian profile DCAT-AP_IT 1.0.

use super::package::{DESCRIPTION, Form, KEYWORDS, LICENCE, TITLE, forms};
use super::publication::Publication;
use super::schema::TableSchema;

const PREFIXES: &str = "\
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatapit: <http://dati.gov.it/onto/dcatapit#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

/// The catalogue entry in Turtle. Addresses are relative to the publication's, or to the file's own place; the profile wants
/// a day of publication, which stands where the publication gives one.
pub(super) fn catalog(tables: &[&TableSchema], publication: &Publication) -> String {
    let base = publication.url.as_ref().map(|url| format!("@base <{url}> .\n")).unwrap_or_default();
    let modified = publication.date.map(|day| format!("\n  dct:modified \"{day}\"^^xsd:date ;")).unwrap_or_default();
    let files = files(tables);
    let mut out = base + PREFIXES;
    out.push_str(&agents(publication, &modified));
    out.push_str(&dataset(&files, &modified));
    for file in &files {
        out.push_str(&distribution(file, &modified));
    }
    out
}

/// A file that can be downloaded.
struct Download {
    path: String,
    /// Its name in the European list of file types.
    file_type: &'static str,
    title: String,
    description: String,
}

/// The tables as CSV, then their other forms.
fn files(tables: &[&TableSchema]) -> Vec<Download> {
    let csv = |table: &&TableSchema| Download {
        path: format!("data/{}.csv", table.name),
        file_type: "CSV",
        title: table.title.clone(),
        description: table.description.clone(),
    };
    let other = |form: Form| Download {
        path: form.path,
        file_type: match form.format {
            "parquet" => "PARQUET",
            "xlsx" => "XLSX",
            _ => "JSON",
        },
        title: form.title,
        description: form.description,
    };
    tables.iter().map(csv).chain(forms(tables).into_iter().map(other)).collect()
}

/// The catalogue and who publishes it.
fn agents(publication: &Publication, modified: &str) -> String {
    let (name, identifier) = (literal(&publication.publisher), literal(&publication.identifier));
    let (title, description) = (literal(TITLE), literal(DESCRIPTION));
    format!(
        "
<#catalog> a dcatapit:Catalog, dcat:Catalog ;
  dct:title {title}@it ;
  dct:description {description}@it ;
  dct:publisher <#publisher> ;
  dct:language <{AUTHORITY}/language/ITA> ;{modified}
  dcat:themeTaxonomy <{AUTHORITY}/data-theme> ;
  dcat:dataset <#dataset> .

<#publisher> a dcatapit:Agent, foaf:Agent ;
  foaf:name {name}@it ;
  dct:identifier {identifier} .
"
    )
}

/// The dataset, its theme and its licence.
fn dataset(files: &[Download], modified: &str) -> String {
    let (title, description) = (literal(TITLE), literal(DESCRIPTION));
    let keywords: Vec<String> = KEYWORDS.iter().map(|word| format!("{}@it", literal(word))).collect();
    let keywords = keywords.join(", ");
    let distributions: Vec<String> = files.iter().map(|file| format!("<{}#distribution>", file.path)).collect();
    let distributions = distributions.join(", ");
    format!(
        "
<#dataset> a dcatapit:Dataset, dcat:Dataset ;
  dct:identifier \"pianometro\" ;
  dct:title {title}@it ;
  dct:description {description}@it ;
  dct:publisher <#publisher> ;
  dct:rightsHolder <#publisher> ;
  dct:language <{AUTHORITY}/language/ITA> ;{modified}
  dct:accrualPeriodicity <{AUTHORITY}/frequency/UNKNOWN> ;
  dcat:theme <{AUTHORITY}/data-theme/GOVE> ;
  dcat:keyword {keywords} ;
  dcat:distribution {distributions} .

<{AUTHORITY}/data-theme> a skos:ConceptScheme ;
  dct:title \"Temi dei dati\"@it .

<{LICENCE}> a dcatapit:LicenseDocument, dct:LicenseDocument ;
  dct:type <http://purl.org/adms/licencetype/Attribution> ;
  foaf:name \"Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)\"@it ;
  owl:versionInfo \"4.0\" .
"
    )
}

fn distribution(file: &Download, modified: &str) -> String {
    let Download { path, file_type, .. } = file;
    let (title, description) = (literal(&file.title), literal(&file.description));
    format!(
        "
<{path}#distribution> a dcatapit:Distribution, dcat:Distribution ;
  dct:title {title}@it ;
  dct:description {description}@it ;
  dct:format <{AUTHORITY}/file-type/{file_type}> ;
  dct:license <{LICENCE}> ;{modified}
  dcat:accessURL <{path}> ;
  dcat:downloadURL <{path}> .
"
    )
}

/// A text as a Turtle literal.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_escaped() {
        assert_eq!(literal("a \"b\" \\ c\nd"), r#""a \"b\" \\ c\nd""#);
    }
}
