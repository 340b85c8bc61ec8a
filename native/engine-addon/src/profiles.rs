//! Recordings of perf, folded into the one profile model.

use std::path::PathBuf;

use forgebench_symbols::{FoldOptions, Profile, read_perf};
use napi::bindgen_prelude::AsyncTask;
use napi::{Env, Error, Task};
use napi_derive::napi;

/// What to read of a recording.
#[napi(object)]
pub struct BindingPerfOptions {
    /// Names of compiled JavaScript; `/tmp/perf-PID.map` where it is absent.
    pub perf_map: Option<String>,
    /// First moment of the workload, nanoseconds of `CLOCK_MONOTONIC`.
    pub start_ns: f64,
    /// Last moment of the workload.
    pub end_ns: f64,
    /// Folders whose JavaScript is forgebench's own.
    pub own_folders: Vec<String>,
}

/// A recording that is being read.
pub struct FoldTask {
    recording: PathBuf,
    options: FoldOptions,
}

impl Task for FoldTask {
    type Output = Profile;
    type JsValue = String;

    fn compute(&mut self) -> napi::Result<Profile> {
        read_perf(&self.recording, &self.options).map_err(|e| Error::from_reason(e.to_string()))
    }

    fn resolve(&mut self, _env: Env, profile: Profile) -> napi::Result<String> {
        serde_json::to_string(&profile).map_err(|e| Error::from_reason(e.to_string()))
    }
}

/// Reads a recording of `perf record --call-graph dwarf -k mono`; the JSON is a `Profile` of `src/profile/profile.ts`.
#[napi(ts_return_type = "Promise<string>")]
pub fn fold_perf(recording: String, options: BindingPerfOptions) -> AsyncTask<FoldTask> {
    let window = Some((options.start_ns as u64, options.end_ns as u64));
    let perf_map = options.perf_map.map(PathBuf::from);
    let options = FoldOptions { perf_map, window, own_folders: options.own_folders };
    AsyncTask::new(FoldTask { recording: recording.into(), options })
}
