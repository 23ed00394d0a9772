//! `catalog.ttl`: the dataset's entry for a catalogue of open data, by the Italian profile DCAT-AP_IT 1.0.

use std::fmt::Write as _;

use super::package::{DESCRIPTION, KEYWORDS, LICENCE, TITLE};
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

/// The catalogue entry in Turtle. Addresses are relative to the publication's, or to the file's own place.
pub(super) fn catalog(tables: &[&TableSchema], publication: &Publication) -> String {
    let mut out = String::new();
    // Writing into a string can't fail.
    if let Some(url) = &publication.url {
        let _ = writeln!(out, "@base <{url}> .");
    }
    out.push_str(PREFIXES);
    let (name, identifier) = (literal(&publication.publisher), literal(&publication.identifier));
    let (title, description) = (literal(TITLE), literal(DESCRIPTION));
    let date = publication.date;
    let keywords: Vec<String> = KEYWORDS.iter().map(|word| format!("{}@it", literal(word))).collect();
    let keywords = keywords.join(", ");
    let mut files: Vec<(String, &str, &str, &str)> = Vec::new();
    for table in tables {
        files.push((format!("data/{}.csv", table.name), "CSV", &table.title, &table.description));
    }
    let whole = "Gli stessi indicatori, annidati, un oggetto per riga";
    files.push(("data/indicators.jsonl".to_owned(), "JSON", "Indicatori annidati", whole));
    files.push((
        "pianometro.xlsx".to_owned(),
        "XLSX",
        "Cartella di lavoro",
        "Tutte le tabelle in una cartella di lavoro",
    ));
    let distributions: Vec<String> = files.iter().map(|(path, ..)| format!("<{path}#distribution>")).collect();
    let distributions = distributions.join(", ");
    let _ = write!(
        out,
        "
<#catalog> a dcatapit:Catalog, dcat:Catalog ;
  dct:title {title}@it ;
  dct:description {description}@it ;
  dct:publisher <#publisher> ;
  dct:language <{AUTHORITY}/language/ITA> ;
  dct:modified \"{date}\"^^xsd:date ;
  dcat:themeTaxonomy <{AUTHORITY}/data-theme> ;
  dcat:dataset <#dataset> .

<#publisher> a dcatapit:Agent, foaf:Agent ;
  foaf:name {name}@it ;
  dct:identifier {identifier} .

<#dataset> a dcatapit:Dataset, dcat:Dataset ;
  dct:identifier \"pianometro\" ;
  dct:title {title}@it ;
  dct:description {description}@it ;
  dct:publisher <#publisher> ;
  dct:rightsHolder <#publisher> ;
  dct:language <{AUTHORITY}/language/ITA> ;
  dct:modified \"{date}\"^^xsd:date ;
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
    );
    for (path, format, title, description) in files {
        let (title, description) = (literal(title), literal(description));
        let _ = write!(
            out,
            "
<{path}#distribution> a dcatapit:Distribution, dcat:Distribution ;
  dct:title {title}@it ;
  dct:description {description}@it ;
  dct:format <{AUTHORITY}/file-type/{format}> ;
  dct:license <{LICENCE}> ;
  dct:modified \"{date}\"^^xsd:date ;
  dcat:accessURL <{path}> ;
  dcat:downloadURL <{path}> .
"
        );
    }
    out
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
