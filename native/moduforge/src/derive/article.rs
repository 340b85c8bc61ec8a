//! A type that derives `Node`, and by hand what the derive generates for it.

use std::collections::HashMap;

use forgebench_measure::Failure;
use mf_core::node::Node as Definition;
use mf_model::node::Node;
use mf_model::node_definition::NodeSpec;
use serde_json::{Value, json};

use super::{Written, attrs};
use crate::builders::attribute;

/// Attributes of an article; its id is none of them.
pub const ATTRIBUTES: usize = 5;
const TYPE: &str = "article";
const CONTENT: &str = "text*";

pub use generated::Article;

/// A module of its own, because the generated `to_node` ignores a value that must not be ignored, which is the defect.
mod generated {
    #![expect(unused_must_use, reason = "the derive drops every attribute that it inserts")]

    /// An article with an attribute of each type that the derive converts.
    #[derive(mf_derive::Node, Clone, Debug, PartialEq)]
    #[node_type = "article"]
    #[content = "text*"]
    pub struct Article {
        #[id]
        pub id: String,
        #[attr]
        pub title: String,
        #[attr]
        pub order: i32,
        #[attr]
        pub rating: f64,
        #[attr]
        pub open: bool,
        #[attr]
        pub note: Option<String>,
    }
}

impl Article {
    /// Article number `order`; no attribute has the default of its type.
    pub fn numbered(id: &str, order: usize) -> Self {
        Self {
            id: id.into(),
            title: format!("article {order}"),
            order: order as i32 + 1,
            rating: 4.5,
            open: true,
            note: Some("a note".into()),
        }
    }

    /// The node of this article.
    pub fn node(&self, written: Written) -> Node {
        match written {
            Written::Derive => self.to_node(),
            Written::Hand => self.node_by_hand(),
        }
    }

    fn node_by_hand(&self) -> Node {
        let attrs = attrs([
            ("title", json!(self.title)),
            ("order", json!(self.order)),
            ("rating", json!(self.rating)),
            ("open", json!(self.open)),
            ("note", json!(self.note)),
        ]);
        Node::new(&self.id, TYPE.into(), attrs, vec![], vec![])
    }

    /// The article of this node.
    pub fn read(node: &Node, written: Written) -> Result<Self, String> {
        match written {
            Written::Derive => Article::from(node),
            Written::Hand => Self::read_by_hand(node),
        }
    }

    fn read_by_hand(node: &Node) -> Result<Self, String> {
        if node.r#type != TYPE {
            return Err(format!("a node of type {} is no article", node.r#type));
        }
        let text = |name: &str| node.attrs.get_safe(name).and_then(Value::as_str).map(str::to_string);
        let order = node.attrs.get_safe("order").and_then(Value::as_i64).unwrap_or_default();
        Ok(Self {
            id: node.id.to_string(),
            title: text("title").unwrap_or_default(),
            order: order as i32,
            rating: node.attrs.get_safe("rating").and_then(Value::as_f64).unwrap_or_default(),
            open: node.attrs.get_safe("open").and_then(Value::as_bool).unwrap_or_default(),
            note: text("note"),
        })
    }

    /// The definition of the type.
    pub fn definition(written: Written) -> Definition {
        match written {
            Written::Derive => Article::node_definition(),
            Written::Hand => Self::definition_by_hand(),
        }
    }

    fn definition_by_hand() -> Definition {
        let attrs = Self::defaults().map(|(name, default)| (name.to_string(), attribute(default)));
        let spec = NodeSpec { content: Some(CONTENT.into()), attrs: Some(HashMap::from(attrs)), ..NodeSpec::default() };
        Definition::create(TYPE, spec)
    }

    fn defaults() -> [(&'static str, Value); ATTRIBUTES] {
        [
            ("title", json!("")),
            ("order", json!(0)),
            ("rating", json!(0.0)),
            ("open", json!(false)),
            ("note", Value::Null),
        ]
    }

    /// How many of the attributes the node has; an error where anything else is wrong, a value included.
    pub fn attributes_of(&self, node: &Node) -> Result<usize, Failure> {
        Failure::unless_equal("id and type", (node.id.as_ref(), node.r#type.as_str()), (self.id.as_str(), TYPE))?;
        Failure::unless_equal("children and marks", node.content.len() + node.marks.len(), 0)?;
        let values = [
            ("title", Value::from(self.title.as_str())),
            ("order", Value::from(self.order)),
            ("rating", Value::from(self.rating)),
            ("open", Value::from(self.open)),
            ("note", Value::from(self.note.as_deref())),
        ];
        let kept = values.iter().filter(|(name, value)| node.attrs.get_safe(name) == Some(value)).count();
        Failure::unless_equal("attributes with another name or value", node.attrs.size() - kept, 0)?;
        Ok(kept)
    }

    /// The definition is that of an article.
    pub fn check_definition(definition: &Definition) -> Result<(), Failure> {
        Failure::unless_equal("name", definition.name.as_str(), TYPE)?;
        Failure::unless_equal("content", definition.r#type.content.as_deref(), Some(CONTENT))?;
        let seen = definition.r#type.attrs.as_ref();
        Failure::unless_equal("number of attributes", seen.map(HashMap::len), Some(ATTRIBUTES))?;
        for (name, default) in Self::defaults() {
            Failure::unless_equal(name, seen.and_then(|all| all.get(name)), Some(&attribute(default)))?;
        }
        Ok(())
    }
}
