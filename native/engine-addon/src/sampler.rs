//! The sampler inside the process, for machines where perf is missing or forbidden.

use std::cell::RefCell;
use std::time::Duration;

use forgebench_border_attribute::napi;
use forgebench_sampler::{Sampler, SamplerOptions};
use forgebench_symbols::FoldOptions;
use napi::bindgen_prelude::AsyncTask;

use crate::work::{WorkTask, reason, work_task};

thread_local! {
    /// The sampler of this JavaScript thread; a sampler cannot leave its thread.
    static SAMPLER: RefCell<Option<Sampler>> = const { RefCell::new(None) };
}

/// Which samples to read.
#[napi(object)]
pub struct BindingSampledSpan {
    /// First moment of the workload, nanoseconds of `CLOCK_MONOTONIC`.
    pub start_ns: f64,
    /// Last moment of the workload.
    pub end_ns: f64,
    /// Folders whose JavaScript is forgebench's own.
    pub own_folders: Vec<String>,
}

/// Samples the calling thread every `intervalNs` (at least 100000) until `stopSampler`. JavaScript gets names where
/// node runs with `--perf-basic-prof --interpreted-frames-native-stack`. Throws where a sampler runs already or the
/// system refuses.
#[napi]
pub fn start_sampler(interval_ns: f64) -> napi::Result<()> {
    let interval = Duration::from_nanos(interval_ns as u64);
    let sampler = Sampler::start(&SamplerOptions { interval, ..SamplerOptions::default() }).map_err(reason)?;
    SAMPLER.set(Some(sampler));
    Ok(())
}

/// Ends what `startSampler` began on this thread; the JSON is a `Profile` of `src/profile/profile.ts`, and its interval
/// is the CPU time that a sample stood for in the mean. Rejects where no sampler runs.
#[napi(ts_return_type = "Promise<string>")]
pub fn stop_sampler(options: BindingSampledSpan) -> AsyncTask<WorkTask<String>> {
    let recording = SAMPLER.take().map(Sampler::stop);
    let window = Some((options.start_ns as u64, options.end_ns as u64));
    let options = FoldOptions { window, own_folders: options.own_folders, ..FoldOptions::default() };
    work_task(move || {
        let recording = recording
            .ok_or_else(|| reason("Cannot stop the sampler: none runs on this thread; call startSampler first"))?;
        serde_json::to_string(&recording.fold(&options).map_err(reason)?).map_err(reason)
    })
}
