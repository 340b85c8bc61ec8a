//! `state/transaction`: a transaction is made, filled with steps and applied.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::rpds::HashTrieMapSync;
use mf_state::State;
use mf_state::state::TransactionResult;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{runtime, state};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "transaction";
const EDITED: &str = "edited";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
    /// Steps of a transaction, each on a node of its own; at most `nodes`.
    steps: usize,
}

/// The workload.
pub struct OneTransaction {
    params: Params,
    runtime: Runtime,
    /// Every iteration starts from this state, so that none is dearer than the one before.
    state: Arc<State>,
    values: HashTrieMapSync<String, Value>,
}

impl Workload for OneTransaction {
    const ID: &'static str = "state/transaction";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = TransactionResult;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&document);
        let runtime = runtime()?;
        let state = state(&runtime, document, vec![])?;
        let values = [("text".to_string(), json!(EDITED))].into_iter().collect();
        Ok(Self { params, runtime, state, values })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> TransactionResult {
        let mut transaction = self.state.tr();
        for order in 0..self.params.steps {
            transaction
                .set_node_attribute(child_id(PREFIX, order), self.values.clone())
                .expect("the node exists and the schema declares the attribute");
        }
        self.runtime.block_on(self.state.apply(transaction)).expect("no plugin objects")
    }

    fn verify(&mut self, result: TransactionResult) -> Result<(), Failure> {
        let Params { nodes, steps } = self.params;
        Failure::unless_equal("transactions applied", result.transactions.len(), 1)?;
        Failure::unless_equal("a newer version", result.state.version > self.state.version, true)?;
        let document = result.state.doc();
        for order in 0..nodes {
            let text = if order < steps { EDITED.into() } else { format!("lorem {order}") };
            checks::attribute(&document, &child_id(PREFIX, order), "text", &json!(text))?;
        }
        checks::flat_document(&self.state.doc(), PREFIX, nodes)
    }
}
