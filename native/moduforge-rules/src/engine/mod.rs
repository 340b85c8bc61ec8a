//! Workloads over `moduforge-rules-engine`: decision tables, graphs of decisions, functions, loaders.
//!
//! A decision is evaluated by a future that never waits and stays on its thread: each workload owns a runtime and blocks
//! on it.

mod compile;
mod complex;
mod concurrent;
mod decision_graph;
mod evaluate;
mod function_node;
mod graphs;
mod load;
mod memory_large;
mod table;

use forgebench_measure::{Failure, Registration};
use mf_engine::handler::custom_node_adapter::CustomNodeAdapter;
use mf_engine::loader::DecisionLoader;
use mf_engine::{Decision, DecisionGraphResponse, Variable};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<load::Load>(),
        Registration::of::<evaluate::Evaluate>(),
        Registration::of::<complex::Complex>(),
        Registration::of::<compile::Compile>(),
        Registration::of::<decision_graph::DecisionGraph>(),
        Registration::of::<function_node::FunctionNode>(),
        Registration::of::<concurrent::Concurrent>(),
        Registration::of::<memory_large::MemoryLarge>(),
    ]
}

/// A runtime on the calling thread: `block_on` costs it about a tenth of a microsecond. Functions have a time limit,
/// so it needs a clock.
fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread().enable_time().build().map_err(Failure::setup)
}

/// One evaluation. The copy of the context is shallow, and nodes write only into copies of their own.
fn evaluate<L: DecisionLoader, A: CustomNodeAdapter>(
    runtime: &Runtime,
    decision: &Decision<L, A>,
    context: &Variable,
) -> DecisionGraphResponse {
    runtime.block_on(decision.evaluate(context.clone())).expect("the graph is sound")
}

/// The decision returned exactly this object.
fn returned(response: &DecisionGraphResponse, expected: &Value) -> Result<(), Failure> {
    Failure::unless_equal("result", &response.result.to_value(), expected)
}
