//! Documents of records: what the workloads write and read.

use std::io;
use std::iter;

use forgebench_measure::Failure;
use mf_file::SnapshotFormat;
use mf_file::zipdoc::SnapshotShardMeta;
use serde::{Deserialize, Serialize};

/// Parts of a document; each is one entry of a container.
pub const SHARDS: usize = 8;
/// The words of all texts.
const VOCABULARY: u64 = 1_000;
/// Words of a text: about 180 characters, so that a record is about a quarter of a kilobyte as JSON.
const WORDS: usize = 24;
/// zstd's lowest level, which the crate cannot do without.
pub const FASTEST: i32 = 1;
/// Relative difference that reading a number from JSON makes at most: `serde_json` may miss by the last bit.
const LAST_BIT: f64 = 4.0 * f64::EPSILON;

/// A record, as a node of a document is: names, numbers, and text that compresses threefold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    id: String,
    kind: String,
    order: u64,
    weight: f64,
    text: String,
}

/// Which format.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `serde_json`.
    Json,
    /// `serde_cbor`.
    Cbor,
    /// `rmp-serde`.
    MsgPack,
}

impl From<Format> for SnapshotFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Cbor => Self::Cbor,
            Format::MsgPack => Self::MsgPack,
        }
    }
}

/// Records in their shards.
pub struct Document {
    pub shards: Vec<Vec<Record>>,
    /// Bytes of all shards as JSON, the measure by which formats are compared.
    pub json_bytes: u64,
}

impl Document {
    /// A document of so many records.
    pub fn of_records(records: usize) -> Result<Self, Failure> {
        let mut random = Random(1);
        let records: Vec<Record> = (0..records as u64).map(|order| record(order, &mut random)).collect();
        Self::new(&records)
    }

    /// A document of so many millions of bytes as JSON, to a record.
    pub fn of_megabytes(megabytes: u64) -> Result<Self, Failure> {
        let mut random = Random(1);
        let (mut bytes, mut records) = (0, Vec::new());
        while bytes < megabytes * 1_000_000 {
            let next = record(records.len() as u64, &mut random);
            bytes += serde_json::to_vec(&next).map_err(Failure::setup)?.len() as u64 + 1;
            records.push(next);
        }
        Self::new(&records)
    }

    fn new(records: &[Record]) -> Result<Self, Failure> {
        let size = records.len().div_ceil(SHARDS).max(1);
        let mut shards: Vec<Vec<Record>> = records.chunks(size).map(<[Record]>::to_vec).collect();
        shards.resize_with(SHARDS, Vec::new);
        let sizes = shards.iter().map(|shard| Ok(serde_json::to_vec(shard)?.len() as u64));
        let json_bytes = sizes.sum::<serde_json::Result<u64>>().map_err(Failure::setup)?;
        Ok(Self { shards, json_bytes })
    }

    /// What the crate writes beside the shards.
    pub fn meta(&self) -> SnapshotShardMeta {
        let counts = self.shards.iter().map(Vec::len).collect();
        SnapshotShardMeta { root_id: "root".into(), num_shards: self.shards.len(), counts }
    }

    /// Shard number `i`, in the shape in which the crate asks for it.
    #[expect(clippy::unnecessary_wraps, reason = "the crate asks for a Result")]
    pub fn shard(&self, i: usize) -> io::Result<&Vec<Record>> {
        Ok(&self.shards[i])
    }

    /// These shards hold the same records; a number may differ in its last bit.
    pub fn compare(&self, shards: &[Vec<Record>]) -> Result<(), Failure> {
        let sizes = |shards: &[Vec<Record>]| shards.iter().map(Vec::len).collect::<Vec<_>>();
        Failure::unless_equal("records of each shard", sizes(shards), sizes(&self.shards))?;
        for (seen, expected) in iter::zip(shards.concat(), self.shards.concat()) {
            let off = (seen.weight - expected.weight).abs();
            let seen =
                if off <= expected.weight * LAST_BIT { Record { weight: expected.weight, ..seen } } else { seen };
            Failure::unless_equal("record", seen, expected)?;
        }
        Ok(())
    }

    /// Records with a number that is no longer bit by bit what it was.
    pub fn changed_numbers(&self, shards: &[Vec<Record>]) -> usize {
        let pairs = iter::zip(shards.iter().flatten(), self.shards.iter().flatten());
        pairs.filter(|(seen, expected)| seen.weight.to_bits() != expected.weight.to_bits()).count()
    }
}

fn record(order: u64, random: &mut Random) -> Record {
    let words: Vec<String> = (0..WORDS).map(|_| random.word()).collect();
    Record {
        id: format!("{:016x}", random.next()),
        kind: "paragraph".into(),
        order,
        weight: random.next() as f64 / u64::MAX as f64,
        text: words.join(" "),
    }
}

/// `SplitMix64` (Steele et al., 2014): the same documents on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A word of the vocabulary, low numbers far more often, as in a language.
    fn word(&mut self) -> String {
        let uniform = self.next() as f64 / u64::MAX as f64;
        let mut number = (uniform.powi(4) * VOCABULARY as f64) as u64 + 30;
        let mut word = String::new();
        while number > 0 {
            word.push(b"bdfgklmnprstvz"[(number % 14) as usize].into());
            word.push(b"aeiou"[(number % 5) as usize].into());
            number /= 14;
        }
        word
    }
}
