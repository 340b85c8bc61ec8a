//! `file/memory-large`: how much memory a large file takes while it is handled.

use forgebench_measure::{Failure, Workload};
use serde::Deserialize;

use super::containers::{each_shard, export_zip, import_zip};
use super::document::{Document, Format, Record};
use super::{FilePath, Folder, oracle};

const FORMAT: Format = Format::Cbor;

/// What is done with the file.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A document is written.
    Export,
    /// All of it is read at once.
    Import,
    /// It is read shard by shard, and each is dropped before the next.
    Stream,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Millions of bytes that the document is as JSON.
    mb: u64,
    action: Action,
}

/// What became of the file.
pub enum Handled {
    Exported(FilePath),
    Imported(Vec<Vec<Record>>),
    /// Records of each shard.
    Streamed(Vec<usize>),
}

/// The workload.
pub struct MemoryLarge {
    action: Action,
    document: Document,
    source: FilePath,
    folder: Folder,
}

impl Workload for MemoryLarge {
    const ID: &'static str = "file/memory-large";
    const HELD: usize = 1;
    type Params = Params;
    type Input = FilePath;
    type Output = Handled;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_megabytes(params.mb)?;
        let mut folder = Folder::new().map_err(Failure::setup)?;
        let source = folder.fresh();
        export_zip(&source.0, &document, FORMAT).map_err(Failure::setup)?;
        Ok(Self { action: params.action, document, source, folder })
    }

    fn input(&mut self) -> FilePath {
        self.folder.fresh()
    }

    fn run(&mut self, target: FilePath) -> Handled {
        match self.action {
            Action::Export => {
                export_zip(&target.0, &self.document, FORMAT).expect("Cannot write the file");
                Handled::Exported(target)
            }
            Action::Import => Handled::Imported(import_zip(&self.source.0, FORMAT).expect("the file is intact")),
            Action::Stream => {
                let mut counts = Vec::new();
                each_shard(&self.source.0, FORMAT, |shard| counts.push(shard.len())).expect("the file is intact");
                Handled::Streamed(counts)
            }
        }
    }

    fn verify(&mut self, handled: Handled) -> Result<(), Failure> {
        match handled {
            Handled::Exported(path) => {
                let archive = std::fs::read(&path).map_err(Failure::setup)?;
                self.document.compare(&oracle::zipped_shards(&archive, FORMAT)?)
            }
            Handled::Imported(shards) => self.document.compare(&shards),
            Handled::Streamed(counts) => {
                let mut shards = Vec::new();
                each_shard(&self.source.0, FORMAT, |shard| shards.push(shard)).map_err(Failure::setup)?;
                Failure::unless_equal("shards met", counts.len(), shards.len())?;
                self.document.compare(&shards)
            }
        }
    }
}
