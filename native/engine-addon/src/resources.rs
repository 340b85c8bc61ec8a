//! What processes use: a stretch of this one, and a moment of another with its descendants.

use forgebench_border::BindingResources;
use forgebench_border::measure::{self, ResourceMeter};
use forgebench_border_attribute::napi;

/// Reads what this process has used, and later what it has used since.
#[napi(js_name = "ResourceMeter")]
pub struct BindingResourceMeter {
    inner: ResourceMeter,
}

#[napi]
impl BindingResourceMeter {
    /// Starts a stretch.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self { inner: ResourceMeter::start() }
    }

    /// What was used since the start.
    #[napi]
    #[must_use]
    pub fn finish(&self) -> BindingResources {
        self.inner.finish().into()
    }
}

/// Sums over a process and its descendants that live now.
#[napi(object)]
pub struct BindingProcessTree {
    /// Processes that were found; 0 where the process has ended.
    pub processes: u32,
    /// Their threads.
    pub threads: u32,
    /// CPU time since each began, nanoseconds in steps of 10 ms.
    pub cpu_ns: f64,
    /// Resident memory, bytes; pages that two share count twice.
    pub resident_bytes: f64,
    /// Bytes that passed `read` and its kin so far.
    pub read_bytes: f64,
    /// Bytes that passed `write` and its kin so far.
    pub written_bytes: f64,
}

/// Reads `/proc` for a process and all its descendants.
#[napi(js_name = "processTree")]
pub fn read_process_tree(process: u32) -> BindingProcessTree {
    let tree = measure::process_tree(process);
    BindingProcessTree {
        processes: tree.processes,
        threads: tree.threads,
        cpu_ns: tree.cpu_ns as f64,
        resident_bytes: tree.resident_bytes as f64,
        read_bytes: tree.io.read as f64,
        written_bytes: tree.io.written as f64,
    }
}

/// Bytes that `malloc` has handed out in this process; absent where the C library does not say.
#[napi(js_name = "cHeapBytes")]
pub fn bytes_of_c_heap() -> Option<f64> {
    measure::c_heap_bytes().map(|bytes| bytes as f64)
}
