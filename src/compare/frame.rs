//! Building polars frames column by column, from the project's own types.

use jiff::civil::Date;
use polars::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

/// Decimal places of every decimal column.
///
/// A [`Decimal`] has at most 29 digits before the point, so that with nine behind it every one fits into the 38 digits of
/// a Parquet decimal. Printed figures have far fewer places; computed ones are rounded half away from zero.
pub(crate) const SCALE: u32 = 9;

/// Digits of every decimal column.
const PRECISION: usize = 38;

/// A frame under construction; all columns have the same height.
pub(crate) struct Columns {
    height: usize,
    columns: Vec<Column>,
    failed: Option<PolarsError>,
}

impl Columns {
    /// A frame of `height` rows.
    pub(crate) fn new(height: usize) -> Self {
        Columns { height, columns: Vec::new(), failed: None }
    }

    pub(crate) fn text<S: AsRef<str>>(&mut self, name: &str, values: impl Iterator<Item = Option<S>>) {
        self.columns.push(StringChunked::from_iter_options(name.into(), values).into_column());
    }

    pub(crate) fn integer(&mut self, name: &str, values: impl Iterator<Item = Option<i64>>) {
        self.columns.push(Int64Chunked::from_iter_options(name.into(), values).into_column());
    }

    pub(crate) fn float(&mut self, name: &str, values: impl Iterator<Item = Option<f64>>) {
        self.columns.push(Float64Chunked::from_iter_options(name.into(), values).into_column());
    }

    pub(crate) fn boolean(&mut self, name: &str, values: impl Iterator<Item = Option<bool>>) {
        self.columns.push(BooleanChunked::from_iter_options(name.into(), values).into_column());
    }

    pub(crate) fn date(&mut self, name: &str, values: impl Iterator<Item = Option<Date>>) {
        let days = values.map(|date| date.map(days_since_1970));
        self.columns.push(Int32Chunked::from_iter_options(name.into(), days).into_date().into_column());
    }

    /// A column of [`SCALE`] places.
    pub(crate) fn decimal(&mut self, name: &str, values: impl Iterator<Item = Option<Decimal>>) {
        let units = values.map(|value| value.map(units));
        match Int128Chunked::from_iter_options(name.into(), units).into_decimal(PRECISION, SCALE as usize) {
            Ok(column) => self.columns.push(column.into_column()),
            Err(error) => self.failed = Some(error),
        }
    }

    /// The frame.
    ///
    /// # Errors
    /// Columns of different heights or with the same name.
    pub(crate) fn finish(self) -> PolarsResult<DataFrame> {
        match self.failed {
            Some(error) => Err(error),
            None => DataFrame::new(self.height, self.columns),
        }
    }
}

fn days_since_1970(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// The number in units of 10^-[`SCALE`]. At most 7.9 × 10^28 × 10^9, which an `i128` holds.
pub(crate) fn units(value: Decimal) -> i128 {
    let rounded = value.round_dp_with_strategy(SCALE, RoundingStrategy::MidpointAwayFromZero);
    rounded.mantissa() * 10_i128.pow(SCALE - rounded.scale())
}

/// The number of so many units; `None` where it has more digits than a [`Decimal`] holds.
pub(crate) fn from_units(units: i128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(units, SCALE).ok().map(|value| value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_decimal_fits_and_comes_back() {
        for text in ["0", "-4", "72.63", "659206.67", "98.606733333", "0.000000001"] {
            let value = Decimal::from_str_exact(text).unwrap();
            assert_eq!(from_units(units(value)), Some(value.normalize()));
        }
        assert_eq!(units(Decimal::from_str_exact("0.0000000015").unwrap()), 2);
        let mut columns = Columns::new(2);
        columns.decimal("value", [Some(Decimal::MAX), Some(Decimal::MIN)].into_iter());
        assert_eq!(columns.finish().unwrap().height(), 2);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days_since_1970(Date::constant(2019, 12, 31)), 18_261);
        assert_eq!(days_since_1970(Date::constant(1969, 12, 31)), -1);
        assert!(days_since_1970(Date::MIN) < days_since_1970(Date::MAX));
    }

    #[test]
    fn columns_of_different_heights_are_refused() {
        let mut columns = Columns::new(2);
        columns.text("a", [Some("x")].into_iter());
        assert!(columns.finish().is_err());
    }
}
