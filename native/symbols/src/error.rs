//! Why a recording cannot be read.

use std::path::PathBuf;

/// Why [`read_perf`](crate::read_perf) or [`fold_own_process`](crate::fold_own_process) failed; each
/// text names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The file cannot be opened or mapped.
    #[error("Cannot read recording {path:?}: {source}; record it again with \"perf record\"")]
    Open {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not what `perf record` writes, or it is cut.
    #[error("Cannot read recording {path:?}: {reason}; record it again and let perf end by itself")]
    Malformed {
        /// The file asked for.
        path: PathBuf,
        /// What is wrong in it.
        reason: String,
    },
    /// The samples lack what unwinding needs.
    #[error("Cannot unwind recording {path:?}: its samples have no {missing}; record with \"--call-graph dwarf\"")]
    NoStacks {
        /// The file asked for.
        path: PathBuf,
        /// The part that is missing.
        missing: &'static str,
    },
    /// The map of JavaScript names that was asked for cannot be read.
    #[error("Cannot read JavaScript names from {path:?}: {source}; run node with --perf-basic-prof")]
    Map {
        /// The map asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system does not show which files are mapped.
    #[error("Cannot read /proc/self/maps: {0}; mount /proc, or record with perf instead")]
    Mappings(std::io::Error),
}
