//! What an indicator is about: its theme, and the mission of the chambers' budgets.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::phrase::{Phrase, Phrases, mask, words};
use crate::document::fold;
use crate::normalise::{Indicator, Objective, Plan};

/// A theme of `data/themes.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// A stable slug, Italian.
    pub id: String,
    pub title: String,
    pub title_en: String,
    /// The ministry's code of the mission it belongs to ("012").
    pub mission: String,
    /// The ministry's code of the programme.
    pub programme: String,
    /// Tenths that its points count.
    tenths: u32,
    /// Each phrase's points and number, the weightier and longer first.
    phrases: Vec<(u32, usize)>,
}

/// A mission of the chambers' budgets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mission {
    /// "012".
    pub code: String,
    pub title: String,
    /// The theme of what no word tells.
    theme: Option<String>,
}

/// An indicator's theme and mission, each with its reason.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ThemeOf {
    /// `None` where nothing tells.
    #[serde(with = "by_id")]
    pub theme: Option<&'static Theme>,
    /// What it rests on: the words and where they stand, or the printed mission; in Italian, empty without a theme.
    pub reason: String,
    /// The mission that the objective's sheet prints, else the theme's.
    #[serde(with = "mission_by_code")]
    pub mission: Option<&'static Mission>,
    /// The document itself prints the mission.
    pub mission_printed: bool,
}

/// Points of a strong word and of any other.
const STRONG: u32 = 3;
const WEAK: u32 = 1;
/// Words of each kind that count in one text: a text that repeats itself says no more.
const COUNTED: usize = 2;
/// Points, in tenths, that a theme needs.
const ENOUGH: u32 = 30;

/// The texts that may tell a theme, with what they count.
const NAME: (u32, &str) = (3, "nome");
const OBJECTIVE: (u32, &str) = (2, "obiettivo");
const ALGORITHM: (u32, &str) = (1, "algoritmo");
const SECTION: (u32, &str) = (1, "sezione");
const ABOVE: (u32, &str) = (1, "obiettivo superiore");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    masks: Vec<String>,
    mission: Vec<Mission>,
    theme: Vec<FileTheme>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTheme {
    id: String,
    title: String,
    title_en: String,
    mission: String,
    programme: String,
    #[serde(default)]
    means: bool,
    strong: Vec<String>,
    words: Vec<String>,
}

struct Knowledge {
    masks: Vec<Phrase>,
    missions: Vec<Mission>,
    themes: Vec<Theme>,
    /// The phrases of all themes.
    phrases: Phrases,
}

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    // The file is part of the program and read by the tests below.
    let file: File = toml::from_str(include_str!("../../data/themes.toml")).expect("a valid file of themes");
    let mut phrases = Phrases::default();
    Knowledge {
        masks: file.masks.iter().map(|mask| Phrase::new(mask)).collect(),
        missions: file.mission,
        themes: file.theme.into_iter().map(|theme| Theme::of(theme, &mut phrases)).collect(),
        phrases,
    }
});

impl Theme {
    fn of(file: FileTheme, all: &mut Phrases) -> Self {
        let points = |points: u32, texts: Vec<String>| texts.into_iter().map(move |text| (points, Phrase::new(&text)));
        let mut phrases: Vec<(u32, Phrase)> = points(STRONG, file.strong).chain(points(WEAK, file.words)).collect();
        phrases.sort_by_key(|(points, phrase)| std::cmp::Reverse((*points, phrase.len())));
        Theme {
            id: file.id,
            title: file.title,
            title_en: file.title_en,
            mission: file.mission,
            programme: file.programme,
            tenths: if file.means { 6 } else { 10 },
            phrases: phrases.into_iter().map(|(points, phrase)| (points, all.add(phrase))).collect(),
        }
    }

