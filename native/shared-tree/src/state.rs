//! What the events that are known come to.

use forgebench_tree::{Name, NodeId, Value};

use crate::event::{Change, Key, NOTHING};
use crate::history::History;
use crate::moves::Move;
use crate::siblings::Siblings;

/// Nodes by their numbers, and the moves that put them where they are.
#[derive(Clone, Debug, Default)]
pub struct State {
    nodes: Vec<NodeState>,
    pub(crate) moves: Vec<Move>,
}

/// A node, in the document or not.
#[derive(Clone, Debug)]
pub struct NodeState {
    /// The event that put it where it is; [`NOTHING`] where none did.
    pub placement: u32,
    /// The event that made it what it is; [`NOTHING`] for the root as long as nobody said.
    kind: u32,
    /// Of each attribute and mark that it ever had the event that set or removed it last.
    contents: Box<[(Key, u32)]>,
    /// Placements below it in their order, also those that no longer hold.
    children: Siblings,
    /// How many of them hold.
    pub(crate) held: u32,
}

static NONE: Siblings = Siblings::NEW;

impl State {
    /// A node, where there is one.
    pub fn node(&self, node: NodeId) -> Option<&NodeState> {
        self.nodes.get(place(node))
    }

    /// A node, which is made where this state has none yet.
    pub(crate) fn node_mut(&mut self, node: NodeId) -> &mut NodeState {
        let place = place(node);
        if place >= self.nodes.len() {
            self.nodes.reserve_exact((place + 1 - self.nodes.len()).max(self.nodes.len() / 4 + 16));
            self.nodes.resize_with(place + 1, NodeState::new);
        }
        &mut self.nodes[place]
    }

    /// Ids of all nodes.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (1..=self.nodes.len() as u32).filter_map(NodeId::new)
    }

    /// All nodes, each with nothing for its kind, and with each attribute and mark that it ever had.
    pub fn edited(&self) -> impl Iterator<Item = (NodeId, Option<Key>)> + '_ {
        self.ids().zip(&self.nodes).flat_map(|(id, node)| {
            let keys = node.contents.iter().map(|&(key, _)| Some(key));
            std::iter::once(None).chain(keys).map(move |key| (id, key))
        })
    }

    /// Takes in an event, whose causes it knows; a placement gets its place among siblings, and [`State::move_nodes`] or
    /// [`State::do_move`] have to follow.
    pub fn take_in(&mut self, history: &History, event: u32) {
        match &history.event(event).change {
            Change::Create { node, .. } => self.node_mut(*node).kind = event,
            Change::Place(placement) => {
                if let Some(parent) = placement.parent {
                    self.node_mut(parent).children.insert(event, placement, history);
                }
            }
            Change::SetKind { node, .. } => set_later(&mut self.node_mut(*node).kind, event, history),
            Change::Set { node, key, .. } => {
                let contents = &mut self.node_mut(*node).contents;
                match contents.iter_mut().find(|(other, _)| other == key) {
                    Some((_, last)) => set_later(last, event, history),
                    None => push_exactly(contents, (*key, event)),
                }
            }
        }
    }

    /// Placements below a node, also those that no longer hold.
    pub fn children(&self, node: NodeId) -> &Siblings {
        self.node(node).map_or(&NONE, |node| &node.children)
    }

    /// Nodes that are below another, in their order.
    pub fn below<'s>(&'s self, history: &'s History, parent: NodeId) -> impl Iterator<Item = NodeId> + 's {
        self.children(parent).iter().filter_map(|event| self.holds(history, event))
    }

    /// The node that a placement puts somewhere, where it still does.
    pub fn holds(&self, history: &History, event: u32) -> Option<NodeId> {
        history.placement(event).map(|to| to.node).filter(|&node| self.placement(node) == event)
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        let lists = |node: &NodeState| node.contents.len() * size_of::<(Key, u32)>() + node.children.bytes();
        let nodes = self.nodes.capacity() * size_of::<NodeState>();
        nodes + self.nodes.iter().map(lists).sum::<usize>() + self.moves.capacity() * size_of::<Move>()
    }
}

impl NodeState {
    fn new() -> Self {
        Self { placement: NOTHING, kind: NOTHING, contents: Box::default(), children: Siblings::NEW, held: 0 }
    }

    /// What it is; none for the root as long as nobody said.
    pub fn kind(&self, history: &History) -> Option<Name> {
        if self.kind == NOTHING {
            return None;
        }
        match history.event(self.kind).change {
            Change::Create { kind, .. } | Change::SetKind { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Attributes and marks that it has, each with its value.
    pub fn contents<'h>(&self, history: &'h History) -> impl Iterator<Item = (Key, &'h Value)> {
        self.contents.iter().filter_map(|&(key, event)| Some((key, value(history, event)?)))
    }

    /// The value of an attribute or a mark, where it has one.
    pub fn value<'h>(&self, history: &'h History, key: Key) -> Option<&'h Value> {
        let (_, event) = self.contents.iter().find(|(other, _)| *other == key)?;
        value(history, *event)
    }
}

fn place(node: NodeId) -> usize {
    node.number() as usize - 1
}

/// What an event sets an attribute or a mark to; none where it removes it.
fn value(history: &History, event: u32) -> Option<&Value> {
    match history.event(event).change {
        Change::Set { value, .. } => history.value(value),
        _ => None,
    }
}

/// The later one of two events stays.
fn set_later(last: &mut u32, event: u32, history: &History) {
    if *last == NOTHING || history.compare(event, *last).is_gt() {
        *last = event;
    }
}

/// Grows by one place: a vector's own growth would begin with four, and a node has one or two attributes.
fn push_exactly<T>(list: &mut Box<[T]>, item: T) {
    let mut longer = std::mem::take(list).into_vec();
    longer.reserve_exact(1);
    longer.push(item);
    *list = longer.into_boxed_slice();
}
