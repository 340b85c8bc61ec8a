//! `file/entry-read`: one entry of an archive, around the size from which the crate reads through a temporary file.

use std::io::Cursor;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_file::{ZipDocumentReader, ZipDocumentWriter};
use serde::Deserialize;

const ENTRY: &str = "entry";
/// Maps that a reader keeps at most, as the crate's default settings say.
const MAPS_ALLOWED: usize = 4;

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

impl EntryRead {
    /// How many entries a reader still has mapped that has read more of them than its limit of maps.
    fn maps_of_many(&self) -> Result<f64, Failure> {
        let mut writer = ZipDocumentWriter::new(Cursor::new(Vec::new())).map_err(Failure::setup)?;
        let names: Vec<String> = (0..2 * MAPS_ALLOWED).map(|k| format!("{ENTRY}{k}")).collect();
        for name in &names {
            writer.add_stored(name, &self.content).map_err(Failure::setup)?;
        }
        let archive = writer.finalize().map_err(Failure::setup)?;
        let mut reader = ZipDocumentReader::new(archive).map_err(Failure::setup)?;
        for name in &names {
            match self.via {
                Via::All => reader.read_all(name),
                Via::Standard => reader.read_standard(name),
            }
            .map_err(Failure::setup)?;
        }
        Ok(reader.mmap_stats().cached_entries as f64)
    }
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

    fn figures(&mut self) -> Vec<FigureValue> {
        let maps = self.maps_of_many().map(|value| FigureValue { name: "maps-kept", value });
        maps.into_iter().collect()
    }
}
