//! The sampler inside the process, for machines where perf is missing or forbidden.

use std::cell::RefCell;
use std::time::Duration;

use forgebench_sampler::{Recording, Sampler, SamplerOptions};
use forgebench_symbols::{FoldOptions, Profile};
use napi::bindgen_prelude::AsyncTask;
use napi::{Env, Error, Task};
use napi_derive::napi;

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

/// Samples that are being unwound and named.
pub struct FoldSamplesTask {
    recording: Option<Recording>,
    options: FoldOptions,
}

impl Task for FoldSamplesTask {
    type Output = Profile;
    type JsValue = String;

    fn compute(&mut self) -> napi::Result<Profile> {
        let recording = self.recording.take().ok_or_else(|| {
            Error::from_reason("Cannot stop the sampler: none runs on this thread; call startSampler first")
        })?;
        recording.fold(&self.options).map_err(|e| Error::from_reason(e.to_string()))
    }

    fn resolve(&mut self, _env: Env, profile: Profile) -> napi::Result<String> {
        serde_json::to_string(&profile).map_err(|e| Error::from_reason(e.to_string()))
    }
}

/// Samples the calling thread every `intervalNs` (at least 100000) until `stopSampler`. JavaScript gets names where
/// node runs with `--perf-basic-prof --interpreted-frames-native-stack`. Throws where a sampler runs already or the
/// system refuses.
#[napi]
pub fn start_sampler(interval_ns: f64) -> napi::Result<()> {
    let interval = Duration::from_nanos(interval_ns as u64);
    let sampler = Sampler::start(&SamplerOptions { interval, ..SamplerOptions::default() })
        .map_err(|e| Error::from_reason(e.to_string()))?;
    SAMPLER.set(Some(sampler));
    Ok(())
}

/// Ends what `startSampler` began on this thread; the JSON is a `Profile` of `src/profile/profile.ts`, and its interval
/// is the CPU time that a sample stood for in the mean. Rejects where no sampler runs.
#[napi(ts_return_type = "Promise<string>")]
pub fn stop_sampler(options: BindingSampledSpan) -> AsyncTask<FoldSamplesTask> {
    let recording = SAMPLER.take().map(Sampler::stop);
    let window = Some((options.start_ns as u64, options.end_ns as u64));
    let options = FoldOptions { window, own_folders: options.own_folders, ..FoldOptions::default() };
    AsyncTask::new(FoldSamplesTask { recording, options })
}
