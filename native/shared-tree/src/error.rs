//! Why a transaction or a merge is refused. The document is then what it was.

use forgebench_replica::ReadError;
use forgebench_tree::TreeError;

/// Why a transaction is not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// It was begun before something else was.
    #[error("Cannot commit the transaction: the document has changed since it began; begin another")]
    Outdated,
    /// A document takes in 2^31 events over its life.
    #[error("Cannot commit the transaction: the document's history is full; begin a new one with its content")]
    Full,
}

/// Why bytes are not merged, or no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The bytes are none of a document, or build on events that are not here.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An event is later than its author could have counted to with what is here.
    #[error(
        "Cannot merge the changes: they build on events that are not here; send what this document's version lacks"
    )]
    Early,
    /// The history would have too many events.
    #[error("Cannot merge the changes: the history would have more than 2^31 events")]
    Full,
    /// The tree refused what the events come to, which is a mistake of this crate.
    #[error("Cannot show what was merged: {0}; report this")]
    View(#[from] TreeError),
}
