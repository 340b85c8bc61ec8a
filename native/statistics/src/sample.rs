//! A sample that guards itself: what is checked and sorted once need not be checked again.

/// Why values are no sample.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SampleError {
    /// There is no value. Cure: measure at least once.
    #[error("Cannot make a sample: it has no values; measure at least once")]
    Empty,
    /// A value is NaN or infinite. Cure: find the division by zero that made it.
    #[error("Cannot make a sample: value {value} at index {index} is not finite")]
    NotFinite {
        /// Where the value stands.
        index: usize,
        /// NaN or an infinity.
        value: f64,
    },
}

/// Makes the median absolute deviation of a normal distribution its standard deviation: 1 / Φ⁻¹(3/4), rounded as
/// in Rousseeuw & Croux, "Alternatives to the Median Absolute Deviation", JASA 88 (1993), section 1.
const NORMAL_CONSISTENCY: f64 = 1.4826;

/// At least one finite value, in ascending order.
///
/// ```
/// use forgebench_statistics::Sample;
///
/// let sample = Sample::new(vec![3.0, 1.0, 2.0])?;
/// assert_eq!((sample.median(), sample.mean(), sample.standard_deviation()), (2.0, 2.0, 1.0));
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Ascending, finite, at least one.
    values: Vec<f64>,
    /// Within [first, last] of `values`.
    mean: f64,
}

