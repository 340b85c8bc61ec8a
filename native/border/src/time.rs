//! `verify` and `measureTime`: the answer checked, the time taken.

use std::os::fd::{FromRawFd, OwnedFd};

use forgebench_border_attribute::napi;
use forgebench_measure::{
    Failure, MeasureOptions, Measurement, OperationCounts, Turns, max_rss_bytes, measure_in_turn,
};
use napi::bindgen_prelude::{AsyncTask, Float64Array, Uint8Array};

use crate::failure::BindingFailure;
use crate::figures::BindingFigure;
use crate::resources::BindingResources;
use crate::tasks::{WorkTask, case_task};

/// The outcome of `verify`: a failure, or nothing.
#[napi(object)]
pub struct BindingVerified {
    /// Why the answer is not right; absent where it is.
    pub failure: Option<BindingFailure>,
}

/// How long to warm up and to measure.
#[napi(object)]
pub struct BindingMeasureOptions {
    /// Longest warm-up, nanoseconds.
    pub warm_up_ns: f64,
    /// Time to measure for, nanoseconds; more than 0.
    pub measure_ns: f64,
    /// Samples to take; at least 1.
    pub samples: u32,
    /// Time to count allocations for afterwards, nanoseconds; 0 counts none.
    pub count_ns: f64,
    /// Turns with another launch; absent where this one is on its own.
    pub turns: Option<BindingTurns>,
}

/// Says that `measureTime` can take turns: addons of earlier versions cannot.
#[napi]
pub const TAKES_TURNS: bool = true;

/// Ends of two pipes between two launches. Whoever gets them closes them.
#[napi(object)]
pub struct BindingTurns {
    /// Descriptor over which the turn comes.
    pub wait: i32,
    /// Descriptor over which it leaves.
    pub pass: i32,
    /// A partner that keeps the turn for longer is waited for no more, milliseconds.
    pub patience_ms: f64,
}

impl From<BindingTurns> for Turns {
    fn from(turns: BindingTurns) -> Self {
        // SAFETY: the request names descriptors that the process was started with for this purpose, and nobody else in it
        // uses or closes them.
        let [wait, pass] = [turns.wait, turns.pass].map(|descriptor| unsafe { OwnedFd::from_raw_fd(descriptor) });
        Self::of(wait, pass, turns.patience_ms as u32)
    }
}

/// What a timed launch saw.
#[napi(object)]
pub struct BindingMeasurement {
    /// Nanoseconds per operation, overhead subtracted, one for each sample.
    pub samples_ns: Float64Array,
    /// Iterations of each sample.
    pub iterations_per_sample: f64,
    /// Operations of each iteration.
    pub operations_per_iteration: f64,
    /// HDR histogram (V2, not compressed) of single operations in nanoseconds; absent where they are too short.
    pub latency: Option<Uint8Array>,
    /// p50, p95, p99 and the maximum of that histogram, nanoseconds.
    pub latency_quantiles_ns: Option<Float64Array>,
    /// Cost of a pair of clock readings, nanoseconds.
    pub clock_ns: f64,
    /// Smallest difference that the clock shows, nanoseconds.
    pub resolution_ns: f64,
    /// Cost of one turn of the loop, subtracted, nanoseconds.
    pub loop_ns: f64,
    /// Iterations of the warm-up.
    pub warm_up_iterations: f64,
    /// Duration of the warm-up, nanoseconds.
    pub warm_up_ns: f64,
    /// False where time was still changing at the end of the warm-up, by more than 2 % and more than noise explains.
    pub steady: bool,
    /// What an operation asks of the allocator, counted afterwards; absent where that was not asked for.
    pub counts: Option<BindingCounts>,
    /// What was used while measuring.
    pub resources: BindingResources,
    /// Highest resident set of the process, bytes.
    pub max_rss_bytes: f64,
    /// The workload's own figures.
    pub figures: Vec<BindingFigure>,
}

