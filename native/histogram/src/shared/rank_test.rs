//! Whether the values of one histogram tend to be larger than those of another, bucket by bucket.

use std::borrow::Cow;

use super::trim;
use crate::simd::for_processor;

/// The U statistic of two histograms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankTest {
    /// Pairs in which the first histogram's value is larger; those in one bucket are ties, and count half.
    pub u: f64,
    /// Its distance from what it would be without a difference, in standard deviations.
    pub z: f64,
    /// Probability, without a difference, of a U this far from there on either side.
    pub p: f64,
}

/// The Mann–Whitney test by the normal distribution, corrected for ties and not for continuity, as Node.js has it; `None`
/// where a histogram is empty. Both have one layout.
///
/// Source: Mann & Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other",
/// Ann. Math. Stat. 18 (1947).
///
/// ```
/// use forgebench_histogram::shared::mann_whitney;
///
/// let test = mann_whitney(&[0.0, 1.0, 1.0, 1.0, 0.0, 1.0], &[0.0, 0.0, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0]).unwrap();
/// assert_eq!(test.u, 6.5);
/// assert!((test.z + 0.8795932074125605).abs() < 1e-12);
/// ```
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<RankTest> {
    let [first, second] = side_by_side(first, second);
    let (u, ties, [n, m]) = rank_sums(&first, &second);
    if n == 0.0 || m == 0.0 {
        return None;
    }
    let total = n + m;
    let variance = n * m / 12.0 * (total + 1.0 - ties / (total * (total - 1.0)));
    // All values in one bucket: no order is there to be surprised by.
    let z = if variance > 0.0 { (u - n * m / 2.0) / variance.sqrt() } else { 0.0 };
    Some(RankTest { u, z, p: libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2) })
}

/// The statistic of Kolmogorov and Smirnov: how far both cumulated distributions are apart at most, in [0, 1]; `None` where a
/// histogram is empty. Both have one layout.
///
/// ```
/// let seen = forgebench_histogram::shared::kolmogorov_smirnov(&[2.0, 2.0], &[1.0, 3.0]);
/// assert_eq!(seen, Some(0.25));
/// ```
pub fn kolmogorov_smirnov(first: &[f64], second: &[f64]) -> Option<f64> {
    let [first, second] = side_by_side(first, second);
    let [n, m] = [total(&first), total(&second)];
    (n > 0.0 && m > 0.0).then(|| widest_gap(&first, &second, n, m) / (n * m))
}

/// Both from the first to the last bucket that either has.
fn side_by_side<'a>(first: &'a [f64], second: &'a [f64]) -> [Cow<'a, [f64]>; 2] {
    let [(a, first_kept), (b, second_kept)] = [trim(first), trim(second)];
    let start = match (first_kept.is_empty(), second_kept.is_empty()) {
        (false, false) => a.min(b),
        (true, _) => b,
        (_, true) => a,
    };
    let end = [(a, first_kept), (b, second_kept)].iter().map(|(at, kept)| at + kept.len()).max().unwrap_or(start);
    [first, second].map(|counts| {
        if let Some(counts) = counts.get(start..end) {
            return Cow::Borrowed(counts);
        }
        let mut padded = counts.get(start..).unwrap_or_default().to_vec();
        padded.resize(end - start, 0.0);
        Cow::Owned(padded)
    })
}

/// Stretches that are gone through at once. Each bucket needs the number of values before it; in a stretch of its own it waits
/// for that of its neighbour only.
const LANES: usize = 4;

/// Stretches of one length, and what is left over.
fn stretches(counts: &[f64]) -> ([&[f64]; LANES], &[f64]) {
    let length = counts.len() / LANES;
    (std::array::from_fn(|lane| &counts[lane * length..(lane + 1) * length]), &counts[LANES * length..])
}

for_processor! {
    fn total(counts: &[f64]) -> f64 {
        const LANES: usize = 8;
        let mut lanes = [0.0; LANES];
        let (steps, rest) = counts.as_chunks::<LANES>();
        for step in steps {
            for lane in 0..LANES {
                lanes[lane] += step[lane];
            }
        }
        lanes.iter().chain(rest).sum()
    }
}

for_processor! {
    /// U, the sum of t³ − t over groups of t equal values, and the numbers of values.
    fn rank_sums(first: &[f64], second: &[f64]) -> (f64, f64, [f64; 2]) {
        let ((firsts, first_rest), (seconds, second_rest)) = (stretches(first), stretches(second));
        let (mut u, mut ties) = ([0.0; LANES], [0.0; LANES]);
        let (mut ours, mut theirs) = ([0.0; LANES], [0.0; LANES]);
        for place in 0..first.len() / LANES {
            for lane in 0..LANES {
                let (a, b) = (firsts[lane][place], seconds[lane][place]);
                u[lane] += a * (theirs[lane] + 0.5 * b);
                ours[lane] += a;
                theirs[lane] += b;
                let group = a + b;
                ties[lane] += group * group * group - group;
            }
        }
        let (mut u_all, mut n, mut m) = (0.0, 0.0, 0.0);
        for lane in 0..LANES {
            u_all += u[lane] + ours[lane] * m;
            n += ours[lane];
            m += theirs[lane];
        }
        let mut ties_all: f64 = ties.iter().sum();
        for (a, b) in first_rest.iter().zip(second_rest) {
            u_all += a * (m + 0.5 * b);
            n += a;
            m += b;
            ties_all += (a + b) * (a + b) * (a + b) - (a + b);
        }
        (u_all, ties_all, [n, m])
    }
}

