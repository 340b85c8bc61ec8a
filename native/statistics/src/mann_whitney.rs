//! Whether values of one sample tend to be larger than those of another, by ranks alone.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::Sample;

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
    let groups = tie_groups(first.values(), second.values());
    let (n, m) = (first.values().len(), second.values().len());
    let twice_u = groups
        .iter()
        .scan(0, |below, group| {
            let pairs = group.first * (2 * *below + group.second);
            *below += group.second;
            Some(pairs)
        })
        .sum::<usize>();
    let tied = groups.iter().any(|group| group.first + group.second > 1);
    let limit = if tied { EXACT_TIED } else { EXACT_UNTIED };
    let exact = n * m <= limit;
    let (less, greater) = if !exact {
        approximate(twice_u as f64 / 2.0, n, m, &groups)
    } else if tied {
        tails(&count_tied(n, &groups), twice_u)
    } else {
        tails(&count_untied(n, m), twice_u / 2)
    };
    MannWhitney { u: twice_u as f64 / 2.0, less, greater, two_sided: (2.0 * less.min(greater)).min(1.0), exact }
}

/// How many of each sample have one value.
#[derive(Clone, Copy)]
struct TieGroup {
    first: usize,
    second: usize,
}

/// Equal values of both sorted samples together, ascending.
fn tie_groups(first: &[f64], second: &[f64]) -> Vec<TieGroup> {
    let (mut a, mut b) = (first, second);
    let mut groups = Vec::with_capacity(first.len() + second.len());
    while let Some(&value) = smaller(a.first(), b.first()) {
        let of_first = a.partition_point(|other| *other <= value);
        let of_second = b.partition_point(|other| *other <= value);
        groups.push(TieGroup { first: of_first, second: of_second });
        (a, b) = (&a[of_first..], &b[of_second..]);
    }
    groups
}

fn smaller<'a>(a: Option<&'a f64>, b: Option<&'a f64>) -> Option<&'a f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if a <= b { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// In how many orders of `n` and `m` untied values each U from 0 to n·m comes up, as shares of all orders: the
/// coefficients of the Gaussian binomial.
fn count_untied(n: usize, m: usize) -> Vec<f64> {
    let largest = n * m;
    let mut counts = vec![0.0; largest + 1];
    counts[0] = 1.0;
    for factor in 1..=n.min(m) {
        // Multiplied by (1 − q^(longer + factor)) and divided by (1 − q^factor); divided by the sum as it grows, so that
        // nothing overflows.
        let longer = n.max(m) + factor;
        for u in (longer..=largest).rev() {
            counts[u] -= counts[u - longer];
        }
        for u in factor..=largest {
            counts[u] += counts[u - factor];
        }
        let share = factor as f64 / longer as f64;
        for count in &mut counts {
            *count *= share;
        }
    }
    counts
}

/// The same with ties, for each 2 U: values of a tie group fall to the first sample in all ways.
fn count_tied(n: usize, groups: &[TieGroup]) -> Vec<f64> {
    let total: usize = groups.iter().map(|group| group.first + group.second).sum();
    let largest = 2 * n * (total - n);
    let mut counts = vec![vec![0.0; largest + 1]; n + 1];
    counts[0][0] = 1.0;
    let mut seen = 0;
    for group in groups {
        let size = group.first + group.second;
        let mut next = vec![vec![0.0; largest + 1]; n + 1];
        for taken in 0..=size.min(n) {
            let ways = binomial(size, taken);
            // What leaves the second sample more than it has never becomes a whole order.
            let fewest = (seen + size).saturating_sub(total - n + taken);
            for before in fewest..=(n - taken).min(seen) {
                let step = taken * (2 * (seen - before) + size - taken);
                for twice_u in 0..=largest - step {
                    next[before + taken][twice_u + step] += ways * counts[before][twice_u];
                }
            }
        }
        counts = next;
        seen += size;
    }
    let last = counts.swap_remove(n);
    let all: f64 = last.iter().sum();
    last.into_iter().map(|count| count / all).collect()
}

fn binomial(n: usize, k: usize) -> f64 {
    (1..=k).fold(1.0, |product, i| product * (n + 1 - i) as f64 / i as f64)
}

/// The shares up to and from `at`.
fn tails(shares: &[f64], at: usize) -> (f64, f64) {
    (shares[..=at].iter().sum::<f64>().min(1.0), shares[at..].iter().sum::<f64>().min(1.0))
}

fn approximate(u: f64, n: usize, m: usize, groups: &[TieGroup]) -> (f64, f64) {
    let (first, second) = (n as f64, m as f64);
    let total = first + second;
    let ties: f64 = groups.iter().map(|group| (group.first + group.second) as f64).map(|t| t * t * t - t).sum();
    let variance = first * second / 12.0 * (total + 1.0 - ties / (total * (total - 1.0)));
    if variance <= 0.0 {
        return (1.0, 1.0);
    }
    let normal = Normal::standard();
    let distance = u - first * second / 2.0;
    let deviation = variance.sqrt();
    (normal.cdf((distance + 0.5) / deviation), normal.cdf((0.5 - distance) / deviation))
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
        assert!(!seen.exact && seen.two_sided > 0.0 && seen.two_sided < 1.0);
        let (less, greater) = approximate(135_250.0, 500, 600, &tie_groups(&first, &second));
        assert!((2.0 * less.min(greater) - 0.004_933_536).abs() < 1e-5, "{less} {greater}");
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
            let mut both: Vec<Vec<f64>> = [first, second]
                .map(|values| values.into_iter().map(f64::from).collect::<Vec<f64>>())
                .to_vec();
            for values in &mut both {
                values.sort_by(f64::total_cmp);
            }
            let (less, greater) = approximate(seen.u, both[0].len(), both[1].len(), &tie_groups(&both[0], &both[1]));
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
