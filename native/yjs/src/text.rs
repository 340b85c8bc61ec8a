//! Texts of Yjs, without their formatting.

use yrs::types::Value;
use yrs::types::text::YChange;
use yrs::{GetString, Map, ReadTxn, Text, TextRef, Transact};

use crate::error::YjsError;
use crate::update::{YjsFormat, absent, read_update, write_update};

const WHAT: &str = "text";

/// The text with this name in the document that an update makes; that of an empty document is empty.
///
/// # Errors
/// Where the bytes are no whole update in this format, where it builds on changes that are not in it, where the document
/// has other names and not this one, and where what has this name is no text.
pub fn text_of_update(update: &[u8], name: &str, format: YjsFormat) -> Result<String, YjsError> {
    let text = read_update(update, format, |document| {
        let text = document.get_text(name).ok_or_else(|| absent(document, WHAT, name))?;
        let found = text.get_string(document);
        match other_kind(document, name, &text) {
            Some(kind) if found.is_empty() => Err(YjsError::Kind { what: WHAT, name: name.to_owned(), kind }),
            _ => Ok(found),
        }
    })?;
    Ok(text.unwrap_or_default())
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
    let update = write_update(client, format, |document| {
        let shared = document.get_or_insert_text(name);
        shared.insert(&mut document.transact_mut(), 0, text);
        Ok(())
    });
    // Nothing in it can fail.
    update.unwrap_or_default()
}
