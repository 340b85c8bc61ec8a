//! A document as simple as can be, which the tree has to agree with.

use std::collections::BTreeMap;

use forgebench_tree::{Name, NodeId, Operation, Tree, Value};

/// A node of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Such as `paragraph`.
    pub kind: Name,
    /// None for the root and for what is nowhere yet.
    pub parent: Option<NodeId>,
    /// In their order.
    pub children: Vec<NodeId>,
    /// In the order in which they were set.
    pub attributes: Vec<(Name, Value)>,
    /// In the order in which they were added.
    pub marks: Vec<(Name, Value)>,
}

/// All nodes by their ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Model(pub BTreeMap<NodeId, Node>);

impl Model {
    /// What a tree holds, read by its public functions, which have to agree with each other.
    pub fn of(tree: &Tree) -> Self {
        let nodes: BTreeMap<NodeId, Node> = tree.walk(NodeId::ROOT).unwrap().map(|id| (id, read(tree, id))).collect();
        assert_eq!(nodes.len(), tree.len(), "every node is below the root, once");
        for (id, node) in &nodes {
            for child in &node.children {
                assert_eq!(nodes[child].parent, Some(*id), "a child knows its parent");
            }
        }
        Self(nodes)
    }

    /// Does a step, or nothing.
    pub fn apply(&mut self, operation: &Operation) -> Option<()> {
        match operation {
            Operation::Create { node, kind } => self.create(*node, *kind),
            Operation::Insert { node, parent, index } => self.insert(*node, *parent, *index as usize),
            Operation::Move { node, parent, index } => {
                let old = self.0.get(node)?.parent?;
                let mut moved = self.clone();
                moved.0.get_mut(&old)?.children.retain(|each| each != node);
                moved.0.get_mut(node)?.parent = None;
                moved.insert(*node, *parent, *index as usize)?;
                *self = moved;
                Some(())
            }
            Operation::Remove { node } => self.remove(*node),
            Operation::SetKind { node, kind } => self.0.get_mut(node).map(|node| node.kind = *kind),
            Operation::SetAttribute { node, name, value } => {
                self.0.get_mut(node).map(|node| set(&mut node.attributes, *name, value))
            }
            Operation::RemoveAttribute { node, name } => {
                self.0.get_mut(node).map(|node| node.attributes.retain(|(each, _)| each != name))
            }
            Operation::AddMark { node, mark } => {
                self.0.get_mut(node).map(|node| set(&mut node.marks, mark.name, &mark.value))
            }
            Operation::RemoveMark { node, name } => {
                self.0.get_mut(node).map(|node| node.marks.retain(|(each, _)| each != name))
            }
        }
    }

    /// Lets go of what is nowhere.
    pub fn commit(&mut self) {
        let loose = |(id, node): (&NodeId, &Node)| (*id != NodeId::ROOT && node.parent.is_none()).then_some(*id);
        let loose: Vec<NodeId> = self.0.iter().filter_map(loose).collect();
        for id in loose {
            self.forget(id);
        }
    }

    fn create(&mut self, id: NodeId, kind: Name) -> Option<()> {
        if self.0.contains_key(&id) {
            return None;
        }
        let (attributes, marks) = (Vec::new(), Vec::new());
        let _ = self.0.insert(id, Node { kind, parent: None, children: Vec::new(), attributes, marks });
        Some(())
    }

    fn insert(&mut self, id: NodeId, parent: NodeId, index: usize) -> Option<()> {
        let nowhere = id != NodeId::ROOT && self.0.get(&id)?.parent.is_none();
        if !nowhere || index > self.0.get(&parent)?.children.len() || self.below(id).contains(&parent) {
            return None;
        }
        self.0.get_mut(&parent)?.children.insert(index, id);
        self.0.get_mut(&id)?.parent = Some(parent);
        Some(())
    }

    fn remove(&mut self, id: NodeId) -> Option<()> {
        if id == NodeId::ROOT {
            return None;
        }
        if let Some(parent) = self.0.get(&id)?.parent {
            self.0.get_mut(&parent)?.children.retain(|each| *each != id);
        }
        self.forget(id);
        Some(())
    }

    fn forget(&mut self, id: NodeId) {
        for each in self.below(id) {
            let _ = self.0.remove(&each);
        }
    }

    /// A node and all below it.
    fn below(&self, id: NodeId) -> Vec<NodeId> {
        let children = self.0.get(&id).map(|node| node.children.clone()).unwrap_or_default();
        std::iter::once(id).chain(children.into_iter().flat_map(|child| self.below(child))).collect()
    }
}

fn set(list: &mut Vec<(Name, Value)>, name: Name, value: &Value) {
    match list.iter_mut().find(|(each, _)| *each == name) {
        Some((_, old)) => *old = value.clone(),
        None => list.push((name, value.clone())),
    }
}

fn read(tree: &Tree, id: NodeId) -> Node {
    let node = tree.node(id).unwrap();
    let children: Vec<NodeId> = node.children().collect();
    assert_eq!(children.len(), node.child_count() as usize);
    Node {
        kind: node.kind(),
        parent: node.parent(),
        children,
        attributes: node.attributes().to_vec(),
        marks: node.marks().iter().map(|mark| (mark.name, mark.value.clone())).collect(),
    }
}
