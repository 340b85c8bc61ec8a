//! By which factor one sample lies above another, by ranks alone.

use crate::{Sample, SampleError};

/// Why two samples have no ratio.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RatioError {
    /// A sample is empty or has a value that is not finite.
    #[error("Cannot compare: {0}")]
    Sample(#[from] SampleError),
    /// A ratio of times needs times. Cure: leave out what was not measured.
    #[error("Cannot compare: {0} is no positive value; ratios are of times, counts or sizes above zero")]
    NotPositive(f64),
}

/// The factor between two samples and the bounds between which ranks leave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioShift {
    /// The median of all ratios of a value of `head` to one of `base`.
    pub ratio: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The factor by which `head` lies above `base`, and bounds `deviations` standard deviations of the Mann–Whitney
/// statistic apart from its middle: 1.96 for an interval of 95 %, 1.5 for the one of 87 % that verdicts are read from.
///
/// It inverts the rank test: the lower bound is the smallest factor that the test would not reject. Neither outliers nor
/// the shape of the noise move it. With so few values that no rank lies that far out, the bounds are the extreme ratios,
/// and cover less: 80 % with 3 and 3.
///
/// Source: Hodges & Lehmann, "Estimates of Location Based on Rank Tests", Ann. Math. Stat. 34 (1963), on logarithms.
///
/// ```
/// use forgebench_statistics::ratio_shift;
///
/// let shift = ratio_shift(&[100.0, 101.0, 99.0, 100.5, 99.5], &[110.0, 111.0, 109.0, 110.5, 109.5], 1.5)?;
/// assert!((shift.ratio - 1.1).abs() < 0.002);
/// assert!(shift.low > 1.08 && shift.high < 1.12);
/// # Ok::<(), forgebench_statistics::RatioError>(())
/// ```
pub fn ratio_shift(base: &[f64], head: &[f64], deviations: f64) -> Result<RatioShift, RatioError> {
    let [base, head] = [logarithms(base)?, logarithms(head)?];
    let ratios = Sample::new(head.iter().flat_map(|after| base.iter().map(move |before| after - before)).collect())?;
    let last = ratios.values().len() - 1;
    let outside = rank_outside(base.len(), head.len(), deviations).min(last / 2);
    Ok(RatioShift {
        ratio: ratios.median().exp(),
        low: ratios.values()[outside].exp(),
        high: ratios.values()[last - outside].exp(),
    })
}

pub(crate) fn logarithms(values: &[f64]) -> Result<Vec<f64>, RatioError> {
    let sample = Sample::new(values.to_vec())?;
    match sample.values()[0] {
        lowest if lowest <= 0.0 => Err(RatioError::NotPositive(lowest)),
        _ => Ok(sample.values().iter().map(|value| value.ln()).collect()),
    }
}

/// How many of all ratios lie outside each bound.
fn rank_outside(n: usize, m: usize, deviations: f64) -> usize {
    let (n, m) = (n as f64, m as f64);
    let deviation = (n * m * (n + m + 1.0) / 12.0).sqrt();
    (n * m / 2.0 - deviations * deviation).floor().max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use rand_distr::{Exp1, StandardNormal};

    #[test]
    fn ranks_outside_the_bounds_are_those_of_the_published_rule() {
        assert_eq!([5, 10, 25].map(|n| rank_outside(n, n, 1.5)), [5, 30, 235]);
        assert_eq!([2, 3].map(|n| rank_outside(n, n, 1.96)), [0, 0]);
    }

    #[test]
    fn what_has_no_ratio_is_named() {
        assert_eq!(ratio_shift(&[1.0, 0.0], &[1.0], 1.5), Err(RatioError::NotPositive(0.0)));
        assert_eq!(ratio_shift(&[], &[1.0], 1.5), Err(RatioError::Sample(SampleError::Empty)));
    }

    #[test]
    fn bounds_cover_the_truth_as_often_as_they_promise() {
        // Nominal shares of the normal approximation; ranks are discrete, and few values cover a little more.
        for (count, deviations, nominal) in
            [(5, 1.5, 0.866), (10, 1.5, 0.866), (25, 1.5, 0.866), (10, 1.96, 0.95), (25, 1.96, 0.95)]
        {
            let mut random = StdRng::seed_from_u64(count);
            let trials = 4000;
            let covered = (0..trials)
                .filter(|trial| {
                    let mut draw = |level: f64| -> Vec<f64> {
                        (0..count)
                            .map(|_| {
                                let noise: f64 =
                                    if trial % 2 == 0 { random.sample(StandardNormal) } else { random.sample(Exp1) };
                                level * (0.02 * noise).exp()
                            })
                            .collect()
                    };
                    let shift = ratio_shift(&draw(100.0), &draw(103.0), deviations).unwrap();
                    shift.low <= 1.03 && 1.03 <= shift.high
                })
                .count();
            let share = f64::from(covered as u32) / f64::from(trials);
            assert!((share - nominal).abs() < 0.025, "{count} at {deviations}: {share}, nominal {nominal}");
        }
    }

    proptest! {
        #[test]
        fn a_factor_on_head_is_a_factor_on_everything(
            base in prop::collection::vec(1.0..1e6_f64, 1..12),
            head in prop::collection::vec(1.0..1e6_f64, 1..12),
            factor in 0.1..10.0_f64,
        ) {
            let before = ratio_shift(&base, &head, 1.5).unwrap();
            let after = ratio_shift(&base, &head.iter().map(|value| value * factor).collect::<Vec<_>>(), 1.5).unwrap();
            for (before, after) in [(before.ratio, after.ratio), (before.low, after.low), (before.high, after.high)] {
                prop_assert!((after / before / factor - 1.0).abs() < 1e-9);
            }
            prop_assert!(before.low <= before.ratio && before.ratio <= before.high);
        }
    }
}
