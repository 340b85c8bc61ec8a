//! Running a case for a while without a figure, for profilers.

use crate::{Case, Clock};

/// When a profiled case ran, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProfileSpan {
    /// Iterations that ran.
    pub iterations: u64,
    /// Operations of each iteration.
    pub operations: u64,
    /// Clock at the first iteration, nanoseconds.
    pub start_ns: u64,
    /// Clock after the last, nanoseconds.
    pub end_ns: u64,
}

/// Runs iterations for `duration_ns` in chunks of about a hundredth of it.
pub fn iterate_for(case: &mut dyn Case, duration_ns: u64) -> ProfileSpan {
    let start_ns = Clock.now_ns();
    let (mut iterations, mut size) = (0, 1);
    loop {
        let before = Clock.now_ns();
        case.iterate(size);
        iterations += size;
        let now = Clock.now_ns();
        if now - start_ns >= duration_ns {
            return ProfileSpan { iterations, operations: case.operations(), start_ns, end_ns: now };
        }
        if now - before < duration_ns / 100 {
            size *= 2;
        }
    }
}
