//! `state/tree-traverse`: all nodes of a state's document, asked for at once or one by one as plugins do.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::{Node, NodeId};
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
    via: Via,
}

/// How nodes are reached.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Via {
    /// One call on the document for all of them.
    Descendants,
    /// The document is asked from the state anew for each node.
    State,
}

/// The workload.
pub struct TreeTraverse {
    via: Via,
    ids: Vec<NodeId>,
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
        let ids = (0..params.nodes).map(|order| child_id(PREFIX, order)).collect();
        Ok(Self { via: params.via, ids, state: state(&runtime()?, document, vec![])? })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Node> {
        match self.via {
            Via::Descendants => {
                let document = self.state.doc();
                document.descendants(document.root_id())
            }
            Via::State => self.ids.iter().filter_map(|id| self.state.doc().get_node(id).cloned()).collect(),
        }
    }

    fn verify(&mut self, nodes: Vec<Node>) -> Result<(), Failure> {
        Failure::unless_equal("number of nodes met", nodes.len(), self.ids.len())?;
        for (order, node) in nodes.iter().enumerate() {
            Failure::unless_equal("node met", &node.id, &child_id(PREFIX, order))?;
            Failure::unless_equal("its order", node.attrs.get_safe("order"), Some(&json!(order)))?;
        }
        Ok(())
    }
}
