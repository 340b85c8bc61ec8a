//! Snapshots of V8's heap: what lives by constructor, what it retains, what grew and who holds it.
//!
//! [`compare_snapshots`] reads `.heapsnapshot` files that one process has written one after another, each into flat
//! arrays and only one at a time, because a snapshot is as large as the heap that it is of.

mod classes;
mod compare;
mod dominators;
mod error;
mod graph;
mod growth;
mod kinds;
mod paths;
mod scripts;
mod snapshot;

pub use compare::{ClassSeries, Comparison, SnapshotTotals, compare_snapshots};
pub use error::HeapError;
pub use growth::{Holder, Step};
pub use kinds::ClassKind;
