//! Whether two means differ, by all ways of dealing the values out again.

use crate::resampling::{Random, Resampling, below, resample};
use crate::{Sample, SampleError};
use rand_xoshiro::rand_core::RngCore;

/// Why there is no test.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PermutationError {
    /// A sample is empty or has a value that is not finite.
    #[error("Cannot test by permutations: {0}")]
    Sample(#[from] SampleError),
    /// Pairs need a partner each. Cure: hand in as many values on both sides.
    #[error(
        "Cannot test pairs by permutations: there are {first} first and {second} second values; hand in as many of both"
    )]
    LengthsDiffer {
        /// First values.
        first: usize,
        /// Second values.
        second: usize,
    },
}

/// A difference of means and its p-values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PermutationTest {
    /// The mean of the first values less that of the second.
    pub difference: f64,
    /// Probability, without a difference, of one this small or smaller.
    pub less: f64,
    /// Probability of a difference this large or larger.
    pub greater: f64,
    /// Twice the smaller of both, at most 1.
    pub two_sided: f64,
    /// Whether all arrangements were counted; otherwise some were drawn.
    pub exact: bool,
}

/// Arrangements up to which all are counted.
const MOST_EXACT: usize = 100_000;

/// Tests the mean of `first` against that of `second` by dealing all values out again to two sides of the same sizes.
///
/// All ways are counted where there are 100 000 at most: up to 9 values a side. Otherwise as many as `options` says are drawn,
/// and the one that was seen counts among them, so that p is never 0.
///
/// Sources: Fisher, "The Design of Experiments" (1935), section 21; Phipson & Smyth, "Permutation P-values Should Never Be
/// Zero", Stat. Appl. Genet. Mol. Biol. 9 (2010).
///
/// ```
/// use forgebench_statistics::{Resampling, permutation_test};
///
/// let test = permutation_test(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0], &Resampling::default())?;
/// assert!((test.two_sided - 0.1).abs() < 1e-12 && test.exact);
/// # Ok::<(), forgebench_statistics::PermutationError>(())
/// ```
pub fn permutation_test(
    first: &[f64],
    second: &[f64],
    options: &Resampling,
) -> Result<PermutationTest, PermutationError> {
    let (a, b) = (Sample::new(first.to_vec())?, Sample::new(second.to_vec())?);
    let all = Sample::new([first, second].concat())?;
    // Around 0, the sum of one side tells that of the other, and so the difference of the means.
    let values: Vec<f64> = first.iter().chain(second).map(|value| value - all.mean()).collect();
    let observed = values[..first.len()].iter().sum();
    let exact = combinations(values.len(), first.len()) <= MOST_EXACT;
    let counts = if exact {
        count_deals(&values, first.len(), observed)
    } else {
        let deal = || {
            let mut dealt = values.clone();
            let taken = first.len();
            move |random: &mut Random| deal(random, &mut dealt, taken)
        };
        Counts::of(resample(options, deal).into_iter().chain([observed]), observed, rounding(&values))
    };
    Ok(counts.test(a.mean() - b.mean(), exact))
}

