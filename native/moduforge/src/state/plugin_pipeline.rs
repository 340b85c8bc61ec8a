//! `state/plugin-pipeline`: a transaction passes a chain of plugins.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use forgebench_measure::{Failure, Workload};
use mf_model::rpds::HashTrieMapSync;
use mf_state::State;
use mf_state::state::TransactionResult;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::plugins::{Asked, Count, chain, plugin_name};
use super::{runtime, state};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "plugin";
const NODES: usize = 1_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    plugins: usize,
}

/// The workload.
pub struct PluginPipeline {
    plugins: usize,
    asked: Arc<Asked>,
    runtime: Runtime,
    state: Arc<State>,
    values: HashTrieMapSync<String, Value>,
}

impl Workload for PluginPipeline {
    const ID: &'static str = "state/plugin-pipeline";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = TransactionResult;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let (runtime, asked) = (runtime()?, Arc::default());
        let state = state(&runtime, document, chain(params.plugins, &asked))?;
        let values = [("order".to_string(), json!(NODES))].into_iter().collect();
        Ok(Self { plugins: params.plugins, asked, runtime, state, values })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> TransactionResult {
        let mut transaction = self.state.tr();
        transaction.set_node_attribute(child_id(PREFIX, 1), self.values.clone()).expect("the node exists");
        self.runtime.block_on(self.state.apply(transaction)).expect("no plugin objects")
    }

    fn verify(&mut self, result: TransactionResult) -> Result<(), Failure> {
        checks::attribute(&result.state.doc(), &child_id(PREFIX, 1), "order", &json!(NODES))?;
        for number in 0..self.plugins {
            let name = plugin_name(number);
            let count = |state: &State| state.get::<Count>(&name).map(|count| count.0);
            Failure::unless_equal(&format!("transactions seen by {name}"), count(&result.state), Some(1))?;
            Failure::unless_equal(&format!("transactions seen by {name} before"), count(&self.state), Some(0))?;
        }
        // One more transaction, so that the answer does not depend on how many there were.
        let before = [self.asked.to_filter.load(Relaxed), self.asked.to_append.load(Relaxed)];
        let _ = self.run(());
        let after = [self.asked.to_filter.load(Relaxed), self.asked.to_append.load(Relaxed)];
        let asked = [after[0] - before[0], after[1] - before[1]];
        Failure::unless_equal("plugins asked to filter and to append", asked, [self.plugins as u64; 2])
    }
}
