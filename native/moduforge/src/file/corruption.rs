//! `file/corruption`: a damaged file is opened and read to its end.

use std::fs::{self, File};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_file::zipdoc::{SnapshotShardMeta, export_zip_with_shards, read_snapshot_shards};
use mf_file::{Reader, Writer, ZipDocumentReader};
use serde::Deserialize;
use serde_json::json;

use super::containers::{read_segments, write_segments};
use super::damage::Place;
use super::{FilePath, Folder};

/// Payloads of a file, half a kilobyte to 16, so that damage hits one of many.
const PAYLOADS: usize = 32;

/// What is damaged.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damaged {
    /// A file of segments with a directory.
    Segments,
    /// A bare file of records, read by its iterator.
    Records,
    /// A zip archive of compressed shards.
    Zip,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    container: Damaged,
    #[serde(rename = "where")]
    place: Place,
}

/// What became of reading a damaged file.
pub enum Outcome {
    /// An error was returned.
    Refused,
    /// The crate panicked.
    Panicked,
    /// These payloads were returned without an error.
    Accepted(Vec<Vec<u8>>),
}

/// The workload.
pub struct Corruption {
    container: Damaged,
    payloads: Vec<Vec<u8>>,
    path: FilePath,
    /// Removed after the file in it.
    _folder: Folder,
    figures: Vec<FigureValue>,
}

impl Workload for Corruption {
    const ID: &'static str = "file/corruption";
    const HELD: usize = 4;
    type Params = Params;
    type Input = ();
    type Output = Outcome;

    fn new(params: Params) -> Result<Self, Failure> {
        let mut folder = Folder::new().map_err(Failure::setup)?;
        let path = folder.fresh();
        let payload = |i: usize| (0..(i + 1) * 512).map(|byte| (byte * (i + 3) / 11) as u8).collect();
        let payloads: Vec<Vec<u8>> = (0..PAYLOADS).map(payload).collect();
        write(params.container, &path.0, &payloads)?;
        let intact = fs::read(&path).map_err(Failure::setup)?;
        Failure::unless_equal("the intact file is read", read(params.container, &path.0).ok(), Some(payloads.clone()))?;
        fs::write(&path, params.place.damage(intact)).map_err(Failure::setup)?;
        Ok(Self { container: params.container, payloads, path, _folder: folder, figures: Vec::new() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Outcome {
        match catch_unwind(AssertUnwindSafe(|| read(self.container, &self.path.0))) {
            Ok(Ok(payloads)) => Outcome::Accepted(payloads),
            Ok(Err(_)) => Outcome::Refused,
            Err(_) => Outcome::Panicked,
        }
    }

    /// Whatever is returned was written. That something is missing without an error, or that the crate panics, is a
    /// figure, so that a defect of the crate is shown and does not hide the time.
    fn verify(&mut self, outcome: Outcome) -> Result<(), Failure> {
        let (lost, refused, panics) = match outcome {
            Outcome::Refused => (0, 1, 0),
            Outcome::Panicked => (0, 0, 1),
            Outcome::Accepted(seen) => {
                let right = self.payloads.starts_with(&seen);
                Failure::unless_equal("what was accepted is what was written", right, true)?;
                (PAYLOADS - seen.len(), 0, 0)
            }
        };
        self.figures = vec![
            FigureValue { name: "lost", value: lost as f64 },
            FigureValue { name: "refused", value: f64::from(refused) },
            FigureValue { name: "panics", value: f64::from(panics) },
        ];
        Ok(())
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.figures.clone()
    }
}

fn write(container: Damaged, path: &Path, payloads: &[Vec<u8>]) -> Result<(), Failure> {
    match container {
        Damaged::Segments => write_segments(path, payloads).map_err(Failure::setup),
        Damaged::Records => write_records(path, payloads).map_err(Failure::setup),
        Damaged::Zip => {
            let counts = vec![1; payloads.len()];
            let meta = SnapshotShardMeta { root_id: "root".into(), num_shards: payloads.len(), counts };
            let shard = |i: usize| Ok(payloads[i].clone());
            export_zip_with_shards(path, &json!({}), b"<schema/>", &meta, shard, 1).map_err(Failure::setup)
        }
    }
}

fn write_records(path: &Path, payloads: &[Vec<u8>]) -> mf_file::Result<()> {
    let mut writer = Writer::create(path, 0)?;
    for payload in payloads {
        writer.append(payload)?;
    }
    writer.flush()
}

fn read(container: Damaged, path: &Path) -> io::Result<Vec<Vec<u8>>> {
    match container {
        Damaged::Segments => read_segments(path).map_err(io::Error::other),
        Damaged::Records => {
            let reader = Reader::open(path).map_err(io::Error::other)?;
            Ok(reader.iter().map(<[u8]>::to_vec).collect())
        }
        Damaged::Zip => {
            let mut reader = ZipDocumentReader::new(File::open(path)?)?;
            // An import begins with these two; the decoding of shards that ends it has nothing to do with damage.
            reader.read_all("meta.json")?;
            reader.read_all("schema.xml")?;
            read_snapshot_shards(&mut reader).map(|parts| parts.1)
        }
    }
}
