//! How achievements are computed: a file of `data/policies/`, read and checked.

mod file;

use rust_decimal::{Decimal, RoundingStrategy};

use super::words::percent;
use serde::{Deserialize, Deserializer, de::Error as _};
use thiserror::Error;

/// The policy used unless another is asked for.
const DEFAULT: &str = include_str!("../../../data/policies/default.toml");

/// The policies that ship with the program, by name.
const SHIPPED: [(&str, &str); 15] = [
    ("default", DEFAULT),
    ("uguaglianza", include_str!("../../../data/policies/uguaglianza.toml")),
    ("peggiore", include_str!("../../../data/policies/peggiore.toml")),
    ("senza-tetto", include_str!("../../../data/policies/senza-tetto.toml")),
    ("tetto-150", include_str!("../../../data/policies/tetto-150.toml")),
    ("decadimento-lineare", include_str!("../../../data/policies/decadimento-lineare.toml")),
    ("tutto-o-niente", include_str!("../../../data/policies/tutto-o-niente.toml")),
    ("intervallo-stretto", include_str!("../../../data/policies/intervallo-stretto.toml")),
    ("media-semplice", include_str!("../../../data/policies/media-semplice.toml")),
    ("arrotondato", include_str!("../../../data/policies/arrotondato.toml")),
    ("mancanti-a-zero", include_str!("../../../data/policies/mancanti-a-zero.toml")),
    ("media-delle-aree", include_str!("../../../data/policies/media-delle-aree.toml")),
    ("soglia-70", include_str!("../../../data/policies/soglia-70.toml")),
    ("fasce", include_str!("../../../data/policies/fasce.toml")),
    ("obiettivi-iniziali", include_str!("../../../data/policies/obiettivi-iniziali.toml")),
];

/// A hundred percent points.
pub(super) const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

/// The choices that turn targets, actuals and weights into scores. `data/policies/default.toml` explains every field.
///
/// All decimals are percent points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The file's name without extension; stands in every score.
    #[serde(skip)]
    pub name: String,
    /// One line that says what the policy does.
    pub description: String,
    /// The fields in which it differs from the default policy, as it says itself.
    #[serde(default)]
    pub differs: Vec<String>,
    /// The most an indicator can reach, at least 100; `None` for no cap.
    #[serde(deserialize_with = "cap")]
    pub cap: Option<Decimal>,
    /// What "=" before a target means.
    pub equals: Equals,
    /// What lies beyond the favourable end of a range.
    pub beyond_range: BeyondRange,
    /// What a missed "lower is better" target gives.
    pub missed_lower: MissedLower,
    /// What a missed "higher is better" target gives.
    pub missed_higher: MissedHigher,
    /// The least that counts: what is below counts 0.
    #[serde(deserialize_with = "points")]
    pub threshold: Decimal,
    /// What an achievement counts from which value on, the highest first; none where it counts as it is.
    #[serde(deserialize_with = "bands")]
    pub bands: Vec<(Decimal, Decimal)>,
    /// What the wrong answer to a yes/no target gives.
    #[serde(deserialize_with = "points")]
    pub unmet_answer: Decimal,
    /// Points taken off for each day after the date.
    #[serde(deserialize_with = "points")]
    pub late_day_points: Decimal,
    /// A "yes" answers a date as met.
    pub yes_meets_date: bool,
    /// Whether a percentage can be set against a number without unit.
    pub percent_with_number: PercentWithNumber,
    /// Revised targets and weights replace the first ones.
    pub use_revised: bool,
    /// Whether the target of an earlier year serves where it is the only one.
    pub past_target: PastTarget,
    /// Whether the target of a later day of the year serves where it is the only one.
    pub later_target: LaterTarget,
    /// What an indicator with a target but no actual is in a mean.
    pub missing_actual: MissingActual,
    /// Whether the printed weights count.
    pub weights: Weights,
    /// What a part without weight is among parts that have one.
    pub missing_weight: MissingWeight,
    /// How an objective follows from its indicators.
    pub objective: ObjectiveRule,
    /// How the entity's result follows where the document gives no points.
    pub entity: EntityRule,
    /// Where the computation rounds.
    pub rounding: Rounding,
}

/// What "=" before a target means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Equals {
    /// As if no operator were printed: the indicator's direction holds.
    AtLeast,
    /// 100 if actual and target are the same, else 0.
    Equality,
}

/// What lies beyond the favourable end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeyondRange {
    Met,
    Missed,
    /// The nearer end against the actual.
    Proportional,
}

/// What a missed "lower is better" target gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissedLower {
    /// Target / actual.
    Ratio,
    /// 100 less the excess over the target in percent of the target, not below 0.
    Linear,
    Zero,
}

/// What a missed "higher is better" target gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissedHigher {
    /// Actual / target.
    Ratio,
    Zero,
}

/// Whether the target of an earlier year serves an actual of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PastTarget {
    /// Where it is the indicator's only target and its own year has no actual: a header left as it was the year before.
    IfAlone,
    Never,
}

/// Whether a later target of the year serves for a day that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaterTarget {
    /// Where the document's printed achievements rest on it.
    WhenDeclared,
    IfAlone,
    Never,
}

/// Whether a percentage can be set against a number without unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PercentWithNumber {
    Never,
    /// Where the indicator's unit says percent, the printed variance is their difference, the printed achievement their ratio, or
    /// both are the same figure.
    WhenDeclared,
    Always,
}

