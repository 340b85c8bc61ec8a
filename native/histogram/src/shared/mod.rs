//! Histograms whose counts somebody else owns: an array of floats, one for each bucket, which JavaScript records into by
//! itself and hands over for everything that has to look at many buckets.
//!
//! Floats count exactly up to 2^53, and a processor adds four of them at once. Buckets are those of [`Layout`](crate::Layout);
//! an array may end early, and what is missing at its end is empty.

mod combine;
mod cumulate;
mod encoded;
mod moments;
mod rank_test;
mod record;

pub use combine::{add, subtract};
pub use cumulate::{BLOCK, cumulate};
pub use encoded::{decode, encode};
pub use moments::{Moments, moments};
pub use rank_test::{RankTest, kolmogorov_smirnov, mann_whitney};
pub use record::{correct, record_batch, record_corrected};

/// The counts from the first to the last that is not 0, and where the first stands.
fn trim(counts: &[f64]) -> (usize, &[f64]) {
    let first = first_block(counts);
    let last = last_block(counts);
    (first, counts.get(first..last).unwrap_or_default())
}

/// Counts that are looked at together: cheap for vector instructions, short beside what any operation does with a bucket.
const STEP: usize = 16;

/// Where the first step begins that has a count.
fn first_block(counts: &[f64]) -> usize {
    let (steps, rest) = counts.as_chunks::<STEP>();
    let empty = steps.iter().take_while(|&step| is_empty(step)).count() * STEP;
    if empty == counts.len() - rest.len() && is_empty(rest) { counts.len() } else { empty }
}

/// Where the last step ends that has a count.
fn last_block(counts: &[f64]) -> usize {
    let (steps, rest) = counts.as_chunks::<STEP>();
    if !is_empty(rest) {
        return counts.len();
    }
    steps.iter().rposition(|step| !is_empty(step)).map_or(0, |last| (last + 1) * STEP)
}

#[inline]
fn is_empty(counts: &[f64]) -> bool {
    // A count of 0 has no bit; looking at all of them at once needs no branch for each.
    counts.iter().fold(0, |bits, count| bits | count.to_bits()) == 0
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "counts are whole numbers, whose sums are exact")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn trimming_leaves_out_nothing_but_empty_buckets(
            length in 0..200_usize, counted in prop::collection::vec((any::<prop::sample::Index>(), 1..9_u8), 0..4),
        ) {
            let mut counts = vec![0.0; length];
            for (index, count) in counted {
                if length > 0 {
                    counts[index.index(length)] = f64::from(count);
                }
            }
            let (first, kept) = trim(&counts);
            let total: f64 = counts.iter().sum();
            prop_assert_eq!(kept.iter().sum::<f64>(), total);
            prop_assert_eq!(kept.is_empty(), total == 0.0);
            prop_assert!(kept.is_empty() || kept == &counts[first..first + kept.len()]);
            if let Some(seen) = counts.iter().position(|&count| count > 0.0) {
                prop_assert!(seen - first < STEP);
            }
        }
    }
}
