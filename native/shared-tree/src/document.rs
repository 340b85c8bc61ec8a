//! A tree with its history: edited here, merged with what others did.

use std::collections::HashMap;

use forgebench_replica::{EventId, Version};
use forgebench_tree::{Name, NodeId, Operation, Tree, Value};

use crate::changes;
use crate::error::{CommitError, MergeError};
use crate::event::{Change, Key, NOTHING, Placement};
use crate::history::{History, MOST_EVENTS};
use crate::state::State;
use crate::transaction::SharedTransaction;
use crate::view::{self, Changed};

/// What the root of every document is until somebody says otherwise.
const ROOT_KIND: &str = "doc";

/// A document tree that several people edit at once.
#[derive(Clone, Debug)]
pub struct SharedTree {
    agent: u32,
    /// Whether anything was done here, and not only merged.
    edited: bool,
    history: History,
    state: State,
    tree: Tree,
}

impl SharedTree {
    /// A document that is nothing but its root, whose edits are made by `agent`. No two replicas may edit under the same name.
    pub fn new(agent: &str) -> Self {
        let mut history = History::default();
        let agent = history.agents.number(agent);
        Self { agent, edited: false, history, state: State::default(), tree: Tree::new(ROOT_KIND) }
    }

    /// The document as it is now. Node ids are this replica's own; [`SharedTree::event_of`] names a node for all.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Bytes of memory, without those of texts and of the tree that is read.
    pub fn bytes(&self) -> usize {
        self.history.bytes() + self.state.bytes()
    }

    /// Number of events, which is what its memory and the time of a load grow with.
    pub fn events(&self) -> u32 {
        self.history.len()
    }

    /// Opens a transaction.
    pub fn begin(&self) -> SharedTransaction {
        SharedTransaction::new(self, self.history.len())
    }

    /// Makes what a transaction did part of the document.
    pub fn commit(&mut self, edits: SharedTransaction) -> Result<(), CommitError> {
        if edits.base != self.history.len() {
            return Err(CommitError::Outdated);
        }
        // A node that comes back may have to lose what it had, so an operation is rarely several events.
        if u64::from(self.history.len()) + 2 * edits.steps.len() as u64 > u64::from(MOST_EVENTS) {
            return Err(CommitError::Full);
        }
        let (edits, steps) = edits.into_parts();
        self.edited |= !steps.is_empty();
        for (operation, left) in steps {
            self.note(operation, left);
        }
        self.tree = edits.commit();
        Ok(())
    }

    /// Makes events of an operation that the tree has taken.
    fn note(&mut self, operation: Operation, left: Option<NodeId>) {
        match operation {
            Operation::Create { node, kind } if node.number() <= self.history.nodes() => self.bring_back(node, kind),
            Operation::Create { node, kind } => self.make(Change::Create { node, kind }),
            Operation::Insert { node, parent, .. } | Operation::Move { node, parent, .. } => {
                let to = self.place_behind(node, parent, left);
                self.make(Change::Place(to));
            }
            Operation::Remove { node } => self.remove(node),
            Operation::SetKind { node, kind } => self.make(Change::SetKind { node, kind }),
            Operation::SetAttribute { node, name, value } => {
                self.set(node, Key::Attribute(name), Some(value));
            }
            Operation::RemoveAttribute { node, name } => self.set(node, Key::Attribute(name), None),
            Operation::AddMark { node, mark } => {
                self.set(node, Key::Mark(mark.name), Some(mark.value));
            }
            Operation::RemoveMark { node, name } => self.set(node, Key::Mark(name), None),
        }
    }

    fn make(&mut self, change: Change) {
        let event = self.history.make(self.agent, change);
        self.state.take_in(&self.history, event);
        self.state.do_move(&self.history, event);
    }

    fn set(&mut self, node: NodeId, key: Key, value: Option<Value>) {
        let value = self.history.keep(value);
        self.make(Change::Set { node, key, value });
    }

    fn remove(&mut self, node: NodeId) {
        self.make(Change::Place(Placement { node, parent: None, left: NOTHING, right: NOTHING }));
    }

    /// Where a node is put that stands behind another; between it and the next place, whether that still holds or not.
    fn place_behind(&self, node: NodeId, parent: NodeId, left: Option<NodeId>) -> Placement {
        let left = left.map_or(NOTHING, |left| self.state.placement(left));
        Placement { node, parent: Some(parent), left, right: self.state.children(parent).next(left) }
    }

