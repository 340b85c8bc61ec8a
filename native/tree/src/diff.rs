//! What has to be done to one version to get another.

use std::collections::{HashMap, HashSet};

use crate::node::Node;
use crate::order::longest_increasing;
use crate::walk::Siblings;
use crate::{Mark, Name, NodeId, Operation, Tree, TreeError, Value};

impl Tree {
    /// The operations that make this version the `other` one, ids included. Versions of one document are told apart by
    /// what they do not share, so that the cost is that of the changes; children that keep their order do not move.
    ///
    /// The difference back undoes it: nodes that were removed return under their ids.
    ///
    /// ```
    /// use forgebench_tree::{NodeId, Operation, Tree};
    ///
    /// # fn main() -> Result<(), forgebench_tree::TreeError> {
    /// let before = Tree::new("doc");
    /// let mut edits = before.begin();
    /// let kind = edits.name("paragraph");
    /// let node = edits.create(kind)?;
    /// edits.insert(NodeId::ROOT, 0, node)?;
    /// let after = edits.commit();
    ///
    /// assert_eq!(after.diff(&before)?, [Operation::Remove { node }]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn diff(&self, other: &Self) -> Result<Vec<Operation>, TreeError> {
        if !self.names.is(&other.names) {
            return Err(TreeError::Unrelated);
        }
        let changed = self.nodes.differences(&other.nodes);
        let mut diff = Diff { before: self, after: other, moved: HashSet::new(), operations: Vec::new() };
        diff.create(&changed);
        for &id in &changed {
            diff.describe(id);
        }
        for id in diff.topmost_first(&changed) {
            diff.arrange(id);
        }
        diff.remove(&changed);
        Ok(diff.operations)
    }
}

struct Diff<'t> {
    before: &'t Tree,
    after: &'t Tree,
    /// Nodes that have left the parent that they had.
    moved: HashSet<NodeId>,
    operations: Vec<Operation>,
}

impl Diff<'_> {
    fn create(&mut self, changed: &[NodeId]) {
        for &node in changed {
            if let (None, Some(after)) = (self.before.nodes.get(node), self.after.nodes.get(node)) {
                self.operations.push(Operation::Create { node, kind: after.kind });
            }
        }
    }

    /// Kind, attributes and marks of a node that the later version has.
    fn describe(&mut self, node: NodeId) {
        let Some(after) = self.after.nodes.get(node) else { return };
        let created = Node::new(after.kind);
        let before = self.before.nodes.get(node).unwrap_or(&created);
        if before.kind != after.kind {
            self.operations.push(Operation::SetKind { node, kind: after.kind });
        }
        if !before.shares_content(after) {
            self.describe_attributes(node, before, after);
            self.describe_marks(node, before, after);
        }
    }

    fn describe_attributes(&mut self, node: NodeId, before: &Node, after: &Node) {
        let listed = |node: &Node| node.attributes().to_vec();
        let (gone, new) = changes(&listed(before), &listed(after));
        self.operations.extend(gone.into_iter().map(|name| Operation::RemoveAttribute { node, name }));
        self.operations.extend(new.into_iter().map(|(name, value)| Operation::SetAttribute { node, name, value }));
    }

    fn describe_marks(&mut self, node: NodeId, before: &Node, after: &Node) {
        let listed = |node: &Node| node.marks().iter().map(|mark| (mark.name, mark.value.clone())).collect::<Vec<_>>();
        let (gone, new) = changes(&listed(before), &listed(after));
        self.operations.extend(gone.into_iter().map(|name| Operation::RemoveMark { node, name }));
        let marks = new.into_iter().map(|(name, value)| Mark { name, value });
        self.operations.extend(marks.map(|mark| Operation::AddMark { node, mark }));
    }

    /// Nodes of the later version whose children differ, those nearest to the root first: when a node's children are
    /// arranged, all above it stands where it will, so that no step puts a node below itself.
    fn topmost_first(&self, changed: &[NodeId]) -> Vec<NodeId> {
        let mut depths = HashMap::from([(NodeId::ROOT, 0)]);
        let mut parents: Vec<(usize, NodeId)> = Vec::new();
        for &id in changed {
            let Some(after) = self.after.nodes.get(id) else { continue };
            let before = self.before.nodes.get(id);
            if !before.map_or(after.children.len() == 0, |before| before.children.is(&after.children)) {
                parents.push((depth(self.after, id, &mut depths), id));
            }
        }
        parents.sort_unstable();
        parents.into_iter().map(|(_, id)| id).collect()
    }

    /// Gives a node its children in their order. Those that go elsewhere or are removed later still stand between them.
    fn arrange(&mut self, parent: NodeId) {
        let old = self.before.nodes.get(parent).into_iter().flat_map(|node| Siblings::of(&node.children));
        let old: Vec<NodeId> = old.filter(|child| !self.moved.contains(child)).collect();
        let new = self.after.nodes.get(parent).into_iter().flat_map(|node| Siblings::of(&node.children));
        let place: HashMap<NodeId, usize> = old.iter().enumerate().map(|(at, &child)| (child, at)).collect();
        let new: Vec<(NodeId, Option<usize>)> = new.map(|child| (child, place.get(&child).copied())).collect();
        let kept: Vec<usize> = new.iter().filter_map(|(_, place)| *place).collect();
        let mut stays = longest_increasing(&kept).into_iter();
        let mut list = Arranged { taken: vec![false; old.len()], seen: 0, index: 0 };
        for (node, place) in new {
            match place {
                Some(place) if stays.next() == Some(true) => list.pass(place),
                _ => {
                    let index = list.take(place);
                    self.put(node, parent, index);
                }
            }
        }
    }

    fn put(&mut self, node: NodeId, parent: NodeId, index: u32) {
        self.operations.push(if self.before.contains(node) {
            let _ = self.moved.insert(node);
            Operation::Move { node, parent, index }
        } else {
            Operation::Insert { node, parent, index }
        });
    }

    /// Nodes that are gone and hang below one that is not; what was below them and stays has moved away by now.
    fn remove(&mut self, changed: &[NodeId]) {
        for &node in changed {
            let Some(before) = self.before.nodes.get(node) else { continue };
            let topmost = before.parent.is_some_and(|parent| self.after.contains(parent));
            if topmost && !self.after.contains(node) {
                self.operations.push(Operation::Remove { node });
            }
        }
    }
}

