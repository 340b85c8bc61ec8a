//! Who holds a node: the shortest way from the root that a person can follow.

use std::collections::VecDeque;

use crate::graph::{Graph, Node, ROOT};

/// What the running code holds at this moment, and what V8 keeps for itself: they explain nothing where there is another
/// way.
const PASSING: [&str; 5] = ["(Stack roots)", "(Strong roots)", "(Handle scope)", "(Compilation cache)", "(Debugger)"];

/// The way to each node that the root reaches.
pub(crate) struct Paths {
    /// The node before, and the edge that leads from it; nothing for the root and for what it does not reach.
    before: Vec<Option<(Node, u32)>>,
    /// Nodes by length of their way.
    pub(crate) order: Vec<Node>,
}

impl Paths {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut paths = Self { before: vec![None; graph.len()], order: Vec::with_capacity(graph.len()) };
        let mut queue = VecDeque::from([ROOT]);
        let mut passing = VecDeque::new();
        while let Some(node) = queue.pop_front().or_else(|| passing.pop_front()) {
            paths.order.push(node);
            for edge in graph.edges(node).filter(|&edge| graph.keeps(edge)) {
                let target = graph.targets[edge];
                if target == ROOT || paths.before[target as usize].is_some() {
                    continue;
                }
                paths.before[target as usize] = Some((node, edge as u32));
                let later = PASSING.contains(&graph.name(target));
                if later { &mut passing } else { &mut queue }.push_back(target);
            }
        }
        paths
    }

    /// The node before, and the edge from it.
    pub(crate) fn before(&self, node: Node) -> Option<(Node, usize)> {
        self.before[node as usize].map(|(before, edge)| (before, edge as usize))
    }

    /// All steps from the root: each edge with the node that it leads to.
    pub(crate) fn steps(&self, node: Node) -> Vec<(usize, Node)> {
        let mut steps = Vec::new();
        let mut at = node;
        while let Some((before, edge)) = self.before(at) {
            steps.push((edge, at));
            at = before;
        }
        steps.reverse();
        steps
    }
}
