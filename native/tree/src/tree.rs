//! One version of a document, to be read.

use crate::arena::Arena;
use crate::node::Node;
use crate::walk::{Siblings, Walk};
use crate::{Mark, Name, Names, NodeId, Transaction, TreeError, Value};

/// One version of a document. It never changes, and its clone shares everything with it.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) nodes: Arena,
    pub(crate) names: Names,
    /// Nodes in the arena, at least 1.
    pub(crate) len: u32,
    /// The number of the next id; 0 when all were given.
    pub(crate) next: u32,
}

/// A node as a version has it.
#[derive(Clone, Copy, Debug)]
pub struct NodeView<'t> {
    pub(crate) node: &'t Node,
    id: NodeId,
}

impl Tree {
    /// A document with a root of this kind, and nothing below it.
    pub fn new(kind: &str) -> Self {
        let (mut nodes, names) = (Arena::default(), Names::default());
        nodes.insert(NodeId::ROOT, Node::new(names.intern(kind)));
        Self { nodes, names, len: 1, next: NodeId::ROOT.number() + 1 }
    }

    /// Opens a transaction on this version.
    pub fn begin(&self) -> Transaction {
        Transaction::new(self.clone())
    }

    /// Nodes, with the root.
    #[expect(clippy::len_without_is_empty, reason = "a tree has a root")]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Names of kinds, attributes and marks.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The number of the id that is given next; 0 when all were given.
    pub fn next_number(&self) -> u32 {
        self.next
    }

    /// Whether a node has this id.
    pub fn contains(&self, id: NodeId) -> bool {
        self.nodes.get(id).is_some()
    }

    /// A node.
    pub fn node(&self, id: NodeId) -> Result<NodeView<'_>, TreeError> {
        Ok(NodeView { node: self.get(id)?, id })
    }

    /// A node and all below it, in the order of the document.
    pub fn walk(&self, from: NodeId) -> Result<Walk<'_>, TreeError> {
        let _ = self.get(from)?;
        Ok(Walk::new(&self.nodes, from))
    }

    pub(crate) fn get(&self, id: NodeId) -> Result<&Node, TreeError> {
        self.nodes.get(id).ok_or(TreeError::NoSuchNode(id.number()))
    }

    pub(crate) fn get_mut(&mut self, id: NodeId) -> Result<&mut Node, TreeError> {
        self.nodes.get_mut(id).ok_or(TreeError::NoSuchNode(id.number()))
    }
}

impl<'t> NodeView<'t> {
    /// Its id.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What it is.
    pub fn kind(self) -> Name {
        self.node.kind
    }

    /// None for the root, and for a node of a transaction that was not inserted yet.
    pub fn parent(self) -> Option<NodeId> {
        self.node.parent
    }

    /// Its children in their order.
    pub fn children(self) -> impl Iterator<Item = NodeId> + 't {
        Siblings::of(&self.node.children)
    }

    /// The child with so many others before it.
    pub fn child(self, index: u32) -> Option<NodeId> {
        self.node.children.get(index)
    }

    /// How many children stand before one; none where it is no child of this node.
    pub fn position(self, child: NodeId) -> Option<u32> {
        self.node.children.position(child)
    }

    /// How many children it has.
    pub fn child_count(self) -> u32 {
        self.node.children.len()
    }

    /// Attributes in the order in which they were set first.
    pub fn attributes(self) -> &'t [(Name, Value)] {
        self.node.attributes()
    }

    /// One attribute.
    pub fn attribute(self, name: Name) -> Option<&'t Value> {
        self.node.attribute(name)
    }

    /// Marks in the order in which they were added first.
    pub fn marks(self) -> &'t [Mark] {
        self.node.marks()
    }
}
