//! Running until the time of an iteration no longer changes.

use crate::overhead::Overhead;
use crate::{Case, Clock};

/// Batches in each of the two windows that are compared.
const WINDOW: usize = 5;
/// Windows whose medians differ by less than this share are steady.
const STEADY_WITHIN: f64 = 0.02;
/// A warm-up is divided into about this many batches.
const BATCHES: u64 = 40;

/// How the warm-up of a launch went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmUp {
    /// Iterations that it took.
    pub iterations: u64,
    /// How long it took, nanoseconds.
    pub ns: u64,
    /// False where the time ran out before two windows of batches agreed.
    pub steady: bool,
    /// Time of one iteration at its end, the loop's turn included, nanoseconds; more than 0.
    pub iteration_ns: f64,
}

/// Runs batches until the medians of the last two windows of five agree within 2 %, or `limit_ns` is over.
///
/// A bounded detector of a steady state after the idea of Barrett et al., "Virtual Machine Warmup Blows Hot and
/// Cold", OOPSLA 2017: native code has no tiers to wait for, but caches, allocator and page tables to fill.
pub(crate) fn warm_up(case: &mut dyn Case, overhead: &Overhead, limit_ns: u64) -> WarmUp {
    let start = Clock.now_ns();
    let (mut iterations, mut size) = (0, 1);
    let mut means = Vec::new();
    loop {
        let batch = case.time_batch(size);
        iterations += size;
        // Iterations are counted out by what they take with the loop around them, or an empty body would get far too many.
        let readings_ns = batch.chunks as f64 * overhead.clock.read_ns;
        means.push((batch.elapsed_ns as f64 - readings_ns).max(1.0) / size as f64);
        let ns = Clock.now_ns() - start;
        let steady = is_steady(&means);
        if steady || ns >= limit_ns {
            let iteration_ns = median(&means[means.len().saturating_sub(WINDOW)..]);
            return WarmUp { iterations, ns, steady, iteration_ns };
        }
        if batch.elapsed_ns < limit_ns / BATCHES {
            // Batches too short to compare are no evidence of a steady state.
            size *= 2;
            means.clear();
        }
    }
}

fn is_steady(means: &[f64]) -> bool {
    let Some(earlier) = means.len().checked_sub(2 * WINDOW) else { return false };
    let (a, b) = (median(&means[earlier..earlier + WINDOW]), median(&means[earlier + WINDOW..]));
    (a - b).abs() <= STEADY_WITHIN * a
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_windows_are_steady() {
        assert!(is_steady(&[100.0; 10]));
    }

    #[test]
    fn a_falling_time_is_not_steady() {
        let falling: Vec<f64> = (0..10).map(|i| 100.0 / f64::from(i + 1)).collect();
        assert!(!is_steady(&falling));
    }

    #[test]
    fn fewer_batches_than_two_windows_say_nothing() {
        assert!(!is_steady(&[100.0; 9]));
    }
}
