//! `state/tree-traverse`: all descendants of the root of a state's document.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::Node;
use mf_state::State;
use serde::Deserialize;
use serde_json::json;

use super::{runtime, state};
use crate::builders::{child_id, flat_pool, warm_shard_cache};

const PREFIX: &str = "traverse";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// The workload.
pub struct TreeTraverse {
    nodes: usize,
    state: Arc<State>,
}

impl Workload for TreeTraverse {
    const ID: &'static str = "state/tree-traverse";
    // A hundred thousand nodes are copied into 30 MB.
    const HELD: usize = 2;
    type Params = Params;
    type Input = ();
    type Output = Vec<Node>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&document);
        Ok(Self { nodes: params.nodes, state: state(&runtime()?, document, vec![])? })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Node> {
        let document = self.state.doc();
        document.descendants(document.root_id())
    }

    fn verify(&mut self, nodes: Vec<Node>) -> Result<(), Failure> {
        Failure::unless_equal("number of nodes met", nodes.len(), self.nodes)?;
        for (order, node) in nodes.iter().enumerate() {
            Failure::unless_equal("node met", &node.id, &child_id(PREFIX, order))?;
            Failure::unless_equal("its order", node.attrs.get_safe("order"), Some(&json!(order)))?;
        }
        Ok(())
    }
}
