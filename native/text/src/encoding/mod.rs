//! What leaves the process: versions, changes for other replicas, snapshots for disks.
//!
//! Everything begins with `FBT`, a letter for what it is and the number of the format. Numbers are LEB128. What is decoded may
//! come from anybody: it is checked before it is believed, and memory grows with the bytes that are there, not with what
//! they promise.

mod block;
mod changes;
mod columns;
mod number;
mod snapshot;
mod units;
mod version;

pub use changes::{decode_changes, encode_changes, encode_changes_until};
pub use snapshot::{Snapshot, encode_snapshot};
pub use version::Version;

use crate::error::MergeError;
use number::Reader;

/// Number of the format.
const FORMAT: u8 = 1;

/// The first bytes of something.
fn begin(letter: u8) -> Vec<u8> {
    vec![b'F', b'B', b'T', letter, FORMAT]
}

/// What follows the first bytes.
fn after_begin<'bytes>(bytes: &'bytes [u8], letter: u8, what: &'static str) -> Result<Reader<'bytes>, MergeError> {
    let rest = bytes.strip_prefix(begin(letter).as_slice()).ok_or(MergeError::Unknown(what))?;
    Ok(Reader::new(rest, what))
}

/// The number at the begin of bytes that are not ours; Yjs writes numbers as we do.
pub fn first_number(bytes: &[u8]) -> Option<u64> {
    Reader::new(bytes, "number").number().ok()
}
