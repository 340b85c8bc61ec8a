//! The sampler of allocations in Rust.

use std::sync::{Mutex, PoisonError};

use forgebench_border_attribute::napi;
use forgebench_sampler::AllocationSampler;
use forgebench_symbols::FoldOptions;
use napi::bindgen_prelude::AsyncTask;

use crate::sampler::BindingSampledSpan;
use crate::work::{WorkTask, reason, work_task};

/// The sampler of this process.
static SAMPLER: Mutex<Option<AllocationSampler>> = Mutex::new(None);

/// What Rust in addons allocated.
#[napi(object)]
pub struct BindingAllocations {
    /// JSON of a `Profile` of `src/profile/profile.ts`, in bytes; each stack has its `calls` to the allocator.
    pub profile: String,
    /// Files of the addons whose allocators were watched.
    pub addons: Vec<String>,
    /// What their counters counted from start to stop, bytes.
    pub counted_bytes: f64,
    /// What their counters counted from start to stop, calls.
    pub counted_calls: f64,
    /// What all samples stand for, those outside of the span too, bytes.
    pub sampled_bytes: f64,
    /// What all samples stand for, calls.
    pub sampled_calls: f64,
    /// Samples from start to stop.
    pub samples: f64,
}

/// Samples one allocation every `intervalBytes` (at least 1024) in the mean, on all threads, in the addons that are open
/// and have forgebench's counting allocator, until `stopAllocationSampler`. JavaScript gets names where node runs with
/// `--perf-basic-prof --interpreted-frames-native-stack`. Throws where it runs already.
#[napi]
pub fn start_allocation_sampler(interval_bytes: f64) -> napi::Result<()> {
    let sampler = AllocationSampler::start(interval_bytes as u64).map_err(reason)?;
    *SAMPLER.lock().unwrap_or_else(PoisonError::into_inner) = Some(sampler);
    Ok(())
}

/// Ends what `startAllocationSampler` began, and names what was sampled in the span. Rejects where nothing runs.
#[napi(ts_return_type = "Promise<BindingAllocations>")]
pub fn stop_allocation_sampler(options: BindingSampledSpan) -> AsyncTask<WorkTask<BindingAllocations>> {
    let sampler = SAMPLER.lock().unwrap_or_else(PoisonError::into_inner).take();
    let recording = sampler.map(AllocationSampler::stop);
    let window = Some((options.start_ns as u64, options.end_ns as u64));
    let options = FoldOptions { window, own_folders: options.own_folders, ..FoldOptions::default() };
    work_task(move || {
        let recording = recording.ok_or_else(|| {
            reason("Cannot stop sampling allocations: it was not started; call startAllocationSampler first")
        })?;
        let profile = recording.fold(&options).map_err(reason)?;
        let (counted, sampled) = (recording.counted(), recording.sampled());
        Ok(BindingAllocations {
            profile: serde_json::to_string(&profile).map_err(reason)?,
            addons: recording.files().to_vec(),
            counted_bytes: counted.bytes,
            counted_calls: counted.calls,
            sampled_bytes: sampled.bytes,
            sampled_calls: sampled.calls,
            samples: recording.samples().count() as f64,
        })
    })
}
