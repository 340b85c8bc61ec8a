//! By which factor pairs differ, by ranks alone.

use crate::ratio_shift::logarithms;
use crate::{RatioError, RatioShift, Sample};

/// The factor that the ratios of pairs have in common, and bounds `deviations` standard deviations of Wilcoxon's signed-rank
/// statistic apart from its middle, as those of [`crate::ratio_shift`] are of the Mann–Whitney statistic.
///
/// What both of a pair have in common, such as the pace of the machine, is in no ratio.
///
/// Source: Hodges & Lehmann, "Estimates of Location Based on Rank Tests", Ann. Math. Stat. 34 (1963), on logarithms: the
/// median of the averages of all two ratios (Walsh).
///
/// ```
/// use forgebench_statistics::paired_shift;
///
/// let shift = paired_shift(&[1.10, 1.11, 1.09, 1.10, 1.12, 1.08], 1.5)?;
/// assert!((shift.ratio - 1.1).abs() < 0.002);
/// assert!(shift.low > 1.08 && shift.high < 1.12);
/// # Ok::<(), forgebench_statistics::RatioError>(())
/// ```
///
/// # Errors
/// [`RatioError`] where there is no ratio, or one that is not above zero.
pub fn paired_shift(ratios: &[f64], deviations: f64) -> Result<RatioShift, RatioError> {
    let ratios = logarithms(ratios)?;
    let averages = (0..ratios.len())
        .flat_map(|first| ratios[first..].iter().map(|other| f64::midpoint(*other, ratios[first])).collect::<Vec<_>>());
    let averages = Sample::new(averages.collect())?;
    let last = averages.values().len() - 1;
    let outside = rank_outside(ratios.len(), deviations).min(last / 2);
    Ok(RatioShift {
        ratio: averages.median().exp(),
        low: averages.values()[outside].exp(),
        high: averages.values()[last - outside].exp(),
    })
}

/// How many of all averages lie outside each bound.
fn rank_outside(pairs: usize, deviations: f64) -> usize {
    let n = pairs as f64;
    let deviation = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0).sqrt();
    (n * (n + 1.0) / 4.0 - deviations * deviation).floor().max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use rand_distr::StandardNormal;

    #[test]
    fn bounds_cover_the_truth_as_often_as_they_promise() {
        for (pairs, deviations, nominal) in [(5, 1.5, 0.866), (10, 1.5, 0.866), (25, 1.5, 0.866), (25, 1.96, 0.95)] {
            let mut random = StdRng::seed_from_u64(pairs);
            let trials = 4000;
            let covered = (0..trials)
                .filter(|_| {
                    let mut noise = || random.sample::<f64, _>(StandardNormal);
                    // The pace of the machine is common to both, and ten times as large.
                    let ratios: Vec<f64> = (0..pairs)
                        .map(|_| {
                            let pace = 0.2 * noise();
                            (0.03 + (pace + 0.02 * noise()) - pace).exp()
                        })
                        .collect();
                    let shift = paired_shift(&ratios, deviations).unwrap();
                    shift.low.ln() <= 0.03 && 0.03 <= shift.high.ln()
                })
                .count();
            let share = f64::from(covered as u32) / f64::from(trials);
            assert!((share - nominal).abs() < 0.03, "{pairs} at {deviations}: {share}, nominal {nominal}");
        }
    }

    #[test]
    fn what_has_no_ratio_is_named() {
        assert_eq!(paired_shift(&[1.0, -1.0], 1.5), Err(RatioError::NotPositive(-1.0)));
        assert!(paired_shift(&[], 1.5).is_err());
    }

    proptest! {
        #[test]
        fn sides_that_change_places_give_the_reciprocal(ratios in prop::collection::vec(0.1..10.0_f64, 1..12)) {
            let forth = paired_shift(&ratios, 1.5).unwrap();
            let back = paired_shift(&ratios.iter().map(|ratio| 1.0 / ratio).collect::<Vec<_>>(), 1.5).unwrap();
            prop_assert!((forth.ratio * back.ratio - 1.0).abs() < 1e-9);
            prop_assert!((forth.low * back.high - 1.0).abs() < 1e-9);
            prop_assert!(forth.low <= forth.ratio && forth.ratio <= forth.high);
        }
    }
}
