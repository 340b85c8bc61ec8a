//! `engine/complex`: decisions of many nodes.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_engine::handler::custom_node_adapter::NoopCustomNode;
use mf_engine::loader::MemoryLoader;
use mf_engine::{Decision, DecisionEngine, DecisionGraphResponse, EvaluationOptions, Variable, ZEN_CONFIG};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::graphs::{STEP, chain, content, one_step, steps, sub_decisions, switches};
use super::{returned, runtime};

const START: u64 = 11;
/// From this many switches on that cut something off, the crate gives a decision up and returns an empty object.
const SWITCH_LIMIT: usize = 1_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    shape: Shape,
    /// Expressions, switches or sub-decisions, one behind the other.
    nodes: usize,
    mode: Mode,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Chain,
    Switches,
    SubDecisions,
}

/// What an evaluation takes along.
#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Mode {
    /// As the crate does it: each node sees what all nodes before it returned, as `$nodes`.
    Default,
    /// Each node sees only its input.
    WithoutNodes,
    /// As by default, and the input and output of each node are returned.
    Traced,
}

/// The workload.
pub struct Complex {
    params: Params,
    runtime: Runtime,
    decision: Decision<MemoryLoader, NoopCustomNode>,
    context: Variable,
    /// The last verified decision came back empty.
    lost: bool,
}

impl Workload for Complex {
    const ID: &'static str = "engine/complex";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = DecisionGraphResponse;

    fn new(params: Params) -> Result<Self, Failure> {
        let Params { shape, nodes, mode } = params;
        let model = match shape {
            Shape::Chain => chain(nodes),
            Shape::Switches => switches(nodes),
            Shape::SubDecisions => sub_decisions(nodes),
        };
        let loader = MemoryLoader::default();
        loader.add(STEP, content(one_step())?);
        let engine = DecisionEngine::default().with_loader(Arc::new(loader));
        let decision = engine.create_decision(Arc::new(content(model)?));
        set_nodes_in_context(mode != Mode::WithoutNodes);
        let context = Variable::from(json!({ "value": start(shape, nodes) }));
        Ok(Self { params, runtime: runtime()?, decision, context, lost: false })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> DecisionGraphResponse {
        self.evaluate(&self.context)
    }

    fn verify(&mut self, response: DecisionGraphResponse) -> Result<(), Failure> {
        let Params { shape, nodes, mode } = self.params;
        self.lost = response.result.to_value() == json!({});
        if mode == Mode::Traced && shape != Shape::Switches {
            traced_chain(&response, nodes)?;
        }
        match shape {
            Shape::Chain | Shape::SubDecisions => returned(&response, &json!({ "value": steps(START, nodes) })),
            Shape::Switches if self.lost => self.too_many_hits(),
            Shape::Switches => {
                returned(&response, &passed(nodes))?;
                self.stops_in_the_middle()
            }
        }
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![FigureValue { name: "lost", value: if self.lost { 100.0 } else { 0.0 } }]
    }
}

impl Complex {
    fn evaluate(&self, context: &Variable) -> DecisionGraphResponse {
        let trace = Some(self.params.mode == Mode::Traced);
        let options = EvaluationOptions { trace, max_depth: None };
        let evaluation = self.decision.evaluate_with_opts(context.clone(), options);
        self.runtime.block_on(evaluation).expect("the graph is sound")
    }

    /// A value that is not let through ends at the switch that is its number.
    fn stops_in_the_middle(&self) -> Result<(), Failure> {
        let middle = self.params.nodes / 2;
        let context = Variable::from(json!({ "value": middle }));
        returned(&self.evaluate(&context), &json!({ "stopped": middle }))
    }

    /// An empty answer is the crate's known defect only from its limit on.
    fn too_many_hits(&self) -> Result<(), Failure> {
        let expected = if self.params.nodes >= SWITCH_LIMIT { json!({}) } else { passed(self.params.nodes) };
        Failure::unless_equal("result", json!({}), expected)
    }
}

impl Drop for Complex {
    fn drop(&mut self) {
        set_nodes_in_context(true);
    }
}

/// The setting belongs to the whole process.
fn set_nodes_in_context(on: bool) {
    ZEN_CONFIG.nodes_in_context.store(on, Ordering::Relaxed);
}

/// What goes into the decision: a value that every switch lets through.
fn start(shape: Shape, nodes: usize) -> u64 {
    match shape {
        Shape::Switches => nodes as u64,
        _ => START,
    }
}

/// What comes out of switches that let everything through.
fn passed(nodes: usize) -> Value {
    json!({ "passed": nodes })
}

/// The trace of a chain has the output of each node, beside the input and the output of the whole.
fn traced_chain(response: &DecisionGraphResponse, nodes: usize) -> Result<(), Failure> {
    let trace = response.trace.as_ref().ok_or_else(|| Failure::WrongAnswer("there is no trace".into()))?;
    Failure::unless_equal("nodes traced", trace.len(), nodes + 2)?;
    for number in 0..nodes {
        let seen = trace.get(&format!("n{number}")).map(|node| node.output.to_value());
        let expected = json!({ "value": steps(START, number + 1) });
        Failure::unless_equal(&format!("output of node {number}"), seen, Some(expected))?;
    }
    Ok(())
}
