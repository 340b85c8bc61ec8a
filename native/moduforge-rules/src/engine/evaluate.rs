//! `engine/evaluate`: a decision table looks for the row that is for an order.

use forgebench_measure::{Failure, Workload};
use mf_engine::handler::custom_node_adapter::NoopCustomNode;
use mf_engine::loader::NoopLoader;
use mf_engine::{Decision, DecisionGraphResponse, Variable};
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::graphs::content;
use super::table::{FeeTable, Order};
use super::{evaluate, returned, runtime};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    rows: u64,
    hit: Hit,
}

/// The row that the order is for.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Hit {
    First,
    Last,
}

/// The workload.
pub struct Evaluate {
    runtime: Runtime,
    decision: Decision<NoopLoader, NoopCustomNode>,
    context: Variable,
    expected: Value,
}

impl Workload for Evaluate {
    const ID: &'static str = "engine/evaluate";
    type Params = Params;
    type Input = ();
    type Output = DecisionGraphResponse;

    fn new(params: Params) -> Result<Self, Failure> {
        let table = FeeTable { rows: params.rows };
        let order = match params.hit {
            Hit::First => Order::for_row(0),
            Hit::Last => Order::for_row(params.rows - 1),
        };
        Ok(Self {
            runtime: runtime()?,
            decision: Decision::from(content(table.model())?),
            context: Variable::from(order.json()),
            expected: table.answer_json(order),
        })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> DecisionGraphResponse {
        evaluate(&self.runtime, &self.decision, &self.context)
    }

    fn verify(&mut self, response: DecisionGraphResponse) -> Result<(), Failure> {
        returned(&response, &self.expected)
    }
}
