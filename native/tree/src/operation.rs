//! Everything that can be done to a tree, as data.

use crate::{Name, NodeId, Value};

/// The place after all other children; there are never so many of them.
pub const END: u32 = u32::MAX;

/// What is said of a node beside its attributes, such as bold; a node has at most one of each name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Such as `bold`.
    pub name: Name,
    /// Null where the name says all; the JSON of an object for a link and its like.
    pub value: Value,
}

/// One step of a transaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Makes a node that is nowhere yet, under an id that no node has.
    Create {
        /// The id.
        node: NodeId,
        /// What the node is, such as `paragraph`.
        kind: Name,
    },
    /// Puts a node that is nowhere yet, and all below it, among the children of another.
    Insert {
        /// The node.
        node: NodeId,
        /// Its parent from now on.
        parent: NodeId,
        /// How many children stand before it.
        index: u32,
    },
    /// Takes a node, and all below it, to another place.
    Move {
        /// The node.
        node: NodeId,
        /// Its parent from now on.
        parent: NodeId,
        /// How many children stand before it, once it has been taken out.
        index: u32,
    },
    /// Removes a node and all below it.
    Remove {
        /// The node.
        node: NodeId,
    },
    /// Makes a node one of another kind.
    SetKind {
        /// The node.
        node: NodeId,
        /// What it is from now on.
        kind: Name,
    },
    /// Sets or replaces an attribute.
    SetAttribute {
        /// The node.
        node: NodeId,
        /// The attribute.
        name: Name,
        /// Its value from now on.
        value: Value,
    },
    /// Removes an attribute, where there is one.
    RemoveAttribute {
        /// The node.
        node: NodeId,
        /// The attribute.
        name: Name,
    },
    /// Adds or replaces a mark.
    AddMark {
        /// The node.
        node: NodeId,
        /// The mark.
        mark: Mark,
    },
    /// Removes a mark, where there is one.
    RemoveMark {
        /// The node.
        node: NodeId,
        /// The mark.
        name: Name,
    },
}
