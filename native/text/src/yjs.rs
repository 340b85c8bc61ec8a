//! To and from Yjs, by its Rust implementation yrs.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use yrs::encoding::read::Error;
use yrs::types::Value;
use yrs::types::text::YChange;
use yrs::updates::decoder::{Decode, Decoder};
use yrs::{Doc, GetString, Map, OffsetKind, Options, ReadTxn, StateVector, Text, TextRef, Transact, Update};

use crate::error::MergeError;
use crate::yjs_decoder::CheckedDecoder;

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

/// The text with this name in the document that an update makes; that of an empty document is empty.
///
/// # Errors
/// Where the bytes are no whole update in this format, where it builds on changes that are not in it, where the document
/// has other names and not this one, and where what has this name is no text.
pub fn text_of_update(update: &[u8], name: &str, format: YjsFormat) -> Result<String, MergeError> {
    if format == YjsFormat::V1 {
        check_begin_of_v1(update)?;
    }
    // Some damaged updates make yrs panic; what it was working on is dropped.
    let read = catch_unwind(AssertUnwindSafe(|| read(update, name, format)));
    read.unwrap_or_else(|_| Err(MergeError::Yjs("it is damaged".to_owned())))
}

/// The first number of V1 says how many clients follow.
fn check_begin_of_v1(update: &[u8]) -> Result<(), MergeError> {
    let promised = crate::encoding::first_number(update).unwrap_or(0);
    // Each client takes bytes; yrs would reserve memory for all.
    if promised > update.len() as u64 {
        return Err(MergeError::Yjs(format!("it promises {promised} clients")));
    }
    // V2 begins with a zero always, and yrs would take what follows for deletions, or for nothing at all.
    if update.first() == Some(&0) && update != EMPTY_V1 {
        return Err(MergeError::YjsFormat {
            format: YjsFormat::V1,
            reason: "nobody inserts anything in it".to_owned(),
        });
    }
    Ok(())
}

fn read(update: &[u8], name: &str, format: YjsFormat) -> Result<String, MergeError> {
    let decoded = match format {
        YjsFormat::V1 => decode_whole(Ok(CheckedDecoder::v1(update)), format),
        YjsFormat::V2 => decode_whole(CheckedDecoder::v2(update), format),
    }?;
    if decoded == Update::default() {
        return Ok(String::new());
    }
    let document = Doc::new();
    let mut transaction = document.transact_mut();
    transaction.apply_update(decoded);
    let store = transaction.store();
    if store.pending_update().is_some() || store.pending_ds().is_some() {
        return Err(MergeError::YjsPending);
    }
    let text = transaction.get_text(name).ok_or_else(|| absent(&transaction, name))?;
    let found = text.get_string(&transaction);
    match other_kind(&transaction, name, &text) {
        Some(kind) if found.is_empty() => Err(MergeError::YjsKind { name: name.to_owned(), kind }),
        _ => Ok(found),
    }
}

/// What all the bytes say: those that are left over belong to an update in the other format, or to none.
fn decode_whole(decoder: Result<impl Decoder, Error>, format: YjsFormat) -> Result<Update, MergeError> {
    let unreadable = |error: Error| MergeError::Yjs(error.to_string());
    let mut decoder = decoder.map_err(unreadable)?;
    let update = Update::decode(&mut decoder).map_err(unreadable)?;
    match decoder.read_to_end().map_err(unreadable)?.len() {
        0 => Ok(update),
        left => Err(MergeError::YjsFormat { format, reason: format!("{left} bytes are left over") }),
    }
}

/// Why a document without this name is no answer.
fn absent(document: &impl ReadTxn, name: &str) -> MergeError {
    let mut names: Vec<&str> = document.root_refs().map(|(name, _)| name).collect();
    if names.is_empty() {
        return MergeError::Yjs("nothing comes of its bytes".to_owned());
    }
    names.sort_unstable();
    let more = if names.len() > LISTED_NAMES { ", …" } else { "" };
    names.truncate(LISTED_NAMES);
    MergeError::YjsName { name: name.to_owned(), names: format!("\"{}\"{more}", names.join("\", \"")) }
}

/// What a thing without letters is if it is no text. An update does not say it, but texts have no entries, and nothing that
/// counts except letters and embedded objects.
fn other_kind(document: &impl ReadTxn, name: &str, text: &TextRef) -> Option<&'static str> {
    if document.get_map(name).is_some_and(|map| map.len(document) > 0) {
        return Some("a map");
    }
    if text.len(document) == 0 {
        return None;
    }
    match text.diff(document, YChange::identity).first().map(|part| &part.insert) {
        Some(Value::Any(_)) => None,
        Some(Value::YXmlElement(_) | Value::YXmlText(_)) => Some("XML"),
        _ => Some("an array"),
    }
}

/// An update that makes a document with this text, inserted at once by `client`.
pub fn update_of_text(text: &str, name: &str, client: u64, format: YjsFormat) -> Vec<u8> {
    let options = Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(client) };
    let document = Doc::with_options(options);
    let shared = document.get_or_insert_text(name);
    let mut transaction = document.transact_mut();
    shared.insert(&mut transaction, 0, text);
    match format {
        YjsFormat::V1 => transaction.encode_state_as_update_v1(&StateVector::default()),
        YjsFormat::V2 => transaction.encode_state_as_update_v2(&StateVector::default()),
    }
}
