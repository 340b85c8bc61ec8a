//! Why a snapshot cannot be read.

use std::path::PathBuf;

/// Why [`compare_snapshots`](crate::compare_snapshots) failed; each text names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum HeapError {
    /// The file cannot be opened.
    #[error("Cannot read the heap snapshot {path:?}: {source}; take it again")]
    Open {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text ends too early, or is not the JSON of a snapshot.
    #[error("Cannot read the heap snapshot {path:?}: {reason}; it is cut off or no snapshot, take it again")]
    Malformed {
        /// The file asked for.
        path: PathBuf,
        /// What is wrong in it, and where.
        reason: String,
    },
    /// There is nothing to compare.
    #[error("Cannot compare {0} heap snapshots: name two or more")]
    TooFew(usize),
}
