//! `measureMemoryUse`: what an operation asks of the allocator, and what stays.

use forgebench_border_attribute::napi;
use forgebench_measure::{
    AllocationCounts, Failure, Held, LeftBytes, LivePoint, MemoryMeasurement, MemoryOptions, max_rss_bytes,
    measure_memory,
};
use napi::bindgen_prelude::{AsyncTask, Float64Array};

use crate::failure::BindingFailure;
use crate::figures::BindingFigure;
use crate::make_case;
use crate::resources::BindingResources;
use crate::tasks::{WorkTask, work_task};

/// What a memory launch saw, per operation.
#[napi(object)]
pub struct BindingMemory {
    /// Iterations that were counted.
    pub iterations: f64,
    /// Operations of each iteration.
    pub operations_per_iteration: f64,
    /// Calls to the allocator per operation.
    pub allocations: f64,
    /// Bytes asked for per operation.
    pub allocated_bytes: f64,
    /// Highest live bytes above the start of an iteration.
    pub peak_bytes: f64,
    /// Live bytes that an iteration's output holds, per operation.
    pub retained_bytes: f64,
    /// Bytes that each operation leaves behind after teardown: a slope.
    pub growth_bytes: f64,
    /// Operations done at each reading of live bytes; the first is 0, after settling.
    pub live_operations: Float64Array,
    /// Least live bytes of Rust since the reading before, more than before the set-up.
    pub live_bytes: Float64Array,
    /// The same for the rest of the C heap.
    pub live_c_bytes: Float64Array,
    /// What stays after teardown; absent where set-up takes too long to be repeated.
    pub left: Option<BindingLeft>,
    /// Memory at the moment when most of it was held.
    pub held: Option<BindingHeld>,
    /// What was used while counting.
    pub resources: BindingResources,
    /// Highest resident set of the process, bytes.
    pub max_rss_bytes: f64,
    /// The workload's own figures.
    pub figures: Vec<BindingFigure>,
}

/// Bytes that are still held after teardown, in both heaps.
#[napi(object)]
pub struct BindingLeft {
    /// After the first teardown, more than before the set-up.
    pub first: f64,
    /// What each further round left above the round before.
    pub rounds: Vec<f64>,
    /// The part of Rust in each.
    pub rust_rounds: Vec<f64>,
}

/// Memory while an output was held, more than before the set-up, bytes.
#[napi(object)]
pub struct BindingHeld {
    /// What both heaps had handed out.
    pub live_bytes: f64,
    /// Resident pages that no file stands behind.
    pub resident_bytes: f64,
}

/// How long a memory launch counts.
#[napi(object)]
pub struct BindingMemoryOptions {
    /// Time to count for, nanoseconds; more than 0.
    pub measure_ns: f64,
    /// Operations after which an endurance launch ends; absent where it counts for the time.
    pub operations: Option<f64>,
}

/// The outcome of `measureMemoryUse`: one of the two is there.
#[napi(object)]
pub struct BindingMemoryMeasured {
    /// What was seen.
    pub memory: Option<BindingMemory>,
    /// Why nothing was seen.
    pub failure: Option<BindingFailure>,
}

/// Verifies the case and counts its allocations. Counting stays on for the rest of the process, so nothing is timed in
/// it afterwards.
#[napi(ts_return_type = "Promise<BindingMemoryMeasured>")]
pub fn measure_memory_use(
    id: String,
    parameters: String,
    options: BindingMemoryOptions,
) -> AsyncTask<WorkTask<MemoryMeasurement, BindingMemoryMeasured>> {
    AllocationCounts::start();
    let options = MemoryOptions {
        measure_ns: options.measure_ns as u64,
        operations: options.operations.map(|operations| operations as u64),
    };
    work_task(move || measure_memory(&mut || make_case(&id, &parameters), &options))
}

impl From<Result<MemoryMeasurement, Failure>> for BindingMemoryMeasured {
    fn from(result: Result<MemoryMeasurement, Failure>) -> Self {
        match result {
            Ok(memory) => Self { memory: Some(memory.into()), failure: None },
            Err(failure) => Self { memory: None, failure: Some(failure.into()) },
        }
    }
}

impl From<MemoryMeasurement> for BindingMemory {
    fn from(m: MemoryMeasurement) -> Self {
        let column = |value: fn(&LivePoint) -> f64| Float64Array::new(m.live.iter().map(value).collect());
        Self {
            live_operations: column(|point| point.operations),
            live_bytes: column(|point| point.rust_bytes),
            live_c_bytes: column(|point| point.c_bytes),
            left: m.left.map(Into::into),
            held: m.held.map(Into::into),
            resources: m.resources.into(),
            iterations: m.iterations as f64,
            operations_per_iteration: m.operations_per_iteration as f64,
            allocations: m.allocations,
            allocated_bytes: m.allocated_bytes,
            peak_bytes: m.peak_bytes,
            retained_bytes: m.retained_bytes,
            growth_bytes: m.growth_bytes,
            max_rss_bytes: max_rss_bytes() as f64,
            figures: m.figures.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<LeftBytes> for BindingLeft {
    fn from(left: LeftBytes) -> Self {
        let numbers = |bytes: Vec<i64>| bytes.into_iter().map(|each| each as f64).collect();
        Self { first: left.first as f64, rounds: numbers(left.rounds), rust_rounds: numbers(left.rust_rounds) }
    }
}

impl From<Held> for BindingHeld {
    fn from(held: Held) -> Self {
        Self { live_bytes: held.live_bytes as f64, resident_bytes: held.resident_bytes as f64 }
    }
}
