//! Which entity a document is of.
//!
//! The chambers of commerce, present and merged, stand in `data/entities.csv`; the code names none of them. A *mention*
//! is an anchor ("Camera di commercio, industria, artigianato e agricoltura di", "C.C.I.A.A.", "la Camera di") followed by
//! a name, or an alias that is a whole name in itself. Names are compared without case, accents, blanks, hyphens and
//! articles, also where a PDF's text layer lost its "ti", "tt", "fi", "fl" ligatures.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use super::mention::{Keys, Mention, mentions, stem_key};
use crate::document::fold;

/// A chamber of commerce; one row of `data/entities.csv`.
///
/// Codes are text, as published; a code that could not be verified is `None`. A merged chamber has a `valid_to` and a
/// `successor`. Dates are ISO 8601 prefixes: a day, a month (`2020-12`) or a year (`2016`) where no more is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entity {
    /// Lower-case ASCII slug, unique and stable.
    #[serde(rename = "entity_id")]
    pub id: String,
    /// The full name, as in "Camera di commercio di Roma".
    pub name: String,
    /// Code in the index of public administrations (IndicePA).
    #[serde(deserialize_with = "optional")]
    pub ipa_code: Option<String>,
    #[serde(deserialize_with = "optional")]
    pub fiscal_code: Option<String>,
    /// ISTAT codes of the provinces, three digits each.
    #[serde(deserialize_with = "list")]
    pub istat_province: Vec<String>,
    /// Names of the provinces, in the order of `istat_province`.
    #[serde(deserialize_with = "list")]
    pub province: Vec<String>,
    /// ISTAT code of the region, two digits.
    pub istat_region: String,
    pub region: String,
    #[serde(deserialize_with = "optional")]
    pub valid_from: Option<String>,
    #[serde(deserialize_with = "optional")]
    pub valid_to: Option<String>,
    /// Id of the chamber it merged into.
    #[serde(deserialize_with = "optional")]
    pub successor: Option<String>,
    /// Other names that documents print.
    #[serde(deserialize_with = "list")]
    pub aliases: Vec<String>,
    /// Where the codes come from.
    pub source: String,
}

impl Entity {
    /// The first year in which it existed; `None` where it is older than the register.
    pub fn first_year(&self) -> Option<i16> {
        year_of(self.valid_from.as_deref())
    }

    /// The last year in which it existed; `None` while it exists.
    pub fn last_year(&self) -> Option<i16> {
        year_of(self.valid_to.as_deref())
    }
}

fn year_of(date: Option<&str>) -> Option<i16> {
    date?.get(..4)?.parse().ok()
}

fn optional<'de, D: Deserializer<'de>>(field: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(field)?;
    Ok(Some(text).filter(|t| !t.is_empty()))
}

fn list<'de, D: Deserializer<'de>>(field: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(field)?;
    Ok(text.split(';').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect())
}

/// All entities, by id.
pub fn entities() -> &'static [Entity] {
    static ENTITIES: LazyLock<Vec<Entity>> = LazyLock::new(|| {
        let text = include_str!("../../data/entities.csv");
        // Every row of the file is checked by the tests below; a row that can't be read would only be one chamber less.
        csv::Reader::from_reader(text.as_bytes()).deserialize().filter_map(Result::ok).collect()
    });
    &ENTITIES
}

/// An entity in stored results: its id.
pub(crate) mod by_id {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Entity, entities, index};

    pub fn serialize<S: Serializer>(entity: &Option<&'static Entity>, to: S) -> Result<S::Ok, S::Error> {
        entity.map(|entity| &entity.id).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'static Entity>, D::Error> {
        let Some(id) = Option::<String>::deserialize(from)? else { return Ok(None) };
        let known = index(&id).and_then(|index| entities().get(index));
        known.map(Some).ok_or_else(|| D::Error::custom(format!("no entity has the id {id}")))
    }
}

fn index(id: &str) -> Option<usize> {
    entities().iter().position(|e| e.id == id)
}

