//! Printed values, in every role; a reading of a number says the same once it is printed again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pianometro_fuzz::normalise::{Role, Value, read_value_of_year};

const ROLES: [Role; 6] =
    [Role::Weight, Role::Baseline, Role::Target, Role::Actual, Role::Variance, Role::Achievement];

fuzz_target!(|raw: &str| {
    for role in ROLES {
        let reading = read_value_of_year(role, raw, Some(2019));
        let Some(Value::Number(number)) = reading.value else { continue };
        // A comma parts the decimals, whatever stood there.
        let again = read_value_of_year(role, &number.to_string().replace('.', ","), Some(2019));
        assert_eq!(again.value, Some(Value::Number(number)), "{role:?} {raw:?} -> {number} -> {again:?}");
    }
});
