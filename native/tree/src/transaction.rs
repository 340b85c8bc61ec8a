//! Changes that become a version together, or not at all.

use crate::children::Children;
use crate::node::Node;
use crate::walk::Siblings;
use crate::{END, Mark, Name, NodeId, Operation, Tree, TreeError, Value};

/// A version in the making. It owns what it has written to; nobody sees it before [`Transaction::commit`], and dropping it
/// is all that undoing it takes.
#[derive(Debug)]
pub struct Transaction {
    tree: Tree,
    /// Nodes that have no parent and are not the root.
    loose: u32,
}

impl Transaction {
    pub(crate) fn new(tree: Tree) -> Self {
        Self { tree, loose: 0 }
    }

    /// What the transaction has made so far.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The name with this text.
    pub fn name(&self, text: &str) -> Name {
        self.tree.names.intern(text)
    }

    /// Makes a node that is nowhere yet; what is not inserted when the transaction commits is gone.
    pub fn create(&mut self, kind: Name) -> Result<NodeId, TreeError> {
        let node = NodeId::new(self.tree.next).ok_or(TreeError::NoIdsLeft)?;
        self.create_as(node, kind)?;
        Ok(node)
    }

    /// The same under an id of one's own, such as that of a node that was removed and comes back.
    pub fn create_as(&mut self, node: NodeId, kind: Name) -> Result<(), TreeError> {
        if self.tree.contains(node) {
            return Err(TreeError::NodeExists(node));
        }
        self.tree.nodes.insert(node, Node::new(kind));
        if self.tree.next != 0 && node.number() >= self.tree.next {
            self.tree.next = node.number().wrapping_add(1);
        }
        self.tree.len += 1;
        self.loose += 1;
        Ok(())
    }

    /// From now on no id below this number is given.
    pub fn skip_ids(&mut self, below: u32) {
        if self.tree.next != 0 {
            self.tree.next = self.tree.next.max(below);
        }
    }

    /// Puts a node that is nowhere yet among the children of `parent`, with `index` of them before it, or [`END`].
    pub fn insert(&mut self, parent: NodeId, index: u32, node: NodeId) -> Result<(), TreeError> {
        refuse_root(node)?;
        if let Some(parent) = self.tree.get(node)?.parent {
            return Err(TreeError::AlreadyInserted { node, parent });
        }
        self.refuse_cycle(node, parent)?;
        let index = place(parent, index, self.tree.get(parent)?.children.len())?;
        self.attach(parent, index, node)?;
        self.loose -= 1;
        Ok(())
    }

    /// Takes a node and all below it to another place; `index` others stand before it once it has been taken out, or all
    /// for [`END`].
    pub fn move_to(&mut self, parent: NodeId, index: u32, node: NodeId) -> Result<(), TreeError> {
        refuse_root(node)?;
        let old = self.tree.get(node)?.parent.ok_or(TreeError::NotInserted(node))?;
        self.refuse_cycle(node, parent)?;
        let children = self.tree.get(parent)?.children.len() - u32::from(old == parent);
        let index = place(parent, index, children)?;
        self.detach(old, node)?;
        self.attach(parent, index, node)
    }

    /// Takes a node and all below it out, to be inserted elsewhere; nothing where it is nowhere already.
    pub fn take_out(&mut self, node: NodeId) -> Result<(), TreeError> {
        refuse_root(node)?;
        if let Some(parent) = self.tree.get(node)?.parent {
            self.detach(parent, node)?;
            self.tree.get_mut(node)?.parent = None;
            self.loose += 1;
        }
        Ok(())
    }

    /// Takes out several children of one node at once, which does not look for each of them; `gone` are ascending.
    pub fn take_out_of(&mut self, parent: NodeId, gone: &[NodeId]) -> Result<(), TreeError> {
        let children: Vec<NodeId> = Siblings::of(&self.tree.get(parent)?.children).collect();
        let mut kept = Children::default();
        for child in children {
            if gone.binary_search(&child).is_ok() {
                self.tree.get_mut(child)?.parent = None;
                self.loose += 1;
            } else {
                kept.insert(kept.len(), child);
            }
        }
        self.tree.get_mut(parent)?.children = kept;
        Ok(())
    }

    /// Removes a node and all below it.
    pub fn remove(&mut self, node: NodeId) -> Result<(), TreeError> {
        refuse_root(node)?;
        match self.tree.get(node)?.parent {
            Some(parent) => self.detach(parent, node)?,
            None => self.loose -= 1,
        }
        self.forget(node);
        Ok(())
    }

