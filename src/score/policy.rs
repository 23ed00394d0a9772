//! How achievements are computed: a file of `data/policies/`, read and checked.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, de::Error as _};
use thiserror::Error;

/// The policy used unless another is asked for.
const DEFAULT: &str = include_str!("../../data/policies/default.toml");

/// The policies that ship with the program, by name.
const SHIPPED: [(&str, &str); 11] = [
    ("default", DEFAULT),
    ("uguaglianza", include_str!("../../data/policies/uguaglianza.toml")),
    ("peggiore", include_str!("../../data/policies/peggiore.toml")),
    ("senza-tetto", include_str!("../../data/policies/senza-tetto.toml")),
    ("tetto-150", include_str!("../../data/policies/tetto-150.toml")),
    ("decadimento-lineare", include_str!("../../data/policies/decadimento-lineare.toml")),
    ("intervallo-stretto", include_str!("../../data/policies/intervallo-stretto.toml")),
    ("media-semplice", include_str!("../../data/policies/media-semplice.toml")),
    ("arrotondato", include_str!("../../data/policies/arrotondato.toml")),
    ("mancanti-a-zero", include_str!("../../data/policies/mancanti-a-zero.toml")),
    ("obiettivi-iniziali", include_str!("../../data/policies/obiettivi-iniziali.toml")),
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
    /// What an indicator with a target but no actual is in a mean.
    pub missing_actual: MissingActual,
    /// Whether the printed weights count.
    pub weights: Weights,
    /// What a part without weight is among parts that have one.
    pub missing_weight: MissingWeight,
    /// How an objective follows from its indicators.
    pub objective: ObjectiveRule,
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

/// Whether a percentage can be set against a number without unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PercentWithNumber {
    Never,
    /// Where the indicator's unit says percent, the printed variance is their difference, or both are the same figure.
    WhenDeclared,
    Always,
}

/// What an indicator with a target but no actual is in a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingActual {
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
    /// A field that is missing, unknown or out of its bounds.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, PolicyError> {
        let wrong = |reason: String| PolicyError { name: name.to_owned(), reason };
        let mut policy: Policy = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if policy.cap.is_some_and(|cap| cap < HUNDRED) {
            return Err(wrong("`cap` dev'essere almeno \"100\" o \"none\"".to_owned()));
        }
        if !(Decimal::ZERO..=HUNDRED).contains(&policy.unmet_answer) {
            return Err(wrong("`unmet_answer` dev'essere tra \"0\" e \"100\"".to_owned()));
        }
        if !(Decimal::ZERO..=HUNDRED).contains(&policy.late_day_points) {
            return Err(wrong("`late_day_points` dev'essere tra \"0\" e \"100\"".to_owned()));
        }
        if policy.rounding.decimals > 9 {
            return Err(wrong("`rounding.decimals` dev'essere tra 0 e 9".to_owned()));
        }
        policy.name = name.to_owned();
        Ok(policy)
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
mod tests {
    use super::*;

    #[test]
    fn the_built_in_policy_is_valid_and_caps_at_a_hundred() {
        let policy = Policy::default_policy();
        assert_eq!(policy.name, "default");
        assert_eq!(policy.cap, Some(HUNDRED));
        assert_eq!(policy.round_aggregate(Decimal::new(986_067, 4)), Decimal::new(986_067, 4));
    }

    #[test]
    fn a_policy_must_say_everything_and_nothing_else() {
        let missing = DEFAULT.replace("equals = \"at_least\"", "");
        assert!(Policy::from_toml("x", &missing).unwrap_err().to_string().contains("equals"));
        let unknown = DEFAULT.replace("equals =", "equal =");
        assert!(Policy::from_toml("x", &unknown).is_err());
    }

    #[test]
    fn bounds_are_checked() {
        for (from, to) in [
            ("cap = \"100\"", "cap = \"90\""),
            ("cap = \"100\"", "cap = \"tanto\""),
            ("unmet_answer = \"0\"", "unmet_answer = \"-1\""),
            ("late_day_points = \"100\"", "late_day_points = \"101\""),
            ("decimals = 2", "decimals = 10"),
        ] {
            assert!(DEFAULT.contains(from));
            assert!(Policy::from_toml("x", &DEFAULT.replace(from, to)).is_err(), "{to}");
        }
        let uncapped = Policy::from_toml("x", &DEFAULT.replace("cap = \"100\"", "cap = \"none\"")).unwrap();
        assert_eq!(uncapped.cap, None);
    }

    #[test]
    fn rounding_happens_where_the_policy_says() {
        let at = |name: &str| {
            Policy::from_toml("x", &DEFAULT.replace("at = \"never\"", &format!("at = \"{name}\""))).unwrap()
        };
        let value = Decimal::new(72_625, 3);
        assert_eq!(at("indicators").round_indicator(value), Decimal::new(7_263, 2));
        assert_eq!(at("indicators").round_aggregate(value), value);
        assert_eq!(at("every_level").round_aggregate(value), Decimal::new(7_263, 2));
    }

    #[test]
    fn every_shipped_policy_differs_from_the_default_where_it_says_so() {
        let table = |text: &str| -> toml::Table { toml::from_str(text).unwrap() };
        let flat = |text: &str| -> std::collections::BTreeMap<String, String> {
            let mut fields = std::collections::BTreeMap::new();
            for (key, value) in table(text) {
                match value {
                    toml::Value::Table(inner) => {
                        fields.extend(inner.into_iter().map(|(k, v)| (format!("{key}.{k}"), format!("{v:?}"))));
                    }
                    value => drop(fields.insert(key, format!("{value:?}"))),
                }
            }
            fields.retain(|key, _| key != "description" && key != "differs");
            fields
        };
        let default = flat(DEFAULT);
        for (name, text) in SHIPPED {
            let policy = Policy::from_toml(name, text).unwrap_or_else(|error| panic!("{error}"));
            let own = flat(text);
            let mut differing: Vec<&String> =
                own.iter().filter(|(key, value)| default.get(*key) != Some(*value)).map(|(key, _)| key).collect();
            differing.sort();
            let mut said: Vec<&String> = policy.differs.iter().collect();
            said.sort();
            assert_eq!(differing, said, "{name}");
            assert_eq!(differing.is_empty(), name == "default", "{name}");
            assert!(!policy.description.is_empty());
            assert_eq!(Policy::shipped(name).map(|policy| policy.name).as_deref(), Some(name));
        }
        assert_eq!(Policy::shipped("inventato"), None);
    }

    #[test]
    fn truncation_is_no_rounding() {
        let text = DEFAULT
            .replace("at = \"never\"", "at = \"every_level\"")
            .replace("mode = \"half_up\"", "mode = \"truncate\"");
        let policy = Policy::from_toml("x", &text).unwrap();
        assert_eq!(policy.round_aggregate(Decimal::new(98_606, 3)), Decimal::new(9_860, 2));
    }
}
