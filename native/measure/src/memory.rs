//! A launch of kind `memory`: what an operation asks of the allocator and what it leaves behind.

use forgebench_statistics::slope;

use crate::case::IterationCounts;
use crate::{AllocationCounts, Case, Clock, Failure, FigureValue};

/// Points of the line through live bytes; enough for a slope, few enough to cost nothing.
const POINTS: usize = 64;
/// The fit asks for a confidence; only its slope is used.
const CONFIDENCE: f64 = 0.95;
/// Iterations that fill caches and lazily made tables before anything counts; one where it is a long one.
const SETTLING: usize = 3;

/// How long a memory launch counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryOptions {
    /// Time to count for, nanoseconds; more than 0.
    pub measure_ns: u64,
}

/// What a memory launch saw, per operation.
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryMeasurement {
    /// Iterations that were counted.
    pub iterations: u64,
    /// Operations of each iteration.
    pub operations_per_iteration: u64,
    /// Calls to the allocator per operation, a mean.
    pub allocations: f64,
    /// Bytes asked for per operation, a mean.
    pub allocated_bytes: f64,
    /// Highest live bytes above the start of an iteration, over all iterations.
    pub peak_bytes: f64,
    /// Live bytes that an iteration's output holds, per operation, a mean.
    pub retained_bytes: f64,
    /// Slope of live bytes after teardown over operations: bytes that each operation leaves behind.
    pub growth_bytes: f64,
    /// The workload's own figures.
    pub figures: Vec<FigureValue>,
}

/// Counts allocations of iterations one by one until the time is over. Counting must have been switched on before
/// the case was set up, by [`AllocationCounts::start`].
///
/// # Errors
/// Whatever the workload's `verify` returns.
pub fn measure_memory(case: &mut dyn Case, options: &MemoryOptions) -> Result<MemoryMeasurement, Failure> {
    case.verify()?;
    let settling = Clock.now_ns();
    for _ in 0..SETTLING {
        let _ = case.count();
        if Clock.now_ns() - settling >= options.measure_ns {
            break;
        }
    }
    let mut series = Series::new();
    let start = Clock.now_ns();
    while series.iterations < 2 * POINTS as u64 || Clock.now_ns() - start < options.measure_ns {
        let counts = case.count();
        series.add(counts, AllocationCounts::now().live_bytes);
        if series.iterations >= 3 && Clock.now_ns() - start >= 10 * options.measure_ns {
            break; // Long iterations: three points make a line too.
        }
    }
    Ok(series.finish(case))
}

struct Series {
    iterations: u64,
    sum: IterationCounts,
    peak_bytes: i64,
    /// Iterations between two points; doubles whenever the points are full.
    stride: u64,
    points: Vec<(f64, f64)>,
}

impl Series {
    /// Asks for its memory now: points that grew while they count would look like a leak of the workload.
    fn new() -> Self {
        Self {
            iterations: 0,
            sum: IterationCounts::default(),
            peak_bytes: 0,
            stride: 1,
            points: Vec::with_capacity(2 * POINTS),
        }
    }

    fn add(&mut self, counts: IterationCounts, live_bytes: i64) {
        self.iterations += 1;
        self.sum.allocations += counts.allocations;
        self.sum.bytes += counts.bytes;
        self.sum.retained_bytes += counts.retained_bytes;
        self.peak_bytes = self.peak_bytes.max(counts.peak_bytes);
        if self.iterations.is_multiple_of(self.stride) {
            self.points.push((self.iterations as f64, live_bytes as f64));
        }
        if self.points.len() == 2 * POINTS {
            self.stride *= 2;
            let mut keep = false;
            self.points.retain(|_| {
                keep = !keep;
                !keep
            });
        }
    }

    fn finish(self, case: &mut dyn Case) -> MemoryMeasurement {
        let operations = case.operations();
        let per_operation = |sum: f64| sum / (self.iterations * operations) as f64;
        let (xs, ys): (Vec<f64>, Vec<f64>) = self.points.iter().copied().unzip();
        // The interval of the growth comes from launches, not from the points of one line.
        let growth = slope(&xs, &ys, CONFIDENCE).map_or(0.0, |line| line.value);
        MemoryMeasurement {
            iterations: self.iterations,
            operations_per_iteration: operations,
            allocations: per_operation(self.sum.allocations as f64),
            allocated_bytes: per_operation(self.sum.bytes as f64),
            peak_bytes: self.peak_bytes as f64,
            retained_bytes: per_operation(self.sum.retained_bytes as f64),
            growth_bytes: growth / operations as f64,
            figures: case.figures(),
        }
    }
}
