//! What may stand in a policy file, and what is said of one with mistakes.

use rust_decimal::Decimal;
use toml::{Table, Value};

use super::HUNDRED;

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
enum Allowed {
    /// One of these words.
    Word(&'static [&'static str]),
    /// Percent points from 0 to 100, in quotation marks.
    Points,
    /// Percent points from 100, in quotation marks, or "none".
    Cap,
    Flag,
    Text,
    /// Names of fields; the field may be left out.
    Names,
    /// Pairs of percent points in quotation marks.
    Bands,
    /// 0 to 9.
    Decimals,
}

/// The section of the fields about rounding.
const ROUNDING: &str = "rounding";

/// The fields of a policy, those of `[rounding]` after a dot.
const FIELDS: [(&str, Allowed); 24] = [
    ("description", Allowed::Text),
    ("differs", Allowed::Names),
    ("cap", Allowed::Cap),
    ("equals", Allowed::Word(&["at_least", "equality"])),
    ("beyond_range", Allowed::Word(&["met", "missed", "proportional"])),
    ("missed_lower", Allowed::Word(&["ratio", "linear", "zero"])),
    ("missed_higher", Allowed::Word(&["ratio", "zero"])),
    ("threshold", Allowed::Points),
    ("bands", Allowed::Bands),
    ("unmet_answer", Allowed::Points),
    ("late_day_points", Allowed::Points),
    ("yes_meets_date", Allowed::Flag),
    ("percent_with_number", Allowed::Word(&["never", "when_declared", "always"])),
    ("use_revised", Allowed::Flag),
    ("past_target", Allowed::Word(&["if_alone", "never"])),
    ("later_target", Allowed::Word(&["when_declared", "if_alone", "never"])),
    ("missing_actual", Allowed::Word(&["when_declared", "redistribute", "zero"])),
    ("weights", Allowed::Word(&["printed", "equal"])),
    ("missing_weight", Allowed::Word(&["exclude", "remainder", "equal"])),
    ("objective", Allowed::Word(&["weighted_mean", "worst"])),
    ("entity", Allowed::Word(&["by_weights", "objectives", "areas"])),
    ("rounding.at", Allowed::Word(&["never", "indicators", "every_level"])),
    ("rounding.mode", Allowed::Word(&["half_up", "truncate"])),
    ("rounding.decimals", Allowed::Decimals),
];

impl Allowed {
    fn takes(self, value: &Value) -> bool {
        let points = || value.as_str().and_then(|text| Decimal::from_str_exact(text.trim()).ok());
        match self {
            Allowed::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Allowed::Points => points().is_some_and(|points| (Decimal::ZERO..=HUNDRED).contains(&points)),
            Allowed::Cap => {
                value.as_str().is_some_and(|text| text.trim() == "none") || points().is_some_and(|cap| cap >= HUNDRED)
            }
            Allowed::Flag => value.is_bool(),
            Allowed::Text => value.is_str(),
            Allowed::Names => value.as_array().is_some_and(|names| names.iter().all(Value::is_str)),
            Allowed::Bands => value.as_array().is_some_and(|bands| bands.iter().all(is_band)),
            Allowed::Decimals => value.as_integer().is_some_and(|decimals| (0..=9).contains(&decimals)),
        }
    }

    /// What may be written, in Italian.
    fn words(self) -> String {
        match self {
            Allowed::Word(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" o "),
            Allowed::Points => "un numero da \"0\" a \"100\", tra virgolette e col punto decimale".to_owned(),
            Allowed::Cap => "un numero da \"100\" in su, tra virgolette, o \"none\"".to_owned(),
            Allowed::Flag => "true o false".to_owned(),
            Allowed::Text => "un testo tra virgolette".to_owned(),
            Allowed::Names => "un elenco di nomi di campi tra virgolette".to_owned(),
            Allowed::Bands => "un elenco di coppie di numeri tra virgolette, [[\"90\", \"100\"], …], o []".to_owned(),
            Allowed::Decimals => "un numero intero da 0 a 9, senza virgolette".to_owned(),
        }
    }
}

/// `["90", "100"]`.
fn is_band(band: &Value) -> bool {
    let number = |v: &Value| v.as_str().is_some_and(|text| Decimal::from_str_exact(text.trim()).is_ok());
    band.as_array().is_some_and(|pair| pair.len() == 2 && pair.iter().all(number))
}

