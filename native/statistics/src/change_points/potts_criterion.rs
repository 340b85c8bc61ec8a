//! The penalty with which a series is best divided into parts of constant median.

use super::detector_error::{DetectorError, check_series};
use super::potts::{distances, divide, levels};
use crate::Sample;

/// A single point is an outlier, no part.
const SHORTEST: usize = 2;
/// Penalties that are tried for each series, each `STEP` times the one before.
const STEP: f64 = 1.5;
/// The smallest penalty is this share of the mean distance from the median.
const SMALLEST: f64 = 0.1;
/// Weight of a part in the criterion, in units of ln n / n: twice that of the criterion for four parameters.
const WEIGHT: f64 = 4.0;
/// Noise cannot be told apart below this share of the smallest step, or of the level where there are fewer than two steps.
const OF_STEP: f64 = 0.1;
const OF_LEVEL: f64 = 0.001;

/// The division of [`potts`](super::potts()) into parts of at least two points, at the penalty, of a series of them, whose
/// division has the least value of a criterion: 4 ln n / n for each part plus the logarithm of what the division leaves,
/// from which autocorrelation is taken.
///
/// This is what airspeed velocity (asv) does, with exact divisions where asv joins short ones, and with an exact
/// autocorrelation.
///
/// Sources: asv, `asv/step_detect.py`; Yao, "Estimating the Number of Change-Points via Schwarz' Criterion", Statistics &
/// Probability Letters 6 (1988).
///
/// # Errors
/// A value that is not finite.
///
/// ```
/// use forgebench_statistics::change_points::potts_by_criterion;
///
/// // A slow wave is autocorrelation; the step in its middle is a change.
/// let series: Vec<f64> = (0..1000)
///     .map(|k| 0.2 * (f64::from(k) / 100.0).cos() + if k >= 500 { 1.0 } else { 0.0 })
///     .collect();
/// assert_eq!(potts_by_criterion(&series)?, [500]);
/// # Ok::<(), forgebench_statistics::change_points::DetectorError>(())
/// ```
pub fn potts_by_criterion(series: &[f64]) -> Result<Vec<usize>, DetectorError> {
    check_series(series)?;
    let total = distances(series, median(series));
    if total == 0.0 {
        return Ok(vec![]);
    }
    let levels = levels(series);
    let mut best = (criterion(series, &[]), vec![]);
    let mut penalty = total;
    while penalty >= SMALLEST * total / series.len() as f64 {
        let changes = divide(series, &levels, penalty, SHORTEST);
        let value = criterion(series, &changes);
        if value < best.0 {
            best = (value, changes);
        }
        penalty /= STEP;
    }
    Ok(best.1)
}

fn median(part: &[f64]) -> f64 {
    Sample::new(part.to_vec()).map_or(0.0, |sample| sample.median())
}

/// How well a division with few parts explains the series; less is better.
fn criterion(series: &[f64], changes: &[usize]) -> f64 {
    let count = series.len() as f64;
    let edges: Vec<usize> = std::iter::once(0).chain(changes.iter().copied()).chain([series.len()]).collect();
    let parts: Vec<&[f64]> = edges.windows(2).map(|edge| &series[edge[0]..edge[1]]).collect();
    let medians: Vec<f64> = parts.iter().map(|part| median(part)).collect();
    let left: Vec<f64> =
        parts.iter().zip(&medians).flat_map(|(part, median)| part.iter().map(move |value| value - median)).collect();
    WEIGHT * count.ln() / count * parts.len() as f64 + (resolution(&medians) + uncorrelated(&left)).ln()
}

/// What noise cannot be told apart below, so that a perfect division is not infinitely good.
fn resolution(medians: &[f64]) -> f64 {
    let smallest = |sizes: &mut dyn Iterator<Item = f64>| sizes.fold(f64::INFINITY, f64::min);
    let size = if medians.len() > 2 {
        OF_STEP * smallest(&mut medians.windows(2).map(|pair| (pair[1] - pair[0]).abs()))
    } else {
        OF_LEVEL * smallest(&mut medians.iter().map(|level| level.abs()))
    };
    size.max(f64::MIN_POSITIVE)
}

/// The sum of sizes of what is left once the autocorrelation that makes it least is taken away.
///
/// As a function of the autocorrelation the sum is a weighted sum of distances from the ratios of neighbours, so that their
/// weighted median is the best.
fn uncorrelated(left: &[f64]) -> f64 {
    let mut ratios: Vec<(f64, f64)> =
        left.windows(2).filter(|pair| pair[0] != 0.0).map(|pair| (pair[1] / pair[0], pair[0].abs())).collect();
    ratios.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let half = ratios.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut weight = 0.0;
    let median = ratios.iter().find(|ratio| {
        weight += ratio.1;
        weight >= half
    });
    let correlation = median.map_or(0.0, |ratio| ratio.0.clamp(-1.0, 1.0));
    left[0].abs() + left.windows(2).map(|pair| (pair[1] - correlation * pair[0]).abs()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use rand_distr::StandardNormal;

    /// The levels of asv's test, with noise.
    fn steps(deviation: f64) -> Vec<f64> {
        let mut random = StdRng::seed_from_u64(1234);
        let changes = [(10, 0.4), (30, 0.9), (200, -0.2), (600, 0.2), (2500, 1.1), (2990, -0.5)];
        let level = |index| changes.iter().filter(|(from, _)| index >= *from).map(|(_, size)| size).sum::<f64>();
        (0..3000).map(|index| level(index) + deviation * random.sample::<f64, _>(StandardNormal)).collect()
    }

    #[test]
    fn much_noise_hides_steps_and_little_does_not() {
        assert_eq!(potts_by_criterion(&steps(0.05)).unwrap(), [10, 30, 200, 600, 2500, 2990]);
        assert_eq!(potts_by_criterion(&steps(5.0)).unwrap(), [] as [usize; 0]);
    }

    #[test]
    fn the_autocorrelation_taken_away_leaves_the_least() {
        let mut random = StdRng::seed_from_u64(5);
        let left: Vec<f64> = (0..40).map(|_| random.sample(StandardNormal)).collect();
        let sum = |rho: f64| left[0].abs() + left.windows(2).map(|pair| (pair[1] - rho * pair[0]).abs()).sum::<f64>();
        let least = (-1000..=1000).map(|step| sum(f64::from(step) / 1000.0)).fold(f64::INFINITY, f64::min);
        assert!(uncorrelated(&left) <= least && uncorrelated(&left) > least - 0.02);
    }

    #[test]
    fn one_point_apart_is_no_change_and_two_are() {
        let mut series = vec![1.0; 50];
        series[25] = 1000.0;
        assert_eq!(potts_by_criterion(&series).unwrap(), [] as [usize; 0]);
        series[26] = 1000.0;
        assert_eq!(potts_by_criterion(&series).unwrap(), [25, 27]);
    }

    #[test]
    fn a_constant_or_empty_series_has_no_change() {
        assert_eq!(potts_by_criterion(&[1.0; 1000]).unwrap(), [] as [usize; 0]);
        assert_eq!(potts_by_criterion(&[]).unwrap(), [] as [usize; 0]);
        assert!(potts_by_criterion(&[f64::NAN]).is_err());
    }
}
