//! The outer form of a `perf.data` file, checked before the reader sees it.
//!
//! `linux-perf-data` trusts counts and sizes in the file and reserves memory for them, which a
//! damaged file turns into an abort of the whole process. So every section and record is proved to
//! lie inside the file first, and the feature sections, which nothing here needs, are hidden.

use crate::error::FoldError;
use linux_perf_data::PerfFileReader;
use memmap2::{MmapMut, MmapOptions};
use std::fs::File;
use std::io::Cursor;
use std::ops::Range;
use std::path::Path;

const HEADER_SIZE: u64 = 104;
const ATTRIBUTE_MINIMUM: u64 = 64;
const RECORD_HEADER: u64 = 8;
/// `PERF_RECORD_AUXTRACE`: its data follow outside the record, so that sizes cannot be followed.
const AUXTRACE: u32 = 71;
/// `PERF_RECORD_MMAP2`, with the flag that it carries a build id and the longest one there is.
const MMAP2: u32 = 10;
const MISC_BUILD_ID: u16 = 1 << 14;
const BUILD_ID_LENGTH_AT: u64 = 32;
const BUILD_ID_MAXIMUM: u8 = 20;

/// A recording whose outer form was checked.
pub(crate) struct Container(MmapMut);

impl Container {
    /// Maps and checks a file.
    pub fn open(path: &Path) -> Result<Self, FoldError> {
        let fail = |source| FoldError::Open { path: path.to_owned(), source };
        let file = File::open(path).map_err(fail)?;
        let length = file.metadata().map_err(fail)?.len();
        if length < HEADER_SIZE {
            return Err(malformed(path, "it is shorter than its header"));
        }
        // SAFETY: the mapping is private, so that nothing written here reaches the file; perf has
        // ended when a recording is read, so that nobody shortens it meanwhile.
        let mut bytes = unsafe { MmapOptions::new().map_copy(&file) }.map_err(fail)?;
        check(&bytes).map_err(|reason| malformed(path, reason))?;
        // Neither the obsolete event types nor the feature sections are wanted.
        bytes[56..104].fill(0);
        Ok(Self(bytes))
    }

    /// A reader from the start of the file.
    pub fn reader(&self, path: &Path) -> Result<PerfFileReader<Cursor<&[u8]>>, FoldError> {
        PerfFileReader::parse_file(Cursor::new(&self.0[..])).map_err(|error| malformed(path, error.to_string()))
    }
}

/// An error about the form of the file at `path`.
pub(crate) fn malformed(path: &Path, reason: impl Into<String>) -> FoldError {
    FoldError::Malformed { path: path.to_owned(), reason: reason.into() }
}

fn check(bytes: &[u8]) -> Result<(), &'static str> {
    if bytes.get(..8) != Some(b"PERFILE2") {
        return Err("it does not begin as a little-endian perf.data file");
    }
    let attribute_size = word(bytes, 16).unwrap_or(0);
    let attributes = section(bytes, 24).ok_or("its attributes lie outside the file")?;
    let data = section(bytes, 40).ok_or("its samples lie outside the file")?;
    if attribute_size < ATTRIBUTE_MINIMUM || attributes.end - attributes.start < attribute_size {
        return Err("it describes no event");
    }
    if data.is_empty() {
        return Err("it has no samples, because perf was stopped before it could finish");
    }
    check_records(bytes, data)
}

fn check_records(bytes: &[u8], data: Range<u64>) -> Result<(), &'static str> {
    let mut at = data.start;
    while at < data.end {
        let header = word(bytes, at).ok_or("a record lies outside the file")?;
        let (kind, misc, size) = (header as u32, (header >> 32) as u16, header >> 48);
        if size < RECORD_HEADER || size > data.end - at {
            return Err("a record has an impossible size");
        }
        if kind == AUXTRACE {
            return Err("it holds a hardware trace, which is no recording of stacks");
        }
        if kind == MMAP2
            && misc & MISC_BUILD_ID != 0
            && size > RECORD_HEADER + BUILD_ID_LENGTH_AT
            && bytes[(at + RECORD_HEADER + BUILD_ID_LENGTH_AT) as usize] > BUILD_ID_MAXIMUM
        {
            return Err("a build id has an impossible length");
        }
        at += size;
    }
    Ok(())
}

/// The section described by offset and size at `at`, if it lies inside the file.
fn section(bytes: &[u8], at: u64) -> Option<Range<u64>> {
    let start = word(bytes, at)?;
    let end = start.checked_add(word(bytes, at + 8)?)?;
    (start >= HEADER_SIZE && end <= bytes.len() as u64).then_some(start..end)
}

fn word(bytes: &[u8], at: u64) -> Option<u64> {
    let at = usize::try_from(at).ok()?;
    let word = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(word.try_into().ok()?))
}
