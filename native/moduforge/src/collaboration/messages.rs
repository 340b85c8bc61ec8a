//! Numbered messages, so that each arrival says which message it is.

use mf_collab_client::yrs::sync::awareness::AwarenessUpdateEntry;
use mf_collab_client::yrs::sync::{AwarenessUpdate, Message, SyncMessage};
use mf_collab_client::yrs::updates::encoder::Encode;
use mf_collab_client::yrs::{Any, Doc, Map, MapRef, ReadTxn, Transact, Value};

const MARK: &[u8] = b"number:";
const DIGITS: usize = 12;
/// The map that users write into, each under a key of its own.
const MAP: &str = "edits";

/// What users send.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A change of the document.
    Edit,
    /// A change of the user's awareness state, such as a moved cursor.
    Awareness,
}

/// The document of one user, who overwrites one entry: the documents stay as small as they are.
pub struct Author {
    user: usize,
    map: MapRef,
    doc: Doc,
    clock: u32,
}

impl Author {
    pub fn new(user: usize) -> Self {
        let doc = Doc::with_client_id(client_id(user));
        let map = doc.get_or_insert_map(MAP);
        Self { user, map, doc, clock: 0 }
    }

    /// The message with this number, which follows on this author's message before.
    pub fn write(&mut self, kind: Kind, number: u64) -> Vec<u8> {
        let text = text(number);
        let message = match kind {
            Kind::Edit => {
                let mut change = self.doc.transact_mut();
                self.map.insert(&mut change, key(self.user), text);
                Message::Sync(SyncMessage::Update(change.encode_update_v1()))
            }
            Kind::Awareness => {
                self.clock += 1;
                Message::Awareness(presence(client_id(self.user), self.clock, format!("\"{text}\"")))
            }
        };
        message.encode_v1()
    }
}

/// The awareness state of one client.
pub fn presence(client: u64, clock: u32, json: String) -> AwarenessUpdate {
    AwarenessUpdate { clients: [(client, AwarenessUpdateEntry { clock, json })].into() }
}

/// The identity under which a user writes; 0 would be no client.
pub fn client_id(user: usize) -> u64 {
    user as u64 + 1
}

/// The number of the message that this user has written last into a document, if the document has it.
pub fn last_edit(doc: &Doc, user: usize) -> Option<u64> {
    let view = doc.transact();
    match view.get_map(MAP)?.get(&view, &key(user))? {
        Value::Any(Any::String(text)) => number(text.as_bytes()),
        _ => None,
    }
}

/// The number of a message, found in what it carries: the server encodes messages anew.
pub fn number_of(message: &Message) -> Option<u64> {
    match message {
        Message::Sync(SyncMessage::Update(bytes)) => number(bytes),
        Message::Awareness(update) => update.clients.values().find_map(|entry| number(entry.json.as_bytes())),
        _ => None,
    }
}

fn text(number: u64) -> String {
    format!("number:{number:012}")
}

fn key(user: usize) -> String {
    format!("user{user}")
}

fn number(bytes: &[u8]) -> Option<u64> {
    let start = bytes.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    std::str::from_utf8(bytes.get(start..start + DIGITS)?).ok()?.parse().ok()
}
