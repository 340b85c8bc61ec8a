//! Loro: all edits in one commit.

use ::loro::{ExportMode, LoroDoc};

use super::{Edit, Engine, Transaction};
use crate::replicas::{Replica, replay};

impl Engine for LoroDoc {
    fn new(agent: u64) -> Self {
        let document = LoroDoc::new();
        document.set_peer_id(agent).expect("nothing was done yet");
        document
    }
    fn edit(&mut self, edits: &[Edit]) {
        let text = self.get_text("text");
        for Edit(position, deleted, inserted) in edits {
            if *deleted > 0 {
                text.delete(*position, *deleted).expect("the edit fits");
            }
            if !inserted.is_empty() {
                text.insert(*position, inserted).expect("the edit fits");
            }
        }
        self.commit();
    }
    fn text(&self) -> String {
        self.get_text("text").to_string()
    }
    fn save(&mut self) -> Vec<u8> {
        self.export(ExportMode::Snapshot).expect("a document can be stored")
    }
    fn load(bytes: &[u8]) -> Self {
        LoroDoc::from_snapshot(bytes).expect("the snapshot is its own")
    }
    fn changes(&mut self) -> Vec<u8> {
        self.export(ExportMode::all_updates()).expect("changes can be stored")
    }
    fn take_in(changes: &[u8]) -> Self {
        let mut document = <Self as Engine>::new(0);
        document.learn(changes);
        document
    }
    fn replay(transactions: &[Transaction]) -> Self {
        replay(transactions)
    }
}

impl Replica for LoroDoc {
    fn tell(&mut self, edits: &[Edit]) -> Vec<u8> {
        let before = self.oplog_vv();
        self.edit(edits);
        self.export(ExportMode::updates(&before)).expect("changes can be stored")
    }
    fn learn(&mut self, update: &[u8]) {
        self.import(update).expect("the update is its own");
    }
}
