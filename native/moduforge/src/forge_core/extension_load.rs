//! `core/extension-load`: extensions, written in Rust or as XML, become a schema.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_core::node::Node;
use mf_core::{Extension, ExtensionManager, Extensions, GlobalAttributeItem};
use mf_model::node_definition::NodeSpec;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::builders::attribute;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Extensions, each of which brings a type of nodes and an attribute that is declared outside of it.
    extensions: usize,
    from: From,
}

/// Where extensions come from.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum From {
    Code,
    Xml,
}

enum Source {
    Code(Vec<Extensions>),
    Xml(String),
}

/// The workload.
pub struct ExtensionLoad {
    extensions: usize,
    source: Source,
}

fn type_name(number: usize) -> String {
    format!("type{number}")
}

/// The document's type holds nodes of the first extension.
fn content() -> String {
    format!("{}*", type_name(0))
}

fn in_code(extensions: usize) -> Vec<Extensions> {
    let doc = NodeSpec { content: Some(content()), ..NodeSpec::default() };
    let mut all = vec![Extensions::N(Node::create("doc", doc))];
    for number in 0..extensions {
        let mut node = Node::create(&type_name(number), NodeSpec::default());
        node.set_attr("own", Some(json!(number)));
        all.push(Extensions::N(node));
        let attributes = HashMap::from([("declared".to_string(), attribute(json!(type_name(number))))]);
        let mut extension = Extension::new();
        extension.add_global_attribute(GlobalAttributeItem { types: vec![type_name(number)], attributes });
        // It loads nothing by itself: an editor calls it when it starts.
        extension.add_op_fn(Arc::new(|_| Ok(())));
        all.push(Extensions::E(extension));
    }
    all
}

fn in_xml(extensions: usize) -> String {
    let (mut declared, mut nodes) = (String::new(), String::new());
    for number in 0..extensions {
        let name = type_name(number);
        writeln!(
            declared,
            "<global_attribute types=\"{name}\"><attr name=\"declared\" default=\"{name}\"/></global_attribute>"
        )
        .expect("a string takes all");
        writeln!(nodes, "<node name=\"{name}\"><attrs><attr name=\"own\" default=\"{number}\"/></attrs></node>")
            .expect("a string takes all");
    }
    let doc = format!("<node name=\"doc\" content=\"{}\"/>", content());
    format!(
        "<schema top_node=\"doc\">\n<global_attributes>\n{declared}</global_attributes>\n\
         <nodes>\n{doc}\n{nodes}</nodes>\n</schema>"
    )
}

impl Workload for ExtensionLoad {
    const ID: &'static str = "core/extension-load";
    const HELD: usize = 16;
    type Params = Params;
    type Input = ();
    type Output = ExtensionManager;

    fn new(params: Params) -> Result<Self, Failure> {
        let source = match params.from {
            From::Code => Source::Code(in_code(params.extensions)),
            From::Xml => Source::Xml(in_xml(params.extensions)),
        };
        Ok(Self { extensions: params.extensions, source })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> ExtensionManager {
        match &self.source {
            Source::Code(extensions) => ExtensionManager::new(extensions),
            Source::Xml(text) => ExtensionManager::from_xml_string(text),
        }
        .expect("the extensions fit together")
    }

    fn verify(&mut self, manager: ExtensionManager) -> Result<(), Failure> {
        let schema = manager.get_schema();
        let factory = schema.factory();
        let (nodes, _) = factory.definitions();
        Failure::unless_equal("types", nodes.len(), self.extensions + 1)?;
        let doc = nodes.get("doc").and_then(|definition| definition.spec.content.clone());
        Failure::unless_equal("content of the document", doc, Some(content()))?;
        let functions = if let Source::Code(_) = self.source { self.extensions } else { 0 };
        Failure::unless_equal("functions to call at the start", manager.get_op_fns().len(), functions)?;
        for number in 0..self.extensions {
            let name = type_name(number);
            let definition = nodes.get(&name).ok_or_else(|| Failure::WrongAnswer(format!("no {name}")))?;
            let default =
                |attribute: &str| -> Option<Value> { definition.spec.attrs.as_ref()?.get(attribute)?.default.clone() };
            Failure::unless_equal("its own attribute", default("own"), Some(json!(number)))?;
            Failure::unless_equal("its declared attribute", default("declared"), Some(json!(name)))?;
        }
        Ok(())
    }
}
