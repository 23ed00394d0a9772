//! Comparing a target with another value of the same indicator.

use super::prelude::*;

/// The numbers of two values that count the same thing; `None` where they don't, or where either has several figures.
pub(super) fn comparable(a: &Measure, b: &Measure) -> Option<(Decimal, Decimal)> {
    alike(&a.reading, &b.reading).then(|| Some((number(a)?, number(b)?)))?
}

/// Whether two values are the same: number, answer or day. Operators don't matter: "3" and "<=3" ask for the same.
pub(super) fn equal(a: &Measure, b: &Measure) -> bool {
    let (x, y) = (&a.reading, &b.reading);
    alike(x, y) && x.value.is_some() && x.value == y.value && x.value_high == y.value_high
}
