//! `model/memory-layout`: what a document holds, and how its pages fragment while it is edited.

use std::sync::Arc;

use forgebench_measure::{AllocationCounts, Failure, FigureValue, Workload};
use mf_model::{NodePool, Tree};
use serde::Deserialize;
use serde_json::json;

use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;
use crate::resident::{give_free_pages_back, resident_bytes};

const PREFIX: &str = "layout";
/// Rounds of edits; each replaces the attributes of every second node, so that new blocks lie in the gaps of old ones.
const CHURN_ROUNDS: usize = 4;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// The workload.
pub struct MemoryLayout {
    nodes: usize,
}

impl Workload for MemoryLayout {
    const ID: &'static str = "model/memory-layout";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Arc<NodePool>;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { nodes: params.nodes })
    }

    fn input(&mut self) {}

    /// Nodes are made inside the body, so that all that the document holds was asked for here.
    fn run(&mut self, (): ()) -> Arc<NodePool> {
        flat_pool(PREFIX, self.nodes)
    }

    fn verify(&mut self, pool: Arc<NodePool>) -> Result<(), Failure> {
        checks::flat_document(&pool, PREFIX, self.nodes)
    }

    fn operations(&self) -> u64 {
        self.nodes as u64 + 1
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        rss_over_live(self.nodes).map(|value| FigureValue { name: "rss-over-live", value }).into_iter().collect()
    }
}

/// Resident bytes over live bytes that a document adds to the process once it was edited all over; `None` where
/// live bytes are not counted, as in timed launches.
fn rss_over_live(nodes: usize) -> Option<f64> {
    // Cached ids would count as the document's: they are looked up before the first reading.
    warm_shard_cache(&flat_pool(PREFIX, nodes));
    give_free_pages_back();
    let (resident, live) = (resident_bytes()?, AllocationCounts::now().live_bytes);
    let mut document: Tree = flat_pool(PREFIX, nodes).get_inner().as_ref().clone();
    churn(&mut document, nodes);
    let resident = resident_bytes()? - resident;
    let live = AllocationCounts::now().live_bytes - live;
    drop(document);
    (live > 0).then(|| resident as f64 / live as f64)
}

fn churn(document: &mut Tree, nodes: usize) {
    for round in 0..CHURN_ROUNDS {
        for order in (round % 2..nodes).step_by(2) {
            let text = "edited ".repeat(round + 1);
            let values = [("text".to_string(), json!(text))].into_iter().collect();
            document.update_attr(&child_id(PREFIX, order), values).expect("the node exists");
        }
    }
}
