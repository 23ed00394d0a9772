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
    let at =
        |name: &str| Policy::from_toml("x", &DEFAULT.replace("at = \"never\"", &format!("at = \"{name}\""))).unwrap();
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
    let text =
        DEFAULT.replace("at = \"never\"", "at = \"every_level\"").replace("mode = \"half_up\"", "mode = \"truncate\"");
    let policy = Policy::from_toml("x", &text).unwrap();
    assert_eq!(policy.round_aggregate(Decimal::new(98_606, 3)), Decimal::new(9_860, 2));
}

#[test]
fn thresholds_and_bands_say_what_an_achievement_counts() {
    let counts = |policy: &str, value: i64| Policy::shipped(policy).unwrap().graded(Decimal::from(value));
    assert_eq!(counts("soglia-70", 69).0, Decimal::ZERO);
    assert!(counts("soglia-70", 69).1.is_some_and(|why| why.contains("soglia")));
    assert_eq!(counts("soglia-70", 70), (Decimal::from(70), None));
    assert_eq!([95, 90, 89, 50, 49].map(|v| counts("fasce", v).0), [100, 100, 80, 50, 0].map(Decimal::from));
    assert_eq!(counts("default", 12), (Decimal::from(12), None));
    for wrong in ["bands = [[\"90\"]]", "bands = [[90, 100]]", "bands = \"90\""] {
        assert!(Policy::from_toml("x", &DEFAULT.replace("bands = []", wrong)).is_err(), "{wrong}");
    }
}
