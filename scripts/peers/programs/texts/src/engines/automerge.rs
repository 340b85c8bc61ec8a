//! Automerge: all edits in one change.

use ::automerge::transaction::Transactable;
use ::automerge::{ActorId, AutoCommit, ObjType, ROOT, ReadDoc};

use super::{Edit, Engine, Transaction};
use crate::replicas::{Replica, replay};

/// A document and where its text is.
pub struct Document(AutoCommit, ::automerge::ObjId);

impl Engine for Document {
    fn new(agent: u64) -> Self {
        // All replicas begin with the same change, which makes the text.
        let mut document = AutoCommit::new().with_actor(ActorId::from([0; 8]));
        let text = document.put_object(ROOT, "text", ObjType::Text).expect("nothing is there yet");
        document.commit();
        document.set_actor(ActorId::from((agent + 1).to_be_bytes()));
        Self(document, text)
    }
    fn edit(&mut self, edits: &[Edit]) {
        for Edit(position, deleted, inserted) in edits {
            self.0.splice_text(&self.1, *position, *deleted as isize, inserted).expect("the edit fits");
        }
        self.0.commit();
    }
    fn text(&self) -> String {
        self.0.text(&self.1).expect("the text is there")
    }
    fn save(&mut self) -> Vec<u8> {
        self.0.save()
    }
    fn load(bytes: &[u8]) -> Self {
        let document = AutoCommit::load(bytes).expect("the document is its own");
        let (_, text) = document.get(ROOT, "text").expect("the root is a map").expect("the text is there");
        Self(document, text)
    }
    // There is one format, in which columns are compressed.
    fn changes(&mut self) -> Vec<u8> {
        self.save()
    }
    fn take_in(changes: &[u8]) -> Self {
        Self::load(changes)
    }
    fn replay(transactions: &[Transaction]) -> Self {
        replay(transactions)
    }
}

impl Replica for Document {
    fn tell(&mut self, edits: &[Edit]) -> Vec<u8> {
        let before = self.0.get_heads();
        self.edit(edits);
        self.0.save_after(&before)
    }
    fn learn(&mut self, update: &[u8]) {
        self.0.load_incremental(update).expect("the update is its own");
    }
}
