//! How far a text that was taken from a document is to be trusted.

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A confidence in hundredths, 1 to 100: how likely a text is whole and in its place. What is doubtful for two reasons is the
/// product of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// Nothing speaks against it.
    pub const FULL: Confidence = Confidence(100);

    /// A confidence in hundredths; what lies outside 1 to 100 is taken to the nearer end.
    pub const fn hundredths(hundredths: u8) -> Self {
        Confidence(if hundredths > 100 {
            100
        } else if hundredths == 0 {
            1
        } else {
            hundredths
        })
    }

    /// The confidence of a table (0 to 1).
    pub(super) fn of_table(confidence: f32) -> Self {
        // Between 0 and 100 after clamping, so that nothing is cut off.
        Confidence::hundredths((confidence.clamp(0.0, 1.0) * 100.0).round() as u8)
    }

    /// Doubtful for one more reason.
    pub fn and(self, other: Confidence) -> Self {
        let product = (u16::from(self.0) * u16::from(other.0) + 50) / 100;
        Confidence::hundredths(u8::try_from(product).unwrap_or(100))
    }

    /// Something else in the document speaks for it: `share` hundredths of the doubt are gone.
    pub fn backed(self, share: u8) -> Self {
        let doubt = u16::from(100 - self.0.min(100));
        let left = doubt * u16::from(100 - share.min(100)) / 100;
        Confidence::hundredths(100 - u8::try_from(left).unwrap_or(0))
    }

    /// From 1 to 100.
    pub fn as_hundredths(self) -> u8 {
        self.0
    }

    /// Between 0 and 1, with two places.
    pub fn as_decimal(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2)
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Confidence::FULL
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.as_decimal())
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let decimal = <Decimal as Deserialize>::deserialize(deserializer)?;
        let hundredths = decimal.checked_mul(Decimal::ONE_HUNDRED).and_then(|value| u8::try_from(value).ok());
        hundredths.map(Confidence::hundredths).ok_or_else(|| D::Error::custom("a confidence lies between 0 and 1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_multiply_and_proof_takes_them_away() {
        let half = Confidence::hundredths(50);
        assert_eq!(half.and(half), Confidence::hundredths(25));
        assert_eq!(half.and(Confidence::FULL), half);
        assert_eq!(half.backed(50), Confidence::hundredths(75));
        assert_eq!(Confidence::FULL.backed(50), Confidence::FULL);
        assert_eq!(half.as_decimal().to_string(), "0.50");
    }

    #[test]
    fn it_stays_between_one_and_a_hundred() {
        assert_eq!(Confidence::hundredths(0), Confidence::hundredths(1));
        assert_eq!(Confidence::hundredths(200), Confidence::FULL);
        assert_eq!(Confidence::of_table(0.876), Confidence::hundredths(88));
        assert_eq!(Confidence::of_table(f32::NAN), Confidence::hundredths(1));
    }
}