fn keys() -> &'static Keys {
    static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::new(entities()));
    &KEYS
}

/// An entity and what tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityGuess {
    pub entity: &'static Entity,
    /// The printed words it rests on, white space folded; "nome del file: …" where only the file's name tells.
    pub evidence: String,
}

/// A mention that the leading texts hold this early, at the start of its line, is the title page's.
const TITLE_LINES: usize = 12;
/// How many times more often than the first-named another entity must be named to be preferred.
const OUTNUMBERED: usize = 3;
/// The body alone decides from this many mentions on.
const ENOUGH: usize = 2;

/// How often an entity is named, and first where.
#[derive(Default)]
struct Tally {
    count: usize,
    evidence: String,
}

/// Finds the entity that a document is of.
///
/// `lead_texts` are the title page's lines, the file's title and headings, in order of weight; `body_mentions` are the
/// document's texts in reading order (all of them, or those that name a chamber); `file_stem` is the file's name without
/// its extension; `year` is the year the document is about. With a year, a name that was no longer in use stands for the
/// chamber it had merged into, and a chamber that was yet to be founded gives way to the one that was to merge into it
/// (but a chamber may report on the year before its own first). `None` where nothing tells with certainty.
pub fn find_entity(
    lead_texts: &[&str],
    body_mentions: &[&str],
    file_stem: &str,
    year: Option<i16>,
) -> Option<EntityGuess> {
    let lead = mentions(&lead_texts.join("\n"), keys());
    let body = mentions(&body_mentions.join("\n"), keys());
    let stem = stem_key(file_stem, keys()).and_then(|i| surviving(i, year));
    let (i, evidence) = from_texts(&lead, &body, stem, year).or_else(|| {
        let entity = stem.filter(|&i| !is_future(i, year))?;
        Some((entity, format!("nome del file: {file_stem}")))
    })?;
    Some(EntityGuess { entity: entities().get(i)?, evidence })
}

/// Decides by the title page, then by the leading texts, then by the body; the file's name only confirms a single mention
/// in the body.
fn from_texts(lead: &[Mention], body: &[Mention], stem: Option<usize>, year: Option<i16>) -> Option<(usize, String)> {
    let mut tallies: HashMap<usize, Tally> = HashMap::new();
    let mut order: Vec<usize> = Vec::new();
    let (mut first_lead, mut on_title) = (None, None);
    for (in_lead, mention) in lead.iter().map(|m| (true, m)).chain(body.iter().map(|m| (false, m))) {
        let Some(entity) = surviving(mention.entity, year).filter(|_| !mention.of_another) else { continue };
        if in_lead {
            first_lead = first_lead.or(Some(entity));
            if mention.starts_line && mention.line < TITLE_LINES {
                on_title = on_title.or(Some(entity));
            }
        }
        let tally = tallies.entry(entity).or_default();
        if tally.count == 0 {
            order.push(entity);
            tally.evidence = fold(&mention.text);
        }
        tally.count += 1;
    }
    let count = |e: usize| tallies.get(&e).map_or(0, |t| t.count);
    // A stable sort: of two named equally often, the one named first comes first.
    order.sort_by_key(|&e| std::cmp::Reverse(count(e)));
    let most = *order.first()?;
    let rival = order.get(1).map_or(0, |&e| count(e));
    let mut chosen = match (on_title, first_lead) {
        (Some(title), _) => title,
        (_, Some(first)) if count(most) > OUTNUMBERED * count(first) => most,
        (_, Some(first)) => first,
        _ if count(most) >= ENOUGH && count(most) > rival => most,
        _ if stem == Some(most) => most,
        _ => return None,
    };
    if is_future(chosen, year) {
        chosen = *order.iter().find(|&&e| !is_future(e, year) && becomes(e, chosen))?;
    }
    tallies.remove(&chosen).map(|t| (chosen, t.evidence))
}