/// What an indicator with a target but no actual is in a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingActual {
    /// As the document's own text says; else as [`MissingActual::Redistribute`].
    WhenDeclared,
    /// Left out: its weight goes to the others, coverage falls.
    Redistribute,
    Zero,
}

/// Whether the printed weights count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    Printed,
    /// All parts weigh the same.
    Equal,
}

/// What a part without weight is among parts that have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingWeight {
    /// Left out of the mean.
    Exclude,
    /// Such parts share equally what the others leave of 100.
    Remainder,
    /// All parts weigh the same.
    Equal,
}

/// How an objective follows from its indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectiveRule {
    WeightedMean,
    Worst,
}

/// How the entity's result follows where the document gives no points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityRule {
    /// As the weights tell: the mean of its areas where the document prints what they weigh, or where the weights of the
    /// objectives make 100 in each of them; else the mean of its objectives.
    ByWeights,
    /// The mean of its objectives.
    Objectives,
    /// The plain mean of its areas, where the document has two or more.
    Areas,
}

/// Where and how the computation rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    pub at: RoundAt,
    pub mode: RoundMode,
    /// 0 to 9.
    pub decimals: u32,
}

/// How a figure is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundMode {
    /// Half away from zero.
    HalfUp,
    /// Further decimals are cut off.
    Truncate,
}

/// The levels whose results are rounded before they are used further up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundAt {
    Never,
    Indicators,
    EveryLevel,
}

/// A policy file that can't be used; the message is in Italian.
#[derive(Debug, Error)]
#[error("il criterio di calcolo «{name}» non è valido: {reason}")]
pub struct PolicyError {
    pub name: String,
    pub reason: String,
}

impl Policy {
    /// The policy of `data/policies/default.toml`.
    pub fn default_policy() -> Self {
        // The text is part of the program and a test reads it, so it can't fail.
        Policy::from_toml("default", DEFAULT).expect("the built-in policy is valid")
    }

    /// The names of the policies that ship with the program, the default one first.
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The policy that ships with the program under this name.
    pub fn shipped(name: &str) -> Option<Self> {
        let (name, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
        // A test reads them all.
        Policy::from_toml(name, text).ok()
    }

    /// Reads a policy file's text.
    ///
    /// # Errors
    /// All fields that are missing, unknown or out of their bounds, each with what it may be.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, PolicyError> {
        let wrong = |reason: String| PolicyError { name: name.to_owned(), reason };
        let table: toml::Table = toml::from_str(text).map_err(|error| wrong(file::syntax(text, &error)))?;
        let mistakes = file::mistakes(&table);
        if !mistakes.is_empty() {
            return Err(wrong(mistakes.join("; ")));
        }
        let mut policy: Policy =
            table.try_into().map_err(|error: toml::de::Error| wrong(error.message().to_owned()))?;
        policy.name = name.to_owned();
        Ok(policy)
    }

    /// What an achievement counts by its band, or by the threshold, with the reason in Italian where that changes it.
    pub(super) fn graded(&self, value: Decimal) -> (Decimal, Option<String>) {
        if !self.bands.is_empty() {
            let band = self.bands.iter().find(|(from, _)| value >= *from);
            let counts = band.map_or(Decimal::ZERO, |band| band.1);
            let why = match band {
                Some((from, gives)) => format!("fascia da {}: vale {}", percent(*from), percent(*gives)),
                None => "sotto la fascia più bassa: vale 0".to_owned(),
            };
            return (counts, (counts != value).then_some(why));
        }
        if value < self.threshold {
            return (Decimal::ZERO, Some(format!("sotto la soglia di {}: conta 0", percent(self.threshold))));
        }
        (value, None)
    }

    /// An indicator's achievement as the policy takes it further.
    pub(super) fn round_indicator(&self, value: Decimal) -> Decimal {
        match self.rounding.at {
            RoundAt::Never => value,
            RoundAt::Indicators | RoundAt::EveryLevel => self.round(value),
        }
    }

    /// A mean, sum or product as the policy takes it further.
    pub(super) fn round_aggregate(&self, value: Decimal) -> Decimal {
        match self.rounding.at {
            RoundAt::Never | RoundAt::Indicators => value,
            RoundAt::EveryLevel => self.round(value),
        }
    }

    fn round(&self, value: Decimal) -> Decimal {
        let strategy = match self.rounding.mode {
            RoundMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundMode::Truncate => RoundingStrategy::ToZero,
        };
        value.round_dp_with_strategy(self.rounding.decimals, strategy)
    }
}

fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(deserializer)?;
    Decimal::from_str_exact(text.trim()).map_err(|_| D::Error::custom(format!("«{text}» non è un numero decimale")))
}

fn bands<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Decimal, Decimal)>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(deserializer)?;
    let number = |text: &str| {
        Decimal::from_str_exact(text.trim()).map_err(|_| D::Error::custom(format!("«{text}» non è un numero decimale")))
    };
    let mut out =
        pairs.iter().map(|(from, gives)| Ok((number(from)?, number(gives)?))).collect::<Result<Vec<_>, _>>()?;
    out.sort_by_key(|band| std::cmp::Reverse(band.0));
    Ok(out)
}

fn cap<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.trim() {
        "none" => Ok(None),
        number => Decimal::from_str_exact(number)
            .map(Some)
            .map_err(|_| D::Error::custom(format!("«{text}» non è né un numero decimale né \"none\""))),
    }
}

#[cfg(test)]
mod tests;
