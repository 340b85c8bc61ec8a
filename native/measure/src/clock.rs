//! The clock that every figure comes from, and what it costs to read it.

/// Reads `CLOCK_MONOTONIC`, which `perf -k mono` and Node's `process.hrtime` read too, so that their times compare.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock;

/// What the clock can tell apart, and what reading it costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockPrecision {
    /// Smallest difference other than zero between two readings, nanoseconds; at least 1.
    pub resolution_ns: f64,
    /// What a pair of readings adds to the time between them, nanoseconds.
    pub read_ns: f64,
}

impl Clock {
    /// Nanoseconds since an arbitrary start.
    #[inline]
    #[must_use]
    pub fn now_ns(self) -> u64 {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: `time` is a valid, exclusively borrowed timespec; CLOCK_MONOTONIC exists on every Linux.
        unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut time) };
        time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
    }

    /// Measures the clock with itself; takes less than a millisecond.
    #[must_use]
    pub fn precision(self) -> ClockPrecision {
        const READS: usize = 10_000;
        let mut differences: Vec<u64> = (0..READS)
            .map(|_| {
                let start = self.now_ns();
                self.now_ns() - start
            })
            .collect();
        differences.sort_unstable();
        let resolution_ns = differences.iter().copied().find(|&d| d > 0).unwrap_or(1) as f64;
        // An interrupt between two readings is no cost of the clock: the middle reading is.
        ClockPrecision { resolution_ns, read_ns: differences[READS / 2] as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_runs_backwards() {
        let mut last = 0;
        for _ in 0..100_000 {
            let now = Clock.now_ns();
            assert!(now >= last);
            last = now;
        }
    }

    #[test]
    fn reading_the_clock_costs_less_than_two_microseconds() {
        let precision = Clock.precision();
        assert!(precision.read_ns < 2_000.0, "{precision:?}");
    }
}
