//! `collaboration/crdt-merge`: what two users wrote into one text at the same time is merged in a room's document.

use std::collections::VecDeque;

use forgebench_measure::{Failure, Workload};
use mf_collab_client::yrs::{Doc, GetString, ReadTxn, StateVector, Text, Transact};
use serde::Deserialize;

use super::rooms::{OfflineRoom, Rooms, apply, unless_same_text};

const TEXT: &str = "text";
/// The text that both start from.
const BASE: usize = 500;
const BASE_CHARACTER: char = '.';
/// Edits lie in the first so many characters: a document finds a place by walking to it from the start.
const REACH: usize = 500;
/// One edit in ten takes a character of one's own away.
const DELETIONS: u64 = 10;
/// The characters that each side writes, in turn; neither writes the other's.
const ALPHABETS: [(u64, &str); 2] = [(2, "abcdefghijklm"), (3, "nopqrstuvwxyz")];

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Edits of each side.
    edits: usize,
}

/// One side: a document, and the same text as a plain list of characters that knows nothing of documents.
struct Side {
    alphabet: Vec<char>,
    doc: Doc,
    text: VecDeque<char>,
}

/// The workload.
pub struct CrdtMerge {
    rooms: Rooms,
    base: Vec<u8>,
    sides: Vec<Side>,
    updates: Vec<Vec<u8>>,
}

/// Numbers that are the same in every launch (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

impl Side {
    fn new(client: u64, alphabet: &str, base: &[u8]) -> Self {
        let doc = Doc::with_client_id(client);
        apply(&doc, base);
        Self { alphabet: alphabet.chars().collect(), doc, text: std::iter::repeat_n(BASE_CHARACTER, BASE).collect() }
    }

    /// Makes the edits and returns them as one update.
    fn edit(&mut self, edits: usize, base: &StateVector) -> Vec<u8> {
        let text = self.doc.get_or_insert_text(TEXT);
        let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ self.doc.client_id());
        for k in 0..edits {
            let at = random.below(REACH.min(self.text.len()));
            let mut change = self.doc.transact_mut();
            if random.below(DELETIONS as usize) == 0 && self.alphabet.contains(&self.text[at]) {
                self.text.remove(at);
                text.remove_range(&mut change, at as u32, 1);
            } else {
                let character = self.alphabet[k % self.alphabet.len()];
                self.text.insert(at, character);
                text.insert(&mut change, at as u32, &character.to_string());
            }
        }
        self.doc.transact().encode_diff_v1(base)
    }
}

impl Workload for CrdtMerge {
    const ID: &'static str = "collaboration/crdt-merge";
    const HELD: usize = 1;
    type Params = Params;
    type Input = OfflineRoom;
    type Output = OfflineRoom;

    fn new(Params { edits }: Params) -> Result<Self, Failure> {
        let doc = Doc::with_client_id(1);
        let text = doc.get_or_insert_text(TEXT);
        text.insert(&mut doc.transact_mut(), 0, &BASE_CHARACTER.to_string().repeat(BASE));
        let base = doc.transact().encode_diff_v1(&StateVector::default());
        let start = doc.transact().state_vector();
        let side = |(client, alphabet)| Side::new(client, alphabet, &base);
        let mut sides: Vec<Side> = ALPHABETS.into_iter().map(side).collect();
        let updates = sides.iter_mut().map(|side| side.edit(edits, &start)).collect();
        Ok(Self { rooms: Rooms::default(), base, sides, updates })
    }

    fn input(&mut self) -> OfflineRoom {
        let room = self.rooms.open();
        room.merge(std::slice::from_ref(&self.base));
        room
    }

    fn run(&mut self, room: OfflineRoom) -> OfflineRoom {
        room.merge(&self.updates);
        room
    }

    /// Without what the other side wrote, the merged text is each side's plain list; and each side, once it has the
    /// other's edits, has the room's text.
    fn verify(&mut self, room: OfflineRoom) -> Result<(), Failure> {
        let merged: Vec<char> = text_of(room.awareness.blocking_read().doc()).chars().collect();
        for (k, side) in self.sides.iter().enumerate() {
            let other = &self.sides[1 - k];
            let seen: Vec<char> = merged.iter().copied().filter(|c| !other.alphabet.contains(c)).collect();
            let expected: Vec<char> = side.text.iter().copied().collect();
            unless_same_text("what a side wrote", &seen, &expected)?;
            apply(&side.doc, &self.updates[1 - k]);
            unless_same_text("a side's text", &text_of(&side.doc).chars().collect::<Vec<_>>(), &merged)?;
        }
        Ok(())
    }
}

fn text_of(doc: &Doc) -> String {
    let text = doc.get_or_insert_text(TEXT);
    text.get_string(&doc.transact())
}
