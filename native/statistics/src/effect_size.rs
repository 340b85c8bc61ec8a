//! How large a difference of two samples is, apart from how sure.

use statrs::function::gamma::ln_gamma;

use crate::mann_whitney::twice_u;
use crate::selection::smallest;
use crate::{Sample, TTestError};

/// Effect sizes; all are positive where the first sample lies above the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectSize {
    /// Difference of the means in pooled standard deviations (Cohen); 0 where neither differs nor varies, infinite where only
    /// the means differ.
    pub cohens_d: f64,
    /// The same without the bias that few values give it (Hedges).
    pub hedges_g: f64,
    /// Share of pairs in which the first is larger, less the share in which it is smaller (Cliff); in [−1, 1].
    pub cliffs_delta: f64,
    /// Probability that a value of the first is larger, ties half (Vargha & Delaney); in [0, 1].
    pub vargha_delaney: f64,
    /// Median of all differences of a value of the first to one of the second (Hodges & Lehmann), in the unit of the values.
    pub shift: f64,
}

/// The effect sizes of `first` against `second`, of which each has at least 2 values.
///
/// Sources: Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988), section 2.5; Hedges, "Distribution
/// Theory for Glass's Estimator of Effect Size", J. Educ. Stat. 6 (1981), with the exact factor; Cliff, "Dominance
/// Statistics", Psychol. Bull. 114 (1993); Vargha & Delaney, J. Educ. Behav. Stat. 25 (2000); Hodges & Lehmann, Ann. Math.
/// Stat. 34 (1963).
///
/// ```
/// use forgebench_statistics::{Sample, effect_size};
///
/// let effect = effect_size(&Sample::new(vec![3.0, 4.0, 5.0])?, &Sample::new(vec![1.0, 2.0, 3.0])?)?;
/// assert_eq!((effect.cohens_d, effect.shift), (2.0, 2.0));
/// assert_eq!((effect.cliffs_delta, effect.vargha_delaney), (8.0 / 9.0, 17.0 / 18.0));
/// # Ok::<(), forgebench_statistics::TTestError>(())
/// ```
pub fn effect_size(first: &Sample, second: &Sample) -> Result<EffectSize, TTestError> {
    let counts = [first, second].map(|sample| sample.values().len());
    if let Some(&few) = counts.iter().find(|count| **count < 2) {
        return Err(TTestError::TooFewValues(few));
    }
    let [n, m] = counts.map(|count| count as f64);
    let freedom = n + m - 2.0;
    let difference = first.mean() - second.mean();
    let squares = |sample: &Sample, count: f64| (count - 1.0) / freedom * sample.standard_deviation().powi(2);
    let deviation = (squares(first, n) + squares(second, m)).sqrt();
    let cohens_d = if difference == 0.0 { 0.0 } else { difference / deviation };
    let larger = twice_u(first, second) as f64 / 2.0;
    Ok(EffectSize {
        cohens_d,
        hedges_g: cohens_d * without_bias(freedom),
        cliffs_delta: 2.0 * larger / (n * m) - 1.0,
        vargha_delaney: larger / (n * m),
        shift: median_of_differences(first.values(), second.values()),
    })
}

/// Γ(f/2) / (√(f/2) · Γ((f − 1)/2)); for one degree of freedom there is no mean to correct.
fn without_bias(freedom: f64) -> f64 {
    (ln_gamma(freedom / 2.0) - ln_gamma((freedom - 1.0) / 2.0)).exp() / (freedom / 2.0).sqrt()
}

/// The median of all differences of two sorted sets, without making them all: differences up to a number are counted in one
/// walk along both.
fn median_of_differences(first: &[f64], second: &[f64]) -> f64 {
    let pairs = first.len() * second.len();
    let (least, most) = (first[0] - second[second.len() - 1], first[first.len() - 1] - second[0]);
    let at_most = |limit: f64| {
        let mut above = 0;
        first.iter().fold(0, |count, value| {
            while above < second.len() && value - second[above] > limit {
                above += 1;
            }
            count + second.len() - above
        })
    };
    let of_rank = |rank: usize| smallest(least, most, |limit| at_most(limit) >= rank);
    let lower = of_rank(pairs.div_ceil(2));
    if pairs % 2 == 1 { lower } else { lower.midpoint(of_rank(pairs / 2 + 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::new(values.to_vec()).unwrap()
    }

    #[test]
    fn the_bias_is_that_of_the_gamma_function() {
        // Γ(1) / Γ(1/2), and Γ(5) / (√5 · Γ(9/2)).
        let root_of_pi = std::f64::consts::PI.sqrt();
        let expected = [(2.0, 1.0 / root_of_pi), (10.0, 24.0 / (5_f64.sqrt() * 105.0 / 16.0 * root_of_pi))];
        for (freedom, expected) in expected {
            let seen = without_bias(freedom);
            assert!((seen / expected - 1.0).abs() < 1e-13, "{freedom}: {seen}, expected {expected}");
        }
    }

    #[test]
    fn samples_without_variance_differ_beyond_measure_or_not_at_all() {
        let effect = effect_size(&sample(&[2.0; 3]), &sample(&[1.0; 3])).unwrap();
        assert_eq!((effect.cohens_d, effect.cliffs_delta, effect.shift), (f64::INFINITY, 1.0, 1.0));
        let effect = effect_size(&sample(&[1.0; 3]), &sample(&[1.0; 3])).unwrap();
        assert_eq!((effect.cohens_d, effect.hedges_g, effect.vargha_delaney, effect.shift), (0.0, 0.0, 0.5, 0.0));
        assert_eq!(effect_size(&sample(&[1.0]), &sample(&[1.0, 2.0])), Err(TTestError::TooFewValues(1)));
    }

    proptest! {
        #[test]
        fn the_shift_is_the_median_of_all_differences_and_dominance_counts_all_pairs(
            first in prop::collection::vec(-1e3..1e3_f64, 2..20), second in prop::collection::vec(-1e3..1e3_f64, 2..20),
            whole in any::<bool>(),
        ) {
            let [first, second] = [first, second].map(|values| {
                sample(&values.into_iter().map(|value| if whole { (value / 100.0).round() } else { value }).collect::<Vec<_>>())
            });
            let differences: Vec<f64> =
                first.values().iter().flat_map(|a| second.values().iter().map(move |b| a - b)).collect();
            let effect = effect_size(&first, &second).unwrap();
            prop_assert!((effect.shift - sample(&differences).median()).abs() <= 1e-12 * effect.shift.abs());
            let signs: f64 = differences.iter().map(|d| if *d > 0.0 { 1.0 } else if *d < 0.0 { -1.0 } else { 0.0 }).sum();
            prop_assert!((effect.cliffs_delta - signs / differences.len() as f64).abs() < 1e-12);
        }
    }
}
