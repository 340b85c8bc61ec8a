//! `engine/load`: loaders hand out a decision by its key.

use std::fs;
use std::future::{Ready, ready};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use forgebench_measure::{Failure, Workload};
use mf_engine::loader::{
    CachedLoader, ClosureLoader, DecisionLoader, FilesystemLoader, FilesystemLoaderOptions, LoaderError,
    LoaderResponse, MemoryLoader,
};
use mf_engine::model::DecisionContent;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::graphs::content;
use super::runtime;
use super::table::FeeTable;

const TABLE: FeeTable = FeeTable { rows: 100 };
const KEY: &str = "fees.json";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    loader: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Memory,
    /// Reads and parses a file at each load.
    Filesystem,
    /// Reads and parses a file once.
    FilesystemKept,
    /// Asks a loader that reads files, once.
    Cached,
    /// Parses text at each load.
    Closure,
}

type Parse = Box<dyn Fn(String) -> Ready<LoaderResponse> + Send + Sync>;

/// A loader of any kind; each has a type of its own.
enum Loader {
    Memory(MemoryLoader),
    Filesystem(FilesystemLoader),
    Cached(CachedLoader<FilesystemLoader>),
    Closure(ClosureLoader<Parse>),
}

/// The workload.
pub struct Load {
    runtime: Runtime,
    loader: Loader,
    /// Holds the file for loaders that read it.
    _folder: Folder,
}

impl Workload for Load {
    const ID: &'static str = "engine/load";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = Arc<DecisionContent>;

    fn new(params: Params) -> Result<Self, Failure> {
        let folder = Folder::with_table()?;
        Ok(Self { runtime: runtime()?, loader: Loader::new(&params.loader, &folder.0)?, _folder: folder })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Arc<DecisionContent> {
        let loaded = match &self.loader {
            Loader::Memory(loader) => self.runtime.block_on(loader.load(KEY)),
            Loader::Filesystem(loader) => self.runtime.block_on(loader.load(KEY)),
            Loader::Cached(loader) => self.runtime.block_on(loader.load(KEY)),
            Loader::Closure(loader) => self.runtime.block_on(loader.load(KEY)),
        };
        loaded.expect("the key exists")
    }

    fn verify(&mut self, content: Arc<DecisionContent>) -> Result<(), Failure> {
        TABLE.check(&content)
    }
}

impl Loader {
    fn new(kind: &Kind, folder: &Path) -> Result<Self, Failure> {
        Ok(match kind {
            Kind::Memory => {
                let loader = MemoryLoader::default();
                loader.add(KEY, content(TABLE.model())?);
                Self::Memory(loader)
            }
            Kind::Filesystem => Self::Filesystem(files(folder, false)),
            Kind::FilesystemKept => Self::Filesystem(files(folder, true)),
            Kind::Cached => Self::Cached(CachedLoader::from(Arc::new(files(folder, false)))),
            Kind::Closure => Self::Closure(ClosureLoader::new(parse())),
        })
    }
}

fn files(folder: &Path, keep_in_memory: bool) -> FilesystemLoader {
    FilesystemLoader::new(FilesystemLoaderOptions { root: folder.display().to_string(), keep_in_memory })
}

fn parse() -> Parse {
    let text = TABLE.model().to_string();
    Box::new(move |key| {
        ready(serde_json::from_str(&text).map_err(|error| LoaderError::Internal { key, source: error.into() }.into()))
    })
}

/// A folder with the table in a file; it goes with the workload.
struct Folder(PathBuf);

impl Folder {
    fn with_table() -> Result<Self, Failure> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("forgebench-engine-load-{}-{number}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir(&folder.0).map_err(Failure::setup)?;
        fs::write(folder.0.join(KEY), TABLE.model().to_string()).map_err(Failure::setup)?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now is left to the system's own cleaning of its temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}
