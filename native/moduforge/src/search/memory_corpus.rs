//! `search/memory-corpus`: what an index takes of memory and of the disk as its corpus grows.

use std::path::Path;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_search::backend_sqlite::{SearchQuery, SqliteBackend};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::corpus;
use super::{indexed, runtime, wait_until_closed};
use crate::resident::{give_free_pages_back, resident_bytes};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    documents: usize,
}

/// The workload.
pub struct MemoryCorpus {
    documents: usize,
    runtime: Runtime,
}

impl Workload for MemoryCorpus {
    const ID: &'static str = "search/memory-corpus";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = SqliteBackend;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { documents: params.documents, runtime: runtime()? })
    }

    fn input(&mut self) {
        wait_until_closed();
    }

    /// Documents are made inside the body, as an application does that hands them over.
    fn run(&mut self, (): ()) -> SqliteBackend {
        indexed(&self.runtime, corpus(self.documents)).expect("Cannot write the index")
    }

    fn verify(&mut self, index: SqliteBackend) -> Result<(), Failure> {
        let all = SearchQuery { limit: self.documents + 1, ..SearchQuery::default() };
        let ids = self.runtime.block_on(index.search_ids(all)).map_err(Failure::setup)?;
        Failure::unless_equal("number of documents", ids.len(), self.documents)
    }

    fn operations(&self) -> u64 {
        self.documents as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        // SQLite's own allocator is not counted, so the resident set says what it took.
        wait_until_closed();
        give_free_pages_back();
        let Some(before) = resident_bytes() else { return Vec::new() };
        let Ok(index) = indexed(&self.runtime, corpus(self.documents)) else { return Vec::new() };
        give_free_pages_back();
        let Some(after) = resident_bytes() else { return Vec::new() };
        let per_document = |bytes: f64| bytes / self.documents as f64;
        vec![
            FigureValue { name: "resident-bytes", value: per_document((after - before) as f64) },
            FigureValue { name: "disk-bytes", value: per_document(bytes_in(index.index_dir()) as f64) },
        ]
    }
}

fn bytes_in(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
}
