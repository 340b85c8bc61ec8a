//! The bootstrap interval of a quantile, counted instead of drawn.

use statrs::function::gamma::ln_gamma;

use crate::quantile_interval::{QuantileError, at_least, check, partition_point};
use crate::selection::bracket;
use crate::{Interval, Sample};

/// Shares of all resamples that are left out on either side, far below the digits of a share near 1.
const NEGLIGIBLE: f64 = 1e-18;
/// Steps after which it is tried whether a single one is left of the values that the quantile can have.
const HALVINGS: u32 = 8;
/// Shares that are a tail exactly must not be missed by their last digits.
const ROUNDING: f64 = 1e-12;

/// The quantile at `q` (type 7) of `sample`, and the interval of the percentile bootstrap with no error of resampling: what
/// infinitely many resamples would give.
///
/// How often a resample's quantile is at most a number is a sum of binomial tails, so nothing is drawn. It takes some
/// 50 passes over those values that the quantile of a resample may be near.
///
/// Source: Efron, "Bootstrap Methods: Another Look at the Jackknife", Ann. Stat. 7 (1979), section 3, for the median; here
/// for two neighbouring order statistics together, between which type 7 lies.
///
/// ```
/// use forgebench_statistics::{Sample, bootstrap_quantile};
///
/// let median = bootstrap_quantile(&Sample::new(vec![1.0, 2.0, 4.0])?, 0.5, 0.9)?;
/// // The least value is the median of 7 of all 27 resamples, and the greatest too.
/// assert_eq!((median.low, median.value, median.high), (1.0, 2.0, 4.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bootstrap_quantile(sample: &Sample, q: f64, confidence: f64) -> Result<Interval, QuantileError> {
    check(q, confidence)?;
    let resampled = ResampledQuantile::new(sample, q);
    let [low, high] = [1.0 - confidence, 1.0 + confidence].map(|twice| resampled.quantile(twice / 2.0));
    Ok(Interval { value: sample.quantile(q), low, high })
}

/// The distribution of the quantile of a resample.
struct ResampledQuantile<'a> {
    /// Ascending.
    values: &'a [f64],
    /// How far the quantile lies between two neighbouring order statistics of the resample, in [0, 1).
    share: f64,
    /// First place of `values` that the lower of both may have.
    first: usize,
    /// For each place from the first: the probability that the lower order statistic stands there.
    lower: Vec<f64>,
    /// For each place from the first: its part of the probability that the next one stands far above.
    apart: Vec<Apart>,
    /// For each place from 0 to n: the logarithm of the probability that no draw above the lower order statistic falls below
    /// the place.
    none_below: Vec<f64>,
}

/// `share · exp(logarithm)` is C(n, k) · (((i + 1)/n)^k − (i/n)^k): k draws fall on places up to i, not all of them below.
struct Apart {
    share: f64,
    logarithm: f64,
}

impl<'a> ResampledQuantile<'a> {
    fn new(sample: &'a Sample, q: f64) -> Self {
        let values = sample.values();
        let count = values.len();
        let position = (count - 1) as f64 * q;
        let rank = position.floor() as usize + 1;
        // At most the value at a place: at least `rank` of all draws fall on it or below.
        let at_most = |place: usize| at_least(rank, count, (place + 1) as f64 / count as f64);
        let first = partition_point(count, |place| at_most(place) < NEGLIGIBLE);
        let end = partition_point(count - 1, |place| at_most(place) < 1.0) + 1;
        let upto: Vec<f64> = (first..end).map(at_most).collect();
        let before = std::iter::once(&0.0).chain(&upto);
        let (n, k) = (count as f64, rank as f64);
        let ways = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
        let apart = |place: usize| {
            let places = place as f64 + 1.0;
            Apart { share: -(k * (-1.0 / places).ln_1p()).exp_m1(), logarithm: ways + k * (places / n).ln() }
        };
        Self {
            values,
            share: position.fract(),
            first,
            lower: upto.iter().zip(before).map(|(upto, before)| upto - before).collect(),
            apart: (first..end).map(apart).collect(),
            none_below: (0..=count).map(|place| (n - k) * (-(place as f64) / n).ln_1p()).collect(),
        }
    }

    /// The smallest value that a share of `p` of all resamples does not exceed.
    fn quantile(&self, p: f64) -> f64 {
        let (least, most) = (self.values[0], self.values[self.values.len() - 1]);
        let holds = |value: f64| value >= most || self.at_most(value) >= p - ROUNDING;
        let (mut low, mut high) = (least, most);
        while low < high {
            [low, high] = bracket(low, high, HALVINGS, holds);
            let value = self.next_from(low).min(high);
            if value >= high || holds(value) {
                return value;
            }
            low = value.next_up();
        }
        high
    }

