//! `engine/function-node`: decisions whose nodes are JavaScript.

use forgebench_measure::{Failure, Workload};
use mf_engine::handler::custom_node_adapter::NoopCustomNode;
use mf_engine::loader::NoopLoader;
use mf_engine::{Decision, DecisionGraphResponse, Variable};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::graphs::{content, functions, steps};
use super::{evaluate, returned, runtime};

const START: u64 = 11;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Of functions: 2 are modules, 1 the older scripts.
    version: u8,
    /// Functions of a decision, one behind the other.
    nodes: usize,
}

/// The workload.
pub struct FunctionNode {
    nodes: usize,
    runtime: Runtime,
    decision: Decision<NoopLoader, NoopCustomNode>,
    context: Variable,
}

impl Workload for FunctionNode {
    const ID: &'static str = "engine/function-node";
    type Params = Params;
    type Input = ();
    type Output = DecisionGraphResponse;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self {
            nodes: params.nodes,
            runtime: runtime()?,
            decision: Decision::from(content(functions(params.nodes, params.version))?),
            context: Variable::from(json!({ "value": START })),
        })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> DecisionGraphResponse {
        evaluate(&self.runtime, &self.decision, &self.context)
    }

    fn verify(&mut self, response: DecisionGraphResponse) -> Result<(), Failure> {
        returned(&response, &json!({ "value": steps(START, self.nodes) }))
    }

    fn operations(&self) -> u64 {
        self.nodes as u64
    }
}