/// Everything that is wrong with the fields, in Italian; none where the policy can be read.
pub(super) fn mistakes(table: &Table) -> Vec<String> {
    let rounding = table.get(ROUNDING).and_then(Value::as_table);
    let found = |name: &str| match name.split_once('.') {
        Some((_, inner)) => rounding.and_then(|section| section.get(inner)),
        None => table.get(name),
    };
    let mut mistakes = Vec::new();
    for (name, allowed) in FIELDS {
        match found(name) {
            Some(value) if allowed.takes(value) => {}
            Some(value) => {
                mistakes.push(format!("`{name}` non può essere {}: dev'essere {}", shown(value), allowed.words()))
            }
            None if matches!(allowed, Allowed::Names) => {}
            None => mistakes.push(format!("manca `{name}`: dev'essere {}", allowed.words())),
        }
    }
    let inner = rounding.into_iter().flat_map(Table::keys).map(|key| format!("{ROUNDING}.{key}"));
    let outer = table.keys().filter(|key| *key != ROUNDING).cloned();
    for key in outer.chain(inner).filter(|key| FIELDS.iter().all(|(name, _)| name != key)) {
        mistakes.push(format!("`{key}` non è un campo di un criterio{}", likely(&key)));
    }
    mistakes
}

/// A value as the file has it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{text}\""),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(_) => "una data".to_owned(),
        Value::Array(_) => "un elenco".to_owned(),
        Value::Table(_) => "una sezione".to_owned(),
    }
}

/// The field that was likely meant.
fn likely(key: &str) -> String {
    let name = key.rsplit('.').next().unwrap_or(key);
    let likeness = |field: &str| strsim::jaro_winkler(field.rsplit('.').next().unwrap_or(field), name);
    let best = FIELDS.iter().map(|(field, _)| (*field, likeness(field))).max_by(|a, b| a.1.total_cmp(&b.1));
    match best {
        Some((field, likeness)) if likeness > 0.8 => format!(" (forse `{field}`)"),
        _ => String::new(),
    }
}

/// Where a text is no TOML.
pub(super) fn syntax(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
    let place = line.map_or_else(String::new, |line| format!("riga {line}: "));
    format!("{place}non è scritto in TOML ({})", error.message())
}

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT, Policy};
    use super::*;

    fn refused(from: &str, to: &str) -> String {
        assert!(DEFAULT.contains(from), "{from}");
        Policy::from_toml("mio", &DEFAULT.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_is_told_with_what_may_stand_there() {
        for (from, to, said) in [
            (
                "equals = \"at_least\"",
                "equals = \"atleast\"",
                "`equals` non può essere \"atleast\": dev'essere \"at_least\" o \"equality\"",
            ),
            (
                "cap = \"100\"",
                "cap = 100",
                "`cap` non può essere 100: dev'essere un numero da \"100\" in su, tra virgolette",
            ),
            ("late_day_points = \"100\"", "late_day_points = \"1,5\"", "col punto decimale"),
            ("use_revised = true", "use_revised = \"si\"", "dev'essere true o false"),
            (
                "decimals = 2",
                "decimals = 12",
                "`rounding.decimals` non può essere 12: dev'essere un numero intero da 0 a 9",
            ),
            ("missed_lower = \"ratio\"", "", "manca `missed_lower`: dev'essere \"ratio\" o \"linear\" o \"zero\""),
            ("at = \"never\"", "att = \"never\"", "`rounding.att` non è un campo di un criterio (forse `rounding.at`)"),
            (
                "weights = \"printed\"",
                "weights = \"printed\"\nzucchero = 1",
                "`zucchero` non è un campo di un criterio",
            ),
            ("cap = \"100\"", "cap = ", "non è scritto in TOML"),
        ] {
            let error = refused(from, to);
            assert!(error.contains(said), "{to}: {error}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_the_line_of_bad_syntax() {
        let error = refused("use_revised = true\n", "use_revisd = true\nextra = 1\n");
        for said in
            ["manca `use_revised`", "`use_revisd` non è un campo di un criterio (forse `use_revised`)", "`extra`"]
        {
            assert!(error.contains(said), "{error}");
        }
        assert!(Policy::from_toml("mio", "a = \"b\"\nc = = 2\n").unwrap_err().to_string().contains("riga 2: "));
    }

    /// The words told are the words taken, and the default policy has a field for each.
    #[test]
    fn the_fields_told_are_the_fields_read() {
        let table: Table = toml::from_str(DEFAULT).unwrap();
        assert!(mistakes(&table).is_empty());
        for (name, allowed) in FIELDS {
            let Allowed::Word(words) = allowed else { continue };
            let key = name.rsplit('.').next().unwrap();
            let line = DEFAULT.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
            for word in words {
                let text = DEFAULT.replace(line, &format!("{key} = \"{word}\""));
                assert!(Policy::from_toml("mio", &text).is_ok(), "{name} = {word}");
            }
        }
    }
}
