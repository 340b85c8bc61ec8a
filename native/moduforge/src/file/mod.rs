//! Workloads over `moduforge-file`: formats, compression, containers on disk, damage.
//!
//! What is written is read back with `zip`, `zstd` and the decoders of the formats themselves, so that the crate
//! never judges itself.

mod bytes;
mod compress;
mod concurrent_read;
mod containers;
mod convert;
mod corruption;
mod damage;
pub(crate) mod document;
mod entry_read;
mod export;
mod import;
mod memory_large;
pub(crate) mod oracle;

use std::path::{Path, PathBuf};

use forgebench_measure::Registration;
use tempfile::TempDir;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<bytes::Serialize>(),
        Registration::of::<bytes::Parse>(),
        Registration::of::<compress::Compress>(),
        Registration::of::<export::Export>(),
        Registration::of::<import::Import>(),
        Registration::of::<convert::Convert>(),
        Registration::of::<entry_read::EntryRead>(),
        Registration::of::<concurrent_read::ConcurrentRead>(),
        Registration::of::<corruption::Corruption>(),
        Registration::of::<memory_large::MemoryLarge>(),
    ]
}

/// A folder of the system's temporary files that goes when it is dropped.
pub struct Folder {
    inside: TempDir,
    files: u64,
}

impl Folder {
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { inside: tempfile::Builder::new().prefix("forgebench-file-").tempdir()?, files: 0 })
    }

    /// A file that does not exist yet: the writers of the crate append to one that does.
    pub fn fresh(&mut self) -> FilePath {
        self.files += 1;
        FilePath(self.inside.path().join(self.files.to_string()))
    }
}

/// The path of a file that is removed when the path is dropped, which is never timed.
pub struct FilePath(PathBuf);

impl AsRef<Path> for FilePath {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for FilePath {
    fn drop(&mut self) {
        // A workload that failed before it wrote has no file, and the folder removes what is left.
        let _ = std::fs::remove_file(&self.0);
    }
}
