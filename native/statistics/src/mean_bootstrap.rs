//! The interval of a mean by resampling.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::resampling::{BootstrapError, Random, Resampling, Sums, resample};
use crate::selection::quantile_of;
use crate::student_t::is_confidence;
use crate::{Interval, Sample};

/// How an interval is read from the means of resamples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BootstrapMethod {
    /// The quantiles of the resampled means.
    Percentile,
    /// The same, mirrored at the mean: what the mean is to the truth, a resampled mean is to the mean.
    Basic,
    /// Quantiles that are moved by the bias and the skewness of the means: `BCa`, with the acceleration of a jackknife.
    BiasCorrected,
}

/// Sums that a table holds at most: 128 KiB, which the second-level cache keeps.
const LARGEST_TABLE: usize = 16_384;

/// The mean of `values`, in any unit, and an interval that covers the true mean with about `confidence`.
///
/// For independent values only; estimates of launches, of which there are few, are better served by
/// [`launch_interval`](crate::launch_interval). Equal values give an interval without width.
///
/// Sources: Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 (percentile) and 14 (`BCa`); Davison &
/// Hinkley, "Bootstrap Methods and their Application" (1997), section 5.2 (basic).
///
/// # Errors
/// Fewer than 2 values, values that are not finite, and a confidence that is no share.
///
/// ```
/// use forgebench_statistics::{BootstrapMethod, Resampling, bootstrap_mean};
///
/// let time_ns = [10.0, 12.0, 12.5, 12.5, 13.9, 15.0, 21.0, 22.0, 23.0, 34.0, 50.0, 81.0, 89.0, 121.0, 134.0, 213.0];
/// let mean = bootstrap_mean(&time_ns, 0.95, BootstrapMethod::BiasCorrected, &Resampling::default())?;
/// assert!((mean.value - 53.99375).abs() < 1e-9);
/// assert!((mean.low - 32.3).abs() < 1.0 && (mean.high - 91.4).abs() < 3.0);
/// # Ok::<(), forgebench_statistics::BootstrapError>(())
/// ```
pub fn bootstrap_mean(
    values: &[f64],
    confidence: f64,
    method: BootstrapMethod,
    options: &Resampling,
) -> Result<Interval, BootstrapError> {
    if !is_confidence(confidence) {
        return Err(BootstrapError::Confidence(confidence));
    }
    let sample = Sample::new(values.to_vec())?;
    if values.len() < 2 {
        return Err(BootstrapError::TooFewValues(values.len()));
    }
    let value = sample.mean();
    // Sums of distances from the mean keep digits that sums of large values would lose.
    let distances: Vec<f64> = sample.values().iter().map(|each| each - value).collect();
    let sums = Sums::new(&distances, LARGEST_TABLE);
    let mut drawn = resample(options, || |random: &mut Random| sums.draw(random));
    let tails = [(1.0 - confidence) / 2.0, f64::midpoint(1.0, confidence)];
    let [low, high] = match method {
        BootstrapMethod::Percentile => tails.map(|q| quantile_of(&mut drawn, q)),
        BootstrapMethod::Basic => [-quantile_of(&mut drawn, tails[1]), -quantile_of(&mut drawn, tails[0])],
        BootstrapMethod::BiasCorrected => {
            let corrected = tails.map(correction(&distances, &drawn));
            corrected.map(|q| quantile_of(&mut drawn, q))
        }
    };
    let count = values.len() as f64;
    Ok(Interval { value, low: value + low / count, high: value + high / count })
}

