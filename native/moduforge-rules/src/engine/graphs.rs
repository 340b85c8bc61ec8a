//! Decision models that the workloads share, as JDM: `{nodes, edges}`.
//!
//! Every graph computes something that a workload can compute on its own in a line or two of Rust.

use forgebench_measure::Failure;
use mf_engine::model::DecisionContent;
use serde_json::{Value, json};

/// The key under which loaders have [`one_step`].
pub const STEP: &str = "step";
/// Values of a chain stay below this prime, so that they are whole numbers that never grow.
const MODULUS: u64 = 1_009;
/// [`step`] as an expression, and in JavaScript.
const STEP_SOURCE: &str = "(value * 3 + 7) % 1009";
const STEP_JAVASCRIPT: &str = "(input.value * 3 + 7) % 1009";

/// The content of a model, ready to be evaluated.
pub fn content(model: Value) -> Result<DecisionContent, Failure> {
    serde_json::from_value(model).map_err(Failure::setup)
}

/// `nodes` expression nodes one behind the other; each computes [`step`] of what the one before computed.
pub fn chain(nodes: usize) -> Value {
    path((0..nodes).map(|number| node(&format!("n{number}"), "expressionNode", expression("value", STEP_SOURCE))))
}

/// `nodes` nodes one behind the other that each evaluate the decision [`STEP`].
pub fn sub_decisions(nodes: usize) -> Value {
    path((0..nodes).map(|number| node(&format!("n{number}"), "decisionNode", json!({ "key": STEP }))))
}

/// What a node of [`sub_decisions`] evaluates: a chain of one.
pub fn one_step() -> Value {
    chain(1)
}

/// `nodes` JavaScript nodes one behind the other. Version 2 is a module, version 1 a script.
pub fn functions(nodes: usize, version: u8) -> Value {
    let handler = format!("const handler = (input) => ({{ value: {STEP_JAVASCRIPT} }});");
    let content = match version {
        1 => json!(handler),
        _ => json!({ "source": format!("export {handler}"), "omitNodes": true }),
    };
    path((0..nodes).map(|number| node(&format!("n{number}"), "functionNode", content.clone())))
}

/// One step of a chain, as the workloads compute it.
fn step(value: u64) -> u64 {
    (value * 3 + 7) % MODULUS
}

/// What comes out of a chain of `nodes` steps.
pub fn steps(value: u64, nodes: usize) -> u64 {
    (0..nodes).fold(value, |value, _| step(value))
}

/// `nodes` switches one behind the other: number `k` lets through what is greater than `k`, and everything else ends
/// in `{ stopped: k }`. What passed all of them ends in `{ passed: value }`.
pub fn switches(nodes: usize) -> Value {
    let mut model = Model::default();
    model.add(node("input", "inputNode", json!({})));
    for number in 0..nodes {
        let (id, stop) = (format!("s{number}"), format!("stop{number}"));
        model.add(switch(&id, &[("yes", format!("value > {number}")), ("no", String::new())]));
        model.add(node(&stop, "expressionNode", expression("stopped", &number.to_string())));
        let (source, handle) = match number {
            0 => ("input".into(), None),
            _ => (format!("s{}", number - 1), Some("yes")),
        };
        model.connect(&source, &id, handle);
        model.connect(&id, &stop, Some("no"));
    }
    model.add(node("pass", "expressionNode", expression("passed", "value")));
    model.connect(&format!("s{}", nodes - 1), "pass", Some("yes"));
    model.add(node("output", "outputNode", json!({})));
    model.connect("pass", "output", None);
    model.json()
}

/// A decision tree of switches with `branches` leaves, a power of two: leaf `k` answers `{ leaf: k }` to the value
/// `k`. The leaves meet in one output node where `joined`; otherwise each is an end of its own.
pub fn tree(branches: usize, joined: bool) -> Value {
    let mut model = Model::default();
    model.add(node("input", "inputNode", json!({})));
    if joined {
        model.add(node("output", "outputNode", json!({})));
    }
    let root = subtree(&mut model, (0, branches), joined);
    model.connect("input", &root, None);
    model.json()
}

/// Adds what decides between the leaves `from..to`; returns the id of its first node.
fn subtree(model: &mut Model, (from, to): (usize, usize), joined: bool) -> String {
    if to - from == 1 {
        let id = format!("leaf{from}");
        model.add(node(&id, "expressionNode", expression("leaf", &from.to_string())));
        if joined {
            model.connect(&id, "output", None);
        }
        return id;
    }
    let middle = usize::midpoint(from, to);
    let id = format!("s{from}-{to}");
    model.add(switch(&id, &[("low", format!("value < {middle}")), ("high", String::new())]));
    for (handle, range) in [("low", (from, middle)), ("high", (middle, to))] {
        let below = subtree(model, range, joined);
        model.connect(&id, &below, Some(handle));
    }
    id
}

/// An input, these nodes and an output, one behind the other.
pub fn path(nodes: impl Iterator<Item = Value>) -> Value {
    let mut model = Model::default();
    let ends = [node("input", "inputNode", json!({})), node("output", "outputNode", json!({}))];
    let [first, last] = ends;
    let all: Vec<Value> = [first].into_iter().chain(nodes).chain([last]).collect();
    for pair in all.windows(2) {
        model.connect(&id_of(&pair[0]), &id_of(&pair[1]), None);
    }
    model.nodes = all;
    model.json()
}

/// A node; its name is its id, because `$nodes` holds nodes by name.
pub fn node(id: &str, kind: &str, content: Value) -> Value {
    let mut node = json!({ "id": id, "name": id, "type": kind });
    node["content"] = content;
    node
}

fn expression(key: &str, source: &str) -> Value {
    json!({ "expressions": [{ "id": key, "key": key, "value": source }] })
}

/// A switch that takes the first statement that holds; an empty one always does.
fn switch(id: &str, statements: &[(&str, String)]) -> Value {
    let statements: Vec<Value> =
        statements.iter().map(|(handle, condition)| json!({ "id": handle, "condition": condition })).collect();
    node(id, "switchNode", json!({ "hitPolicy": "first", "statements": statements }))
}

fn id_of(node: &Value) -> String {
    node["id"].as_str().expect("every node has an id").into()
}

/// A model that is being written.
#[derive(Default)]
struct Model {
    nodes: Vec<Value>,
    edges: Vec<Value>,
}

impl Model {
    fn add(&mut self, node: Value) {
        self.nodes.push(node);
    }

    /// Leads from one node to another, where the source is a switch from one of its statements.
    fn connect(&mut self, source: &str, target: &str, handle: Option<&str>) {
        let id = format!("e{}", self.edges.len());
        self.edges.push(json!({ "id": id, "sourceId": source, "targetId": target, "sourceHandle": handle }));
    }

    fn json(self) -> Value {
        [("nodes".to_string(), Value::Array(self.nodes)), ("edges".to_string(), Value::Array(self.edges))]
            .into_iter()
            .collect()
    }
}
