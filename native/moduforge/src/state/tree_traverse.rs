//! `state/tree-traverse`: all nodes of a state's document, from outside and by a plugin while a transaction is applied.

use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use forgebench_measure::{Failure, Workload};
use mf_model::Node;
use mf_state::plugin::{Plugin, PluginMetadata, PluginSpec, PluginTrait};
use mf_state::{State, Transaction};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::{runtime, state};
use crate::builders::{child_id, flat_pool, warm_shard_cache};

const PREFIX: &str = "traverse";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
    by: By,
}

/// Who walks.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum By {
    /// The holder of a state.
    Caller,
    /// A plugin that is asked whether a transaction may pass.
    Plugin,
}

/// The workload.
pub struct TreeTraverse {
    nodes: usize,
    by: By,
    runtime: Runtime,
    state: Arc<State>,
    collector: Arc<Collector>,
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
        let (runtime, collector) = (runtime()?, Arc::new(Collector::default()));
        let plugin = Arc::new(Plugin::new(PluginSpec { state_field: None, tr: collector.clone() }));
        let state = state(&runtime, document, vec![plugin])?;
        Ok(Self { nodes: params.nodes, by: params.by, runtime, state, collector })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Node> {
        match self.by {
            By::Caller => descendants(&self.state),
            By::Plugin => {
                let applied = self.runtime.block_on(self.state.apply(self.state.tr()));
                applied.expect("the plugin lets everything pass");
                self.collector.take()
            }
        }
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

fn descendants(state: &State) -> Vec<Node> {
    let document = state.doc();
    document.descendants(document.root_id())
}

/// A plugin that collects the document of each transaction's state.
#[derive(Debug, Default)]
struct Collector(Mutex<Vec<Node>>);

impl Collector {
    /// What was collected last.
    fn take(&self) -> Vec<Node> {
        take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl PluginTrait for Collector {
    fn metadata(&self) -> PluginMetadata {
        PluginMetadata {
            name: "collector".into(),
            version: "1.0.0".into(),
            description: "collects all nodes".into(),
            author: String::new(),
            dependencies: vec![],
            conflicts: vec![],
            state_fields: vec![],
            tags: vec![],
        }
    }

    async fn filter_transaction(&self, _: &Transaction, state: &State) -> bool {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = descendants(state);
        true
    }
}
