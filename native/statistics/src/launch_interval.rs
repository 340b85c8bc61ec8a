//! The interval of a figure from one estimate for each launch.

use crate::student_t::{is_confidence, mean_interval};
use crate::{Interval, Sample, SampleError};

/// Why launches give no interval.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum IntervalError {
    /// One launch says nothing of how launches differ. Cure: measure more launches.
    #[error("Cannot give an interval: {0} of at least 2 launches were measured; measure more launches")]
    TooFewLaunches(usize),
    /// The confidence is not a share. Cure: pass 0.95.
    #[error("Cannot give an interval of confidence {0}: it must lie between 0 and 1; use 0.95")]
    Confidence(f64),
    /// An estimate is NaN or infinite. Cure: leave out launches that failed.
    #[error("Cannot give an interval: estimate {value} of launch {index} is not finite; leave out failed launches")]
    NotFinite {
        /// Which launch, from 0.
        index: usize,
        /// NaN or an infinity.
        value: f64,
    },
}

/// Estimates further apart than this factor do not differ as launches of one time do; a difference near zero does so.
const WIDEST_FACTOR: f64 = 20.0;

/// The typical estimate of `estimates`, one for each launch, and the interval that covers it with `confidence`.
///
/// Where all are positive and within a factor of 20, the value is their geometric mean and the interval is Student's t on their logarithms:
/// launches differ by factors (memory layout, frequency), which makes times roughly log-normal. With zeros, negative
/// values or a wider spread, as residuals around zero have, it is the arithmetic mean with Student's t. Equal estimates give an interval without width. Below 20
/// launches a percentile bootstrap would cover too little (85 % instead of 95 % at 5).
///
/// Source: Student, Biometrika 6 (1908); logarithms after Limpert, Stahel & Abbt, "Log-normal Distributions across the
/// Sciences", `BioScience` 51 (2001).
///
/// ```
/// use forgebench_statistics::{IntervalError, launch_interval};
///
/// let median_ns = launch_interval(&[98.0, 100.0, 103.0, 101.0, 99.0], 0.95)?;
/// assert!((median_ns.value - 100.2).abs() < 0.1);
/// assert!(median_ns.low > 97.0 && median_ns.high < 103.0);
/// assert_eq!(launch_interval(&[98.0], 0.95), Err(IntervalError::TooFewLaunches(1)));
/// # Ok::<(), IntervalError>(())
/// ```
pub fn launch_interval(estimates: &[f64], confidence: f64) -> Result<Interval, IntervalError> {
    if !is_confidence(confidence) {
        return Err(IntervalError::Confidence(confidence));
    }
    let values = sample(estimates)?;
    let (first, last) = (values.values()[0], values.values()[estimates.len() - 1]);
    if first <= 0.0 || last > WIDEST_FACTOR * first {
        return Ok(mean_interval(&values, confidence));
    }
    if first.to_bits() == last.to_bits() {
        // The way through logarithms would round.
        return Ok(Interval { value: first, low: first, high: first });
    }
    let logarithms = sample(&estimates.iter().map(|estimate| estimate.ln()).collect::<Vec<_>>())?;
    let Interval { value, low, high } = mean_interval(&logarithms, confidence);
    let value = value.exp().clamp(first, last);
    Ok(Interval { value, low: low.exp().min(value), high: high.exp().max(value) })
}

fn sample(estimates: &[f64]) -> Result<Sample, IntervalError> {
    if estimates.len() < 2 {
        return Err(IntervalError::TooFewLaunches(estimates.len()));
    }
    Sample::new(estimates.to_vec()).map_err(|error| match error {
        SampleError::Empty => IntervalError::TooFewLaunches(0),
        SampleError::NotFinite { index, value } => IntervalError::NotFinite { index, value },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(seen: f64, expected: f64) {
        assert!((seen - expected).abs() <= 1e-9 * expected.abs(), "{seen}, expected {expected}");
    }

    #[test]
    fn positive_estimates_have_a_geometric_mean_and_an_interval_of_factors() {
        let interval = launch_interval(&[1.0, 4.0, 16.0], 0.95).unwrap();
        // The logarithms (base 4) are 0, 1, 2: mean 1, deviation 1, t 4.302652729749464.
        let factor = 4_f64.powf(4.302_652_729_749_464 / 3_f64.sqrt());
        assert_near(interval.value, 4.0);
        assert_near(interval.low, 4.0 / factor);
        assert_near(interval.high, 4.0 * factor);
    }

    #[test]
    fn zeros_and_negative_estimates_have_an_arithmetic_mean() {
        let interval = launch_interval(&[-1.0, 0.0, 4.0], 0.95).unwrap();
        let reach = 4.302_652_729_749_464 * 7_f64.sqrt() / 3_f64.sqrt();
        assert_near(interval.value, 1.0);
        assert_near(interval.low, 1.0 - reach);
        assert_near(interval.high, 1.0 + reach);
    }

    #[test]
    fn residuals_that_happen_to_be_positive_have_an_arithmetic_mean_too() {
        let interval = launch_interval(&[0.001, 0.03, 0.05], 0.95).unwrap();
        assert_near(interval.value, 0.027);
        assert!(interval.low < 0.0 && interval.high < 0.1, "{interval:?}");
    }

    #[test]
    fn equal_estimates_have_an_interval_without_width() {
        for value in [0.0, 0.1, 123.456, -3.3] {
            let expected = Interval { value, low: value, high: value };
            assert_eq!(launch_interval(&[value; 3], 0.95), Ok(expected));
        }
    }

    #[test]
    fn what_gives_no_interval_is_named() {
        assert_eq!(launch_interval(&[], 0.95), Err(IntervalError::TooFewLaunches(0)));
        assert_eq!(launch_interval(&[1.0, 2.0], 1.0), Err(IntervalError::Confidence(1.0)));
        let error = launch_interval(&[1.0, f64::INFINITY], 0.95).unwrap_err();
        assert_eq!(error, IntervalError::NotFinite { index: 1, value: f64::INFINITY });
    }
}