    /// Makes a node one of another kind.
    pub fn set_kind(&mut self, node: NodeId, kind: Name) -> Result<(), TreeError> {
        self.tree.get_mut(node)?.kind = kind;
        Ok(())
    }

    /// Sets or replaces an attribute.
    pub fn set_attribute(&mut self, node: NodeId, name: Name, value: Value) -> Result<(), TreeError> {
        refuse_infinite(&value)?;
        self.tree.get_mut(node)?.set_attribute(name, value);
        Ok(())
    }

    /// Removes an attribute, where there is one.
    pub fn remove_attribute(&mut self, node: NodeId, name: Name) -> Result<(), TreeError> {
        self.tree.get_mut(node)?.remove_attribute(name);
        Ok(())
    }

    /// Adds or replaces a mark.
    pub fn add_mark(&mut self, node: NodeId, mark: Mark) -> Result<(), TreeError> {
        refuse_infinite(&mark.value)?;
        self.tree.get_mut(node)?.add_mark(mark);
        Ok(())
    }

    /// Removes a mark, where there is one.
    pub fn remove_mark(&mut self, node: NodeId, name: Name) -> Result<(), TreeError> {
        self.tree.get_mut(node)?.remove_mark(name);
        Ok(())
    }

    /// Does one step; one that fails changes nothing.
    pub fn apply(&mut self, operation: Operation) -> Result<(), TreeError> {
        match operation {
            Operation::Create { node, kind } => self.create_as(node, kind),
            Operation::Insert { node, parent, index } => self.insert(parent, index, node),
            Operation::Move { node, parent, index } => self.move_to(parent, index, node),
            Operation::Remove { node } => self.remove(node),
            Operation::SetKind { node, kind } => self.set_kind(node, kind),
            Operation::SetAttribute { node, name, value } => self.set_attribute(node, name, value),
            Operation::RemoveAttribute { node, name } => self.remove_attribute(node, name),
            Operation::AddMark { node, mark } => self.add_mark(node, mark),
            Operation::RemoveMark { node, name } => self.remove_mark(node, name),
        }
    }

    /// The next version.
    #[must_use]
    pub fn commit(mut self) -> Tree {
        if self.loose > 0 {
            self.forget_loose();
        }
        self.tree
    }

    fn attach(&mut self, parent: NodeId, index: u32, node: NodeId) -> Result<(), TreeError> {
        self.tree.get_mut(parent)?.children.insert(index, node);
        self.tree.get_mut(node)?.parent = Some(parent);
        Ok(())
    }

    fn detach(&mut self, parent: NodeId, node: NodeId) -> Result<(), TreeError> {
        let children = &mut self.tree.get_mut(parent)?.children;
        if let Some(at) = children.position(node) {
            children.remove(at);
        }
        Ok(())
    }

    /// Takes a node and all below it out of the arena.
    fn forget(&mut self, node: NodeId) {
        let mut left = vec![node];
        while let Some(id) = left.pop() {
            if let Some(node) = self.tree.nodes.remove(id) {
                self.tree.len -= 1;
                left.extend(Siblings::of(&node.children));
            }
        }
    }

    fn forget_loose(&mut self) {
        let ids = self.tree.nodes.ids();
        let loose = |id: &NodeId| *id != NodeId::ROOT && self.tree.get(*id).is_ok_and(|node| node.parent.is_none());
        let found: Vec<NodeId> = ids.into_iter().filter(loose).collect();
        for id in found {
            self.forget(id);
        }
        self.loose = 0;
    }

    /// A parent must not be below the node that it gets.
    fn refuse_cycle(&self, node: NodeId, parent: NodeId) -> Result<(), TreeError> {
        // Nothing is below a node without children, so the way up is saved.
        let leaf = self.tree.get(node)?.children.len() == 0;
        let mut above = Some(parent);
        while let Some(id) = above {
            if id == node {
                return Err(TreeError::Cycle { node, parent });
            }
            above = if leaf { None } else { self.tree.get(id)?.parent };
        }
        Ok(())
    }
}

fn refuse_root(node: NodeId) -> Result<(), TreeError> {
    if node == NodeId::ROOT { Err(TreeError::Root) } else { Ok(()) }
}

/// Where a child goes.
fn place(parent: NodeId, index: u32, children: u32) -> Result<u32, TreeError> {
    match index {
        END => Ok(children),
        index if index > children => Err(TreeError::IndexBeyond { parent, index, children }),
        index => Ok(index),
    }
}

fn refuse_infinite(value: &Value) -> Result<(), TreeError> {
    match value {
        Value::Number(number) if !number.is_finite() => Err(TreeError::NotFinite),
        _ => Ok(()),
    }
}