for_processor! {
    /// The widest gap between both cumulated distributions, times both numbers of values, which keeps it whole.
    fn widest_gap(first: &[f64], second: &[f64], n: f64, m: f64) -> f64 {
        let ((firsts, first_rest), (seconds, second_rest)) = (stretches(first), stretches(second));
        let (mut ours, mut theirs) = ([0.0; LANES], [0.0; LANES]);
        for lane in 1..LANES {
            ours[lane] = ours[lane - 1] + total::portable(firsts[lane - 1]);
            theirs[lane] = theirs[lane - 1] + total::portable(seconds[lane - 1]);
        }
        let mut widest = [0.0_f64; LANES];
        for place in 0..first.len() / LANES {
            for lane in 0..LANES {
                ours[lane] += firsts[lane][place];
                theirs[lane] += seconds[lane][place];
                let gap = (ours[lane] * m - theirs[lane] * n).abs();
                widest[lane] = if gap > widest[lane] { gap } else { widest[lane] };
            }
        }
        let (mut a, mut b) = (ours[LANES - 1], theirs[LANES - 1]);
        let mut gap = widest.into_iter().fold(0.0, f64::max);
        for (x, y) in first_rest.iter().zip(second_rest) {
            a += x;
            b += y;
            gap = gap.max((a * m - b * n).abs());
        }
        gap
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "counts are whole numbers, whose sums are exact")]
mod tests {
    use std::cmp::Ordering;

    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// Counts of buckets, many of which are empty, in arrays of any length.
    fn counts() -> impl Strategy<Value = Vec<f64>> {
        vec(prop_oneof![2 => Just(0_u16), 1 => 0..500_u16], 0..150)
            .prop_map(|counts| counts.into_iter().map(f64::from).collect())
    }

    /// By definition: every pair of values.
    fn pairs(first: &[f64], second: &[f64]) -> f64 {
        let mut u = 0.0;
        for (i, a) in first.iter().enumerate() {
            for (j, b) in second.iter().enumerate() {
                let wins = match i.cmp(&j) {
                    Ordering::Greater => 1.0,
                    Ordering::Equal => 0.5,
                    Ordering::Less => 0.0,
                };
                u += a * b * wins;
            }
        }
        u
    }

    proptest! {
        #[test]
        fn u_counts_pairs_and_processors_agree(first in counts(), second in counts()) {
            let [n, m] = [&first, &second].map(|counts| counts.iter().sum::<f64>());
            let seen = mann_whitney(&first, &second);
            prop_assert_eq!(seen.is_none(), n == 0.0 || m == 0.0);
            if let (Some(seen), Some(turned)) = (seen, mann_whitney(&second, &first)) {
                prop_assert_eq!(seen.u, pairs(&first, &second));
                prop_assert_eq!(seen.u + turned.u, n * m);
                prop_assert!((seen.z + turned.z).abs() < 1e-9 && (seen.p - turned.p).abs() < 1e-12);
                prop_assert!((0.0..=1.0).contains(&seen.p));
                let [first, second] = side_by_side(&first, &second);
                prop_assert_eq!(rank_sums(&first, &second), rank_sums::portable(&first, &second));
                prop_assert_eq!(widest_gap(&first, &second, n, m), widest_gap::portable(&first, &second, n, m));
            }
        }

        #[test]
        fn the_gap_is_the_widest_of_all_buckets(first in counts(), second in counts()) {
            let [n, m] = [&first, &second].map(|counts| counts.iter().sum::<f64>());
            if let Some(seen) = kolmogorov_smirnov(&first, &second) {
                let (mut a, mut b, mut widest) = (0.0, 0.0, 0.0_f64);
                for index in 0..first.len().max(second.len()) {
                    a += first.get(index).unwrap_or(&0.0);
                    b += second.get(index).unwrap_or(&0.0);
                    widest = widest.max((a / n - b / m).abs());
                }
                prop_assert!((seen - widest).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn histograms_with_all_values_in_one_bucket_show_nothing() {
        let test = mann_whitney(&[0.0, 9.0], &[0.0, 4.0]).unwrap();
        assert_eq!((test.u, test.z, test.p), (18.0, 0.0, 1.0));
    }
}
