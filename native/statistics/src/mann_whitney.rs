//! Whether values of one sample tend to be larger than those of another, by ranks alone.

use crate::rank_counts::{count_tied, count_untied, tails};
use crate::ties::{keys_of, merge, sorted_keys};
use crate::{Sample, SampleError};

/// Largest product of both sizes for which untied samples are counted exactly.
const EXACT_UNTIED: usize = 10_000;
/// The same with ties, where there is more to count.
const EXACT_TIED: usize = 900;

/// The U statistic and its p-values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which the first sample's value is larger, ties half.
    pub u: f64,
    /// Probability, without a difference, of a U this small or smaller.
    pub less: f64,
    /// Probability of a U this large or larger.
    pub greater: f64,
    /// Twice the smaller of both, at most 1.
    pub two_sided: f64,
    /// Whether the probabilities were counted; for large samples they are those of a normal distribution.
    pub exact: bool,
}

/// The Mann–Whitney test of `first` against `second`. Ties are counted, not assumed away.
///
/// Sources: Mann & Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other",
/// Ann. Math. Stat. 18 (1947); for ties Cheung & Klotz, "The Mann Whitney Wilcoxon Distribution Using Linked Lists",
/// Statistica Sinica 7 (1997); for large samples the normal distribution with corrections for ties and continuity.
///
/// ```
/// use forgebench_statistics::{Sample, mann_whitney};
///
/// let test = mann_whitney(&Sample::new(vec![2.0, 1.0, 3.0, 5.0])?, &Sample::new(vec![12.0, 11.0, 13.0, 15.0])?);
/// assert_eq!(test.u, 0.0);
/// assert!((test.two_sided - 2.0 / 70.0).abs() < 1e-12);
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn mann_whitney(first: &Sample, second: &Sample) -> MannWhitney {
    let (n, m) = (first.values().len(), second.values().len());
    let keys = [keys_of(first), keys_of(second)];
    let ranks = Ranks::of(&keys);
    let limit = if ranks.ties > 0.0 { EXACT_TIED } else { EXACT_UNTIED };
    if n * m > limit {
        return ranks.approximate();
    }
    let (less, greater) = if ranks.ties > 0.0 {
        let mut groups = Vec::with_capacity(n + m);
        merge(&keys[0], &keys[1], |group| groups.push(group));
        tails(&count_tied(n, &groups), ranks.twice_u)
    } else {
        tails(&count_untied(n, m), ranks.twice_u / 2)
    };
    ranks.test(less, greater, true)
}

/// The same test for many values in any order: always by the normal distribution, with corrections for ties and
/// continuity. Below 10 values a side the normal distribution is a poor one.
///
/// # Errors
/// Those of [`Sample::new`].
///
/// ```
/// use forgebench_statistics::mann_whitney_asymptotic;
///
/// let first: Vec<f64> = (0..500).map(|k| f64::from(2 * k)).collect();
/// let second: Vec<f64> = (0..600).map(|k| f64::from(2 * k - 41)).collect();
/// let test = mann_whitney_asymptotic(&first, &second)?;
/// assert_eq!(test.u, 135_250.0);
/// assert!((test.two_sided - 0.004_933_536_081_417_222).abs() < 1e-12);
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn mann_whitney_asymptotic(first: &[f64], second: &[f64]) -> Result<MannWhitney, SampleError> {
    Ok(Ranks::of(&[sorted_keys(first)?, sorted_keys(second)?]).approximate())
}

/// Twice the U of `first`: pairs in which its value is larger twice, ties once.
pub(crate) fn twice_u(first: &Sample, second: &Sample) -> usize {
    Ranks::of(&[keys_of(first), keys_of(second)]).twice_u
}

/// What ranks say of two samples.
struct Ranks {
    twice_u: usize,
    /// The sum of t³ − t over groups of t equal values.
    ties: f64,
    n: usize,
    m: usize,
}

impl Ranks {
    /// Of keys in ascending order.
    ///
    /// Untied keys take no branch that a processor could guess wrong, which is most of the time of a merge.
    fn of([first, second]: &[Vec<u64>; 2]) -> Self {
        let mut ranks = Self { twice_u: 0, ties: 0.0, n: first.len(), m: second.len() };
        // Where the keys that equal the latest one begin in both.
        let (mut group, mut latest) = ((0, 0), None);
        let (mut a, mut b) = (0, 0);
        for _ in 0..first.len() + second.len() {
            // No key of a finite number is this large.
            let [x, y] = [first.get(a), second.get(b)].map(|key| key.copied().unwrap_or(u64::MAX));
            let next = x.min(y);
            if latest != Some(next) {
                ranks.end_group(a - group.0, b - group.1);
                (group, latest) = ((a, b), Some(next));
            }
            let of_first = usize::from(x <= y);
            ranks.twice_u += 2 * b * of_first;
            a += of_first;
            b += 1 - of_first;
        }
        ranks.end_group(a - group.0, b - group.1);
        ranks
    }

    /// Equal keys of the first come before those of the second, with which they tie.
    fn end_group(&mut self, of_first: usize, of_second: usize) {
        if of_first + of_second > 1 {
            let size = (of_first + of_second) as f64;
            self.ties += size * size * size - size;
            self.twice_u += of_first * of_second;
        }
    }

    fn test(&self, less: f64, greater: f64, exact: bool) -> MannWhitney {
        let two_sided = (2.0 * less.min(greater)).min(1.0);
        MannWhitney { u: self.twice_u as f64 / 2.0, less, greater, two_sided, exact }
    }

    fn approximate(&self) -> MannWhitney {
        let (less, greater) = approximate(self);
        self.test(less, greater, false)
    }
}

