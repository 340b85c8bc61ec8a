//! `model/node-create`: one node with its attributes.

use std::collections::HashMap;

use forgebench_measure::{Failure, Workload};
use mf_model::node_definition::NodeSpec;
use mf_model::schema::{Schema, SchemaSpec};
use mf_model::types::NodeId;
use mf_model::{Attrs, Node};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::builders::attribute;

/// Which of the crate's two ways makes the node.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// `Node::new`, with attributes that the caller filled in.
    New,
    /// `NodeFactory::create_node`, which reads the schema and fills in defaults.
    Factory,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    attributes: usize,
    via: Via,
}

/// The workload.
pub struct NodeCreate {
    via: Via,
    id: NodeId,
    schema: Schema,
    values: HashMap<String, Value>,
}

impl NodeCreate {
    /// Both ways copy the same names and values, so that they can be compared.
    fn filled(&self) -> Attrs {
        let mut attrs = Attrs::default();
        for (name, value) in &self.values {
            attrs.insert_mut(name.clone(), value.clone());
        }
        attrs
    }
}

impl Workload for NodeCreate {
    const ID: &'static str = "model/node-create";
    // A node with twenty attributes is some 4 kB; more of them alive would measure the cache instead.
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Node;

    fn new(params: Params) -> Result<Self, Failure> {
        let values: HashMap<String, Value> =
            (0..params.attributes).map(|k| (format!("attribute{k}"), json!(k))).collect();
        let attrs = values.keys().map(|name| (name.clone(), attribute(json!(null)))).collect();
        let item = NodeSpec { attrs: Some(attrs), ..NodeSpec::default() };
        let spec = SchemaSpec {
            top_node: Some("item".into()),
            nodes: HashMap::from([("item".into(), item)]),
            marks: HashMap::new(),
        };
        let schema = Schema::compile(spec).map_err(Failure::setup)?;
        Ok(Self { via: params.via, id: "item_1".into(), schema, values })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Node {
        match self.via {
            Via::New => Node::new(&self.id, "item".into(), self.filled(), vec![], vec![]),
            Via::Factory => self
                .schema
                .factory()
                .create_node("item", Some(self.id.clone()), Some(&self.values), vec![], None)
                .expect("the schema has the type"),
        }
    }

    fn verify(&mut self, node: Node) -> Result<(), Failure> {
        Failure::unless_equal("id", &node.id, &self.id)?;
        Failure::unless_equal("type", node.r#type.as_str(), "item")?;
        Failure::unless_equal("number of attributes", node.attrs.size(), self.values.len())?;
        for (name, value) in &self.values {
            Failure::unless_equal(name, node.attrs.get_safe(name), Some(value))?;
        }
        Failure::unless_equal("number of children and marks", node.content.len() + node.marks.len(), 0)
    }
}
