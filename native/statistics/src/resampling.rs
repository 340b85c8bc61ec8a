//! Drawing with replacement: fast, and the same for any number of threads.

use std::num::NonZero;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// How often to resample, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Number of resamples; at least 1.
    pub resamples: NonZero<usize>,
    /// The same seed gives the same result, whatever the number of threads.
    pub seed: u64,
    /// Threads that share the work.
    pub threads: NonZero<usize>,
}

impl Default for Resampling {
    /// 10 000 resamples on one thread.
    fn default() -> Self {
        Self {
            resamples: NonZero::new(10_000).unwrap_or(NonZero::<usize>::MIN),
            seed: 1,
            threads: NonZero::<usize>::MIN,
        }
    }
}

/// Why there is no bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BootstrapError {
    /// A sample is empty or has a value that is not finite.
    #[error("Cannot resample: {0}")]
    Sample(#[from] crate::SampleError),
    /// One value always resamples to itself. Cure: measure more.
    #[error("Cannot resample: {0} of at least 2 values were measured; measure more")]
    TooFewValues(usize),
    /// The confidence is not a share. Cure: pass 0.95.
    #[error("Cannot give an interval of confidence {0}: it must lie between 0 and 1; use 0.95")]
    Confidence(f64),
    /// A ratio of times needs times. Cure: leave out what was not measured.
    #[error("Cannot give a ratio: {0} is no positive value; ratios are of times, counts or sizes above zero")]
    NotPositive(f64),
}

/// The generator of resamples.
pub(crate) type Random = Xoshiro256PlusPlus;

/// Resamples that one generator makes; a block is the work that a thread takes at once.
const BLOCK: usize = 1024;

/// What makes one number from a generator for each resample of a block.
pub(crate) trait Draw: FnMut(&mut Random) -> f64 {}
impl<F: FnMut(&mut Random) -> f64> Draw for F {}

/// Makes a draw for each block by `start`, and gives what it returned for each resample.
///
/// Each block has a generator of its own that is seeded by the number of the block, so that it does not matter which
/// thread makes it.
pub(crate) fn resample<D: Draw>(options: &Resampling, start: impl Fn() -> D + Sync) -> Vec<f64> {
    let mut results = vec![0.0; options.resamples.get()];
    let fill = |first_block: usize, results: &mut [f64]| {
        for (block, results) in (first_block..).zip(results.chunks_mut(BLOCK)) {
            let mut random = generator(options.seed, block as u64);
            let mut draw = start();
            for result in results {
                *result = draw(&mut random);
            }
        }
    };
    let blocks = results.len().div_ceil(BLOCK);
    let threads = options.threads.get().min(blocks);
    let blocks_each = blocks.div_ceil(threads);
    let mut shares = (0..).step_by(blocks_each).zip(results.chunks_mut(blocks_each * BLOCK));
    std::thread::scope(|scope| {
        // The first share is for this thread, so that one thread starts none.
        let own = shares.next();
        for (first_block, share) in shares {
            let _joined_by_scope = scope.spawn(move || fill(first_block, share));
        }
        if let Some((first_block, share)) = own {
            fill(first_block, share);
        }
    });
    results
}

/// The generator of a block; those of neighbouring blocks and seeds have nothing in common.
pub(crate) fn generator(seed: u64, block: u64) -> Random {
    Random::seed_from_u64(mix(seed).wrapping_add(mix(!block)))
}

/// The finaliser of `MurmurHash3` with the constants of Stafford's variant 13.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A place below `range`, uniform but for `range` in 2⁶⁴.
///
/// Source: Lemire, "Fast Random Integer Generation in an Interval", ACM Trans. Model. Comput. Simul. 29 (2019).
pub(crate) fn below(random: &mut Random, range: usize) -> usize {
    ((u128::from(random.next_u64()) * range as u128) >> 64) as usize
}

/// Draws sums of values with replacement.
///
/// Sums of several values at once are read from a table of all of them, each as probable as any other, and several places
/// of the table come from one random word.
pub(crate) struct Sums {
    values: Vec<f64>,
    /// Sums of all sequences of `together` values.
    table: Vec<f64>,
    together: usize,
}

impl Sums {
    /// Prepares at least one value, with tables of `largest_table` sums at most, or as many as there are values.
    pub fn new(values: &[f64], largest_table: usize) -> Self {
        let mut table = values.to_vec();
        let mut together = 1;
        while values.len() > 1 && together < values.len() && table.len() * values.len() <= largest_table {
            table = table.iter().flat_map(|sum| values.iter().map(move |value| sum + value)).collect();
            together += 1;
        }
        Self { values: values.to_vec(), table, together }
    }

