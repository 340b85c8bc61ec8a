//! What the operating system says a stretch of a launch has used.

use forgebench_border_attribute::napi;
use forgebench_measure::{IoBytes, Resources};

/// What a process used in a stretch of time, all threads, without its children.
#[napi(object)]
pub struct BindingResources {
    /// CPU time in user space, nanoseconds.
    pub user_ns: f64,
    /// CPU time in the kernel, nanoseconds.
    pub system_ns: f64,
    /// Wall time, nanoseconds.
    pub wall_ns: f64,
    /// Threads that were on a core for at least 1 % of the time; at least 1.
    pub threads: u32,
    /// Cores in use: as many as threads, at most those that the process may use.
    pub cores: u32,
    /// Page faults that needed no storage.
    pub minor_faults: f64,
    /// Page faults that waited for storage.
    pub major_faults: f64,
    /// Times that a thread gave its core up to wait.
    pub voluntary_switches: f64,
    /// Times that a thread lost its core.
    pub involuntary_switches: f64,
    /// Bytes read and written; absent where the kernel does not say.
    pub io: Option<BindingIo>,
}

/// Bytes that passed `read` and `write`, and those of them that reached storage.
#[napi(object)]
pub struct BindingIo {
    /// Asked for by `read` and its kin.
    pub read_bytes: f64,
    /// Handed to `write` and its kin.
    pub written_bytes: f64,
    /// Fetched from storage.
    pub storage_read_bytes: f64,
    /// Sent towards storage.
    pub storage_written_bytes: f64,
}

impl From<Resources> for BindingResources {
    fn from(r: Resources) -> Self {
        Self {
            user_ns: r.user_ns as f64,
            system_ns: r.system_ns as f64,
            wall_ns: r.wall_ns as f64,
            threads: r.threads,
            cores: r.cores,
            minor_faults: r.minor_faults as f64,
            major_faults: r.major_faults as f64,
            voluntary_switches: r.voluntary_switches as f64,
            involuntary_switches: r.involuntary_switches as f64,
            io: r.io.map(Into::into),
        }
    }
}

impl From<IoBytes> for BindingIo {
    fn from(io: IoBytes) -> Self {
        Self {
            read_bytes: io.read as f64,
            written_bytes: io.written as f64,
            storage_read_bytes: io.storage_read as f64,
            storage_written_bytes: io.storage_written as f64,
        }
    }
}