/// Tests the mean of the differences of `first` to the value of `second` at the same place, by turning their signs.
///
/// All ways are counted up to 16 pairs.
///
/// Source: Fisher, "The Design of Experiments" (1935), section 21.
///
/// ```
/// use forgebench_statistics::{Resampling, paired_permutation_test};
///
/// let test = paired_permutation_test(&[2.0, 1.0, 3.0, 4.0], &[6.0, 5.0, 7.0, 9.0], &Resampling::default())?;
/// assert_eq!((test.difference, test.two_sided, test.exact), (-4.25, 0.125, true));
/// # Ok::<(), forgebench_statistics::PermutationError>(())
/// ```
pub fn paired_permutation_test(
    first: &[f64],
    second: &[f64],
    options: &Resampling,
) -> Result<PermutationTest, PermutationError> {
    if first.len() != second.len() {
        return Err(PermutationError::LengthsDiffer { first: first.len(), second: second.len() });
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    let mean = Sample::new(differences.clone())?.mean();
    let observed = differences.iter().sum();
    let exact = differences.len() <= MOST_EXACT.ilog2() as usize;
    let counts = if exact {
        let signs = 0..1_u64 << differences.len();
        Counts::of(signs.map(|signs| signed_sum(&differences, signs)), observed, rounding(&differences))
    } else {
        let turn = || {
            |random: &mut Random| {
                let words = differences.chunks(64);
                words.map(|differences| signed_sum(differences, random.next_u64())).sum::<f64>()
            }
        };
        Counts::of(resample(options, turn).into_iter().chain([observed]), observed, rounding(&differences))
    };
    Ok(counts.test(mean, exact))
}

/// How many sums are at most and at least the observed one.
struct Counts {
    at_most: usize,
    at_least: usize,
    all: usize,
}

impl Counts {
    /// Sums that differ by rounding alone count as equal.
    fn of(sums: impl Iterator<Item = f64>, observed: f64, rounding: f64) -> Self {
        sums.fold(Self { at_most: 0, at_least: 0, all: 0 }, |counts, sum| Self {
            at_most: counts.at_most + usize::from(sum <= observed + rounding),
            at_least: counts.at_least + usize::from(sum >= observed - rounding),
            all: counts.all + 1,
        })
    }

    fn test(&self, difference: f64, exact: bool) -> PermutationTest {
        let [less, greater] = [self.at_most, self.at_least].map(|count| count as f64 / self.all as f64);
        PermutationTest { difference, less, greater, two_sided: (2.0 * less.min(greater)).min(1.0), exact }
    }
}

fn rounding(values: &[f64]) -> f64 {
    1e-14 * values.iter().map(|value| value.abs()).sum::<f64>()
}

/// C(n, k), or more than are ever counted.
fn combinations(n: usize, k: usize) -> usize {
    (1..=k.min(n - k)).try_fold(1_usize, |product, i| Some(product.checked_mul(n + 1 - i)? / i)).unwrap_or(usize::MAX)
}

/// All sums of `taken` of `values`, in lexicographic order of their places.
fn count_deals(values: &[f64], taken: usize, observed: f64) -> Counts {
    let mut places: Vec<usize> = (0..taken).collect();
    let all = combinations(values.len(), taken);
    let sums = (0..all).map(|_| {
        let sum = places.iter().map(|&place| values[place]).sum();
        advance(&mut places, values.len());
        sum
    });
    Counts::of(sums, observed, rounding(values))
}

/// The next choice of places below `end`; the last one stays.
fn advance(places: &mut [usize], end: usize) {
    let taken = places.len();
    if let Some(turn) = (0..taken).rposition(|k| places[k] < end - taken + k) {
        let next = places[turn] + 1;
        for (place, value) in places[turn..].iter_mut().zip(next..) {
            *place = value;
        }
    }
}

/// The sum of `taken` of `values` that are drawn without replacement; shuffles them.
///
/// Source: Durstenfeld, "Algorithm 235: Random Permutation", CACM 7 (1964).
fn deal(random: &mut Random, values: &mut [f64], taken: usize) -> f64 {
    let drawn = taken.min(values.len() - taken);
    for place in 0..drawn {
        let other = place + below(random, values.len() - place);
        values.swap(place, other);
    }
    let sum: f64 = values[..drawn].iter().sum();
    // All together are 0.
    if drawn == taken { sum } else { -sum }
}

fn signed_sum(values: &[f64], signs: u64) -> f64 {
    values.iter().enumerate().map(|(place, value)| if signs >> place & 1 == 0 { *value } else { -value }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::num::NonZero;

    fn drawn(count: usize) -> Resampling {
        Resampling { resamples: NonZero::new(count).unwrap(), ..Resampling::default() }
    }

    #[test]
    fn drawn_arrangements_agree_with_counted_ones() {
        let (first, second) = ([3.1, 4.7, 5.0, 5.9, 6.4, 8.0], [5.5, 6.0, 6.6, 7.5, 8.3, 9.1, 9.9]);
        let exact = permutation_test(&first, &second, &drawn(1)).unwrap();
        assert!(exact.exact);
        let values = [&first[..], &second].concat();
        let mean = values.iter().sum::<f64>() / 13.0;
        let values: Vec<f64> = values.iter().map(|value| value - mean).collect();
        for taken in [6, 7] {
            let observed = values[..taken].iter().sum::<f64>();
            let counted = count_deals(&values, taken, observed).test(0.0, true);
            let start = || {
                let mut values = values.clone();
                move |random: &mut Random| deal(random, &mut values, taken)
            };
            let seen = Counts::of(resample(&drawn(200_000), start).into_iter(), observed, 1e-12).test(0.0, false);
            assert!((seen.less - counted.less).abs() < 0.004 && (seen.greater - counted.greater).abs() < 0.004);
        }
    }

    #[test]
    fn many_values_are_drawn_the_same_by_any_number_of_threads_and_are_never_impossible() {
        let first: Vec<f64> = (0..40).map(f64::from).collect();
        let second: Vec<f64> = first.iter().map(|value| value + 100.0).collect();
        let seen = permutation_test(&first, &second, &drawn(4000)).unwrap();
        assert!(!seen.exact && (seen.two_sided - 2.0 / 4001.0).abs() < 1e-12, "{seen:?}");
        let threads = Resampling { threads: NonZero::new(3).unwrap(), ..drawn(4000) };
        assert_eq!(permutation_test(&first, &second, &threads).unwrap(), seen);
        let paired = paired_permutation_test(&first, &second, &drawn(4000)).unwrap();
        assert!(!paired.exact && paired.two_sided > 0.0 && paired.two_sided < 0.001);
    }

    #[test]
    fn equal_values_show_nothing() {
        let dealt = permutation_test(&[0.1; 5], &[0.1; 7], &drawn(10)).unwrap();
        assert_eq!((dealt.two_sided, dealt.exact), (1.0, true));
        let turned = paired_permutation_test(&[0.1; 5], &[0.1; 5], &drawn(10)).unwrap();
        assert_eq!((turned.difference, turned.two_sided), (0.0, 1.0));
    }

    #[test]
    fn what_cannot_be_tested_is_named() {
        assert_eq!(permutation_test(&[], &[1.0], &drawn(1)), Err(PermutationError::Sample(SampleError::Empty)));
        let lengths = PermutationError::LengthsDiffer { first: 1, second: 2 };
        assert_eq!(paired_permutation_test(&[1.0], &[1.0, 2.0], &drawn(1)), Err(lengths));
    }

    proptest! {
        #[test]
        fn swapping_sides_swaps_the_tails(
            first in prop::collection::vec(-20..20_i32, 1..7), second in prop::collection::vec(-20..20_i32, 1..7),
        ) {
            let [first, second] = [first, second].map(|values| values.into_iter().map(f64::from).collect::<Vec<_>>());
            let (one, other) = (permutation_test(&first, &second, &drawn(1)).unwrap(), permutation_test(&second, &first, &drawn(1)).unwrap());
            prop_assert!((one.less - other.greater).abs() < 1e-12 && (one.greater - other.less).abs() < 1e-12);
        }
    }
}
