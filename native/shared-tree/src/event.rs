//! What happens to a shared tree, as data. Other events are named by their numbers in the history of this replica.

use forgebench_tree::{Name, NodeId};

/// No event: the begin or the end of a list, or what never happened.
pub const NOTHING: u32 = u32::MAX;

/// When something happened, and who did it. Whoever knows an event gives later times to what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Counts from 0; at most the number of events that its author knew.
    pub time: u32,
    /// The number of the agent.
    pub agent: u32,
}

/// One thing that happened.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// When, and who.
    pub stamp: Stamp,
    /// What.
    pub change: Change,
}

/// What an event does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Makes a node that is nowhere yet.
    Create {
        /// Its number in this replica.
        node: NodeId,
        /// What it is.
        kind: Name,
    },
    /// Puts a node somewhere, or takes it out of the document.
    Place(Placement),
    /// Makes a node one of another kind.
    SetKind {
        /// The node.
        node: NodeId,
        /// What it is from now on.
        kind: Name,
    },
    /// Sets an attribute or a mark, or removes it.
    Set {
        /// The node.
        node: NodeId,
        /// Which.
        key: Key,
        /// The place of its value in the history; [`NOTHING`] removes it.
        value: u32,
    },
}

/// Where a node is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The node.
    pub node: NodeId,
    /// Its parent from now on; none takes it out of the document with all below it.
    pub parent: Option<NodeId>,
    /// The placement that its author saw before it in the parent's list, or [`NOTHING`].
    pub left: u32,
    /// The same behind it.
    pub right: u32,
}

/// What a node has at most one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// An attribute of this name.
    Attribute(Name),
    /// A mark of this name.
    Mark(Name),
}
