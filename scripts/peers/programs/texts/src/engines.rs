//! What all engines do, so that each is asked the same.

pub mod automerge;
pub mod diamond;
pub mod loro;
pub mod yrs;

use serde::Deserialize;

/// Where, how many characters go, and what comes. All engines but yrs count characters, yrs bytes: its texts have to be ASCII.
#[derive(Deserialize)]
pub struct Edit(pub usize, pub usize, pub String);

/// Edits of one agent who knew what `parents` and their parents had done.
#[derive(Deserialize)]
pub struct Transaction {
    pub agent: String,
    pub parents: Vec<usize>,
    pub patches: Vec<Edit>,
}

/// A document of one engine, which keeps all history.
pub trait Engine: Sized {
    /// Of several agents those with the lower numbers come first where they insert at the same place.
    fn new(agent: u64) -> Self;
    /// All of them, in the way that is the engine's quickest.
    fn edit(&mut self, edits: &[Edit]);
    fn text(&self) -> String;
    /// Text and history, as they go to the disk or to somebody who is new.
    fn save(&mut self) -> Vec<u8>;
    fn load(bytes: &[u8]) -> Self;
    /// All changes alone, which somebody has to replay who takes them in.
    fn changes(&mut self) -> Vec<u8>;
    fn take_in(changes: &[u8]) -> Self;
    /// The document that a recorded history comes to.
    fn replay(transactions: &[Transaction]) -> Self;
}
