//! `file/export`: a whole document to a file on disk.

use forgebench_measure::{Failure, Workload};
use mf_file::FileError;
use serde::Deserialize;

use super::containers::{Container, export_zip, payloads, write_segments};
use super::document::{Document, Format};
use super::{FilePath, Folder, oracle};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Millions of bytes that the document is as JSON.
    mb: u64,
    container: Container,
}

/// The workload.
pub struct Export {
    container: Container,
    document: Document,
    payloads: Vec<Vec<u8>>,
    folder: Folder,
}

impl Workload for Export {
    const ID: &'static str = "file/export";
    const HELD: usize = 1;
    type Params = Params;
    type Input = FilePath;
    type Output = FilePath;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_megabytes(params.mb)?;
        let payloads = payloads(&document)?;
        Ok(Self { container: params.container, document, payloads, folder: Folder::new().map_err(Failure::setup)? })
    }

    fn input(&mut self) -> FilePath {
        self.folder.fresh()
    }

    fn run(&mut self, path: FilePath) -> FilePath {
        let written = match self.container {
            Container::Zip => export_zip(&path.0, &self.document, Format::Cbor).map_err(FileError::Io),
            Container::Segments => write_segments(&path.0, &self.payloads),
        };
        written.unwrap_or_else(|error| panic!("Cannot write \"{}\": {error}", path.0.display()));
        path
    }

    fn verify(&mut self, path: FilePath) -> Result<(), Failure> {
        match self.container {
            Container::Zip => {
                let archive = std::fs::read(&path).map_err(Failure::setup)?;
                self.document.compare(&oracle::zipped_shards(&archive, Format::Cbor)?)
            }
            Container::Segments => {
                let same = oracle::segments(&path.0)? == self.payloads;
                Failure::unless_equal("segments are what was written", same, true)
            }
        }
    }
}