/// What an operation asks of the allocator.
#[napi(object)]
pub struct BindingCounts {
    /// Iterations that were counted.
    pub iterations: f64,
    /// Calls to the allocator per operation.
    pub allocations: f64,
    /// Bytes asked for per operation.
    pub allocated_bytes: f64,
    /// Highest live bytes above the start of an iteration.
    pub peak_bytes: f64,
    /// Live bytes that an iteration's output holds, per operation.
    pub retained_bytes: f64,
    /// Bytes that each operation leaves behind; absent where too few iterations were counted.
    pub growth_bytes: Option<f64>,
}

impl From<OperationCounts> for BindingCounts {
    fn from(counts: OperationCounts) -> Self {
        Self {
            iterations: counts.iterations as f64,
            allocations: counts.allocations,
            allocated_bytes: counts.allocated_bytes,
            peak_bytes: counts.peak_bytes,
            retained_bytes: counts.retained_bytes,
            growth_bytes: counts.growth_bytes,
        }
    }
}

/// The outcome of `measureTime`: one of the two is there.
#[napi(object)]
pub struct BindingMeasured {
    /// What was seen.
    pub measurement: Option<BindingMeasurement>,
    /// Why nothing was seen.
    pub failure: Option<BindingFailure>,
}

/// Runs the case once and checks its answer. `parameters` is a JSON object.
#[napi(ts_return_type = "Promise<BindingVerified>")]
pub fn verify(id: String, parameters: String) -> AsyncTask<WorkTask<(), BindingVerified>> {
    case_task(id, parameters, |case| case.verify().map(drop))
}

/// Verifies the case, warms it up and takes samples, off the JavaScript thread.
#[napi(ts_return_type = "Promise<BindingMeasured>")]
pub fn measure_time(
    id: String,
    parameters: String,
    options: BindingMeasureOptions,
) -> AsyncTask<WorkTask<Measurement, BindingMeasured>> {
    let limits = MeasureOptions::from(&options);
    let mut turns = options.turns.map_or_else(Turns::alone, Turns::from);
    case_task(id, parameters, move |case| measure_in_turn(case, &limits, &mut turns))
}

impl From<&BindingMeasureOptions> for MeasureOptions {
    fn from(options: &BindingMeasureOptions) -> Self {
        Self {
            warm_up_ns: options.warm_up_ns as u64,
            measure_ns: options.measure_ns as u64,
            samples: options.samples,
            count_ns: options.count_ns as u64,
        }
    }
}

impl From<Result<(), Failure>> for BindingVerified {
    fn from(result: Result<(), Failure>) -> Self {
        Self { failure: result.err().map(Into::into) }
    }
}

impl From<Result<Measurement, Failure>> for BindingMeasured {
    fn from(result: Result<Measurement, Failure>) -> Self {
        match result {
            Ok(measurement) => Self { measurement: Some(measurement.into()), failure: None },
            Err(failure) => Self { measurement: None, failure: Some(failure.into()) },
        }
    }
}

impl From<Measurement> for BindingMeasurement {
    fn from(m: Measurement) -> Self {
        let quantiles = m.latency.as_ref().map(|h| {
            let at = |q| h.value_at_quantile(q) as f64;
            Float64Array::new(vec![at(0.5), at(0.95), at(0.99), h.max() as f64])
        });
        Self {
            samples_ns: Float64Array::new(m.samples_ns),
            iterations_per_sample: m.iterations_per_sample as f64,
            operations_per_iteration: m.operations_per_iteration as f64,
            latency: m.latency.map(|h| Uint8Array::new(h.encode_v2())),
            latency_quantiles_ns: quantiles,
            clock_ns: m.overhead.clock.read_ns,
            resolution_ns: m.overhead.clock.resolution_ns,
            loop_ns: m.overhead.loop_ns,
            warm_up_iterations: m.warm_up.iterations as f64,
            warm_up_ns: m.warm_up.ns as f64,
            steady: m.warm_up.steady,
            counts: m.counts.map(Into::into),
            resources: m.resources.into(),
            max_rss_bytes: max_rss_bytes() as f64,
            figures: m.figures.into_iter().map(Into::into).collect(),
        }
    }
}