    /// A node that was removed is made again under its id, with nothing of what it had.
    fn bring_back(&mut self, node: NodeId, kind: Name) {
        self.make(Change::SetKind { node, kind });
        let contents = self.state.node(node).into_iter().flat_map(|node| node.contents(&self.history));
        let keys: Vec<Key> = contents.map(|(key, _)| key).collect();
        for key in keys {
            self.set(node, key, None);
        }
        let below: Vec<NodeId> = self.state.below(&self.history, node).collect();
        for child in below {
            self.remove(child);
        }
    }

    /// How far this document knows each agent.
    pub fn version(&self) -> Version {
        Version::of(&self.history.agents)
    }

    /// What a document of this version lacks; for one that knows nothing, the whole document.
    pub fn changes_since(&self, version: &Version) -> Vec<u8> {
        changes::encode(&self.history, self.tree.names(), &version.lacks(&self.history.agents))
    }

    /// Takes in what others did. Changes that are here already are passed over; all or none are taken in.
    ///
    /// An error where bytes are no changes, or build on others that are not here; where they would make the history too long; and
    /// where another replica edited under this one's name, once this one has edited.
    pub fn merge(&mut self, bytes: &[u8]) -> Result<(), MergeError> {
        let mark = self.history.mark();
        let from = self.history.len();
        let own = self.history.agents.known(self.agent);
        let mut read = changes::decode(&mut self.history, self.tree.names(), bytes);
        if self.edited {
            read = read.and_then(|()| Ok(self.history.agents.refuse_others(self.agent, own)?));
        }
        if read.is_err() {
            self.history.truncate(&mark);
            return read;
        }
        let changed = integrate(&mut self.state, &self.history, from..self.history.len());
        self.tree = view::update(&self.tree, ROOT_KIND, (&self.state, &self.history), &changed)?;
        Ok(())
    }

    /// The document as it was at a version, which may be one that nobody ever saw. Nodes have the ids that they have here.
    ///
    /// A version that knows more than this document is an error, and one that knows an event but not what that builds on.
    pub fn tree_at(&self, version: &Version) -> Result<Tree, MergeError> {
        let known = version.knows(&self.history.agents)?;
        self.history.refuse_torn(&known)?;
        let mut past = State::default();
        let _ = integrate(&mut past, &self.history, known.into_iter().flatten());
        let ids = || self.state.ids().filter(|&node| node != NodeId::ROOT);
        let moved = ids().filter(|&node| past.placement(node) != self.state.placement(node)).collect();
        let changed = Changed { moved, edited: self.state.edited().collect() };
        Ok(view::update(&self.tree, ROOT_KIND, (&past, &self.history), &changed)?)
    }

    /// The name of a node for all replicas: who created it, and how many events that agent had made before. None for the root,
    /// which nobody created, and for a node that there never was.
    pub fn event_of(&self, node: NodeId) -> Option<(&str, u32)> {
        let creation = self.history.creation(node);
        if creation == NOTHING {
            return None;
        }
        let id = self.history.agents.id(creation);
        Some((&self.history.agents.names()[id.agent as usize], id.sequence))
    }

    /// The node with this name, where this replica knows it, in the document or not.
    pub fn node_of(&self, agent: &str, sequence: u32) -> Option<NodeId> {
        let agent = self.history.agents.find(agent)?;
        let event = self.history.agents.event(EventId { agent, sequence })?;
        match self.history.event(event).change {
            Change::Create { node, .. } => Some(node),
            _ => None,
        }
    }
}

/// Lets a state take in events in the order of the history; tells what they changed.
fn integrate(state: &mut State, history: &History, events: impl IntoIterator<Item = u32>) -> Changed {
    let (mut placements, mut edited) = (Vec::new(), Vec::new());
    for event in events {
        state.take_in(history, event);
        match history.event(event).change {
            Change::Place(_) => placements.push(event),
            Change::SetKind { node, .. } => edited.push((node, None)),
            Change::Set { node, key, .. } => edited.push((node, Some(key))),
            Change::Create { .. } => {}
        }
    }
    let mut before = HashMap::new();
    for (node, placement) in state.move_nodes(history, placements) {
        before.entry(node).or_insert(placement);
    }
    let moved = before.into_iter().filter(|&(node, placement)| state.placement(node) != placement);
    let mut moved: Vec<NodeId> = moved.map(|(node, _)| node).collect();
    moved.sort_unstable();
    Changed { moved, edited }
}
