//! Moves in the order of their times, each with what it replaced, so that one that arrives late is put in its place.

use forgebench_tree::NodeId;

use crate::event::NOTHING;
use crate::history::{History, push_slowly};
use crate::state::State;

/// A move that did nothing.
const PASSED_OVER: u32 = NOTHING - 1;

/// A move, and where the node was before.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    event: u32,
    /// The placement before, or [`NOTHING`]; [`PASSED_OVER`] where it would have put a node below itself.
    before: u32,
}

impl State {
    /// Does moves, in any order, in their places among those that were done.
    ///
    /// Returns the nodes that may be elsewhere now, each with its placement before.
    pub(crate) fn move_nodes(&mut self, history: &History, mut events: Vec<u32>) -> Vec<(NodeId, u32)> {
        events.sort_unstable_by(|&first, &second| history.compare(first, second));
        let Some(&earliest) = events.first() else { return Vec::new() };
        let later = |done: &Move| history.compare(done.event, earliest).is_gt();
        let kept = self.moves.len() - self.moves.iter().rev().take_while(|&done| later(done)).count();
        let undone = self.moves.split_off(kept);
        let mut nodes = Vec::with_capacity(events.len() + undone.len());
        let all = events.iter().copied().chain(undone.iter().map(|done| done.event));
        nodes.extend(all.filter_map(|event| history.placement(event)).map(|to| (to.node, self.placement(to.node))));
        for done in undone.iter().rev() {
            self.undo(history, *done);
        }
        let undone = undone.into_iter().map(|done| done.event).collect();
        for event in merge_sorted(history, events, undone) {
            self.do_move(history, event);
        }
        nodes
    }

    /// Does a move that is later than all others.
    pub(crate) fn do_move(&mut self, history: &History, event: u32) {
        let Some(&to) = history.placement(event) else { return };
        let cycle = to.parent.is_some_and(|parent| self.is_within(history, parent, to.node));
        let before = if cycle { PASSED_OVER } else { self.put(history, to.node, event) };
        push_slowly(&mut self.moves, Move { event, before });
    }

    fn undo(&mut self, history: &History, done: Move) {
        if let (true, Some(to)) = (done.before != PASSED_OVER, history.placement(done.event)) {
            let _ = self.put(history, to.node, done.before);
        }
    }

    /// Lets a placement of a node hold, or none; gives the one that held before.
    fn put(&mut self, history: &History, node: NodeId, placement: u32) -> u32 {
        if let Some(old) = self.parent(history, node) {
            self.node_mut(old).held -= 1;
        }
        let before = std::mem::replace(&mut self.node_mut(node).placement, placement);
        if let Some(new) = self.parent(history, node) {
            self.node_mut(new).held += 1;
        }
        before
    }

    /// Whether `node` is `above` or below it.
    fn is_within(&self, history: &History, node: NodeId, above: NodeId) -> bool {
        // Nothing is below a node without children, so the way up is saved.
        let leaf = self.node(above).is_none_or(|node| node.held == 0);
        let mut at = Some(node);
        while let Some(node) = at {
            if node == above {
                return true;
            }
            at = if leaf { None } else { self.parent(history, node) };
        }
        false
    }

    /// The parent of a node, in the document or not.
    pub(crate) fn parent(&self, history: &History, node: NodeId) -> Option<NodeId> {
        history.placement(self.placement(node)).and_then(|placement| placement.parent)
    }

    /// The event that put a node where it is; [`NOTHING`] where none did.
    pub(crate) fn placement(&self, node: NodeId) -> u32 {
        self.node(node).map_or(NOTHING, |node| node.placement)
    }
}

/// Both lists, which are in order, as one.
fn merge_sorted(history: &History, first: Vec<u32>, second: Vec<u32>) -> Vec<u32> {
    let mut merged = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    while let (Some(&one), Some(&other)) = (first.peek(), second.peek()) {
        let next = if history.compare(one, other).is_lt() { first.next() } else { second.next() };
        merged.extend(next);
    }
    merged.extend(first);
    merged.extend(second);
    merged
}
