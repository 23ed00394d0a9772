//! Whether a published figure differs from the computed one by more than its last printed place.

use rust_decimal::Decimal;

use crate::score::Score;

/// A difference of more than one unit in the last printed place: less is rounding on the way.
pub(super) fn differs(score: &Score) -> bool {
    let (Some(difference), Some(published)) = (score.difference, score.published) else { return false };
    difference.abs() > Decimal::new(1, published.scale().min(28))
}
