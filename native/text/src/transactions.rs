//! Histories that were recorded elsewhere: who edited, knowing what, in columns.

use forgebench_replica::ReadError;

use crate::document::{MOST_EVENTS, TextDocument};
use crate::error::MergeError;
use crate::history::History;
use crate::operations::MOST_UNITS;
use crate::rope::Rope;

/// Transactions, each some edits by one agent who knew the transactions that are its parents, and what these knew.
///
/// Numbers count over all transactions: those of transaction 0 come first in each column.
#[derive(Clone, Copy, Debug)]
pub struct Transactions<'columns> {
    /// Names of agents. All edits of one agent must know of each other.
    pub names: &'columns [String],
    /// For each transaction the place of its agent's name.
    pub agents: &'columns [u32],
    /// For each transaction the number of its parents.
    pub parent_counts: &'columns [u32],
    /// Parents of all transactions, by number; they come before their children.
    pub parents: &'columns [u32],
    /// For each transaction the number of its edits.
    pub edit_counts: &'columns [u32],
    /// For each edit its position in the document that its author saw.
    pub positions: &'columns [u32],
    /// Units that each edit deletes there.
    pub deleted: &'columns [u32],
    /// Units that each edit inserts there.
    pub inserted: &'columns [u32],
    /// What the edits insert.
    pub text: &'columns [u16],
}

impl TextDocument {
    /// The document that a recorded history makes; edits from now on are made by `agent`.
    pub fn from_transactions(agent: &str, transactions: &Transactions<'_>) -> Result<Self, MergeError> {
        let history = transactions.history().ok_or(ReadError::Malformed {
            what: "transactions",
            reason: "their columns differ in length, or a parent does not come first",
        })?;
        let mut document = Self::with_history(history, Rope::new(), agent);
        document.replay_from(0)?;
        Ok(document)
    }
}

impl Transactions<'_> {
    fn history(&self) -> Option<History> {
        let mut history = History::default();
        self.fits().then_some(())?;
        history.operations.push_text(self.text);
        // Events without a child after each transaction, which are its parents' where it has no edit.
        let mut versions: Vec<Vec<u32>> = Vec::new();
        let (mut parent, mut edit) = (0, 0);
        for (index, &agent) in self.agents.iter().enumerate() {
            let parent_end = parent + self.parent_counts[index] as usize;
            let mut heads = Vec::new();
            for &number in self.parents.get(parent..parent_end)? {
                heads.extend_from_slice(versions.get(number as usize)?);
            }
            heads.sort_unstable();
            heads.dedup();
            let edit_end = edit + self.edit_counts[index] as usize;
            let before = history.operations.len();
            for at in edit..edit_end {
                self.add_edit(at, &mut history)?;
            }
            let len = history.operations.len() - before;
            if len > 0 {
                history.graph.push(&heads, len);
                let number = history.agents.number(self.names.get(agent as usize)?);
                history.agents.push(number, len);
                heads = vec![before + len - 1];
            }
            versions.push(heads);
            (parent, edit) = (parent_end, edit_end);
        }
        let whole = edit == self.positions.len() && history.operations.units() as usize == self.text.len();
        whole.then_some(history)
    }

    /// Whether the columns agree in length, and a history can hold them.
    fn fits(&self) -> bool {
        let (transactions, edits) = (self.agents.len(), self.positions.len());
        let sum = |column: &[u32]| column.iter().map(|&number| u64::from(number)).sum::<u64>();
        self.parent_counts.len() == transactions
            && self.edit_counts.len() == transactions
            && self.deleted.len() == edits
            && self.inserted.len() == edits
            && sum(self.edit_counts) == edits as u64
            && sum(self.parent_counts) == self.parents.len() as u64
            && sum(self.inserted) == self.text.len() as u64
            && self.text.len() <= MOST_UNITS
            && sum(self.deleted) + sum(self.inserted) < MOST_EVENTS
    }

    fn add_edit(&self, at: usize, history: &mut History) -> Option<()> {
        let (position, deleted, inserted) = (self.positions[at], self.deleted[at], self.inserted[at]);
        (u64::from(position) + u64::from(deleted) <= MOST_UNITS as u64).then_some(())?;
        if deleted > 0 {
            history.operations.delete(position, deleted);
        }
        if inserted > 0 {
            history.operations.insert(position, inserted);
        }
        Some(())
    }
}
