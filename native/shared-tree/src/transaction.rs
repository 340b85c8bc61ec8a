//! Changes made here, noted as they are done.

use forgebench_tree::{Batch, BatchError, Name, NodeId, Operation, Transaction, Tree, TreeError};

use crate::document::SharedTree;

/// A transaction of a [`SharedTree`], to be given to [`SharedTree::commit`] or dropped.
#[derive(Debug)]
pub struct SharedTransaction {
    edits: Transaction,
    /// What was done, and for a place among siblings who stands before it.
    pub(crate) steps: Vec<(Operation, Option<NodeId>)>,
    /// Events that the document had when it began.
    pub(crate) base: u32,
}

impl SharedTransaction {
    pub(crate) fn new(document: &SharedTree, base: u32) -> Self {
        Self { edits: document.tree().begin(), steps: Vec::new(), base }
    }

    /// What the transaction has made so far.
    pub fn tree(&self) -> &Tree {
        self.edits.tree()
    }

    /// The name with this text.
    pub fn name(&self, text: &str) -> Name {
        self.edits.name(text)
    }

    /// The id that the next node has to have.
    pub fn next_id(&self) -> Result<NodeId, TreeError> {
        NodeId::new(self.tree().next_number()).ok_or(TreeError::NoIdsLeft)
    }

    /// Does one step; one that fails changes nothing. Nodes get ids in order, or come back under theirs.
    pub fn apply(&mut self, operation: Operation) -> Result<(), TreeError> {
        if let Operation::Create { node, .. } = operation {
            let next = self.tree().next_number();
            if next != 0 && node.number() > next {
                return Err(TreeError::IdBeyond { node, next });
            }
        }
        self.edits.apply(operation.clone())?;
        let left = match operation {
            Operation::Insert { parent, index, .. } | Operation::Move { parent, index, .. } => {
                self.before(parent, index)?
            }
            _ => None,
        };
        self.steps.push((operation, left));
        Ok(())
    }

    /// Does all operations of a batch. After an error those before it are done: drop the transaction then.
    pub fn apply_batch(&mut self, batch: &Batch<'_>) -> Result<(), BatchError> {
        let names = self.tree().names().clone();
        batch.each(&names, |operation| self.apply(operation))
    }

    /// The child before one that was just put at a place.
    fn before(&self, parent: NodeId, index: u32) -> Result<Option<NodeId>, TreeError> {
        let parent = self.tree().node(parent)?;
        let last = parent.child_count() - 1;
        Ok(index.min(last).checked_sub(1).and_then(|before| parent.child(before)))
    }

    pub(crate) fn into_parts(self) -> (Transaction, Vec<(Operation, Option<NodeId>)>) {
        (self.edits, self.steps)
    }
}