/// A chain of mergers is short; the bound keeps a circular file from looping.
const MERGERS: usize = 8;

/// The entity itself, or the one it had merged into before the year began.
fn surviving(entity: usize, year: Option<i16>) -> Option<usize> {
    let mut at = entity;
    for _ in 0..MERGERS {
        let row = entities().get(at)?;
        match (row.last_year(), year) {
            (Some(last), Some(year)) if last < year => at = index(row.successor.as_deref()?)?,
            _ => return Some(at),
        }
    }
    None
}

/// Founded so late that it can't even report on the year.
fn is_future(entity: usize, year: Option<i16>) -> bool {
    let first = entities().get(entity).and_then(Entity::first_year);
    first.zip(year).is_some_and(|(first, year)| first > year.saturating_add(1))
}

/// Whether an entity merged, at once or in steps, into another.
fn becomes(entity: usize, other: usize) -> bool {
    let next = |&e: &usize| entities().get(e).and_then(|row| index(row.successor.as_deref()?));
    std::iter::successors(Some(entity), next).take(MERGERS).any(|e| e == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(lead: &[&str], body: &[&str], stem: &str, year: Option<i16>) -> Option<String> {
        find_entity(lead, body, stem, year).map(|g| g.entity.id.clone())
    }

    #[test]
    fn every_row_of_the_file_is_read_and_consistent() {
        let rows = include_str!("../../data/entities.csv").lines().count() - 1;
        assert_eq!(entities().len(), rows);
        for e in entities() {
            assert_eq!(entities().iter().filter(|o| o.id == e.id).count(), 1, "{}", e.id);
            assert_eq!(e.istat_province.len(), e.province.len(), "{}", e.id);
            assert!(e.istat_province.iter().all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit())), "{}", e.id);
            assert!(e.istat_region.len() == 2 && !e.region.is_empty(), "{}", e.id);
            assert_eq!(e.valid_to.is_some(), e.successor.is_some(), "{}", e.id);
            if let Some(next) = &e.successor {
                let next = entities().iter().find(|n| n.id == *next).expect("a successor in the file");
                assert!(e.istat_province.iter().all(|p| next.istat_province.contains(p)), "{}", e.id);
                assert_eq!(next.valid_from, e.valid_to, "{}", e.id);
            }
        }
    }

    #[test]
    fn every_name_and_alias_finds_its_own_row() {
        for e in entities() {
            assert_eq!(id(&[&e.name], &[], "", None).as_ref(), Some(&e.id), "{}", e.name);
            for alias in &e.aliases {
                let named = [alias.clone(), format!("Camera di commercio di {alias}")];
                assert!(named.iter().any(|n| id(&[n], &[], "", None).as_ref() == Some(&e.id)), "{}: {alias}", e.id);
            }
        }
    }

    #[test]
    fn a_name_split_over_the_title_page_is_found() {
        let lead = ["**CAMERA DI COMMERCIO", "INDUSTRIA ARTIGIANATO E AGRICOLTURA", "BRESCIA**", "PIANO"];
        let guess = find_entity(&lead, &[], "x", Some(2019)).expect("found");
        assert_eq!(guess.entity.id, "brescia");
        assert_eq!(guess.evidence, "CAMERA DI COMMERCIO INDUSTRIA ARTIGIANATO E AGRICOLTURA BRESCIA");
        let lead = ["CAMERA DI COMMERCIO", "TREVISO - BELLUNO | DOLOMITI", "bellezza e impresa"];
        assert_eq!(id(&lead, &[], "x", Some(2019)).as_deref(), Some("treviso-belluno"));
    }

    #[test]
    fn anchors_of_all_kinds_are_known() {
        for (text, expected) in [
            ("C.C.I.A.A. di Padova", "padova"),
            ("CCIAA Brescia - Piano della performance 2020", "brescia"),
            ("Camera di Commercio I.A.A. di Trento", "trento"),
            ("Camera di commercio, industria, artigianato, turismo e agricoltura di Bolzano", "bolzano"),
            ("Camera di Commercio della Romagna – Forlì-Cesena e Rimini", "romagna"),
            ("Camera di commercio di Reggio nell'Emilia", "reggio-emilia"),
            ("CHAMBRE VALDÔTAINE", "aosta"),
            ("Camera di Commercio Metropolitana di Milano-Monza-Brianza-Lodi", "milano-monza-brianza-lodi"),
            ("Camera di Commercio de L\u{2019}Aquila", "l-aquila"),
            ("la Camera di Vicenza", "vicenza"),
            // Lost "ti" in the filling words and in the name.
            ("Camera di Commercio Industria Ar gianato e Agricoltura di Rie -Viterbo", "rieti-viterbo"),
            ("Camera di Commercio di \u{a0} renze", "firenze"),
        ] {
            assert_eq!(id(&[text], &[], "", None).as_deref(), Some(expected), "{text}");
        }
        for text in ["Camera dei deputati", "Camere di commercio di Padova e Vicenza", "la Camera di commercio. Verona"]
        {
            assert_eq!(id(&[text], &[], "", None), None, "{text}");
        }
        assert_eq!(id(&["Camera di commercio dell'Emilia-Romagna"], &[], "", None), None);
    }

    #[test]
    fn the_year_decides_between_a_chamber_and_its_successor() {
        let text = ["Piano della Camera di Commercio di Brindisi"];
        assert_eq!(id(&text, &[], "", Some(2021)).as_deref(), Some("brindisi"));
        assert_eq!(id(&text, &[], "", Some(2025)).as_deref(), Some("brindisi-taranto"));
        let text = ["Camera di commercio di Brindisi-Taranto"];
        assert_eq!(id(&text, &[], "", Some(2021)), None);
        assert_eq!(id(&text, &[], "", Some(2023)).as_deref(), Some("brindisi-taranto"));
        let body = ["la Camera di Brindisi verso la Camera di commercio di Brindisi-Taranto, come la Camera di Verona"];
        assert_eq!(id(&text, &body, "", Some(2021)).as_deref(), Some("brindisi"));
        assert_eq!(id(&["CCIAA di Biella"], &[], "", Some(2022)).as_deref(), Some("monte-rosa-laghi-alto-piemonte"));
    }

    #[test]
    fn other_chambers_in_the_text_do_not_win() {
        let body = [
            "La Camera di Commercio di Brindisi mira a dare supporto.",
            "Accorpamento della Camera di Commercio di Brindisi con la Camera di Commercio di Taranto",
            "La Camera di commercio di Brindisi ha patrocinato. Convenzione con la CCIAA di Torino.",
        ];
        assert_eq!(id(&["SCHEDE OBIETTIVI"], &body, "", Some(2021)).as_deref(), Some("brindisi"));
        let lead = ["Progetto comune della CCIAA di Torino"];
        let body = ["la Camera di Verona"; 9];
        assert_eq!(id(&lead, &body, "", None).as_deref(), Some("verona"));
        assert_eq!(id(&["Camera di commercio di Torino"], &body, "", None).as_deref(), Some("torino"));
    }

    #[test]
    fn uncertain_is_none_and_the_file_name_comes_last() {
        assert_eq!(id(&["Relazione"], &["come fa la CCIAA di Torino"], "relazione-2022", None), None);
        assert_eq!(id(&["Relazione"], &["come fa la CCIAA di Torino"], "torino-2022", None).as_deref(), Some("torino"));
        let guess = find_entity(&["Piano"], &[], "piano_cciaa_bs_2020", None).expect("found");
        assert_eq!(
            (guess.entity.id.as_str(), guess.evidence.as_str()),
            ("brescia", "nome del file: piano_cciaa_bs_2020")
        );
        assert_eq!(id(&[], &[], "treviso-belluno-2019", None).as_deref(), Some("treviso-belluno"));
        assert_eq!(id(&[], &[], "roma-e-milano", None), None);
    }
}
