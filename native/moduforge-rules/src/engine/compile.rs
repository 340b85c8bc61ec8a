//! `engine/compile`: the text of a decision becomes content that is validated.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_engine::handler::custom_node_adapter::NoopCustomNode;
use mf_engine::loader::NoopLoader;
use mf_engine::model::DecisionContent;
use mf_engine::{Decision, DecisionGraphValidationError};
use serde::Deserialize;
use serde_json::json;

use super::graphs::{chain, content};
use super::table::FeeTable;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    rows: u64,
}

/// The workload.
pub struct Compile {
    table: FeeTable,
    text: String,
}

/// What an iteration makes; the decision shows its content to nobody, so the check needs a copy of the pointer.
pub struct Compiled {
    content: Arc<DecisionContent>,
    decision: Decision<NoopLoader, NoopCustomNode>,
}

impl Workload for Compile {
    const ID: &'static str = "engine/compile";
    /// Each output is a whole rule set.
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Compiled;

    fn new(params: Params) -> Result<Self, Failure> {
        let table = FeeTable { rows: params.rows };
        Ok(Self { table, text: table.model().to_string() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Compiled {
        let content: Arc<DecisionContent> = serde_json::from_str(&self.text).expect("the model is JDM");
        let decision = Decision::from(content.clone());
        decision.validate().expect("the graph is sound");
        Compiled { content, decision }
    }

    /// Every cell arrived, and validation is no formality: it objects to a ring.
    fn verify(&mut self, compiled: Compiled) -> Result<(), Failure> {
        self.table.check(&compiled.content)?;
        Failure::unless_equal("a sound graph is valid", compiled.decision.validate().is_ok(), true)?;
        let mut ring = chain(2);
        let back = json!({ "id": "back", "sourceId": "n1", "targetId": "n0" });
        ring["edges"].as_array_mut().expect("a model has edges").push(back);
        let refused = Decision::from(content(ring)?).validate();
        let cyclic = matches!(refused, Err(DecisionGraphValidationError::CyclicGraph));
        Failure::unless_equal("a ring is refused", cyclic, true)
    }
}
