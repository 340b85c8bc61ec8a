//! `measureMemoryUse`: what an operation asks of the allocator.

use forgebench_measure::{AllocationCounts, Failure, MemoryMeasurement, MemoryOptions, max_rss_bytes, measure_memory};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;

use crate::failure::BindingFailure;
use crate::figures::BindingFigure;
use crate::tasks::{CaseTask, case_task};

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
    /// Highest resident set of the process, bytes.
    pub max_rss_bytes: f64,
    /// The workload's own figures.
    pub figures: Vec<BindingFigure>,
}

/// The outcome of `measureMemoryUse`: one of the two is there.
#[napi(object)]
pub struct BindingMemoryMeasured {
    /// What was seen.
    pub memory: Option<BindingMemory>,
    /// Why nothing was seen.
    pub failure: Option<BindingFailure>,
}

/// Verifies the case and counts its allocations for `measureNs` nanoseconds. Counting stays on for the rest of the
/// process, so nothing is timed in it afterwards.
#[napi(ts_return_type = "Promise<BindingMemoryMeasured>")]
pub fn measure_memory_use(
    id: String,
    parameters: String,
    measure_ns: f64,
) -> AsyncTask<CaseTask<MemoryMeasurement, BindingMemoryMeasured>> {
    AllocationCounts::start();
    let options = MemoryOptions { measure_ns: measure_ns as u64 };
    case_task(id, parameters, move |case| measure_memory(case, &options))
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
        Self {
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