    /// The points of a text, and the words that gave them.
    fn points(&self, text: &Text) -> (u32, Vec<String>) {
        let mut taken = vec![false; text.words.len()];
        let (mut sum, mut told) = (0, Vec::new());
        let (mut strong, mut weak) = (0, 0);
        for (points, number) in &self.phrases {
            let Some(places) = text.places.get(number) else { continue };
            let count = if *points == STRONG { &mut strong } else { &mut weak };
            if *count == COUNTED {
                continue;
            }
            let length = KNOWLEDGE.phrases.len(*number);
            let free = |place: &&usize| taken.iter().skip(**place).take(length).all(|taken| !taken);
            let Some(place) = places.iter().find(free).copied() else { continue };
            taken.iter_mut().skip(place).take(length).for_each(|taken| *taken = true);
            let here: Vec<&str> = text.words.iter().skip(place).take(length).map(String::as_str).collect();
            told.push(here.join(" "));
            sum += points;
            *count += 1;
        }
        (sum, told)
    }
}

/// A text's words, and which phrases stand where in it.
struct Text {
    words: Vec<String>,
    places: BTreeMap<usize, Vec<usize>>,
}

impl Text {
    fn new(text: &str) -> Self {
        let mut words = words(text);
        mask(&mut words, &KNOWLEDGE.masks);
        Text { places: KNOWLEDGE.phrases.places(&words), words }
    }
}

/// All themes, in the file's order.
pub fn themes() -> &'static [Theme] {
    &KNOWLEDGE.themes
}

/// The missions of the chambers' budgets.
pub fn missions() -> &'static [Mission] {
    &KNOWLEDGE.missions
}

/// A theme in stored results: its id.
pub(super) mod by_id {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Theme, themes};

    pub fn serialize<S: Serializer>(theme: &Option<&'static Theme>, to: S) -> Result<S::Ok, S::Error> {
        theme.map(|theme| &theme.id).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'static Theme>, D::Error> {
        let Some(id) = Option::<String>::deserialize(from)? else { return Ok(None) };
        let known = themes().iter().find(|theme| theme.id == id);
        known.map(Some).ok_or_else(|| D::Error::custom(format!("no theme has the id {id}")))
    }
}

/// A mission in stored results: its code.
mod mission_by_code {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Mission, missions};

    pub fn serialize<S: Serializer>(mission: &Option<&'static Mission>, to: S) -> Result<S::Ok, S::Error> {
        mission.map(|mission| &mission.code).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'static Mission>, D::Error> {
        let Some(code) = Option::<String>::deserialize(from)? else { return Ok(None) };
        let known = missions().iter().find(|mission| mission.code == code);
        known.map(Some).ok_or_else(|| D::Error::custom(format!("no mission has the code {code}")))
    }
}

/// The theme of each indicator of a plan, in order.
pub(super) fn of_plan(plan: &Plan) -> Vec<ThemeOf> {
    let told: Vec<Option<Told>> = plan.indicators.iter().map(|indicator| told(plan, indicator)).collect();
    let beside = beside(plan, &told);
    plan.indicators.iter().zip(told).map(|(indicator, told)| of_indicator(plan, indicator, told, &beside)).collect()
}

