//! Updates as whole documents.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use forgebench_replica::Reader;
use yrs::encoding::read::Error;
use yrs::updates::decoder::{Decode, Decoder};
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, TransactionMut, Update};

use crate::decoder::CheckedDecoder;
use crate::error::YjsError;

/// What Yjs writes of an empty document in V1: no client has changes, and none has deletions.
const EMPTY_V1: [u8; 2] = [0, 0];

/// Names that an error lists at most: a document may have any number of them.
const LISTED_NAMES: usize = 8;

/// Which of Yjs's two formats an update has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YjsFormat {
    /// What `encodeStateAsUpdate` makes.
    V1,
    /// What `encodeStateAsUpdateV2` makes.
    V2,
}

impl YjsFormat {
    /// The one that an update has if it has not this one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::V1 => Self::V2,
            Self::V2 => Self::V1,
        }
    }
}

impl fmt::Display for YjsFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

/// What `find` reads in the document that an update makes; none where the document is empty.
pub(crate) fn read_update<T>(
    update: &[u8],
    format: YjsFormat,
    find: impl FnOnce(&TransactionMut<'_>) -> Result<T, YjsError>,
) -> Result<Option<T>, YjsError> {
    if format == YjsFormat::V1 {
        check_begin_of_v1(update)?;
    }
    caught(|| read(update, format, find))
}

/// Some damaged updates make yrs panic; what it was working on is dropped.
fn caught<T>(work: impl FnOnce() -> Result<T, YjsError>) -> Result<T, YjsError> {
    let done = catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(YjsError::Damaged("it is damaged".to_owned())))
}

/// The update of a document that `fill` fills for `client`.
pub(crate) fn write_update<T>(
    client: u64,
    format: YjsFormat,
    fill: impl FnOnce(&Doc) -> Result<T, YjsError>,
) -> Result<Vec<u8>, YjsError> {
    let options = Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(client) };
    let document = Doc::with_options(options);
    let _ = fill(&document)?;
    let transaction = document.transact();
    Ok(match format {
        YjsFormat::V1 => transaction.encode_state_as_update_v1(&StateVector::default()),
        YjsFormat::V2 => transaction.encode_state_as_update_v2(&StateVector::default()),
    })
}

/// The number at the begin of bytes; Yjs writes numbers as forgebench does.
pub(crate) fn first_number(bytes: &[u8]) -> Option<u64> {
    Reader::new(bytes, "number").number().ok()
}

/// The first number of V1 says how many clients follow.
fn check_begin_of_v1(update: &[u8]) -> Result<(), YjsError> {
    let promised = first_number(update).unwrap_or(0);
    // Each client takes bytes; yrs would reserve memory for all.
    if promised > update.len() as u64 {
        return Err(YjsError::Damaged(format!("it promises {promised} clients")));
    }
    // V2 begins with a zero always, and yrs would take what follows for deletions, or for nothing at all.
    if update.first() == Some(&0) && update != EMPTY_V1 {
        return Err(YjsError::Format { format: YjsFormat::V1, reason: "nobody inserts anything in it".to_owned() });
    }
    Ok(())
}

fn read<T>(
    update: &[u8],
    format: YjsFormat,
    find: impl FnOnce(&TransactionMut<'_>) -> Result<T, YjsError>,
) -> Result<Option<T>, YjsError> {
    let decoded = match format {
        YjsFormat::V1 => decode_whole(Ok(CheckedDecoder::v1(update)), format),
        YjsFormat::V2 => decode_whole(CheckedDecoder::v2(update), format),
    }?;
    if decoded == Update::default() {
        return Ok(None);
    }
    let document = Doc::new();
    let mut transaction = document.transact_mut();
    let found = caught(|| find_after(&mut transaction, decoded, find));
    // It commits when it is dropped, and may panic there too: on the way from another panic that would end the process.
    caught(move || {
        drop(transaction);
        Ok(())
    })?;
    found.map(Some)
}

fn find_after<T>(
    transaction: &mut TransactionMut<'_>,
    update: Update,
    find: impl FnOnce(&TransactionMut<'_>) -> Result<T, YjsError>,
) -> Result<T, YjsError> {
    transaction.apply_update(update);
    let store = transaction.store();
    if store.pending_update().is_some() || store.pending_ds().is_some() {
        return Err(YjsError::Pending);
    }
    find(transaction)
}

/// What all the bytes say: those that are left over belong to an update in the other format, or to none.
fn decode_whole(decoder: Result<impl Decoder, Error>, format: YjsFormat) -> Result<Update, YjsError> {
    let unreadable = |error: Error| YjsError::Damaged(error.to_string());
    let mut decoder = decoder.map_err(unreadable)?;
    let update = Update::decode(&mut decoder).map_err(unreadable)?;
    match decoder.read_to_end().map_err(unreadable)?.len() {
        0 => Ok(update),
        left => Err(YjsError::Format { format, reason: format!("{left} bytes are left over") }),
    }
}

/// Why a document without `what` of this name is no answer.
pub(crate) fn absent(document: &impl ReadTxn, what: &'static str, name: &str) -> YjsError {
    let mut names: Vec<&str> = document.root_refs().map(|(name, _)| name).collect();
    if names.is_empty() {
        return YjsError::Damaged("nothing comes of its bytes".to_owned());
    }
    names.sort_unstable();
    let more = if names.len() > LISTED_NAMES { ", …" } else { "" };
    names.truncate(LISTED_NAMES);
    YjsError::Name { what, name: name.to_owned(), names: format!("\"{}\"{more}", names.join("\", \"")) }
}