fn approximate(ranks: &Ranks) -> (f64, f64) {
    let (first, second) = (ranks.n as f64, ranks.m as f64);
    let total = first + second;
    let variance = first * second / 12.0 * (total + 1.0 - ranks.ties / (total * (total - 1.0)));
    if variance <= 0.0 {
        return (1.0, 1.0);
    }
    // libm's function is right to the last digits far out, where that of statrs loses some.
    let below = |z: f64| 0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2);
    let distance = ranks.twice_u as f64 / 2.0 - first * second / 2.0;
    let deviation = variance.sqrt();
    (below((distance + 0.5) / deviation), below((0.5 - distance) / deviation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(first: &[f64], second: &[f64]) -> MannWhitney {
        mann_whitney(&Sample::new(first.to_vec()).unwrap(), &Sample::new(second.to_vec()).unwrap())
    }

    fn assert_p(seen: MannWhitney, u: f64, [less, two_sided, greater]: [f64; 3]) {
        assert_eq!(seen.u.to_bits(), u.to_bits());
        for (seen, expected) in [(seen.less, less), (seen.two_sided, two_sided), (seen.greater, greater)] {
            assert!((seen - expected).abs() < 1e-7, "{seen}, expected {expected}");
        }
    }

    #[test]
    fn probabilities_are_those_of_golang_perf() {
        // internal/stats/utest_test.go.
        let first = [2.0, 1.0, 3.0, 5.0];
        assert_p(test(&first, &[12.0, 11.0, 13.0, 15.0]), 0.0, [0.014_285_714, 0.028_571_428, 1.0]);
        assert_p(test(&first, &[0.0, 4.0, 6.0, 7.0]), 5.0, [0.242_857_142, 0.485_714_285, 0.828_571_428]);
        assert_p(test(&first, &[2.0, 2.0, 2.0, 2.0]), 10.0, [0.857_142_857, 0.714_285_714, 0.357_142_857]);
    }

    #[test]
    fn ties_with_all_of_the_other_sample_are_counted_as_permutations_count_them() {
        // All 126 choices of four places of nine: 6 of them put the four larger values last.
        let seen = test(&[2.0, 1.0, 3.0, 5.0], &[1.0; 5]);
        assert!((seen.greater - 6.0 / 126.0).abs() < 1e-12, "{seen:?}");
    }

    #[test]
    fn probabilities_are_those_of_asv() {
        let seen = test(&[1.0, 2.0, 3.0, 4.0], &[0.9, 1.1, 0.7]);
        assert_p(seen, 11.0, [0.971_428_571, 0.114_285_714, 0.057_142_857]);
    }

    #[test]
    fn the_smallest_probability_of_few_values_is_that_of_one_order() {
        for (count, expected) in [(3, 0.1), (4, 0.028_571_428), (5, 0.007_936_507), (6, 0.002_164_502)] {
            let first: Vec<f64> = (0..count).map(f64::from).collect();
            let second: Vec<f64> = first.iter().map(|value| value + 100.0).collect();
            assert!((test(&first, &second).two_sided - expected).abs() < 1e-8);
        }
    }

    #[test]
    fn large_samples_take_the_normal_distribution() {
        // golang/perf: 500 and 600 values of which U is 135250.
        let first: Vec<f64> = (0..500).map(|k| f64::from(2 * k)).collect();
        let second: Vec<f64> = (0..600).map(|k| f64::from(2 * k - 41)).collect();
        let seen = test(&first, &second);
        assert_eq!((seen.u, seen.exact), (135_250.0, false));
        assert!((seen.two_sided / 0.004_933_536_081_417_222_4 - 1.0).abs() < 1e-12, "{seen:?}");
        assert_eq!(mann_whitney_asymptotic(&first, &second), Ok(seen));
    }

    #[test]
    fn what_has_no_ranks_is_named() {
        assert_eq!(mann_whitney_asymptotic(&[1.0], &[]), Err(SampleError::Empty));
        assert!(mann_whitney_asymptotic(&[1.0, f64::NAN], &[1.0]).is_err());
    }

    #[test]
    fn equal_samples_show_nothing() {
        let seen = test(&[3.0; 200], &[3.0; 200]);
        assert_eq!((seen.less, seen.greater, seen.two_sided), (1.0, 1.0, 1.0));
    }

    proptest! {
        #[test]
        fn exact_and_approximate_agree_in_the_middle(
            first in prop::collection::vec(0..1000_i32, 20..30),
            second in prop::collection::vec(0..1000_i32, 20..30),
        ) {
            let seen = test(
                &first.iter().copied().map(f64::from).collect::<Vec<_>>(),
                &second.iter().copied().map(f64::from).collect::<Vec<_>>(),
            );
            let [first, second] = [first, second].map(|values| values.into_iter().map(f64::from).collect::<Vec<_>>());
            let MannWhitney { less, greater, .. } = mann_whitney_asymptotic(&first, &second).unwrap();
            prop_assert!((seen.less - less).abs() < 0.01 && (seen.greater - greater).abs() < 0.01, "{:?} {} {}", seen, less, greater);
        }

        #[test]
        fn swapping_samples_swaps_the_tails(
            first in prop::collection::vec(0..9_i32, 1..9),
            second in prop::collection::vec(0..9_i32, 1..9),
        ) {
            let [first, second] = [first, second].map(|values| values.into_iter().map(f64::from).collect::<Vec<f64>>());
            let (one, other) = (test(&first, &second), test(&second, &first));
            prop_assert!((one.less - other.greater).abs() < 1e-9 && (one.greater - other.less).abs() < 1e-9);
            prop_assert!((one.u + other.u - (first.len() * second.len()) as f64).abs() < 1e-9);
        }
    }
}
