//! To and from Yjs, by its Rust implementation yrs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update};

use crate::error::MergeError;

/// Which of Yjs's two formats an update has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YjsFormat {
    /// What `encodeStateAsUpdate` makes.
    V1,
    /// What `encodeStateAsUpdateV2` makes.
    V2,
}

/// The text with this name in the document that an update makes.
pub fn text_of_update(update: &[u8], name: &str, format: YjsFormat) -> Result<String, MergeError> {
    // The first number of V1 says how many clients follow, each of which takes bytes; yrs would reserve memory for all.
    let promised = crate::encoding::first_number(update).unwrap_or(0);
    if format == YjsFormat::V1 && promised > update.len() as u64 {
        return Err(MergeError::Yjs(format!("it promises {promised} clients")));
    }
    // Some damaged updates make yrs panic; what it was working on is dropped.
    let read = catch_unwind(AssertUnwindSafe(|| read(update, name, format)));
    read.unwrap_or_else(|_| Err(MergeError::Yjs("it is damaged".to_owned())))
}

fn read(update: &[u8], name: &str, format: YjsFormat) -> Result<String, MergeError> {
    let decoded = match format {
        YjsFormat::V1 => Update::decode_v1(update),
        YjsFormat::V2 => Update::decode_v2(update),
    };
    let decoded = decoded.map_err(|error| MergeError::Yjs(error.to_string()))?;
    let document = Doc::new();
    let text = document.get_or_insert_text(name);
    document.transact_mut().apply_update(decoded);
    let found = text.get_string(&document.transact());
    Ok(found)
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
