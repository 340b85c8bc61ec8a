//! Running until the time of an iteration no longer changes.

use crate::overhead::Overhead;
use crate::steadiness::{Steadiness, steadiness};
use crate::{Case, Clock};

/// A warm-up is divided into about this many batches.
const BATCHES: u64 = 40;
/// Batches at its end that tell how long an iteration takes.
const LATEST: usize = 5;

/// How the warm-up of a launch went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmUp {
    /// Iterations that it took.
    pub iterations: u64,
    /// How long it took, nanoseconds.
    pub ns: u64,
    /// False where time was still changing at its end, by more than 2 % and more than noise explains.
    pub steady: bool,
    /// Time of one iteration at its end, the loop's turn included, nanoseconds; more than 0.
    pub iteration_ns: f64,
    /// The same with what is not timed: inputs made and outputs dropped.
    pub whole_ns: f64,
}

/// How long a warm-up may take, and what is known before it.
#[derive(Clone, Copy)]
pub(crate) struct WarmUpLimits {
    /// The longest, nanoseconds.
    pub(crate) ns: u64,
    /// What the iteration took that was verified. Where that is as long as a warm-up may be, it was the warm-up.
    pub(crate) verified_ns: u64,
}

/// Runs batches until the time is steady beyond doubt, or `limit_ns` is over. The second value is what is known at its
/// end: `Unknown` where iterations are so long that there were too few.
///
/// A bounded detector of a steady state after the idea of Barrett et al., "Virtual Machine Warmup Blows Hot and
/// Cold", OOPSLA 2017: native code has no tiers to wait for, but caches, allocator and page tables to fill.
pub(crate) fn warm_up(case: &mut dyn Case, overhead: &Overhead, limits: WarmUpLimits) -> (WarmUp, Steadiness) {
    let WarmUpLimits { ns: limit_ns, verified_ns } = limits;
    if verified_ns >= limit_ns.max(1) {
        let iteration_ns = verified_ns as f64;
        let warm_up = WarmUp { iterations: 1, ns: verified_ns, steady: true, iteration_ns, whole_ns: iteration_ns };
        return (warm_up, Steadiness::Unknown);
    }
    let start = Clock.now_ns();
    let (mut iterations, mut size) = (0, 1);
    let mut means = Vec::new();
    loop {
        let began = Clock.now_ns();
        let batch = case.time_batch(size);
        iterations += size;
        // Iterations are counted out by what they take with the loop around them, or an empty body would get far too many.
        let readings_ns = batch.chunks as f64 * overhead.clock.read_ns;
        means.push((batch.elapsed_ns as f64 - readings_ns).max(1.0) / size as f64);
        let (ns, took) = (Clock.now_ns() - start, Clock.now_ns() - began);
        let known = steadiness(&means);
        if known == Steadiness::Steady || ns >= limit_ns {
            let steady = known != Steadiness::Changing;
            let iteration_ns = median(&means[means.len().saturating_sub(LATEST)..]);
            let whole_ns = (took as f64 / size as f64).max(iteration_ns);
            return (WarmUp { iterations, ns, steady, iteration_ns, whole_ns }, known);
        }
        if batch.elapsed_ns < limit_ns / BATCHES {
            // Batches too short to compare are no evidence of a steady state.
            size *= 2;
            means.clear();
        }
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
