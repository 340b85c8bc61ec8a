//! `model/schema-compile`: a schema of many types, and of a content with many optional names.

use std::collections::HashMap;

use forgebench_measure::{Failure, Workload};
use mf_model::mark_definition::MarkSpec;
use mf_model::node_definition::NodeSpec;
use mf_model::schema::{Schema, SchemaSpec};
use serde::Deserialize;
use serde_json::json;

use crate::builders::attribute;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Node types besides the document's.
    types: usize,
    /// Names in the content of the document: `x0? x1? …`; at most `types`.
    optionals: usize,
}

/// The workload.
pub struct SchemaCompile {
    spec: SchemaSpec,
    optionals: usize,
}

impl Workload for SchemaCompile {
    const ID: &'static str = "model/schema-compile";
    // Thirteen optional names make a schema of 11 MB.
    const HELD: usize = 2;
    type Params = Params;
    type Input = SchemaSpec;
    type Output = Schema;

    fn new(Params { types, optionals }: Params) -> Result<Self, Failure> {
        if optionals > types {
            return Err(Failure::setup(format!("{optionals} optional names need as many types, there are {types}")));
        }
        let names: Vec<String> = (0..types).map(|k| format!("x{k}")).collect();
        let content: Vec<String> = names.iter().take(optionals).map(|name| format!("{name}?")).collect();
        let plain = || NodeSpec { attrs: Some([("order".into(), attribute(json!(0)))].into()), ..NodeSpec::default() };
        let mut nodes: HashMap<String, NodeSpec> = names.into_iter().map(|name| (name, plain())).collect();
        nodes.insert("doc".into(), NodeSpec { content: Some(content.join(" ")), ..plain() });
        let marks = HashMap::from([("bold".into(), MarkSpec::default())]);
        Ok(Self { spec: SchemaSpec { top_node: Some("doc".into()), nodes, marks }, optionals })
    }

    fn input(&mut self) -> SchemaSpec {
        self.spec.clone()
    }

    fn run(&mut self, spec: SchemaSpec) -> Schema {
        Schema::compile(spec).expect("the specification is valid")
    }

    fn verify(&mut self, schema: Schema) -> Result<(), Failure> {
        let factory = schema.factory();
        let mut expected: Vec<&str> = self.spec.nodes.keys().map(String::as_str).collect();
        expected.sort_unstable();
        Failure::unless_equal("types", factory.node_names(), expected)?;
        Failure::unless_equal("marks", factory.mark_names(), vec!["bold"])?;
        let content = factory.node_definition("doc").and_then(|doc| doc.content_match.as_ref());
        let start = content.ok_or_else(|| Failure::WrongAnswer("the document has no content rule".into()))?;
        // Any of the names may come first, and so may the end.
        let first: Vec<String> = start.next.iter().map(|edge| edge.node_type.name.clone()).collect();
        let mut sorted = first;
        sorted.sort_by_key(|name| name[1..].parse::<usize>().unwrap_or(usize::MAX));
        let names: Vec<String> = (0..self.optionals).map(|k| format!("x{k}")).collect();
        Failure::unless_equal("names that may come first", sorted, names)?;
        Failure::unless_equal("an empty document is valid", start.valid_end, true)
    }
}