impl Sample {
    /// Checks and sorts `values`, in any unit.
    ///
    /// ```
    /// use forgebench_statistics::{Sample, SampleError};
    ///
    /// assert_eq!(Sample::new(vec![]), Err(SampleError::Empty));
    /// assert!(Sample::new(vec![1.0, f64::NAN]).is_err());
    /// ```
    pub fn new(mut values: Vec<f64>) -> Result<Self, SampleError> {
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return Err(SampleError::NotFinite { index, value: values[index] });
        }
        values.sort_unstable_by(f64::total_cmp);
        let (Some(&first), Some(&last)) = (values.first(), values.last()) else {
            return Err(SampleError::Empty);
        };
        // Rounding may carry the mean of equal values past them; there it would look like variation.
        let mean = (values.iter().sum::<f64>() / values.len() as f64).clamp(first, last);
        Ok(Self { values, mean })
    }

    /// The values in ascending order; at least one.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The arithmetic mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The value in the middle, or between both in the middle.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The value below which a share of `q` lies, with `q` in [0, 1]; outside it, the nearer end (NaN: the lowest).
    ///
    /// Source: type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50
    /// (1996): linear between the order statistics at (n − 1)·q. It is the default of R, `NumPy` and Criterion.
    ///
    /// ```
    /// let sample = forgebench_statistics::Sample::new(vec![1.0, 2.0, 3.0, 4.0])?;
    /// assert_eq!(sample.quantile(0.25), 1.75);
    /// # Ok::<(), forgebench_statistics::SampleError>(())
    /// ```
    pub fn quantile(&self, q: f64) -> f64 {
        let last = self.values.len() - 1;
        let q = if q.is_nan() { 0.0 } else { q.clamp(0.0, 1.0) };
        let position = last as f64 * q;
        let below = position.floor() as usize;
        let (lower, upper) = (self.values[below], self.values[(below + 1).min(last)]);
        let share = position - below as f64;
        // This form cannot overflow; the clamp makes it exact between equal values.
        (lower * (1.0 - share) + upper * share).clamp(lower, upper)
    }

    /// [`quantile`](Self::quantile) at each of `at`, in their order.
    ///
    /// ```
    /// let sample = forgebench_statistics::Sample::new(vec![1.0, 2.0, 3.0])?;
    /// assert_eq!(sample.quantiles(&[0.0, 0.5, 1.0]), [1.0, 2.0, 3.0]);
    /// # Ok::<(), forgebench_statistics::SampleError>(())
    /// ```
    pub fn quantiles(&self, at: &[f64]) -> Vec<f64> {
        at.iter().map(|&q| self.quantile(q)).collect()
    }

    /// The standard deviation with n − 1 in the denominator; 0 for one value.
    ///
    /// Source: the two-pass algorithm, Chan, Golub & `LeVeque`, The American Statistician 37 (1983).
    pub fn standard_deviation(&self) -> f64 {
        if self.values.len() < 2 {
            return 0.0;
        }
        let squares: f64 = self.values.iter().map(|value| (value - self.mean).powi(2)).sum();
        (squares / (self.values.len() - 1) as f64).sqrt()
    }

    /// The standard deviation as a share of the mean's magnitude; 0 if nothing varies, infinite if only the mean is 0.
    ///
    /// ```
    /// let sample = forgebench_statistics::Sample::new(vec![90.0, 100.0, 110.0])?;
    /// assert_eq!(sample.coefficient_of_variation(), 0.1);
    /// # Ok::<(), forgebench_statistics::SampleError>(())
    /// ```
    pub fn coefficient_of_variation(&self) -> f64 {
        let deviation = self.standard_deviation();
        if deviation == 0.0 { 0.0 } else { deviation / self.mean.abs() }
    }

    /// The median distance from the median, times 1.4826, so that it estimates the standard deviation of normal
    /// values without being moved by outliers.
    ///
    /// Source: Rousseeuw & Croux, JASA 88 (1993).
    ///
    /// ```
    /// let sample = forgebench_statistics::Sample::new(vec![1.0, 2.0, 3.0, 4.0, 1000.0])?;
    /// assert_eq!(sample.mad(), 1.4826);
    /// # Ok::<(), forgebench_statistics::SampleError>(())
    /// ```
    pub fn mad(&self) -> f64 {
        let median = self.median();
        let mut distances: Vec<f64> = self.values.iter().map(|value| (value - median).abs()).collect();
        distances.sort_unstable_by(f64::total_cmp);
        let last = distances.len() - 1;
        distances[last / 2].midpoint(distances[last.div_ceil(2)]) * NORMAL_CONSISTENCY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_value_has_no_spread() {
        let sample = Sample::new(vec![7.0]).unwrap();
        assert_eq!((sample.median(), sample.mean(), sample.quantile(0.9)), (7.0, 7.0, 7.0));
        assert_eq!((sample.standard_deviation(), sample.mad(), sample.coefficient_of_variation()), (0.0, 0.0, 0.0));
    }

    #[test]
    fn a_quantile_outside_its_range_is_the_nearer_end() {
        let sample = Sample::new(vec![1.0, 2.0, 3.0]).unwrap();
        assert_eq!(sample.quantiles(&[-1.0, 2.0, f64::NAN]), [1.0, 3.0, 1.0]);
    }

    #[test]
    fn an_error_names_the_value_and_its_place() {
        let error = Sample::new(vec![1.0, f64::INFINITY]).unwrap_err();
        assert_eq!(error.to_string(), "Cannot make a sample: value inf at index 1 is not finite");
    }

    proptest! {
        #[test]
        fn equal_values_have_no_spread_and_are_their_own_quantiles(value in -1e300..1e300, count in 1..50_usize) {
            let sample = Sample::new(vec![value; count]).unwrap();
            prop_assert_eq!((sample.quantile(0.3), sample.median()), (value, value));
            if value.abs() < 1e290 {
                prop_assert_eq!((sample.mean(), sample.standard_deviation(), sample.mad()), (value, 0.0, 0.0));
            }
        }

        #[test]
        fn quantiles_rise_and_stay_within_the_values(
            values in prop::collection::vec(-1e300..1e300, 1..50),
            first in 0.0..=1.0,
            second in 0.0..=1.0,
        ) {
            let sample = Sample::new(values).unwrap();
            let quantiles = sample.quantiles(&[0.0, f64::min(first, second), f64::max(first, second), 1.0]);
            prop_assert!(quantiles.is_sorted());
            prop_assert_eq!((quantiles[0], quantiles[3]), (sample.values()[0], *sample.values().last().unwrap()));
        }
    }
}