/// A theme and what it rests on.
type Told = (&'static Theme, String);

/// What the indicator's own words, its objective's and its section's tell.
fn told(plan: &Plan, indicator: &Indicator) -> Option<Told> {
    let objective = indicator.objective.and_then(|index| plan.objectives.get(index));
    told_by(&[
        (NAME, Some(indicator.name.as_str())),
        (OBJECTIVE, objective.map(|objective| objective.title.as_str())),
        (ALGORITHM, indicator.algorithm.as_deref()),
        (SECTION, indicator.section.as_deref()),
    ])
}

/// Of each objective the theme that most of its indicators have, where one has more than any other.
fn beside(plan: &Plan, told: &[Option<Told>]) -> BTreeMap<usize, &'static Theme> {
    let mut counts: BTreeMap<usize, BTreeMap<&str, (usize, &'static Theme)>> = BTreeMap::new();
    for (indicator, told) in plan.indicators.iter().zip(told) {
        if let (Some(objective), Some((theme, _))) = (indicator.objective, told) {
            counts.entry(objective).or_default().entry(&theme.id).or_insert((0, theme)).0 += 1;
        }
    }
    let most = |(objective, themes): (usize, BTreeMap<&str, (usize, &'static Theme)>)| {
        let (count, theme) = themes.values().copied().max_by_key(|(count, _)| *count)?;
        let alone = themes.values().filter(|(other, _)| *other == count).count() == 1;
        alone.then_some((objective, theme))
    };
    counts.into_iter().filter_map(most).collect()
}

fn of_indicator(
    plan: &Plan,
    indicator: &Indicator,
    by_words: Option<Told>,
    beside: &BTreeMap<usize, &'static Theme>,
) -> ThemeOf {
    let objective = indicator.objective.and_then(|index| plan.objectives.get(index));
    let printed = objective.and_then(|objective| printed_mission(plan, objective));
    let by_mission = || {
        let (mission, raw) = printed.as_ref()?;
        let theme = themes().iter().find(|theme| Some(&theme.id) == mission.theme.as_ref())?;
        Some((theme, format!("missione stampata: «{raw}»")))
    };
    let by_above = || {
        let above: Vec<((u32, &str), Option<&str>)> =
            above(plan, objective?).map(|objective| (ABOVE, Some(objective.title.as_str()))).collect();
        told_by(&above)
    };
    let by_others = || {
        let theme = beside.get(&indicator.objective?)?;
        Some((*theme, format!("gli altri indicatori dell'obiettivo: {}", theme.title)))
    };
    let told = by_words.or_else(by_others).or_else(by_mission).or_else(by_above);
    let (theme, reason) = told.map_or((None, String::new()), |(theme, reason)| (Some(theme), reason));
    let of_theme = || missions().iter().find(|mission| theme.is_some_and(|theme| theme.mission == mission.code));
    let mission_printed = printed.is_some();
    ThemeOf { theme, reason, mission: printed.map(|(mission, _)| mission).or_else(of_theme), mission_printed }
}

/// The theme with most points, the first of the file where several have them, and the words it rests on.
fn told_by(texts: &[((u32, &str), Option<&str>)]) -> Option<(&'static Theme, String)> {
    let texts: Vec<((u32, &str), Text)> =
        texts.iter().filter_map(|(place, text)| Some((*place, Text::new((*text)?)))).collect();
    let mut best: Option<(u32, &Theme, String)> = None;
    for theme in themes() {
        let (mut sum, mut reasons) = (0, Vec::new());
        for ((times, place), text) in &texts {
            let (points, told) = theme.points(text);
            sum += points * times * theme.tenths;
            if !told.is_empty() {
                reasons.push(format!("{place}: {}", told.join(", ")));
            }
        }
        if sum >= ENOUGH && best.as_ref().is_none_or(|(most, ..)| sum > *most) {
            best = Some((sum, theme, reasons.join("; ")));
        }
    }
    best.map(|(_, theme, reason)| (theme, reason))
}

/// The mission printed in the objective's sheet or in one above it, and its words.
fn printed_mission(plan: &Plan, objective: &Objective) -> Option<(&'static Mission, String)> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        // A constant pattern, compiled by the tests below. No boundary behind: "011Competitività" is printed.
        Regex::new(r"(?:^|\D)(0\d\d)(?:\D|$)").expect("constant pattern")
    });
    std::iter::once(objective).chain(above(plan, objective)).find_map(|objective| {
        let raw = objective.sheet.mission.as_deref()?;
        let code = CODE.captures(raw)?.get(1)?.as_str();
        let mission = missions().iter().find(|mission| mission.code == code)?;
        Some((mission, fold(raw)))
    })
}