    /// The lowest value from `low` on that the quantile of a resample may have.
    fn next_from(&self, low: f64) -> f64 {
        let lowers = self.first..self.first + self.lower.len();
        let mut next = f64::INFINITY;
        let mut place = self.values.partition_point(|upper| self.between(self.values[self.first], *upper) < low);
        for lower in lowers {
            // The higher the lower order statistic, the lower the other one may be.
            while place > lower && self.between(self.values[lower], self.values[place - 1]) >= low {
                place -= 1;
            }
            let upper = place.max(lower);
            if upper < self.values.len() {
                let value = self.between(self.values[lower], self.values[upper]);
                next = if value >= low { next.min(value) } else { next };
            }
        }
        next
    }

    /// The share of resamples whose quantile is at most `value`.
    fn at_most(&self, value: f64) -> f64 {
        let places = self.values[self.first..].partition_point(|each| *each <= value).min(self.lower.len());
        let below: f64 = self.lower[..places].iter().sum();
        if self.share == 0.0 || places == 0 {
            return below;
        }
        // Among these the next order statistic may lie so high that the quantile exceeds the value.
        let mut highest = self.values.partition_point(|upper| self.between(self.values[self.first], *upper) <= value);
        let mut exceeding = 0.0;
        for (lower, apart) in self.values[self.first..].iter().zip(&self.apart[..places]) {
            while self.between(*lower, self.values[highest - 1]) > value {
                highest -= 1;
            }
            exceeding += apart.share * (apart.logarithm + self.none_below[highest]).exp();
        }
        below - exceeding
    }

    /// The quantile between two order statistics, rounded as [`Sample::quantile`] does.
    fn between(&self, lower: f64, upper: f64) -> f64 {
        (lower * (1.0 - self.share) + upper * self.share).clamp(lower, upper.max(lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The quantiles of all resamples, which are few where values are, at `p`.
    fn by_enumeration(sample: &Sample, q: f64, p: f64) -> f64 {
        let values = sample.values();
        let count = values.len();
        let all = count.pow(count as u32);
        let mut quantiles: Vec<f64> = (0..all)
            .map(|resample| {
                let draw = |k: usize| values[resample / count.pow(k as u32) % count];
                Sample::new((0..count).map(draw).collect()).unwrap().quantile(q)
            })
            .collect();
        quantiles.sort_unstable_by(f64::total_cmp);
        quantiles[((p * all as f64 - 1e-6).ceil() as usize).clamp(1, all) - 1]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn intervals_are_those_of_all_resamples(
            values in prop::collection::vec(-20..20_i32, 1..6), q in 0.01..0.99_f64, confidence in 0.2..0.99_f64,
        ) {
            let sample = Sample::new(values.into_iter().map(f64::from).collect()).unwrap();
            for q in [q, 0.5, 0.25] {
                let seen = bootstrap_quantile(&sample, q, confidence).unwrap();
                let end = |p: f64| by_enumeration(&sample, q, p);
                let expected = (end((1.0 - confidence) / 2.0), end(f64::midpoint(1.0, confidence)));
                prop_assert_eq!((seen.low, seen.high), expected);
            }
        }

        #[test]
        fn intervals_hold_the_quantile_of_large_samples(
            count in 100..20_000_u32, q in 0.02..0.98_f64,
        ) {
            let sample = Sample::new((0..count).map(|k| f64::from(k).sqrt()).collect()).unwrap();
            let seen = bootstrap_quantile(&sample, q, 0.95).unwrap();
            prop_assert!(seen.low < seen.value && seen.value < seen.high);
            // Close to the normal approximation of ranks.
            let reach = 1.96 * (f64::from(count) * q * (1.0 - q)).sqrt();
            let rank = |value: f64| value * value - f64::from(count - 1) * q;
            prop_assert!((rank(seen.high) / reach - 1.0).abs() < 0.35 && (rank(seen.low) / reach + 1.0).abs() < 0.35, "{:?}", seen);
        }
    }

    #[test]
    fn what_has_no_interval_is_named() {
        let sample = Sample::new(vec![1.0]).unwrap();
        assert_eq!(bootstrap_quantile(&sample, 0.0, 0.95), Err(QuantileError::Quantile(0.0)));
        assert_eq!(bootstrap_quantile(&sample, 0.5, 1.0), Err(QuantileError::Confidence(1.0)));
    }
}