/// Moves a share by bias and skewness: Efron & Tibshirani, equations 14.10 to 14.15.
fn correction(distances: &[f64], drawn: &[f64]) -> impl Fn(f64) -> f64 {
    let normal = Normal::standard();
    // Resamples that have the mean of the sample count half; rounding must not decide for one side.
    let rounding = 4.0 * f64::EPSILON * distances.iter().map(|distance| distance.abs()).sum::<f64>();
    let below =
        drawn.iter().filter(|&&sum| sum < -rounding).count() + drawn.iter().filter(|&&sum| sum <= rounding).count();
    let bias = normal.inverse_cdf(below as f64 / (2 * drawn.len()) as f64);
    // Shares of the largest distance have powers that neither overflow nor vanish, whatever the unit.
    let largest = distances.iter().fold(0.0_f64, |largest, distance| largest.max(distance.abs()));
    let [squares, cubes] =
        [2, 3].map(|power| distances.iter().map(|distance| (distance / largest).powi(power)).sum::<f64>());
    let acceleration = if largest > 0.0 { cubes / (6.0 * squares.powf(1.5)) } else { 0.0 };
    move |share| {
        let moved = bias + normal.inverse_cdf(share);
        normal.cdf(bias + moved / (1.0 - acceleration * moved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::num::NonZero;

    const METHODS: [BootstrapMethod; 3] =
        [BootstrapMethod::Percentile, BootstrapMethod::Basic, BootstrapMethod::BiasCorrected];

    fn million() -> Resampling {
        Resampling { resamples: NonZero::new(1_000_000).unwrap(), ..Resampling::default() }
    }

    #[test]
    fn intervals_are_those_of_r() {
        // boot::boot.ci, by way of scipy's test_bootstrap_against_R.
        let values =
            [10.0, 12.0, 12.5, 12.5, 13.9, 15.0, 21.0, 22.0, 23.0, 34.0, 50.0, 81.0, 89.0, 121.0, 134.0, 213.0];
        let expected = [(28.86, 84.21), (23.77, 79.12), (32.31, 91.43)];
        for (method, (low, high)) in METHODS.into_iter().zip(expected) {
            let seen = bootstrap_mean(&values, 0.95, method, &million()).unwrap();
            assert!((seen.low / low - 1.0).abs() < 0.005, "{method:?}: {seen:?}, expected {low}");
            assert!((seen.high / high - 1.0).abs() < 0.005, "{method:?}: {seen:?}, expected {high}");
        }
    }

    #[test]
    fn all_resamples_of_two_values_are_known() {
        // Sums of two draws of ±1: −2, 0, 0, 2, so that half of all are ties.
        for method in METHODS {
            let seen = bootstrap_mean(&[4.0, 6.0], 0.3, method, &million()).unwrap();
            assert_eq!((seen.low, seen.high), (5.0, 5.0), "{method:?}");
            let seen = bootstrap_mean(&[4.0, 6.0], 0.9, method, &million()).unwrap();
            assert_eq!((seen.low, seen.high), (4.0, 6.0), "{method:?}");
        }
    }

    #[test]
    fn intervals_know_no_unit_however_large_or_small() {
        let values = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
        for method in METHODS {
            let seen = bootstrap_mean(&values, 0.9, method, &Resampling::default()).unwrap();
            for unit in [2.0_f64.powi(-1000), 2.0_f64.powi(1000)] {
                let scaled =
                    bootstrap_mean(&values.map(|value| value * unit), 0.9, method, &Resampling::default()).unwrap();
                assert_eq!((scaled.low / unit, scaled.high / unit), (seen.low, seen.high), "{method:?}");
            }
        }
    }

    #[test]
    fn what_has_no_interval_is_named() {
        let error = |values: &[f64], confidence| {
            bootstrap_mean(values, confidence, BootstrapMethod::Basic, &Resampling::default()).unwrap_err()
        };
        assert_eq!(error(&[1.0], 0.95), BootstrapError::TooFewValues(1));
        assert_eq!(error(&[], 0.95), BootstrapError::Sample(crate::SampleError::Empty));
        assert_eq!(error(&[1.0, 2.0], 1.0), BootstrapError::Confidence(1.0));
    }

    proptest! {
        #[test]
        fn intervals_stay_within_the_values_and_know_no_unit(
            values in prop::collection::vec(-1000..1000_i32, 2..30), confidence in 0.5..0.99_f64,
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let (least, most) = (Sample::new(values.clone()).unwrap().quantile(0.0), Sample::new(values.clone()).unwrap().quantile(1.0));
            let options = Resampling { resamples: NonZero::new(300).unwrap(), ..Resampling::default() };
            let scaled: Vec<f64> = values.iter().map(|value| 4.0 * value).collect();
            for method in [BootstrapMethod::Percentile, BootstrapMethod::BiasCorrected] {
                let seen = bootstrap_mean(&values, confidence, method, &options).unwrap();
                prop_assert!(least - 1e-9 <= seen.low && seen.low <= seen.high && seen.high <= most + 1e-9, "{:?}", seen);
                let of_scaled = bootstrap_mean(&scaled, confidence, method, &options).unwrap();
                prop_assert!((of_scaled.low - 4.0 * seen.low).abs() < 1e-9 && (of_scaled.high - 4.0 * seen.high).abs() < 1e-9);
            }
        }

        #[test]
        fn equal_values_have_an_interval_without_width(value in -1e9..1e9_f64, count in 2..40_usize) {
            for method in METHODS {
                let seen = bootstrap_mean(&vec![value; count], 0.95, method, &Resampling { resamples: NonZero::new(50).unwrap(), ..Resampling::default() }).unwrap();
                prop_assert_eq!((seen.low, seen.high), (value, value));
            }
        }
    }
}
