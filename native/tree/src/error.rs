//! Why something cannot be done to a tree.

use crate::NodeId;

/// Why a read or a step failed; the step has changed nothing then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// No node of this version has the id: it was never created, or has been removed.
    #[error("Cannot find node {0}: it was removed or never created; take an id of this version")]
    NoSuchNode(u32),
    /// A node of this id exists.
    #[error("Cannot create node {0}: there is one; leave the id to the transaction")]
    NodeExists(NodeId),
    /// Ids are given in order where others have to come to the same.
    #[error("Cannot create node {node}: the next id is {next}, and none is left out; leave the id to the transaction")]
    IdBeyond {
        /// The id asked for.
        node: NodeId,
        /// The number of the next one.
        next: u32,
    },
    /// All ids were given.
    #[error("Cannot create a node: all 4,294,967,294 ids were given; copy the document into a new one")]
    NoIdsLeft,
    /// The root stays where it is.
    #[error("Cannot insert, move or remove the root: replace its children instead")]
    Root,
    /// `insert` takes nodes that are nowhere.
    #[error("Cannot insert node {node}: it is a child of {parent}; move it instead")]
    AlreadyInserted {
        /// The node.
        node: NodeId,
        /// Where it is.
        parent: NodeId,
    },
    /// `move` takes nodes that are somewhere.
    #[error("Cannot move node {0}: it is nowhere yet; insert it instead")]
    NotInserted(NodeId),
    /// A node would be below itself.
    #[error("Cannot put node {node} below {parent}: {parent} is {node} or below it; choose a parent outside")]
    Cycle {
        /// The node.
        node: NodeId,
        /// The parent asked for.
        parent: NodeId,
    },
    /// There are fewer children.
    #[error("Cannot put a child at {index} below node {parent}: it has {children} others; use 0 to {children}")]
    IndexBeyond {
        /// The parent.
        parent: NodeId,
        /// The place asked for.
        index: u32,
        /// How many children it has, without the one that moves.
        children: u32,
    },
    /// JSON has no such number.
    #[error("Cannot hold a number that is infinite or none: use null, or a text")]
    NotFinite,
    /// Names and ids of two documents have nothing to do with each other.
    #[error("Cannot compare two documents: take two versions of one")]
    Unrelated,
}

/// Why a batch was not applied; the transaction that it was given to should be dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// A step failed.
    #[error("{error} (operation {operation} of the batch)")]
    Operation {
        /// Which, from 0.
        operation: usize,
        /// Why.
        error: TreeError,
    },
    /// Words make no operation.
    #[error("Cannot read operation {operation} of the batch: {reason}; write batches with this version")]
    Malformed {
        /// Which, from 0.
        operation: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// The lengths of the strings do not divide the text.
    #[error(
        "Cannot read the strings of the batch: their lengths do not add up to the text; write batches with this version"
    )]
    Strings,
}
