//! A document tree that several people edit at once, each in a replica, with its whole history.
//!
//! A [`SharedTree`] is a [`forgebench_tree::Tree`] to those who read it. What its transactions do is kept as events, each with a
//! time that counts on from the latest its author knew (Lamport, "Time, clocks, and the ordering of events", 1978). Replicas that
//! know the same events have the same tree:
//!
//! - **Moves** take effect in the order of their times, and one that would put a node below itself is passed over: an event that
//!   arrives late is put in its place by undoing the later moves and doing them again (Kleppmann, Mulligan, Gomes and
//!   Beresford, "A highly-available move operation for replicated trees", 2021). Removing is moving out of the document.
//! - **Siblings** stand in the order of a list: each move says between which two others it put the node, and the place of an
//!   older move stays in the list although nothing shows there any more (Kleppmann, "Moving elements in list CRDTs", 2020).
//!   What one person inserts in a row stays in a row: the order is that of `YjsMod` in josephg/reference-crdts.
//! - **Kinds, attributes and marks** are what was set last.
//!
//! ```
//! use forgebench_shared_tree::SharedTree;
//! use forgebench_tree::{END, NodeId, Operation};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut alice = SharedTree::new("alice");
//! let mut edits = alice.begin();
//! let (node, kind) = (edits.next_id()?, edits.name("paragraph"));
//! edits.apply(Operation::Create { node, kind })?;
//! edits.apply(Operation::Insert { node, parent: NodeId::ROOT, index: END })?;
//! alice.commit(edits)?;
//!
//! let mut bob = SharedTree::new("bob");
//! bob.merge(&alice.changes_since(&bob.version()))?;
//! assert_eq!(bob.tree().to_json(NodeId::ROOT)?, r#"{"type":"doc","content":[{"type":"paragraph"}]}"#);
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

mod blocks;
mod changes;
mod document;
mod error;
mod event;
mod history;
mod moves;
mod siblings;
mod state;
mod transaction;
mod values;
mod view;

pub use document::SharedTree;
pub use error::{CommitError, MergeError};
pub use forgebench_replica::{ReadError, Version};
pub use transaction::SharedTransaction;