/// A list of children while it is being arranged from its front.
struct Arranged {
    /// Which of the old children have been taken out.
    taken: Vec<bool>,
    /// How many old children lie behind.
    seen: usize,
    /// Where the next child goes.
    index: u32,
}

impl Arranged {
    /// Goes behind an old child, and all before it.
    fn pass(&mut self, place: usize) {
        let left = self.taken[self.seen..=place].iter().filter(|&&taken| !taken).count();
        self.index += left as u32;
        self.seen = place + 1;
    }

    /// Takes an old child out, or none of them, and puts one here; gives its index.
    fn take(&mut self, place: Option<usize>) -> u32 {
        if let Some(place) = place {
            self.taken[place] = true;
            self.index -= u32::from(place < self.seen);
        }
        self.index += 1;
        self.index - 1
    }
}

/// What has to be removed from a list of named values, and then set, so that it becomes another, in the other's order.
fn changes(before: &[(Name, Value)], after: &[(Name, Value)]) -> (Vec<Name>, Vec<(Name, Value)>) {
    let has = |list: &[(Name, Value)], name: Name| list.iter().any(|(each, _)| *each == name);
    let kept = before.iter().filter(|(name, _)| has(after, *name));
    // What is set anew comes last, so all is set anew where that gives another order.
    if !kept.zip(after).all(|((kept, _), (wanted, _))| kept == wanted) {
        return (before.iter().map(|(name, _)| *name).collect(), after.to_vec());
    }
    let gone = before.iter().map(|(name, _)| *name).filter(|name| !has(after, *name)).collect();
    (gone, after.iter().filter(|each| !before.contains(each)).cloned().collect())
}

/// How far a node is from the root; what is learned on the way is kept.
fn depth(tree: &Tree, id: NodeId, known: &mut HashMap<NodeId, usize>) -> usize {
    let mut way = Vec::new();
    let mut at = id;
    while !known.contains_key(&at) {
        way.push(at);
        let Some(parent) = tree.nodes.get(at).and_then(|node| node.parent) else { break };
        at = parent;
    }
    let mut depth = known.get(&at).copied().unwrap_or_default();
    for node in way.into_iter().rev() {
        depth += 1;
        let _ = known.insert(node, depth);
    }
    depth
}
