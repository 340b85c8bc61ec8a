//! `model/tree-query`: the nodes of one level among a hundred, by a scan of the whole document.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::NodePool;
use mf_model::types::NodeId;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::builders::{LEVELS, child_id, flat_pool};

const PREFIX: &str = "query";
const LEVEL: usize = 37;

/// Which engine.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// `NodePool::query().by_type().by_attr().find_all()`.
    Engine,
    /// The same conditions through `parallel_find_all`.
    Parallel,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
    by: By,
}

/// The workload.
pub struct TreeQuery {
    params: Params,
    pool: Arc<NodePool>,
    level: Value,
}

impl Workload for TreeQuery {
    const ID: &'static str = "model/tree-query";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = Vec<NodeId>;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { pool: flat_pool(PREFIX, params.nodes), params, level: json!(LEVEL) })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<NodeId> {
        let query = self.pool.query().by_type("paragraph").by_attr("level", &self.level);
        let found = match self.params.by {
            By::Engine => query.find_all(),
            By::Parallel => query.parallel_find_all(),
        };
        // One id is copied for each hundred nodes that were scanned: answers may not borrow from the pool.
        found.into_iter().map(|node| node.id.clone()).collect()
    }

    fn verify(&mut self, mut found: Vec<NodeId>) -> Result<(), Failure> {
        let mut expected: Vec<NodeId> =
            (LEVEL..self.params.nodes).step_by(LEVELS).map(|order| child_id(PREFIX, order)).collect();
        // Nodes come in the order of a hash trie, which is nobody's promise.
        found.sort();
        expected.sort();
        Failure::unless_equal("ids found", found, expected)
    }
}
