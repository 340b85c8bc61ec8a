//! `engine/decision-graph`: a decision tree of switches takes one path.

use forgebench_measure::{Failure, Workload};
use mf_engine::handler::custom_node_adapter::NoopCustomNode;
use mf_engine::loader::NoopLoader;
use mf_engine::{Decision, DecisionGraphResponse, Variable};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::graphs::{content, tree};
use super::{evaluate, returned, runtime};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Leaves; a power of two.
    branches: usize,
    end: End,
}

/// Where leaves lead to.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum End {
    /// All to one output node, as an editor draws it.
    Joined,
    /// Nowhere: each is an end of the decision.
    Open,
}

/// The workload.
pub struct DecisionGraph {
    branches: usize,
    runtime: Runtime,
    decision: Decision<NoopLoader, NoopCustomNode>,
    context: Variable,
}

/// A leaf in the midst of the tree, which is reached by going low and high in turn.
fn wanted(branches: usize) -> usize {
    branches / 3
}

impl Workload for DecisionGraph {
    const ID: &'static str = "engine/decision-graph";
    type Params = Params;
    type Input = ();
    type Output = DecisionGraphResponse;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self {
            branches: params.branches,
            runtime: runtime()?,
            decision: Decision::from(content(tree(params.branches, params.end == End::Joined))?),
            context: Variable::from(json!({ "value": wanted(params.branches) })),
        })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> DecisionGraphResponse {
        evaluate(&self.runtime, &self.decision, &self.context)
    }

    /// The first and the last leaf answer too, not only the one that is timed.
    fn verify(&mut self, response: DecisionGraphResponse) -> Result<(), Failure> {
        returned(&response, &json!({ "leaf": wanted(self.branches) }))?;
        for leaf in [0, self.branches - 1] {
            let context = Variable::from(json!({ "value": leaf }));
            returned(&evaluate(&self.runtime, &self.decision, &context), &json!({ "leaf": leaf }))?;
        }
        Ok(())
    }
}
