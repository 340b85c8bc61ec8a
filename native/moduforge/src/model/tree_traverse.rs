//! `model/tree-traverse`: down through all descendants of the root, or up from the deepest leaf.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_model::{Node, NodePool};
use serde::Deserialize;

use crate::builders::{deep, warm_shard_cache};

/// Which way.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Walk {
    /// `NodePool::descendants` of the root.
    Down,
    /// `NodePool::get_node_path` of the last leaf.
    Up,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    fan: usize,
    depth: usize,
    walk: Walk,
}

/// Whom the walk met.
pub enum Met {
    Nodes(Vec<Node>),
    Ids(Vec<NodeId>),
}

/// The workload.
pub struct TreeTraverse {
    walk: Walk,
    pool: Arc<NodePool>,
    start: NodeId,
    expected: Vec<NodeId>,
}

impl Workload for TreeTraverse {
    const ID: &'static str = "model/tree-traverse";
    // The descendants of the largest document are copied into 10 MB.
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = Met;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = deep("walk", params.fan, params.depth);
        let expected = match params.walk {
            Walk::Down => preorder(&document).split_off(1),
            Walk::Up => last_path(&document),
        };
        let start = match params.walk {
            Walk::Down => document.0.id.clone(),
            Walk::Up => expected[params.depth].clone(),
        };
        let pool = NodePool::from(document);
        warm_shard_cache(&pool);
        Ok(Self { walk: params.walk, pool, start, expected })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Met {
        match self.walk {
            Walk::Down => Met::Nodes(self.pool.descendants(&self.start)),
            Walk::Up => Met::Ids(self.pool.get_node_path(&self.start)),
        }
    }

    fn verify(&mut self, met: Met) -> Result<(), Failure> {
        let ids = match met {
            Met::Nodes(nodes) => nodes.into_iter().map(|node| node.id).collect(),
            Met::Ids(ids) => ids,
        };
        Failure::unless_equal("number of nodes met", ids.len(), self.expected.len())?;
        let wrong = ids.iter().zip(&self.expected).find(|(seen, expected)| seen != expected);
        Failure::unless_equal("first node met out of order", wrong, None)
    }

    fn operations(&self) -> u64 {
        self.expected.len() as u64
    }
}

fn preorder(tree: &NodeTree) -> Vec<NodeId> {
    let mut ids = vec![tree.0.id.clone()];
    ids.extend(tree.1.iter().flat_map(preorder));
    ids
}

/// From the root to the last child of the last child, and so on.
fn last_path(tree: &NodeTree) -> Vec<NodeId> {
    let mut ids = vec![tree.0.id.clone()];
    let mut at = tree;
    while let Some(last) = at.1.last() {
        ids.push(last.0.id.clone());
        at = last;
    }
    ids
}
