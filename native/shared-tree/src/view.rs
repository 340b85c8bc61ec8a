//! The tree that people read, brought to what the state says: only what changed is touched, so that versions share the rest.

use std::collections::BTreeMap;

use forgebench_tree::{Mark, Name, NodeId, NodeView, Transaction, Tree, TreeError, Value};

use crate::event::Key;
use crate::history::History;
use crate::state::State;

/// As many nodes that leave one parent, or come below it, do so one by one; for more, all its children are looked through.
const FEW: usize = 8;

/// What changed since a tree was right.
#[derive(Debug, Default)]
pub struct Changed {
    /// Nodes that are elsewhere now.
    pub moved: Vec<NodeId>,
    /// Nodes that have another value of an attribute or a mark, or, without one, another kind.
    pub edited: Vec<(NodeId, Option<Key>)>,
}

/// The tree of a state, made from one that differs in nothing else.
pub fn update(
    tree: &Tree,
    root_kind: &str,
    (state, history): (&State, &History),
    changed: &Changed,
) -> Result<Tree, TreeError> {
    let root_kind = tree.names().intern(root_kind);
    let mut view = View { edits: tree.begin(), state, history, root_kind };
    // Whatever moves is taken out first: on the way from one tree to another there may be a cycle.
    view.take_out(tree, &changed.moved)?;
    for &(node, key) in &changed.edited {
        view.edit(node, key)?;
    }
    view.fill_parents(&changed.moved)?;
    for &node in &changed.moved {
        if view.edits.tree().node(node).is_ok_and(|seen| seen.parent().is_none()) {
            view.edits.remove(node)?;
        }
    }
    view.edits.skip_ids(history.nodes() + 1);
    Ok(view.edits.commit())
}

struct View<'v> {
    edits: Transaction,
    state: &'v State,
    history: &'v History,
    root_kind: Name,
}

impl View<'_> {
    /// Takes nodes out of where they were.
    fn take_out(&mut self, tree: &Tree, moved: &[NodeId]) -> Result<(), TreeError> {
        let parent = |node: NodeId| tree.node(node).ok().and_then(NodeView::parent);
        for (parent, group) in grouped(moved.iter().filter_map(|&node| Some((parent(node)?, node)))) {
            if group.len() <= FEW {
                group.into_iter().try_for_each(|node| self.edits.take_out(node))?;
            } else {
                self.edits.take_out_of(parent, &group)?;
            }
        }
        Ok(())
    }

    /// Puts nodes that moved below their parents, with all below them that is not in the tree.
    fn fill_parents(&mut self, moved: &[NodeId]) -> Result<(), TreeError> {
        let placed = moved.iter().filter_map(|&node| Some((self.state.parent(self.history, node)?, node)));
        let mut placed = grouped(placed);
        placed.retain(|parent, _| self.edits.tree().contains(*parent));
        let mut made = Vec::new();
        for (parent, group) in placed {
            if group.len() <= FEW {
                group.into_iter().try_for_each(|node| self.fill_in(parent, node, &mut made))?;
            } else {
                self.fill(parent, &mut made)?;
            }
        }
        while let Some(parent) = made.pop() {
            self.fill(parent, &mut made)?;
        }
        Ok(())
    }

    /// Gives a node all children that it lacks; those that had to be made are told.
    fn fill(&mut self, parent: NodeId, made: &mut Vec<NodeId>) -> Result<(), TreeError> {
        for (node, index) in self.state.below(self.history, parent).zip(0..) {
            self.put(parent, (node, index), made)?;
        }
        Ok(())
    }

    /// Gives a node one of them, behind the nearest that it has.
    fn fill_in(&mut self, parent: NodeId, node: NodeId, made: &mut Vec<NodeId>) -> Result<(), TreeError> {
        let list = self.state.children(parent).before(self.state.placement(node));
        let seen = self.edits.tree().node(parent)?;
        let is_here = |node: NodeId| self.edits.tree().node(node).is_ok_and(|node| node.parent() == Some(parent));
        let near = list.filter_map(|event| self.state.holds(self.history, event)).find(|&node| is_here(node));
        let index = near.and_then(|near| seen.position(near)).map_or(0, |at| at + 1);
        self.put(parent, (node, index), made)
    }

    fn put(&mut self, parent: NodeId, (node, index): (NodeId, u32), made: &mut Vec<NodeId>) -> Result<(), TreeError> {
        if !self.edits.tree().contains(node) {
            self.edits.create_as(node, self.kind(node))?;
            self.describe(node)?;
            made.push(node);
        }
        if self.edits.tree().node(node)?.parent().is_none() {
            self.edits.insert(parent, index, node)?;
        }
        Ok(())
    }

    /// Gives a node that was just made its attributes and marks.
    fn describe(&mut self, node: NodeId) -> Result<(), TreeError> {
        let contents = self.state.node(node).into_iter().flat_map(|state| state.contents(self.history));
        contents.collect::<Vec<_>>().into_iter().try_for_each(|(key, value)| self.set(node, key, value.clone()))
    }

    /// Gives a node that is in the tree its kind, or what an attribute or a mark is now.
    fn edit(&mut self, node: NodeId, key: Option<Key>) -> Result<(), TreeError> {
        let Ok(seen) = self.edits.tree().node(node) else { return Ok(()) };
        let Some(key) = key else {
            let kind = self.kind(node);
            return if seen.kind() == kind { Ok(()) } else { self.edits.set_kind(node, kind) };
        };
        let old = match key {
            Key::Attribute(name) => seen.attribute(name),
            Key::Mark(name) => seen.marks().iter().find(|mark| mark.name == name).map(|mark| &mark.value),
        };
        match self.state.node(node).and_then(|state| state.value(self.history, key)) {
            new if new == old => Ok(()),
            Some(new) => self.set(node, key, new.clone()),
            None => self.remove(node, key),
        }
    }

    fn remove(&mut self, node: NodeId, key: Key) -> Result<(), TreeError> {
        match key {
            Key::Attribute(name) => self.edits.remove_attribute(node, name),
            Key::Mark(name) => self.edits.remove_mark(node, name),
        }
    }

    fn set(&mut self, node: NodeId, key: Key, value: Value) -> Result<(), TreeError> {
        match key {
            Key::Attribute(name) => self.edits.set_attribute(node, name, value),
            Key::Mark(name) => self.edits.add_mark(node, Mark { name, value }),
        }
    }

    fn kind(&self, node: NodeId) -> Name {
        self.state.node(node).and_then(|state| state.kind(self.history)).unwrap_or(self.root_kind)
    }
}

/// Nodes by parent, in the order in which they came.
fn grouped(pairs: impl Iterator<Item = (NodeId, NodeId)>) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut groups = BTreeMap::<NodeId, Vec<NodeId>>::new();
    for (parent, node) in pairs {
        groups.entry(parent).or_default().push(node);
    }
    groups
}
