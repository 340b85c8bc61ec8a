//! `engine/memory-large`: what a large rule set holds while it is loaded.

use std::sync::Arc;

use forgebench_measure::{AllocationCounts, Failure, FigureValue, Workload};
use mf_engine::model::DecisionContent;
use serde::Deserialize;

use super::table::FeeTable;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    rows: u64,
}

/// The workload.
pub struct MemoryLarge {
    table: FeeTable,
    text: String,
}

impl Workload for MemoryLarge {
    const ID: &'static str = "engine/memory-large";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Arc<DecisionContent>;

    fn new(params: Params) -> Result<Self, Failure> {
        let table = FeeTable { rows: params.rows };
        Ok(Self { table, text: table.model().to_string() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Arc<DecisionContent> {
        serde_json::from_str(&self.text).expect("the model is JDM")
    }

    fn verify(&mut self, content: Arc<DecisionContent>) -> Result<(), Failure> {
        self.table.check(&content)
    }

    fn operations(&self) -> u64 {
        self.table.rows
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.live_over_text().map(|value| FigureValue { name: "live-over-text", value }).into_iter().collect()
    }
}

impl MemoryLarge {
    /// Live bytes of the content over bytes of its text; `None` where live bytes are not counted, as in timed launches.
    fn live_over_text(&mut self) -> Option<f64> {
        let before = AllocationCounts::now().live_bytes;
        let content = self.run(());
        let live = AllocationCounts::now().live_bytes - before;
        drop(content);
        (live > 0).then(|| live as f64 / self.text.len() as f64)
    }
}
