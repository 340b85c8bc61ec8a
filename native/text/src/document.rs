//! A text with its history: edited here, merged with what others did.

use forgebench_replica::Version;

use crate::encoding;
use crate::error::{EditError, MergeError};
use crate::history::History;
use crate::operations::MOST_UNITS;
use crate::replay::{Edit, edits_since};
use crate::rope::Rope;

/// Events that a document can hold.
pub const MOST_EVENTS: u64 = 1 << 31;

/// A text that several people edit at once. Positions and lengths count UTF-16 code units, as strings of JavaScript do.
///
/// Edits are only written down; the text catches up when it is read, so that typing a word is one insertion.
#[derive(Clone, Debug)]
pub struct TextDocument {
    agent: u32,
    /// Whether anything was done here, and not only merged.
    edited: bool,
    history: History,
    text: Rope<u16>,
    /// Events that the text has seen.
    seen: u32,
    /// Length of the text after all events.
    length: u32,
}

impl TextDocument {
    /// An empty document whose edits are made by `agent`. No two replicas may edit under the same name.
    pub fn new(agent: &str) -> Self {
        Self::with_history(History::default(), Rope::new(), agent)
    }

    pub(crate) fn with_history(mut history: History, text: Rope<u16>, agent: &str) -> Self {
        let agent = history.agents.number(agent);
        let (seen, length) = (history.operations.len(), text.len() as u32);
        Self { agent, edited: false, history, text, seen, length }
    }

    /// Length of the text.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// The text.
    pub fn text(&mut self) -> Vec<u16> {
        self.catch_up();
        self.text.to_vec()
    }

    /// Everything that ever happened.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Bytes of memory, without the allocator's own.
    pub fn bytes(&self) -> usize {
        self.history.bytes() + self.text.bytes() + size_of::<Self>()
    }

    /// Deletes `deleted` units at `position`, then inserts there.
    pub fn edit(&mut self, position: u32, deleted: u32, inserted: &[u16]) -> Result<(), EditError> {
        self.apply_batch(&[position], &[deleted], &[inserted.len() as u32], inserted)
    }

    /// Makes edits one after another: each deletes `deleted[i]` units at `positions[i]` and inserts the next `inserted[i]`
    /// units of `text` there. All or none are made.
    pub fn apply_batch(
        &mut self,
        positions: &[u32],
        deleted: &[u32],
        inserted: &[u32],
        text: &[u16],
    ) -> Result<(), EditError> {
        self.length = self.check(positions, deleted, inserted, text)?;
        let operations = &mut self.history.operations;
        operations.push_text(text);
        for ((&position, &deleted), &inserted) in positions.iter().zip(deleted).zip(inserted) {
            if deleted > 0 {
                operations.delete(position, deleted);
            }
            if inserted > 0 {
                operations.insert(position, inserted);
            }
        }
        self.history.attribute(self.agent);
        self.edited |= !positions.is_empty();
        Ok(())
    }

    /// The length after a batch that can be made.
    fn check(&self, positions: &[u32], deleted: &[u32], inserted: &[u32], text: &[u16]) -> Result<u32, EditError> {
        if positions.len() != deleted.len() || positions.len() != inserted.len() {
            let (positions, deleted, inserted) = (positions.len(), deleted.len(), inserted.len());
            return Err(EditError::UnequalArrays { positions, deleted, inserted });
        }
        let (mut length, mut units, mut events) = (u64::from(self.length), 0, 0);
        for (index, ((&position, &deleted), &inserted)) in positions.iter().zip(deleted).zip(inserted).enumerate() {
            if u64::from(position) + u64::from(deleted) > length {
                return Err(EditError::OutOfRange { index, position, deleted, length: length as u32 });
            }
            length = length - u64::from(deleted) + u64::from(inserted);
            units += u64::from(inserted);
            events += u64::from(deleted) + u64::from(inserted);
        }
        if units != text.len() as u64 {
            return Err(EditError::WrongText { expected: units, seen: text.len() });
        }
        let operations = &self.history.operations;
        let full = u64::from(operations.units()) + units > MOST_UNITS as u64;
        if full || u64::from(operations.len()) + events > MOST_EVENTS {
            return Err(EditError::Full);
        }
        Ok(length as u32)
    }

    /// How far this document knows each agent.
    pub fn version(&self) -> Version {
        Version::of(&self.history.agents)
    }

    /// What a document of this version lacks.
    pub fn changes_since(&self, version: &Version) -> Vec<u8> {
        encoding::encode_changes(&self.history, version)
    }

    /// Takes in what others did. Changes that are here already are passed over; all or none are taken in.
    ///
    /// An error also where another replica edited under this one's name, once this one has edited.
    pub fn merge(&mut self, changes: &[u8]) -> Result<(), MergeError> {
        self.catch_up();
        let mark = self.history.mark();
        let merged = self.merge_or_fail(changes);
        if merged.is_err() {
            self.history.truncate(&mark);
        }
        merged
    }

    fn merge_or_fail(&mut self, changes: &[u8]) -> Result<(), MergeError> {
        let own = self.history.agents.known(self.agent);
        encoding::decode_changes(&mut self.history, changes)?;
        if self.edited {
            self.history.agents.refuse_others(self.agent, own)?;
        }
        self.replay_from(self.seen)
    }

    /// Lets the text see events from here on, whoever made them. Where that fails, the text has seen none.
    pub(crate) fn replay_from(&mut self, event: u32) -> Result<(), MergeError> {
        for edit in edits_since(&self.history, event, self.text.len() as u32)? {
            edit.apply(&mut self.text, self.history.operations.text());
        }
        self.seen = self.history.operations.len();
        self.length = self.text.len() as u32;
        Ok(())
    }

    /// The text as it was at a version, which may be one that nobody ever saw.
    pub fn text_at(&self, version: &Version) -> Result<Vec<u16>, MergeError> {
        let mut past = Self::new("");
        past.merge(&encoding::encode_changes_until(&self.history, version)?)?;
        Ok(past.text())
    }

    /// Lets the text see the edits that were made here; each was made when all before were known.
    pub(crate) fn catch_up(&mut self) {
        let operations = &self.history.operations;
        for operation in operations.between(self.seen, operations.len()) {
            Edit::of(&operation).apply(&mut self.text, operations.text());
        }
        self.seen = operations.len();
    }
}
