//! A launch of kind `memory`: what an operation asks of the allocator, what it leaves behind, and what the workload
//! leaves when it is dropped.

use forgebench_statistics::slope;

use crate::case::IterationCounts;
use crate::live_series::{Heaps, LivePoint, LiveSeries, room_for_points};
pub use crate::teardown::LeftBytes;
use crate::teardown::{repeat_teardown, settle};
use crate::{AllocationCounts, Case, Clock, Failure, FigureValue, ResourceMeter, Resources};
use crate::{c_heap::give_free_pages_back, resources::anonymous_rss_bytes};

/// The fit asks for a confidence; only its slope is used.
const CONFIDENCE: f64 = 0.95;
/// Iterations that fill caches and lazily made tables before anything counts; one where it is a long one.
const SETTLING: u64 = 3;
/// A launch that goes on for long also settles for this share of its time.
const SETTLING_SHARE: u64 = 20;
/// Iterations that a launch without a number of operations makes where they are not long.
const FEWEST: u64 = 128;
/// Share of the time that repeated teardown may take.
const TEARDOWN_SHARE: u64 = 4;

/// How long a memory launch counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryOptions {
    /// Time to count for, nanoseconds; more than 0.
    pub measure_ns: u64,
    /// Operations after which an endurance launch ends, if the time is not over before; `None` counts for the time.
    pub operations: Option<u64>,
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
    /// Slope of Rust's live bytes after teardown over operations: bytes that each operation leaves behind.
    pub growth_bytes: f64,
    /// Live bytes over operations; the first point is the state after settling, at 0 operations.
    pub live: Vec<LivePoint>,
    /// What stays after teardown; absent where set-up takes too long to be repeated.
    pub left: Option<LeftBytes>,
    /// Memory at the moment when most of it was held; absent where the system does not say.
    pub held: Option<Held>,
    /// What was used while counting.
    pub resources: Resources,
    /// The workload's own figures.
    pub figures: Vec<FigureValue>,
}

/// Live and resident memory while the output of an iteration was held, both more than before the set-up, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// What both heaps had handed out.
    pub live_bytes: i64,
    /// Resident pages that no file stands behind.
    pub resident_bytes: i64,
}

/// Makes the case, counts allocations of its iterations one by one until the time is over or enough operations are
/// done, and drops it; then repeats set-up and teardown to see what they leave. Counting must have been switched on
/// before, by [`AllocationCounts::start`].
///
/// # Errors
/// Whatever `make` or the workload's `verify` returns.
pub fn measure_memory(
    make: &mut dyn FnMut() -> Result<Box<dyn Case>, Failure>,
    options: &MemoryOptions,
) -> Result<MemoryMeasurement, Failure> {
    give_free_pages_back();
    let points = room_for_points();
    let (before, resident) = (settle(), anonymous_rss_bytes());
    let set_up = Clock.now_ns();
    let mut case = make()?;
    let set_up_ns = Clock.now_ns() - set_up;
    case.verify()?;
    let teardown_ns = options.measure_ns / TEARDOWN_SHARE;
    let mut counting = Counting::new(before, resident, LiveSeries::new(before, case.operations(), points));
    settle_case(case.as_mut(), options);
    let _ = settle();
    let meter = ResourceMeter::start();
    counting.series.begin(Heaps::now());
    counting.count(case.as_mut(), options, options.measure_ns - teardown_ns);
    let resources = meter.finish();
    let mut measurement = counting.finish(case.as_mut(), resources);
    drop(case);
    measurement.left = repeat_teardown(make, (before, measurement.iterations), (teardown_ns, set_up_ns))?;
    Ok(measurement)
}

fn settle_case(case: &mut dyn Case, options: &MemoryOptions) {
    let start = Clock.now_ns();
    let share_ns = options.measure_ns / SETTLING_SHARE;
    let share = options.operations.map_or(u64::MAX, |all| all / case.operations() / SETTLING_SHARE);
    for iteration in 1.. {
        let _ = case.count(&mut || {});
        let elapsed = Clock.now_ns() - start;
        let enough = iteration >= SETTLING && (iteration >= share || elapsed >= share_ns);
        if enough || elapsed >= options.measure_ns {
            break;
        }
    }
}

struct Counting {
    iterations: u64,
    before: Heaps,
    resident: Option<i64>,
    sum: IterationCounts,
    peak_bytes: i64,
    held: Option<Held>,
    series: LiveSeries,
}

impl Counting {
    fn new(before: Heaps, resident: Option<i64>, series: LiveSeries) -> Self {
        Self { iterations: 0, before, resident, sum: IterationCounts::default(), peak_bytes: 0, held: None, series }
    }

    fn count(&mut self, case: &mut dyn Case, options: &MemoryOptions, time_ns: u64) {
        let wanted = options.operations.map_or(u64::MAX, |all| all.div_ceil(case.operations()));
        let fewest = if options.operations.is_some() { SETTLING } else { FEWEST };
        let start = Clock.now_ns();
        while self.iterations < wanted {
            self.iteration(case);
            let elapsed = Clock.now_ns() - start;
            // Long iterations: three points make a line too.
            if elapsed >= time_ns
                && (self.iterations >= fewest || (self.iterations >= SETTLING && elapsed >= 10 * time_ns))
            {
                break;
            }
        }
    }

    fn iteration(&mut self, case: &mut dyn Case) {
        let (before, resident, closing) = (self.before, self.resident, self.series.is_closing());
        let mut held = None;
        let counts = case.count(&mut || {
            if closing {
                held = resident.zip(anonymous_rss_bytes()).map(|(start, now)| Held {
                    live_bytes: Heaps::now().sum() - before.sum(),
                    resident_bytes: now - start,
                });
            }
        });
        self.iterations += 1;
        self.sum.allocations += counts.allocations;
        self.sum.bytes += counts.bytes;
        self.sum.retained_bytes += counts.retained_bytes;
        self.peak_bytes = self.peak_bytes.max(counts.peak_bytes);
        self.held = held.filter(|new| self.held.is_none_or(|old| new.live_bytes >= old.live_bytes)).or(self.held);
        self.series.add(AllocationCounts::now().live_bytes);
    }

    fn finish(self, case: &mut dyn Case, resources: Resources) -> MemoryMeasurement {
        let operations = case.operations();
        let per_operation = |sum: f64| sum / (self.iterations * operations) as f64;
        let live = self.series.into_points();
        MemoryMeasurement {
            iterations: self.iterations,
            operations_per_iteration: operations,
            allocations: per_operation(self.sum.allocations as f64),
            allocated_bytes: per_operation(self.sum.bytes as f64),
            peak_bytes: self.peak_bytes as f64,
            retained_bytes: per_operation(self.sum.retained_bytes as f64),
            growth_bytes: growth(&live),
            live,
            left: None,
            held: self.held,
            resources,
            figures: case.figures(),
        }
    }
}

/// Bytes of Rust that each operation leaves behind. The first point is no floor of a stretch as the others are.
fn growth(live: &[LivePoint]) -> f64 {
    let live = live.get(1..).unwrap_or_default();
    let xs: Vec<f64> = live.iter().map(|point| point.operations).collect();
    let ys: Vec<f64> = live.iter().map(|point| point.rust_bytes).collect();
    slope(&xs, &ys, CONFIDENCE).map_or(0.0, |line| line.value)
}
