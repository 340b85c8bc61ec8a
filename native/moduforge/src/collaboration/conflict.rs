//! `collaboration/conflict`: writers who changed the same places meet in a room and leave it agreed.

use forgebench_measure::{Failure, Workload};
use mf_collab_client::yrs::updates::decoder::Decode;
use mf_collab_client::yrs::updates::encoder::Encode;
use mf_collab_client::yrs::{Any, Doc, GetString, Map, ReadTxn, StateVector, Text, Transact, Value};
use serde::Deserialize;

use super::messages::client_id;
use super::rooms::{OfflineRoom, Rooms, apply};

const MAP: &str = "settings";
const TEXT: &str = "text";
/// Keys that every writer writes.
const KEYS: usize = 10;
/// Edits of each writer of either kind.
const EDITS: usize = 50;
const END: char = ';';

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    writers: usize,
}

/// The workload.
pub struct Conflict {
    rooms: Rooms,
    /// What each writer wrote while alone.
    updates: Vec<Vec<u8>>,
}

/// A room and its writers.
pub struct Meeting {
    room: OfflineRoom,
    writers: Vec<Doc>,
}

/// What a writer calls its edit number `k`; also the value that it gives to a key.
fn name(writer: usize, k: usize) -> String {
    format!("{writer}:{k}")
}

/// Writes the same keys and the same place of the same text as every other writer.
fn write_alone(writer: usize) -> Vec<u8> {
    let doc = Doc::with_client_id(client_id(writer));
    let (map, text) = (doc.get_or_insert_map(MAP), doc.get_or_insert_text(TEXT));
    for k in 0..EDITS {
        let mut change = doc.transact_mut();
        map.insert(&mut change, format!("key{}", k % KEYS), name(writer, k));
        text.insert(&mut change, 0, &format!("{}{END}", name(writer, k)));
    }
    doc.transact().encode_diff_v1(&StateVector::default())
}

impl Workload for Conflict {
    const ID: &'static str = "collaboration/conflict";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Meeting;
    type Output = Meeting;

    fn new(Params { writers }: Params) -> Result<Self, Failure> {
        Ok(Self { rooms: Rooms::default(), updates: (0..writers).map(write_alone).collect() })
    }

    fn input(&mut self) -> Meeting {
        let writer = |(writer, update): (usize, &Vec<u8>)| {
            let doc = Doc::with_client_id(client_id(writer));
            apply(&doc, update);
            doc
        };
        Meeting { room: self.rooms.open(), writers: self.updates.iter().enumerate().map(writer).collect() }
    }

    /// The exchange of the synchronisation protocol: what one has, what the other lacks.
    fn run(&mut self, meeting: Meeting) -> Meeting {
        meeting.room.merge(&self.updates);
        for writer in &meeting.writers {
            let known = writer.transact().state_vector().encode_v1();
            let known = StateVector::decode_v1(&known).expect("a state vector was encoded");
            let missing = meeting.room.awareness.blocking_read().doc().transact().encode_diff_v1(&known);
            apply(writer, &missing);
        }
        meeting
    }

    /// Everybody reads the same. Each key has what some writer gave it last, and each writer's text is there whole and
    /// in the order in which it was written.
    fn verify(&mut self, meeting: Meeting) -> Result<(), Failure> {
        let room = meeting.room.awareness.blocking_read();
        let agreed = read(room.doc());
        for writer in &meeting.writers {
            Failure::unless_equal("a writer agrees with the room", read(writer) == agreed, true)?;
        }
        let (keys, text) = agreed;
        for (key, value) in keys.iter().enumerate() {
            let last = EDITS - KEYS + key;
            let written = (0..meeting.writers.len()).any(|writer| *value == name(writer, last));
            Failure::unless_equal("a key has a writer's last value", written, true)?;
        }
        let edits: Vec<&str> = text.split_terminator(END).collect();
        Failure::unless_equal("edits in the text", edits.len(), EDITS * meeting.writers.len())?;
        for writer in 0..meeting.writers.len() {
            let own = format!("{writer}:");
            let seen: Vec<&str> = edits.iter().copied().filter(|edit| edit.starts_with(&own)).collect();
            // Every edit went to the start of the text, so that the last comes first.
            let expected: Vec<String> = (0..EDITS).rev().map(|k| name(writer, k)).collect();
            Failure::unless_equal("a writer's text", seen == expected, true)?;
        }
        Ok(())
    }
}

fn read(doc: &Doc) -> (Vec<String>, String) {
    let (map, text) = (doc.get_or_insert_map(MAP), doc.get_or_insert_text(TEXT));
    let view = doc.transact();
    let value = |key| match map.get(&view, &format!("key{key}")) {
        Some(Value::Any(Any::String(value))) => value.to_string(),
        other => format!("{other:?}"),
    };
    ((0..KEYS).map(value).collect(), text.get_string(&view))
}
