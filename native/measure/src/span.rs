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
    /// Processor time of all threads of the process in between, a profiler's own included, nanoseconds.
    pub cpu_ns: u64,
    /// Time in between for which the calling thread was ready to run while another had its core, nanoseconds; 0 where the
    /// kernel does not tell.
    pub queued_ns: u64,
}

/// Runs iterations for `duration_ns` in chunks of about a hundredth of it.
pub fn iterate_for(case: &mut dyn Case, duration_ns: u64) -> ProfileSpan {
    let (start_ns, start_cpu_ns, start_queued_ns) = (Clock.now_ns(), process_cpu_ns(), queued_ns());
    let (mut iterations, mut size) = (0, 1);
    loop {
        let before = Clock.now_ns();
        case.iterate(size);
        iterations += size;
        let now = Clock.now_ns();
        if now - start_ns >= duration_ns {
            return ProfileSpan {
                iterations,
                operations: case.operations(),
                start_ns,
                end_ns: now,
                cpu_ns: process_cpu_ns() - start_cpu_ns,
                queued_ns: queued_ns().saturating_sub(start_queued_ns),
            };
        }
        if now - before < duration_ns / 100 {
            size *= 2;
        }
    }
}

/// Processor time that the threads of this process have used so far, nanoseconds.
fn process_cpu_ns() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid, exclusively borrowed timespec; Linux has this clock for every process.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Time for which this thread has stood in line for a core so far, nanoseconds (proc(5), `schedstat`).
fn queued_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
}
