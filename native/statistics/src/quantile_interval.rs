//! The interval of a quantile from the order of the values alone.

use statrs::function::beta::beta_reg;

use crate::Sample;
use crate::student_t::is_confidence;

/// Why a quantile has no interval.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum QuantileError {
    /// The quantile is no share. Cure: pass 0.99 for the 99th percentile.
    #[error("Cannot give an interval of the quantile at {0}: it must lie between 0 and 1; use 0.5 for the median")]
    Quantile(f64),
    /// The confidence is not a share. Cure: pass 0.95.
    #[error("Cannot give an interval of confidence {0}: it must lie between 0 and 1; use 0.95")]
    Confidence(f64),
}

/// A quantile and the values between which it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileInterval {
    /// The quantile of the sample, of type 7.
    pub value: f64,
    /// Lower end, a value of the sample; minus infinity where no value is low enough.
    pub low: f64,
    /// Upper end, a value of the sample; infinity where no value is high enough.
    pub high: f64,
    /// The probability with which both ends cover the true quantile of a continuous distribution: at least the confidence.
    pub coverage: f64,
}

/// The quantile at `q` of `sample`, and the innermost of its values that leave the truth outside on either side with
/// probability (1 − `confidence`) / 2 at most, whatever the distribution.
///
/// How many values lie below the true quantile is binomial; nothing else is needed. The median takes 6 values at 95 %, and
/// 8 at 99 %; with fewer an end is infinite.
///
/// Source: David & Nagaraja, "Order Statistics" (2003), section 7.1.
///
/// ```
/// use forgebench_statistics::{Sample, quantile_interval};
///
/// let median = quantile_interval(&Sample::new(vec![-10.0, 2.0, 3.0, 4.0, 5.0, 6.0])?, 0.5, 0.95)?;
/// assert_eq!((median.value, median.low, median.high), (3.5, -10.0, 6.0));
/// assert!((median.coverage - 0.96875).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quantile_interval(sample: &Sample, q: f64, confidence: f64) -> Result<QuantileInterval, QuantileError> {
    check(q, confidence)?;
    let values = sample.values();
    let count = values.len();
    let outside = (1.0 - confidence) / 2.0;
    // Probabilities that fewer than `rank` values lie below the truth, which rise with the rank.
    let fewer = |rank: usize| 1.0 - at_least(rank, count, q);
    let low = partition_point(count + 1, |rank| fewer(rank) <= outside * ROUNDING) - 1;
    let high = partition_point(count + 1, |rank| at_least(rank, count, q) > outside * ROUNDING);
    let low_outside = if low == 0 { 0.0 } else { fewer(low) };
    let high_outside = if high > count { 0.0 } else { at_least(high, count, q) };
    Ok(QuantileInterval {
        value: sample.quantile(q),
        low: if low == 0 { f64::NEG_INFINITY } else { values[low - 1] },
        high: values.get(high - 1).copied().unwrap_or(f64::INFINITY),
        coverage: 1.0 - low_outside - high_outside,
    })
}

/// Probabilities that are a share exactly, such as 2⁻⁵, must not be missed by the last digit.
const ROUNDING: f64 = 1.0 + 1e-12;

pub(crate) fn check(q: f64, confidence: f64) -> Result<(), QuantileError> {
    if !(q > 0.0 && q < 1.0) {
        return Err(QuantileError::Quantile(q));
    }
    if !is_confidence(confidence) {
        return Err(QuantileError::Confidence(confidence));
    }
    Ok(())
}

/// The probability that at least `rank` of `count` trials succeed, each with probability `share`.
pub(crate) fn at_least(rank: usize, count: usize, share: f64) -> f64 {
    match (rank, share) {
        (0, _) => 1.0,
        _ if rank > count || share <= 0.0 => 0.0,
        _ if share >= 1.0 => 1.0,
        _ => beta_reg(rank as f64, (count - rank + 1) as f64, share),
    }
}

/// The first number below `end` of which `holds` is false, or `end`; it is true of all before.
pub(crate) fn partition_point(end: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(values: &[f64], q: f64, confidence: f64) -> QuantileInterval {
        quantile_interval(&Sample::new(values.to_vec()).unwrap(), q, confidence).unwrap()
    }

    #[test]
    fn ends_are_those_of_r() {
        // asht::quantileTest, by way of asv's test_quantile_ci_r.
        let values = [
            -2.479_466_14,
            -1.495_959_63,
            -1.028_124_82,
            -0.765_923_23,
            -0.094_527_43,
            0.107_327_43,
            0.277_983_42,
            0.501_737_79,
            0.578_298_23,
            0.604_749_48,
            0.946_956_75,
            1.201_597_89,
        ];
        let expected = [
            (0.2, -0.975_684_5, -2.479_466_14, -0.094_527_43),
            (0.5, 0.192_655_4, -0.765_923_23, 0.578_298_23),
            (0.8, 0.599_459_2, 0.501_737_79, 1.201_597_89),
        ];
        for (q, value, low, high) in expected {
            let seen = interval(&values, q, 0.8);
            assert!((seen.value - value).abs() < 1e-7, "{seen:?}");
            assert_eq!((seen.low, seen.high), (low, high));
        }
    }

    #[test]
    fn few_values_have_open_ends() {
        // golang/perf, internal/stats/assumption_test.go: 6 values for 95 %, 8 for 99 %.
        let values = |count: u32| (0..count).map(f64::from).collect::<Vec<_>>();
        let open = (f64::NEG_INFINITY, f64::INFINITY);
        for (confidence, fewest) in [(0.95, 6), (0.99, 8)] {
            let seen = interval(&values(fewest - 1), 0.5, confidence);
            assert_eq!((seen.low, seen.high, seen.coverage), (open.0, open.1, 1.0));
            let seen = interval(&values(fewest), 0.5, confidence);
            assert_eq!((seen.low, seen.high), (0.0, f64::from(fewest - 1)));
        }
        let tail = interval(&values(100), 0.99, 0.95);
        assert_eq!((tail.low, tail.high), (96.0, f64::INFINITY));
    }

    #[test]
    fn what_has_no_interval_is_named() {
        let sample = Sample::new(vec![1.0]).unwrap();
        assert_eq!(quantile_interval(&sample, 1.0, 0.95), Err(QuantileError::Quantile(1.0)));
        assert_eq!(quantile_interval(&sample, 0.5, 0.0), Err(QuantileError::Confidence(0.0)));
    }

    proptest! {
        #[test]
        fn coverage_is_kept_and_no_value_inwards_would_keep_it(
            count in 1..200_usize, q in 0.01..0.99_f64, confidence in 0.5..0.999_f64,
        ) {
            let values: Vec<f64> = (1..=count).map(|rank| rank as f64).collect();
            let seen = interval(&values, q, confidence);
            let outside = (1.0 - confidence) / 2.0 + 1e-12;
            prop_assert!(seen.coverage >= confidence - 1e-12);
            prop_assert!(seen.low < seen.high);
            if seen.low.is_finite() {
                prop_assert!(1.0 - at_least(seen.low as usize, count, q) <= outside);
                prop_assert!(1.0 - at_least(seen.low as usize + 1, count, q) >= outside - 2e-12);
            }
            if seen.high.is_finite() {
                prop_assert!(at_least(seen.high as usize, count, q) <= outside);
                prop_assert!(at_least(seen.high as usize - 1, count, q) >= outside - 2e-12);
            }
        }
    }
}
