//! `file/compress`: how small an archive gets for the time it takes.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_file::zipdoc::SnapshotShardMeta;
use serde::Deserialize;

use super::bytes::archive;
use super::document::{Document, Format};
use super::oracle;

/// Enough for a stable ratio, little enough for level 19.
const MEGABYTES: u64 = 1;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// zstd's level.
    level: i32,
}

/// The workload.
pub struct Compress {
    level: i32,
    document: Document,
    meta: SnapshotShardMeta,
    archive_bytes: usize,
}

impl Workload for Compress {
    const ID: &'static str = "file/compress";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = Vec<u8>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_megabytes(MEGABYTES)?;
        Ok(Self { level: params.level, meta: document.meta(), document, archive_bytes: 0 })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<u8> {
        archive(&self.document, &self.meta, Format::Json, self.level).expect("memory takes everything")
    }

    fn verify(&mut self, archive: Vec<u8>) -> Result<(), Failure> {
        self.archive_bytes = archive.len();
        self.document.compare(&oracle::zipped_shards(&archive, Format::Json)?)
    }

    fn operations(&self) -> u64 {
        self.document.json_bytes
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let value = self.document.json_bytes as f64 / self.archive_bytes as f64;
        vec![FigureValue { name: "ratio", value }]
    }
}
