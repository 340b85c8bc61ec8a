//! The containers of the crate: archives of shards in a format, and files of checked segments.

use std::fs::File;
use std::io;
use std::path::Path;

use forgebench_measure::Failure;
use mf_file::{DocumentReader, DocumentWriter, SegmentType, SnapshotFormat, ZipDocumentReader};
use mf_file::{export_zip_with_format, import_zip_with_format};
use serde::Deserialize;
use serde_json::json;

use super::document::{Document, FASTEST, Format, Record};

const SCHEMA: &[u8] = b"<schema/>";
/// The kind of every segment.
const KIND: &str = "shard";

/// Which container.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// A zip archive of compressed shards.
    Zip,
    /// An append-only file of segments, each with its checksum, and a directory with the hash of all.
    Segments,
}

/// Exports a document as an archive.
pub fn export_zip(path: &Path, document: &Document, format: Format) -> io::Result<()> {
    let (meta, shard) = (document.meta(), |i| document.shard(i));
    export_zip_with_format(path, &json!({}), SCHEMA, &meta, shard, None::<&()>, None, FASTEST, format.into())
}

/// Imports all shards of an archive.
pub fn import_zip(path: &Path, format: Format) -> io::Result<Vec<Vec<Record>>> {
    import_zip_with_format::<_, _, ()>(path, format.into(), false, false).map(|parts| parts.3)
}

/// Hands the shards of an archive to `take` one after the other.
pub fn each_shard(path: &Path, format: Format, mut take: impl FnMut(Vec<Record>)) -> io::Result<()> {
    let mut reader = ZipDocumentReader::new(File::open(path)?)?;
    let taking = |_, shard| {
        take(shard);
        Ok(())
    };
    SnapshotFormat::from(format).for_each_shard(&mut reader, taking).map(drop)
}

/// Writes payloads as a file of segments.
pub fn write_segments(path: &Path, payloads: &[Vec<u8>]) -> mf_file::Result<()> {
    let mut writer = DocumentWriter::begin(path)?;
    for payload in payloads {
        writer.add_segment(SegmentType(KIND.into()), payload)?;
    }
    writer.finalize()
}

/// Reads all payloads of a file of segments.
pub fn read_segments(path: &Path) -> mf_file::Result<Vec<Vec<u8>>> {
    let mut payloads = Vec::new();
    DocumentReader::open(path)?.read_segments(SegmentType(KIND.into()), |_, payload| {
        payloads.push(payload.to_vec());
        Ok(())
    })?;
    Ok(payloads)
}

/// The shards of a document as JSON, for containers that take bytes alone.
pub fn payloads(document: &Document) -> Result<Vec<Vec<u8>>, Failure> {
    document.shards.iter().map(|shard| serde_json::to_vec(shard).map_err(Failure::setup)).collect()
}
