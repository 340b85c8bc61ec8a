//! `state/serialize` and `state/deserialize`: a state to bytes and back.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_state::State;
use mf_state::state::StateSerialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{runtime, state};
use crate::builders::{child_id, flat_pool, root_id, settle_heap, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "bytes";

/// The parameters of both.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// The workload `state/serialize`.
pub struct Serialize {
    nodes: usize,
    runtime: Runtime,
    state: Arc<State>,
}

impl Workload for Serialize {
    const ID: &'static str = "state/serialize";
    const HELD: usize = 4;
    type Params = Params;
    type Input = ();
    type Output = StateSerialize;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let state = state(&runtime, flat_pool(PREFIX, params.nodes), vec![])?;
        Ok(Self { nodes: params.nodes, runtime, state })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> StateSerialize {
        self.runtime.block_on(self.state.serialize()).expect("a document is representable in JSON")
    }

    /// The bytes are read as JSON, so that nothing of the crate under test judges itself.
    fn verify(&mut self, bytes: StateSerialize) -> Result<(), Failure> {
        let pool: Value = serde_json::from_slice(&bytes.node_pool).map_err(|e| Failure::WrongAnswer(e.to_string()))?;
        let tree = &pool["inner"];
        Failure::unless_equal("root", tree["root_id"].as_str(), Some(&*root_id(PREFIX)))?;
        let shards = tree["nodes"].as_array().ok_or_else(|| Failure::WrongAnswer("the nodes are no list".into()))?;
        let sizes = shards.iter().map(|shard| shard.as_object().map_or(0, serde_json::Map::len));
        Failure::unless_equal("number of nodes", sizes.sum::<usize>(), self.nodes + 1)?;
        for order in 0..self.nodes {
            let id = child_id(PREFIX, order);
            let node = shards.iter().find_map(|shard| shard.get(&*id));
            let order_seen = node.map(|node| &node["a"]["order"]);
            Failure::unless_equal(&format!("attribute order of {id}"), order_seen, Some(&json!(order)))?;
            Failure::unless_equal("parent", tree["parent_map"][&*id].as_str(), Some(&*root_id(PREFIX)))?;
        }
        Ok(())
    }
}

/// The workload `state/deserialize`.
pub struct Deserialize {
    nodes: usize,
    runtime: Runtime,
    state: Arc<State>,
    bytes: StateSerialize,
}

impl Workload for Deserialize {
    const ID: &'static str = "state/deserialize";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = State;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.nodes);
        // A deserialised tree of 0.7.0 has no shards and panics on every id that the shard cache does not know.
        warm_shard_cache(&document);
        let runtime = runtime()?;
        let state = state(&runtime, document, vec![])?;
        let bytes = runtime.block_on(state.serialize()).map_err(Failure::setup)?;
        Ok(Self { nodes: params.nodes, runtime, state, bytes })
    }

    fn input(&mut self) {
        settle_heap();
    }

    fn run(&mut self, (): ()) -> State {
        self.runtime.block_on(State::deserialize(&self.bytes, &self.state.config)).expect("the bytes are intact")
    }

    fn verify(&mut self, state: State) -> Result<(), Failure> {
        checks::flat_document(&state.doc(), PREFIX, self.nodes)
    }
}
