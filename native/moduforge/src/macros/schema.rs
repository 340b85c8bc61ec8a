//! `macros/schema`: all definitions of an editor, by macros and by hand, become a schema.
//!
//! The schema copies all types for each type that has a content expression, an empty one included.

use std::collections::HashMap;

use forgebench_measure::{Failure, Workload};
use mf_core::mark::Mark;
use mf_core::node::Node;
use mf_core::{ExtensionManager, Extensions};
use mf_model::mark_definition::MarkSpec;
use mf_model::node_definition::NodeSpec;
use mf_model::schema::AttributeSpec;
use serde::Deserialize;
use serde_json::json;

use super::extension::extension;
use super::written::Written;
use crate::builders::attribute;

/// Types of nodes for each type of marks.
const NODES_OF_MARK: usize = 4;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    /// Types of nodes, the document's own included.
    types: usize,
}

/// The workload.
pub struct MacroSchema {
    params: Params,
    nodes: Vec<String>,
    marks: Vec<String>,
}

/// What the document holds; other types hold nothing.
const CONTENT: &str = "paragraph*";

/// The definition of a type of nodes.
pub fn node(written: Written, name: &str, content: &str) -> Node {
    match written {
        Written::Macro => node_by_macro(name, content),
        Written::Hand => node_by_hand(name, content),
    }
}

/// The definition of a type of marks.
pub fn mark(written: Written, name: &str) -> Mark {
    match written {
        Written::Macro => mark_by_macro(name),
        Written::Hand => mark_by_hand(name),
    }
}

/// The macro takes attributes only behind a content expression: a type that holds nothing has an empty one.
fn node_by_macro(name: &str, content: &str) -> Node {
    mf_macro::node!(name, "A type", content, "text" => json!(""), "order" => json!(0))
}

fn node_by_hand(name: &str, content: &str) -> Node {
    let attrs = HashMap::from([("text".into(), attribute(json!(""))), ("order".into(), attribute(json!(0)))]);
    let spec = NodeSpec {
        content: (!content.is_empty()).then(|| content.into()),
        desc: Some("A type".into()),
        attrs: Some(attrs),
        ..NodeSpec::default()
    };
    Node { name: name.into(), r#type: spec, top_node: false }
}

fn mark_by_macro(name: &str) -> Mark {
    mf_macro::mark!(name, "A mark", "colour" => json!("red"))
}

fn mark_by_hand(name: &str) -> Mark {
    let attrs = HashMap::from([("colour".into(), attribute(json!("red")))]);
    Mark {
        name: name.into(),
        r#type: MarkSpec { desc: Some("A mark".into()), attrs: Some(attrs), ..MarkSpec::default() },
    }
}

/// The attributes are those of a definition of nodes.
pub fn check_node(attributes: Option<&HashMap<String, AttributeSpec>>) -> Result<(), Failure> {
    let default = |name: &str| attributes?.get(name)?.default.clone();
    let seen = (default("text"), default("order"));
    Failure::unless_equal("attributes of a node", seen, (Some(json!("")), Some(json!(0))))
}

/// The attributes are those of a definition of marks.
pub fn check_mark(attributes: Option<&HashMap<String, AttributeSpec>>) -> Result<(), Failure> {
    let colour = attributes.and_then(|attributes| attributes.get("colour"));
    Failure::unless_equal("attribute of a mark", colour, Some(&attribute(json!("red"))))
}

impl Workload for MacroSchema {
    const ID: &'static str = "macros/schema";
    const HELD: usize = 4;
    type Params = Params;
    type Input = ();
    type Output = ExtensionManager;

    fn new(params: Params) -> Result<Self, Failure> {
        let fixed = ["doc", "paragraph", "heading"];
        let more = (fixed.len()..params.types).map(|number| format!("type{number}"));
        let nodes: Vec<String> = fixed.iter().map(|&name| name.to_string()).chain(more).collect();
        let marks = (0..params.types / NODES_OF_MARK).map(|number| format!("mark{number}")).collect();
        Ok(Self { params, nodes, marks })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> ExtensionManager {
        let nodes = self.nodes.iter().map(|name| {
            let content = if name == "doc" { CONTENT } else { "" };
            Extensions::N(node(self.params.written, name, content))
        });
        let marks = self.marks.iter().map(|name| Extensions::M(mark(self.params.written, name)));
        let mut all: Vec<Extensions> = nodes.chain(marks).collect();
        all.push(Extensions::E(extension(self.params.written)));
        ExtensionManager::new(&all).expect("the definitions fit together")
    }

    fn verify(&mut self, manager: ExtensionManager) -> Result<(), Failure> {
        let schema = manager.get_schema();
        let factory = schema.factory();
        let (nodes, marks) = factory.definitions();
        Failure::unless_equal("types of nodes", nodes.len(), self.nodes.len())?;
        Failure::unless_equal("types of marks", marks.len(), self.marks.len())?;
        Failure::unless_equal("plugins", manager.get_plugins().len(), 1)?;
        Failure::unless_equal("functions to call at the start", manager.get_op_fns().len(), 2)?;
        for name in &self.nodes {
            let attributes = nodes.get(name).and_then(|definition| definition.spec.attrs.as_ref());
            check_node(attributes)?;
            let aligned = attributes.and_then(|attributes| attributes.get("align")?.default.clone());
            let expected = (name == "paragraph").then(|| json!("left"));
            Failure::unless_equal("attribute of the extension", aligned, expected)?;
        }
        for name in &self.marks {
            let attributes = marks.get(name).and_then(|definition| definition.spec.attrs.as_ref());
            check_mark(attributes)?;
        }
        Ok(())
    }
}
