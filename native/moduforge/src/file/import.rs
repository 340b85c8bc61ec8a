//! `file/import`: a whole document from a file on disk.

use forgebench_measure::{Failure, Workload};
use serde::Deserialize;

use super::containers::{Container, export_zip, import_zip, payloads, read_segments, write_segments};
use super::document::{Document, Format, Record};
use super::{FilePath, Folder};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Millions of bytes that the document is as JSON.
    mb: u64,
    container: Container,
}

/// What was read.
pub enum Imported {
    Shards(Vec<Vec<Record>>),
    Payloads(Vec<Vec<u8>>),
}

/// The workload.
pub struct Import {
    container: Container,
    document: Document,
    path: FilePath,
    /// Removed after the file in it.
    _folder: Folder,
}

impl Workload for Import {
    const ID: &'static str = "file/import";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Imported;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_megabytes(params.mb)?;
        let mut folder = Folder::new().map_err(Failure::setup)?;
        let path = folder.fresh();
        match params.container {
            Container::Zip => export_zip(&path.0, &document, Format::Cbor).map_err(Failure::setup)?,
            Container::Segments => write_segments(&path.0, &payloads(&document)?).map_err(Failure::setup)?,
        }
        Ok(Self { container: params.container, document, path, _folder: folder })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Imported {
        match self.container {
            Container::Zip => Imported::Shards(import_zip(&self.path.0, Format::Cbor).expect("the file is intact")),
            Container::Segments => Imported::Payloads(read_segments(&self.path.0).expect("the file is intact")),
        }
    }

    fn verify(&mut self, imported: Imported) -> Result<(), Failure> {
        match imported {
            Imported::Shards(shards) => self.document.compare(&shards),
            Imported::Payloads(seen) => {
                Failure::unless_equal("payloads are what was written", seen == payloads(&self.document)?, true)
            }
        }
    }
}
