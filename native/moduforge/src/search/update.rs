//! `search/update`: documents of an index get new texts, in one transaction.

use std::fs;
use std::path::Path;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_search::backend_sqlite::{IndexMutation, SqliteBackend};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::corpus::{corpus, document, id, text, with_text, word};
use super::query::for_word;
use super::{indexed, runtime, wait_until_closed};

const DOCUMENTS: usize = 1_000;
/// The word that all new texts and no old ones have.
const NEW: &str = "newword";

/// What the index is asked to do.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// Delete each document and add it again.
    DeleteAdd,
    /// Insert or replace, which leaves the words of the old text in the full-text table.
    Upsert,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Documents of a transaction; less than 1 000.
    batch: usize,
    via: Via,
}

/// The workload.
pub struct Update {
    params: Params,
    runtime: Runtime,
    /// The files of an index; each iteration gets a copy, so that none is dearer than the one before.
    template: TempDir,
    mutations: Vec<IndexMutation>,
}

/// An index and the folder that it lies in, which goes after it.
pub struct Copied {
    index: SqliteBackend,
    _folder: TempDir,
}

impl Update {
    fn copy(&self) -> Result<Copied, Failure> {
        wait_until_closed();
        let folder = temporary()?;
        copy_files(self.template.path(), folder.path()).map_err(Failure::setup)?;
        let index = self.runtime.block_on(SqliteBackend::new_in_dir(folder.path())).map_err(Failure::setup)?;
        // The last document is replaced by itself, so that the connection has read its tables and its statements.
        let last = DOCUMENTS - 1;
        let warm_up = vec![IndexMutation::DeleteById(id(last)), IndexMutation::Add(document(last))];
        self.runtime.block_on(index.apply(warm_up)).map_err(Failure::setup)?;
        Ok(Copied { index, _folder: folder })
    }

    fn mutations(&self) -> Vec<IndexMutation> {
        let update = |order: usize| {
            let document = with_text(order, format!("{NEW} {}", word(order as u64)));
            match self.params.via {
                Via::DeleteAdd => vec![IndexMutation::DeleteById(id(order)), IndexMutation::Add(document)],
                Via::Upsert => vec![IndexMutation::Upsert(document)],
            }
        };
        (0..self.params.batch).flat_map(update).collect()
    }

    /// Queries for a word of the old text of each updated document that the index cannot answer.
    fn failed_queries(&self, index: &SqliteBackend) -> usize {
        let fails = |order: &usize| {
            let old = text(*order as u64);
            let first = old.split(' ').next().unwrap_or_default();
            self.runtime.block_on(index.search_ids(for_word(first))).is_err()
        };
        (0..self.params.batch).filter(fails).count()
    }
}

impl Workload for Update {
    const ID: &'static str = "search/update";
    const HELD: usize = 1;
    type Params = Params;
    type Input = (Copied, Vec<IndexMutation>);
    type Output = Copied;

    fn new(params: Params) -> Result<Self, Failure> {
        let (runtime, template) = (runtime()?, temporary()?);
        let index = indexed(&runtime, corpus(DOCUMENTS))?;
        copy_files(index.index_dir(), template.path()).map_err(Failure::setup)?;
        drop(index);
        let mut update = Self { params, runtime, template, mutations: Vec::new() };
        update.mutations = update.mutations();
        Ok(update)
    }

    fn input(&mut self) -> (Copied, Vec<IndexMutation>) {
        (self.copy().expect("Cannot write the index"), self.mutations.clone())
    }

    fn run(&mut self, (copied, mutations): (Copied, Vec<IndexMutation>)) -> Copied {
        self.runtime.block_on(copied.index.apply(mutations)).expect("the index is intact");
        copied
    }

    /// The new texts stand in the index, and the others are what they were.
    fn verify(&mut self, copied: Copied) -> Result<(), Failure> {
        let ids: Vec<String> = (0..DOCUMENTS).map(id).collect();
        let seen = self.runtime.block_on(copied.index.get_docs_by_ids(&ids)).map_err(Failure::setup)?;
        Failure::unless_equal("number of documents", seen.len(), DOCUMENTS)?;
        for (order, document) in seen.into_iter().enumerate() {
            let new = order < self.params.batch;
            let expected = if new { format!("{NEW} {}", word(order as u64)) } else { text(order as u64) };
            Failure::unless_equal(&format!("text of {}", id(order)), document.text, Some(expected))?;
        }
        let found = self.runtime.block_on(copied.index.search_ids(for_word(NEW))).map_err(Failure::setup)?;
        Failure::unless_equal("documents with the new word", found.len(), self.params.batch.min(super::query::LIMIT))
    }

    fn operations(&self) -> u64 {
        self.params.batch as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let Ok(copied) = self.copy() else { return Vec::new() };
        let applied = self.runtime.block_on(copied.index.apply(self.mutations.clone()));
        let failed = if applied.is_ok() { self.failed_queries(&copied.index) } else { self.params.batch };
        let value = failed as f64 / self.params.batch as f64 * 100.0;
        vec![FigureValue { name: "failed-queries", value }]
    }
}

fn temporary() -> Result<TempDir, Failure> {
    tempfile::Builder::new().prefix("forgebench-search-").tempdir().map_err(Failure::setup)
}

/// Copies the database and its write-ahead log.
fn copy_files(from: &Path, to: &Path) -> std::io::Result<()> {
    for file in fs::read_dir(from)? {
        let file = file?;
        // The index of the log belongs to the processes that have it open; SQLite makes a new one.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    Ok(())
}
