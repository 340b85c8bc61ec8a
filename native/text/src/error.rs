//! Why an edit or a merge is refused. The document is then what it was.

use forgebench_replica::ReadError;

/// Why an edit is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The edit does not lie inside the document.
    #[error(
        "Cannot edit the document: edit {index} deletes {deleted} units at {position}, and it has {length}; positions are in [0, length]"
    )]
    OutOfRange {
        /// Which edit of a batch, from 0.
        index: usize,
        /// Where it begins.
        position: u32,
        /// Units that it deletes.
        deleted: u32,
        /// Units that the document has at that time.
        length: u32,
    },
    /// The three arrays of a batch have different lengths.
    #[error(
        "Cannot edit the document: there are {positions} positions, {deleted} deletions and {inserted} insertions; give one of each for an edit"
    )]
    UnequalArrays {
        /// Length of the first array.
        positions: usize,
        /// Length of the second.
        deleted: usize,
        /// Length of the third.
        inserted: usize,
    },
    /// The text is not as long as the edits say.
    #[error("Cannot edit the document: the edits insert {expected} units, and the text has {seen}")]
    WrongText {
        /// Units that the edits insert.
        expected: u64,
        /// Units of the text.
        seen: usize,
    },
    /// A document takes in 2^30 units and 2^31 events over its life.
    #[error("Cannot edit the document: its history is full; begin a new one with its text")]
    Full,
}

/// Why bytes are not merged, or no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The bytes are none of a document, or build on events that are not here.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An operation lies outside the document that its author saw.
    #[error("Cannot merge the changes: an edit lies outside the document that it was made in; they are damaged")]
    OutOfRange,
    /// The history would have too many events or units.
    #[error("Cannot merge the changes: the history would have more than 2^30 units or 2^31 events")]
    Full,
}
