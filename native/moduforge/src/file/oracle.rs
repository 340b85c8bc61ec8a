//! What a file holds, by the libraries of its formats and without the crate under test.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use forgebench_measure::Failure;
use serde::de::DeserializeOwned;
use zip::ZipArchive;

use super::document::{Format, Record, SHARDS};

/// The length and the checksum before each record.
const RECORD_HEAD: usize = 8;
/// The magic number and what is reserved.
const FILE_HEAD: usize = 16;

/// The shards of a zip archive of records.
pub fn zipped_shards(archive: &[u8], format: Format) -> Result<Vec<Vec<Record>>, Failure> {
    zipped(archive, SHARDS, format)
}

/// The shards of a zip archive, whatever they hold.
pub fn zipped<T: DeserializeOwned>(archive: &[u8], shards: usize, format: Format) -> Result<Vec<T>, Failure> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(wrong)?;
    (0..shards)
        .map(|i| {
            let mut compressed = Vec::new();
            let mut entry = archive.by_name(&format!("snapshot/shard-{i:03}.bin.zst")).map_err(wrong)?;
            entry.read_to_end(&mut compressed).map_err(wrong)?;
            decode(&zstd::decode_all(&compressed[..]).map_err(wrong)?, format)
        })
        .collect()
}

fn decode<T: DeserializeOwned>(bytes: &[u8], format: Format) -> Result<T, Failure> {
    match format {
        Format::Json => serde_json::from_slice(bytes).map_err(wrong),
        Format::Cbor => serde_cbor::from_slice(bytes).map_err(wrong),
        Format::MsgPack => rmp_serde::from_slice(bytes).map_err(wrong),
    }
}

/// The payloads of the records of a file of segments, its directory left out.
pub fn segments(path: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let bytes = fs::read(path).map_err(wrong)?;
    Failure::unless_equal("magic number", &bytes[..8], b"MFFILE01".as_slice())?;
    // The last 16 bytes say where the directory begins, which is the record after the last segment.
    let directory = u64::from_le_bytes(bytes[bytes.len() - 8..].try_into().map_err(wrong)?) as usize;
    let (mut at, mut payloads) = (FILE_HEAD, Vec::new());
    while at < directory {
        let length = u32::from_le_bytes(bytes[at..at + 4].try_into().map_err(wrong)?) as usize;
        payloads.push(bytes[at + RECORD_HEAD..at + RECORD_HEAD + length].to_vec());
        at += RECORD_HEAD + length;
    }
    Ok(payloads)
}

fn wrong(error: impl std::fmt::Display) -> Failure {
    Failure::WrongAnswer(error.to_string())
}
