//! Retained bytes: what would go with a node. A node is dominated by those that every path from the root to it visits.
//!
//! Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm" (2001). It is quadratic at worst and beats the
//! logarithmic ones on graphs of real programs; heaps need two to five rounds.

use crate::graph::{Graph, Node, ROOT};

const NONE: Node = Node::MAX;

/// Who dominates whom, and how much each node retains.
pub(crate) struct Dominators {
    /// The nearest dominator of each node; `NONE` where nothing reaches it, and the root's own is the root.
    parent: Vec<Node>,
    /// Nodes that are reached, each before those that it dominates.
    order: Vec<Node>,
    /// Bytes of each node and of all that it dominates.
    pub(crate) retained: Vec<u64>,
}

impl Dominators {
    pub(crate) fn of(graph: &Graph) -> Self {
        let order = reverse_postorder(graph);
        let parent = nearest(graph, &order);
        let mut retained = graph.self_bytes.clone();
        for &node in order.iter().skip(1).rev() {
            retained[parent[node as usize] as usize] += retained[node as usize];
        }
        Self { parent, order, retained }
    }

    /// For each class, the bytes that its nodes retain together: what one node of a class retains below another of it
    /// counts once.
    pub(crate) fn retained_by_class(&self, class_of: &[u32], classes: usize) -> Vec<u64> {
        let mut bytes = vec![0; classes];
        let children = Adjacency::of(self.parent.len(), || {
            self.order.iter().skip(1).map(|&node| (self.parent[node as usize], node))
        });
        let mut open = vec![0_u32; classes];
        let mut stack = vec![(ROOT, false)];
        while let Some((node, leaving)) = stack.pop() {
            let class = class_of[node as usize] as usize;
            if leaving {
                open[class] -= 1;
                continue;
            }
            if open[class] == 0 {
                bytes[class] += self.retained[node as usize];
            }
            open[class] += 1;
            stack.push((node, true));
            stack.extend(children.of_node(node).iter().map(|&child| (child, false)));
        }
        bytes
    }
}

/// Lists of nodes by node, in two columns.
struct Adjacency {
    first: Vec<u32>,
    nodes: Vec<Node>,
}

impl Adjacency {
    fn of<I: Iterator<Item = (Node, Node)>>(nodes: usize, pairs: impl Fn() -> I) -> Self {
        let mut first = vec![0_u32; nodes + 1];
        for (from, _) in pairs() {
            first[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut all = vec![0; first[nodes] as usize];
        for (from, to) in pairs() {
            all[next[from as usize] as usize] = to;
            next[from as usize] += 1;
        }
        Self { first, nodes: all }
    }

    fn of_node(&self, node: Node) -> &[Node] {
        &self.nodes[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}

/// Nodes that the root reaches, each before the nodes that are left later in a search by depth.
fn reverse_postorder(graph: &Graph) -> Vec<Node> {
    let mut seen = vec![false; graph.len()];
    let mut order = Vec::with_capacity(graph.len());
    let mut stack = vec![(ROOT, graph.edges(ROOT))];
    seen[ROOT as usize] = true;
    while let Some((node, edges)) = stack.last_mut() {
        let node = *node;
        match edges.next() {
            None => {
                order.push(node);
                stack.pop();
            }
            Some(edge) => {
                let target = graph.targets[edge];
                if graph.keeps(edge) && !seen[target as usize] {
                    seen[target as usize] = true;
                    stack.push((target, graph.edges(target)));
                }
            }
        }
    }
    order.reverse();
    order
}

fn nearest(graph: &Graph, order: &[Node]) -> Vec<Node> {
    let mut position = vec![u32::MAX; graph.len()];
    for (at, &node) in order.iter().enumerate() {
        position[node as usize] = at as u32;
    }
    let holders =
        Adjacency::of(graph.len(), || order.iter().flat_map(|&node| graph.held(node).map(move |held| (held, node))));
    let mut parent = vec![NONE; graph.len()];
    parent[ROOT as usize] = ROOT;
    loop {
        let mut changed = false;
        for &node in order.iter().skip(1) {
            let known = holders.of_node(node).iter().copied().filter(|&holder| parent[holder as usize] != NONE);
            let Some(common) = known.reduce(|a, b| meet(&parent, &position, (a, b))) else { continue };
            changed |= parent[node as usize] != common;
            parent[node as usize] = common;
        }
        if !changed {
            return parent;
        }
    }
}

/// The nearest node that dominates both.
fn meet(parent: &[Node], position: &[u32], (mut a, mut b): (Node, Node)) -> Node {
    while a != b {
        while position[a as usize] > position[b as usize] {
            a = parent[a as usize];
        }
        while position[b as usize] > position[a as usize] {
            b = parent[b as usize];
        }
    }
    a
}
