//! `file/concurrent-read`: many readers of one file at once.

use std::path::Path;
use std::thread;

use forgebench_measure::{Failure, Workload};
use serde::Deserialize;

use super::containers::{payloads, read_segments, write_segments};
use super::document::Document;
use super::{FilePath, Folder};

/// A file that one reader reads in a few milliseconds: starting the threads is then below 2 %.
const MEGABYTES: u64 = 8;
/// Passes over the file of an iteration, over all readers.
const PASSES: usize = 16;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Readers at once; divides 16.
    threads: usize,
}

/// The workload.
pub struct ConcurrentRead {
    threads: usize,
    payloads: Vec<Vec<u8>>,
    path: FilePath,
    /// Removed after the file in it.
    _folder: Folder,
}

impl Workload for ConcurrentRead {
    const ID: &'static str = "file/concurrent-read";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    /// What each reader read last.
    type Output = Vec<Vec<Vec<u8>>>;

    fn new(params: Params) -> Result<Self, Failure> {
        let payloads = payloads(&Document::of_megabytes(MEGABYTES)?)?;
        let mut folder = Folder::new().map_err(Failure::setup)?;
        let path = folder.fresh();
        write_segments(&path.0, &payloads).map_err(Failure::setup)?;
        Ok(Self { threads: params.threads, payloads, path, _folder: folder })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Vec<Vec<u8>>> {
        let (path, passes) = (&self.path.0, PASSES / self.threads);
        thread::scope(|scope| {
            let readers: Vec<_> = (0..self.threads).map(|_| scope.spawn(|| read_often(path, passes))).collect();
            readers.into_iter().map(|reader| reader.join().expect("readers do not panic")).collect()
        })
    }

    fn verify(&mut self, read: Vec<Vec<Vec<u8>>>) -> Result<(), Failure> {
        Failure::unless_equal("readers", read.len(), self.threads)?;
        let right = read.iter().all(|payloads| *payloads == self.payloads);
        Failure::unless_equal("each reader has read what was written", right, true)
    }

    fn operations(&self) -> u64 {
        PASSES as u64
    }
}

/// Opens the file, which checks all of it, and reads all segments, so many times.
fn read_often(path: &Path, passes: usize) -> Vec<Vec<u8>> {
    let mut payloads = Vec::new();
    for _ in 0..passes {
        payloads = read_segments(path).expect("the file is intact");
    }
    payloads
}
