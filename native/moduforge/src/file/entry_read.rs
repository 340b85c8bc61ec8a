//! `file/entry-read`: one entry of an archive, around the size from which the crate reads through a temporary file.

use std::io::Cursor;

use forgebench_measure::{Failure, Workload};
use mf_file::{ZipDocumentReader, ZipDocumentWriter};
use serde::Deserialize;

const ENTRY: &str = "entry";

/// How the entry is read.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// `read_all`, as every import does: the crate chooses by size.
    All,
    /// `read_standard`, straight into memory.
    Standard,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    kib: usize,
    via: Via,
}

/// The workload.
pub struct EntryRead {
    via: Via,
    content: Vec<u8>,
    archive: Vec<u8>,
}

impl Workload for EntryRead {
    const ID: &'static str = "file/entry-read";
    const HELD: usize = 4;
    type Params = Params;
    type Input = ();
    type Output = Vec<u8>;

    fn new(params: Params) -> Result<Self, Failure> {
        let content: Vec<u8> = (0..params.kib * 1024).map(|i| (i / 7) as u8).collect();
        let mut writer = ZipDocumentWriter::new(Cursor::new(Vec::new())).map_err(Failure::setup)?;
        writer.add_stored(ENTRY, &content).map_err(Failure::setup)?;
        let archive = writer.finalize().map_err(Failure::setup)?.into_inner();
        Ok(Self { via: params.via, content, archive })
    }

    fn input(&mut self) {}

    /// A reader of its own for each entry, because a reader keeps what it has mapped.
    fn run(&mut self, (): ()) -> Vec<u8> {
        let mut reader = ZipDocumentReader::new(Cursor::new(&self.archive)).expect("the archive is intact");
        match self.via {
            Via::All => reader.read_all(ENTRY).expect("the entry exists"),
            Via::Standard => reader.read_standard(ENTRY).expect("the entry exists"),
        }
    }

    fn verify(&mut self, read: Vec<u8>) -> Result<(), Failure> {
        Failure::unless_equal("content is what was written", read == self.content, true)
    }
}
