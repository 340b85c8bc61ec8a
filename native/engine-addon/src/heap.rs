//! Snapshots of V8's heap, compared off the JavaScript thread.

use std::path::PathBuf;

use forgebench_border_attribute::napi;
use forgebench_heap::compare_snapshots;
use napi::bindgen_prelude::AsyncTask;

use crate::work::{WorkTask, reason, work_task};

/// Compares `.heapsnapshot` files of one process, two or more, the oldest first; the JSON is a `HeapComparison` of
/// `src/heap/heap-comparison.ts`.
#[napi(ts_return_type = "Promise<string>")]
pub fn compare_heaps(files: Vec<String>) -> AsyncTask<WorkTask<String>> {
    work_task(move || {
        let paths: Vec<PathBuf> = files.into_iter().map(PathBuf::from).collect();
        let comparison = compare_snapshots(&paths).map_err(reason)?;
        serde_json::to_string(&comparison).map_err(reason)
    })
}
