//! yrs: edits in transactions, documents as updates in Yjs's second format, nothing forgotten.

use ::yrs::block::ClientID;
use ::yrs::updates::decoder::Decode;
use ::yrs::{Doc, GetString, Options, ReadTxn, StateVector, Text, TextRef, Transact, TransactionMut, Update};

use super::{Edit, Engine, Transaction};
use crate::replicas::{Replica, replay};

/// Edits of a transaction. Each of them walks the items of the text, which typing makes one of when a transaction ends: all in
/// one take seven times as long as these, and a transaction for each edit as long.
const EDITS: usize = 100;

impl Engine for Doc {
    fn new(agent: u64) -> Self {
        Doc::with_options(Options { skip_gc: true, ..Options::with_client_id(ClientID::new(agent)) })
    }
    fn edit(&mut self, edits: &[Edit]) {
        let text = self.get_or_insert_text("text");
        for part in edits.chunks(EDITS) {
            write(&text, &mut self.transact_mut(), part);
        }
    }
    fn text(&self) -> String {
        // Recorded updates name their text as they like.
        let name = self.transact().root_refs().next().map(|(name, _)| name.to_owned());
        let text = self.get_or_insert_text(name.as_deref().unwrap_or("text"));
        text.get_string(&self.transact())
    }
    fn save(&mut self) -> Vec<u8> {
        self.transact().encode_state_as_update_v2(&StateVector::default())
    }
    fn load(bytes: &[u8]) -> Self {
        let document = <Doc as Engine>::new(0);
        let update = Update::decode_v2(bytes).expect("the update is its own");
        document.transact_mut().apply_update(update).expect("the update fits");
        document
    }
    // There is nothing but updates.
    fn changes(&mut self) -> Vec<u8> {
        self.save()
    }
    fn take_in(changes: &[u8]) -> Self {
        <Self as Engine>::load(changes)
    }
    fn replay(transactions: &[Transaction]) -> Self {
        replay(transactions)
    }
}

impl Replica for Doc {
    fn tell(&mut self, edits: &[Edit]) -> Vec<u8> {
        let text = self.get_or_insert_text("text");
        let mut transaction = self.transact_mut();
        write(&text, &mut transaction, edits);
        transaction.encode_update_v1()
    }
    fn learn(&mut self, update: &[u8]) {
        let update = Update::decode_v1(update).expect("the update is its own");
        self.transact_mut().apply_update(update).expect("the update fits");
    }
}

fn write(text: &TextRef, transaction: &mut TransactionMut, edits: &[Edit]) {
    for Edit(position, deleted, inserted) in edits {
        if *deleted > 0 {
            text.remove_range(transaction, *position as u32, *deleted as u32);
        }
        if !inserted.is_empty() {
            text.insert(transaction, *position as u32, inserted);
        }
    }
}
