//! Folders for databases.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use forgebench_measure::Failure;

/// A folder of its own below the system's folder for temporary files; it is removed with all that is in it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Result<Self, Failure> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = format!("forgebench-persistence-{}-{}", std::process::id(), NUMBER.fetch_add(1, Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).map_err(Failure::setup)?;
        Ok(Self(path))
    }

    /// The folder of another process; it is removed here too where that one is gone.
    pub fn existing(path: PathBuf) -> Self {
        Self(path)
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.0.join("events.db")
    }

    /// Where `SQLite` writes what is not yet in the database file.
    pub fn log(&self) -> PathBuf {
        self.0.join("events.db-wal")
    }

    /// Whether this process has a file in it open.
    pub fn is_open(&self) -> bool {
        let files = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
        files.filter_map(|file| std::fs::read_link(file.path()).ok()).any(|path| path.starts_with(&self.0))
    }

    /// A folder with copies of both files.
    pub fn copied(&self) -> Result<Self, Failure> {
        let copy = Self::new()?;
        let both = [(self.database(), copy.database()), (self.log(), copy.log())];
        for (from, to) in both.iter().filter(|(from, _)| from.exists()) {
            std::fs::copy(from, to).map_err(Failure::setup)?;
        }
        Ok(copy)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears its temporary files itself.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