/// The objectives above one, from near to far; a ring, which no document should print, is gone round once.
fn above<'p>(plan: &'p Plan, objective: &'p Objective) -> impl Iterator<Item = &'p Objective> {
    let parent = |objective: &&'p Objective| plan.objectives.get(objective.parent?);
    std::iter::successors(parent(&objective), parent).take(plan.objectives.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{indicator, objective, plan};

    fn theme(title: &str, name: &str) -> (Option<&'static str>, String) {
        let mut one = indicator("1");
        one.name = name.to_owned();
        one.objective = Some(0);
        let mut plan = plan(vec![one]);
        let mut own = objective("1.1");
        own.title = title.to_owned();
        plan.objectives.push(own);
        let of = of_plan(&plan).remove(0);
        (of.theme.map(|theme| theme.id.as_str()), of.reason)
    }

    #[test]
    fn ids_are_unique_and_every_mission_is_known() {
        for (index, theme) in themes().iter().enumerate() {
            assert!(themes()[..index].iter().all(|other| other.id != theme.id), "{}", theme.id);
            assert!(missions().iter().any(|mission| mission.code == theme.mission), "{}", theme.id);
        }
        for theme in missions().iter().filter_map(|mission| mission.theme.as_ref()) {
            assert!(themes().iter().any(|own| own.id == *theme), "{theme}");
        }
    }

    #[test]
    fn the_name_tells_more_than_the_objective() {
        let (id, reason) = theme("Sportello innovazione e alternanza scuola lavoro", "Promozione start up innovative");
        assert_eq!((id, reason.as_str()), (Some("start-up"), "nome: start up"));
        assert_eq!(theme("Progetto PID", "Indice di gradimento").0, Some("digitale"));
        assert_eq!(theme("Riunioni", "Numero riunioni"), (None, String::new()));
    }

    #[test]
    fn where_the_money_comes_from_is_no_theme() {
        let title = "Progetto finanziato con l'aumento del 20% del diritto annuale: formazione e lavoro";
        assert_eq!(theme(title, "Attività svolte").0, Some("orientamento"));
    }

    #[test]
    fn how_counts_less_than_what() {
        assert_eq!(theme("Funzioni associate", "Moduli collaborativi per il turismo").0, Some("turismo"));
    }

    #[test]
    fn a_printed_mission_tells_where_no_word_does() {
        let mut one = indicator("1");
        one.objective = Some(0);
        let mut plan = plan(vec![one]);
        let mut own = objective("1.1");
        own.sheet.mission = Some("Cod. 016Commercio internazionale".to_owned());
        plan.objectives.push(own);
        let of = of_plan(&plan).remove(0);
        assert_eq!(of.theme.map(|theme| theme.id.as_str()), Some("internazionalizzazione"));
        assert_eq!(of.reason, "missione stampata: «Cod. 016Commercio internazionale»");
        assert_eq!(of.mission.map(|mission| mission.code.as_str()), Some("016"));
        assert!(of.mission_printed);
    }

    #[test]
    fn the_others_of_the_objective_tell_where_no_word_does() {
        let named = |name: &str| {
            let mut one = indicator("1");
            (one.name, one.objective) = (name.to_owned(), Some(0));
            one
        };
        let list = ["Presenze turistiche", "Visite ispettive", "Eventi sul turismo", "Importo medio"].map(named);
        let mut plan = plan(list.to_vec());
        plan.objectives.push(objective("1.1"));
        let of = of_plan(&plan);
        assert_eq!(of[3].theme.map(|theme| theme.id.as_str()), Some("turismo"));
        assert!(of[3].reason.starts_with("gli altri indicatori dell'obiettivo: "), "{}", of[3].reason);
        // Two themes with as many: neither.
        plan.indicators.remove(2);
        assert_eq!(of_plan(&plan)[2], ThemeOf::default());
    }

    #[test]
    fn the_objectives_above_tell_last() {
        let mut one = indicator("1");
        one.objective = Some(1);
        let mut plan = plan(vec![one]);
        let mut top = objective("1");
        top.title = "Turismo".to_owned();
        let mut own = objective("1.1");
        own.parent = Some(0);
        // A ring.
        top.parent = Some(1);
        plan.objectives.extend([top, own]);
        let of = of_plan(&plan).remove(0);
        assert_eq!(of.reason, "obiettivo superiore: turismo");
    }
}
