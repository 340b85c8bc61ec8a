//! Sums of blocks, with which a quantile is a search.

use super::{first_block, last_block};
use crate::simd::for_processor;

/// Buckets in a block. Its sums are few enough to be searched at once, and its counts few enough to be added one by one.
pub const BLOCK: usize = 32;

/// Fills `sums` with the number of values in each block of [`BLOCK`] counts and all before it; returns the total.
///
/// Each of `sums` beyond the last block is the total.
///
/// ```
/// use forgebench_histogram::shared::{BLOCK, cumulate};
///
/// let mut counts = vec![0.0; 3 * BLOCK];
/// (counts[1], counts[2 * BLOCK]) = (5.0, 2.0);
/// let mut sums = [0.0; 3];
/// assert_eq!(cumulate(&counts, &mut sums), 7.0);
/// assert_eq!(sums, [5.0, 5.0, 7.0]);
/// ```
pub fn cumulate(counts: &[f64], sums: &mut [f64]) -> f64 {
    let first = (first_block(counts) / BLOCK).min(sums.len());
    let end = last_block(counts).div_ceil(BLOCK).clamp(first, sums.len());
    sums[..first].fill(0.0);
    add_up(&counts[(first * BLOCK).min(counts.len())..], &mut sums[first..end]);
    let mut total = 0.0;
    for sum in &mut sums[first..end] {
        total += *sum;
        *sum = total;
    }
    sums[end..].fill(total);
    total
}

for_processor! {
    /// The sum of each block alone.
    fn add_up(counts: &[f64], sums: &mut [f64]) {
        const LANES: usize = 8;
        let (blocks, rest) = counts.as_chunks::<BLOCK>();
        let mut sums = sums.iter_mut();
        for (block, sum) in blocks.iter().zip(&mut sums) {
            let mut lanes = [0.0; LANES];
            for step in block.as_chunks::<LANES>().0 {
                for lane in 0..LANES {
                    lanes[lane] += step[lane];
                }
            }
            *sum = lanes.iter().sum();
        }
        if let Some(sum) = sums.next() {
            *sum = rest.iter().sum();
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "counts are whole numbers, whose sums are exact")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_are_those_of_adding_one_by_one(counts in prop::collection::vec(prop_oneof![3 => Just(0), 1 => 0..1000], 0..200)) {
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            let mut sums = vec![f64::NAN; counts.len().div_ceil(BLOCK)];
            let total = cumulate(&counts, &mut sums);
            prop_assert_eq!(total, counts.iter().sum::<f64>());
            for (block, sum) in sums.iter().enumerate() {
                let end = ((block + 1) * BLOCK).min(counts.len());
                prop_assert_eq!(*sum, counts[..end].iter().sum::<f64>());
            }
            let mut portable = vec![0.0; sums.len()];
            add_up::portable(&counts, &mut portable);
            let mut seen = vec![0.0; sums.len()];
            add_up(&counts, &mut seen);
            prop_assert_eq!(portable, seen);
        }
    }
}
