//! A document tree whose versions are cheap.
//!
//! A [`Tree`] is one version of a document and never changes; cloning it copies two pointers. [`Tree::begin`] opens a
//! [`Transaction`], which copies the few blocks of the tree that it writes to, once, and owns them from then on: further
//! writes to them are in place. [`Transaction::commit`] makes them the next version; a transaction that is dropped leaves
//! nothing behind. Versions share all that did not change between them, so a thousand of them take little more than one,
//! and [`Tree::diff`] looks only at what they do not share.
//!
//! Nodes live in an arena and are named by 32-bit ids, which are not used again after a node was removed. Structural
//! sharing by copied paths is that of Driscoll, Sarnak, Sleator and Tarjan, "Making data structures persistent", 1989;
//! writes in place inside a transaction are Clojure's transients.
//!
//! ```
//! use forgebench_tree::{NodeId, Tree, Value};
//!
//! # fn main() -> Result<(), forgebench_tree::TreeError> {
//! let empty = Tree::new("doc");
//! let mut edits = empty.begin();
//! let [paragraph, level] = ["paragraph", "level"].map(|name| edits.name(name));
//! let node = edits.create(paragraph)?;
//! edits.set_attribute(node, level, Value::Number(1.0))?;
//! edits.insert(NodeId::ROOT, 0, node)?;
//! let version = edits.commit();
//!
//! assert_eq!(version.to_json(NodeId::ROOT)?, r#"{"type":"doc","content":[{"type":"paragraph","attrs":{"level":1}}]}"#);
//! assert_eq!(empty.len(), 1);
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

mod arena;
mod batch;
mod batch_writer;
mod children;
mod diff;
mod error;
mod json;
mod names;
mod node;
mod node_id;
mod operation;
mod order;
mod query;
mod transaction;
mod tree;
mod value;
mod walk;

pub use batch::{Batch, WORDS_PER_OPERATION};
pub use batch_writer::OwnedBatch;
pub use error::{BatchError, TreeError};
pub use names::{Name, Names};
pub use node_id::NodeId;
pub use operation::{END, Mark, Operation};
pub use query::Query;
pub use transaction::Transaction;
pub use tree::{NodeView, Tree};
pub use value::Value;
pub use walk::Walk;
