//! `state/memory-versions`: what each kept version of a document holds.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_state::State;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::{runtime, state};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "versions";
const NODES: usize = 1_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    versions: usize,
}

/// The workload.
pub struct MemoryVersions {
    versions: usize,
    runtime: Runtime,
    state: Arc<State>,
}

/// What version `k` writes; no version writes what another has written.
fn written(k: usize) -> usize {
    NODES + k
}

impl Workload for MemoryVersions {
    const ID: &'static str = "state/memory-versions";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<Arc<State>>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let runtime = runtime()?;
        let state = state(&runtime, document, vec![])?;
        Ok(Self { versions: params.versions, runtime, state })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Arc<State>> {
        let mut versions = Vec::with_capacity(self.versions);
        let mut newest = self.state.clone();
        for k in 0..self.versions {
            let mut transaction = newest.tr();
            let values = [("order".to_string(), json!(written(k)))].into_iter().collect();
            transaction.set_node_attribute(child_id(PREFIX, k % NODES), values).expect("the node exists");
            newest = self.runtime.block_on(newest.apply(transaction)).expect("no plugin objects").state;
            versions.push(newest.clone());
        }
        versions
    }

    /// Each version has its own write and all before it, and none after it.
    fn verify(&mut self, versions: Vec<Arc<State>>) -> Result<(), Failure> {
        Failure::unless_equal("versions", versions.len(), self.versions)?;
        for (k, version) in versions.iter().enumerate() {
            let document = version.doc();
            checks::attribute(&document, &child_id(PREFIX, k % NODES), "order", &json!(written(k)))?;
            if k > 0 {
                let before = (k - 1) % NODES;
                checks::attribute(&document, &child_id(PREFIX, before), "order", &json!(written(k - 1)))?;
            }
            let next = (k + 1) % NODES;
            let untouched = if k + 1 < NODES { next } else { written(k + 1 - NODES) };
            checks::attribute(&document, &child_id(PREFIX, next), "order", &json!(untouched))?;
        }
        checks::flat_document(&self.state.doc(), PREFIX, NODES)
    }

    fn operations(&self) -> u64 {
        self.versions as u64
    }
}
