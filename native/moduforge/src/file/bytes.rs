//! `file/serialize` and `file/parse`: records to an archive in memory and back.

use std::io::Cursor;

use forgebench_measure::{Failure, Workload};
use mf_file::zipdoc::SnapshotShardMeta;
use mf_file::{SnapshotFormat, ZipDocumentReader, ZipDocumentWriter};
use serde::Deserialize;

use super::document::{Document, FASTEST, Format, Record};
use super::oracle;

/// The parameters of both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    format: Format,
    records: usize,
}

/// Writes the shards of a document as a whole archive.
pub fn archive(document: &Document, meta: &SnapshotShardMeta, format: Format, level: i32) -> std::io::Result<Vec<u8>> {
    let mut writer = ZipDocumentWriter::new(Cursor::new(Vec::new()))?;
    SnapshotFormat::from(format).write_shards(&mut writer, meta, |i| document.shard(i), level)?;
    Ok(writer.finalize()?.into_inner())
}

/// The workload `file/serialize`.
pub struct Serialize {
    format: Format,
    document: Document,
    meta: SnapshotShardMeta,
}

impl Workload for Serialize {
    const ID: &'static str = "file/serialize";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = Vec<u8>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_records(params.records)?;
        Ok(Self { format: params.format, meta: document.meta(), document })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<u8> {
        archive(&self.document, &self.meta, self.format, FASTEST).expect("memory takes everything")
    }

    fn verify(&mut self, archive: Vec<u8>) -> Result<(), Failure> {
        self.document.compare(&oracle::zipped_shards(&archive, self.format)?)
    }

    fn operations(&self) -> u64 {
        self.document.json_bytes
    }
}

/// The workload `file/parse`.
pub struct Parse {
    format: SnapshotFormat,
    document: Document,
    archive: Vec<u8>,
}

impl Workload for Parse {
    const ID: &'static str = "file/parse";
    const HELD: usize = 2;
    type Params = Params;
    type Input = ();
    type Output = Vec<Vec<Record>>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_records(params.records)?;
        let archive = archive(&document, &document.meta(), params.format, FASTEST).map_err(Failure::setup)?;
        Ok(Self { format: params.format.into(), document, archive })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Vec<Record>> {
        let mut reader = ZipDocumentReader::new(Cursor::new(&self.archive)).expect("the archive is intact");
        self.format.read_shards(&mut reader).expect("the archive is intact").1
    }

    fn verify(&mut self, shards: Vec<Vec<Record>>) -> Result<(), Failure> {
        self.document.compare(&shards)
    }

    fn operations(&self) -> u64 {
        self.document.json_bytes
    }
}