    /// The sum of as many values as there are, each drawn anew from all.
    pub fn draw(&self, random: &mut Random) -> f64 {
        let count = self.values.len();
        draw(random, &self.table, count / self.together) + draw(random, &self.values, count % self.together)
    }
}

/// The sum of `count` entries drawn from `table`, with as many places from one random word as leave each sequence of them
/// within 2⁻²⁴ of its probability.
///
/// Source: Brackett-Rozinsky & Lemire, "Batched Ranged Random Integer Generation", Softw. Pract. Exp. 55 (2024).
fn draw(random: &mut Random, table: &[f64], count: usize) -> f64 {
    match table.len() {
        0..=0x20 => draw_batched::<8>(random, table, count),
        0x21..=0x400 => draw_batched::<4>(random, table, count),
        0x401..=0x2850 => draw_batched::<3>(random, table, count),
        0x2851..=0x10_0000 => draw_batched::<2>(random, table, count),
        _ => draw_batched::<1>(random, table, count),
    }
}

fn draw_batched<const BATCH: usize>(random: &mut Random, table: &[f64], count: usize) -> f64 {
    let range = table.len() as u128;
    let mut sums = [0.0; BATCH];
    for _ in 0..count / BATCH {
        let mut bits = random.next_u64();
        for sum in &mut sums {
            let product = u128::from(bits) * range;
            *sum += table[(product >> 64) as usize];
            bits = product as u64;
        }
    }
    let mut bits = random.next_u64();
    for sum in &mut sums[..count % BATCH] {
        let product = u128::from(bits) * range;
        *sum += table[(product >> 64) as usize];
        bits = product as u64;
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(threads: usize) -> Resampling {
        Resampling { resamples: NonZero::new(5000).unwrap(), seed: 7, threads: NonZero::new(threads).unwrap() }
    }

    #[test]
    fn any_number_of_threads_draws_the_same() {
        let sums = Sums::new(&[1.0, 2.0, 4.0, 8.0, 16.0], 100);
        let alone = resample(&options(1), || |random: &mut Random| sums.draw(random));
        for threads in [2, 3, 5, 64] {
            assert_eq!(resample(&options(threads), || |random: &mut Random| sums.draw(random)), alone);
        }
        assert_ne!(alone[..BLOCK], alone[BLOCK..2 * BLOCK]);
        assert_ne!(resample(&Resampling { seed: 8, ..options(1) }, || |random: &mut Random| sums.draw(random)), alone);
    }

    #[test]
    fn sums_have_the_mean_and_the_variance_of_draws_whatever_the_tables() {
        for (count, largest_table) in [(2, 1), (5, 1), (7, 60), (7, 400), (100, 16_384), (1500, 10), (20_000, 10)] {
            let values: Vec<f64> = (0..count).map(|k| f64::from(k).powi(2)).collect();
            let mean = values.iter().sum::<f64>() / f64::from(count);
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
            let sums = Sums::new(&values, largest_table);
            let drawn = resample(&options(1), || |random: &mut Random| sums.draw(random) - mean * f64::from(count));
            let trials = drawn.len() as f64;
            let offset = drawn.iter().sum::<f64>() / trials / (variance / trials).sqrt();
            assert!(offset.abs() < 4.0, "{count}: {offset} standard errors");
            let seen = drawn.iter().map(|sum| sum * sum).sum::<f64>() / trials;
            assert!((seen / variance - 1.0).abs() < 0.1, "{count}: {seen}, expected {variance}");
        }
    }

    #[test]
    fn every_value_is_drawn_as_often_as_any_other() {
        // The sum of powers of 100 tells how often each was drawn.
        let sums = Sums::new(&[1.0, 100.0, 10_000.0, 1e6, 1e8], 125);
        let mut counts = [0_u32; 5];
        for sum in resample(&options(1), || |random: &mut Random| sums.draw(random)) {
            let mut digits = sum as u64;
            for count in &mut counts {
                *count += (digits % 100) as u32;
                digits /= 100;
            }
        }
        assert_eq!(counts.iter().sum::<u32>(), 25_000);
        for count in counts {
            assert!((f64::from(count) - 5000.0).abs() < 4.0 * 4000.0_f64.sqrt(), "{counts:?}");
        }
    }
}
