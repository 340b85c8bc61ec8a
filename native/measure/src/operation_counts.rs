//! What an operation asks of the allocator, counted at the end of a timed launch, when nothing is timed any more.

use forgebench_statistics::slope;

use crate::{AllocationCounts, Case, Clock, IterationCounts, Verified};

/// Iterations that are counted at most: they ask for the same again and again.
const MOST: u64 = 128;
/// Iterations whose live bytes make a line.
const FEWEST: usize = 8;
/// The fit asks for a confidence; only its slope is used.
const CONFIDENCE: f64 = 0.95;
/// An iteration that takes longer was counted when it was verified, and is not made once more. What a first iteration
/// asks for beyond the others, such as tables made once, is nothing beside what such a long one asks for itself.
const LONG_NS: u64 = 50_000_000;

/// What an operation asks of the allocator. What lives for longer is a matter of launches of kind `memory`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OperationCounts {
    /// Iterations that were counted.
    pub iterations: u64,
    /// Calls to the allocator per operation, a mean.
    pub allocations: f64,
    /// Bytes asked for per operation, a mean.
    pub allocated_bytes: f64,
    /// Highest live bytes above the start of an iteration, over all iterations.
    pub peak_bytes: f64,
    /// Live bytes that an iteration's output holds, per operation, a mean.
    pub retained_bytes: f64,
    /// Slope of live bytes after teardown over operations: bytes that each operation leaves behind. Absent where too few
    /// iterations were counted.
    pub growth_bytes: Option<f64>,
}

/// Counts iterations one by one for `time_ns`, one at least, or takes the counts of a long one that was verified. The switch of the counters stays on, for the rest of the
/// process: nothing may be timed after this.
pub(crate) fn count_operations(case: &mut dyn Case, time_ns: u64, verified: &Verified) -> OperationCounts {
    if verified.ns >= LONG_NS {
        return per_operation(&verified.counts, 1, case.operations());
    }
    AllocationCounts::start();
    let start = Clock.now_ns();
    let mut iterations = 0;
    let mut sum = IterationCounts::default();
    let mut live = Vec::with_capacity(MOST as usize);
    while iterations == 0 || (iterations < MOST && Clock.now_ns() - start < time_ns) {
        let counts = case.count(&mut || {});
        iterations += 1;
        sum.allocations += counts.allocations;
        sum.bytes += counts.bytes;
        sum.retained_bytes += counts.retained_bytes;
        sum.peak_bytes = sum.peak_bytes.max(counts.peak_bytes);
        live.push(AllocationCounts::now().live_bytes as f64);
    }
    let growth_bytes = growth(&live).map(|bytes| bytes / case.operations() as f64);
    OperationCounts { growth_bytes, ..per_operation(&sum, iterations, case.operations()) }
}

/// Bytes of each iteration.
fn growth(live: &[f64]) -> Option<f64> {
    let iterations: Vec<f64> = (0..live.len()).map(|iteration| iteration as f64).collect();
    let fitted = (live.len() >= FEWEST).then(|| slope(&iterations, live, CONFIDENCE))?;
    fitted.ok().map(|interval| interval.value)
}

/// `sum` is over all iterations but for its peak, which is the highest of them.
fn per_operation(sum: &IterationCounts, iterations: u64, operations: u64) -> OperationCounts {
    let share = |sum: f64| sum / (iterations * operations) as f64;
    OperationCounts {
        iterations,
        allocations: share(sum.allocations as f64),
        allocated_bytes: share(sum.bytes as f64),
        peak_bytes: sum.peak_bytes as f64,
        retained_bytes: share(sum.retained_bytes as f64),
        growth_bytes: None,
    }
}
