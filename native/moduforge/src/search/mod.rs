//! Workloads over `moduforge-search`: an index of documents in `SQLite`'s FTS5.
//!
//! The crate has no tokenizer and no ranking of its own; both are `SQLite`'s. Each workload owns a runtime, and each
//! index lies in a temporary folder that the crate removes with it.

mod concurrent_query;
pub(crate) mod corpus;
mod filter;
mod index;
mod memory_corpus;
mod page;
pub(crate) mod query;
mod ranking;
mod rebuild;
mod text_pipeline;
mod update;

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs, process};

use forgebench_measure::{Failure, Registration};
use mf_search::backend_sqlite::SqliteBackend;
use mf_search::model::IndexDoc;
use tokio::runtime::{Builder, Runtime};

/// Threads of a runtime; each connection of `SQLite` has one of its own besides.
const WORKERS: usize = 2;
/// Connections of an index.
const CONNECTIONS: usize = 32;

/// The name of the database of every index.
const DATABASE: &str = "/index.db";
/// Closing takes milliseconds; whatever takes longer than this is not waited for.
const CLOSING: Duration = Duration::from_secs(2);

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<index::Index>(),
        Registration::of::<rebuild::Rebuild>(),
        Registration::of::<update::Update>(),
        Registration::of::<query::Query>(),
        Registration::of::<filter::Filter>(),
        Registration::of::<text_pipeline::TextPipeline>(),
        Registration::of::<page::Page>(),
        Registration::of::<concurrent_query::ConcurrentQuery>(),
        Registration::of::<memory_corpus::MemoryCorpus>(),
    ]
}

/// A runtime with the timers that the pool of connections needs.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build().map_err(Failure::setup)
}

/// An empty index.
pub(crate) fn empty(runtime: &Runtime) -> Result<SqliteBackend, Failure> {
    runtime.block_on(SqliteBackend::new_in_system_temp()).map_err(Failure::setup)
}

/// An index of these documents.
pub(crate) fn indexed(runtime: &Runtime, documents: Vec<IndexDoc>) -> Result<SqliteBackend, Failure> {
    let index = empty(runtime)?;
    runtime.block_on(index.rebuild_all(documents)).map_err(Failure::setup)?;
    Ok(index)
}

/// An index of a corpus that nobody changes. The launches of a run have one file of it together: making it takes longer
/// than anything that is asked of it. Each opens it anew, so that none has more in its caches than another.
fn standing(runtime: &Runtime, documents: usize) -> Result<SqliteBackend, Failure> {
    let Some(shared) = env::var_os("FORGEBENCH_SHARED").map(PathBuf::from) else {
        return indexed(runtime, corpus::corpus(documents));
    };
    let folder = shared.join(format!("search-{documents}"));
    if !folder.exists() {
        let unfinished = shared.join(format!("search-{documents}-{}", process::id()));
        let index = runtime.block_on(SqliteBackend::new_in_dir(&unfinished)).map_err(Failure::setup)?;
        runtime.block_on(index.rebuild_all(corpus::corpus(documents))).map_err(Failure::setup)?;
        drop(index);
        wait_until_closed();
        // Another launch may have been faster, and its file is as good.
        fs::rename(&unfinished, &folder)
            .or_else(|error| if folder.exists() { Ok(()) } else { Err(error) })
            .map_err(Failure::setup)?;
    }
    let index = runtime.block_on(SqliteBackend::new_in_dir(&folder)).map_err(Failure::setup)?;
    // Each of the first queries opens a connection, with a thread of its own.
    for _ in 0..2 * CONNECTIONS {
        runtime.block_on(index.search_ids(query::for_word(corpus::NONE))).map_err(Failure::setup)?;
    }
    Ok(index)
}

/// Waits until this process has no database open. An index that was dropped is closed by the threads of its
/// connections, which write its log back to the disk first; what follows would pay for that.
pub(crate) fn wait_until_closed() {
    let start = Instant::now();
    while any_open() && start.elapsed() < CLOSING {
        sleep(Duration::from_micros(200));
    }
}

fn any_open() -> bool {
    let files = fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    let mut paths = files.filter_map(|file| fs::read_link(file.path()).ok());
    paths.any(|path| path.to_string_lossy().contains(DATABASE))
}
