//! `profile`: the workload on the JavaScript thread, so that a sampler sees one stack of both languages.

use forgebench_border_attribute::napi;
use forgebench_measure::{Clock, Failure, ProfileSpan, guarded, iterate_for};

use crate::failure::BindingFailure;
use crate::make_case;

/// When the workload ran, and how often.
#[napi(object)]
pub struct BindingProfiled {
    /// Iterations that ran.
    pub iterations: f64,
    /// Operations of each iteration.
    pub operations_per_iteration: f64,
    /// `CLOCK_MONOTONIC` when the set-up was done and the first iteration began, nanoseconds.
    pub start_ns: f64,
    /// `CLOCK_MONOTONIC` at the end, nanoseconds.
    pub end_ns: f64,
    /// Processor time of all threads of the process in between, nanoseconds.
    pub cpu_ns: f64,
    /// Time in between for which this thread was ready to run while another had its core, nanoseconds.
    pub queued_ns: f64,
    /// Why nothing ran.
    pub failure: Option<BindingFailure>,
}

/// Sets the case up and runs it for `durationNs` on the calling thread, which blocks. Its timings are never figures.
#[napi]
pub fn profile(id: String, parameters: String, duration_ns: f64) -> BindingProfiled {
    guarded(|| {
        let mut case = make_case(&id, &parameters)?;
        case.verify()?;
        Ok(iterate_for(case.as_mut(), duration_ns as u64))
    })
    .into()
}

impl From<Result<ProfileSpan, Failure>> for BindingProfiled {
    fn from(result: Result<ProfileSpan, Failure>) -> Self {
        let now = Clock.now_ns();
        let (span, failure) = match result {
            Ok(span) => (span, None),
            Err(failure) => {
                let nothing =
                    ProfileSpan { iterations: 0, operations: 1, start_ns: now, end_ns: now, cpu_ns: 0, queued_ns: 0 };
                (nothing, Some(failure))
            }
        };
        Self {
            iterations: span.iterations as f64,
            operations_per_iteration: span.operations as f64,
            start_ns: span.start_ns as f64,
            end_ns: span.end_ns as f64,
            cpu_ns: span.cpu_ns as f64,
            queued_ns: span.queued_ns as f64,
            failure: failure.map(Into::into),
        }
    }
}
