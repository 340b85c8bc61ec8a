//! What an operation asks of the allocator, counted at the end of a timed launch, when nothing is timed any more.

use crate::{AllocationCounts, Case, Clock};

/// Iterations that are counted at most: they ask for the same again and again.
const MOST: u64 = 128;

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
}

/// Counts iterations one by one for `time_ns`, one at least. The switch of the counters stays on, for the rest of the
/// process: nothing may be timed after this.
pub(crate) fn count_operations(case: &mut dyn Case, time_ns: u64) -> OperationCounts {
    AllocationCounts::start();
    let start = Clock.now_ns();
    let mut iterations = 0;
    let (mut allocations, mut bytes, mut retained, mut peak) = (0, 0, 0, 0);
    while iterations == 0 || (iterations < MOST && Clock.now_ns() - start < time_ns) {
        let counts = case.count(&mut || {});
        iterations += 1;
        allocations += counts.allocations;
        bytes += counts.bytes;
        retained += counts.retained_bytes;
        peak = peak.max(counts.peak_bytes);
    }
    let per_operation = |sum: f64| sum / (iterations * case.operations()) as f64;
    OperationCounts {
        iterations,
        allocations: per_operation(allocations as f64),
        allocated_bytes: per_operation(bytes as f64),
        peak_bytes: peak as f64,
        retained_bytes: per_operation(retained as f64),
    }
}
