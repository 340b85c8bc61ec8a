//! The items that `derive/compile-time` compiles, derived and by hand. `NUMBER` stands for an item's number.
//!
//! By hand stands what the derive offers to those who use the type: the definition, both directions, and the traits
//! for them.

use super::Written;
use super::compile_time::Kind;

/// One item and the function of it that the compiled crate must have.
pub struct Item {
    pub source: &'static str,
    pub function: &'static str,
}

/// A type with three attributes.
pub fn item(kind: Kind, written: Written) -> Item {
    let source = match (kind, written) {
        (Kind::Node, Written::Derive) => NODE_BY_DERIVE,
        (Kind::Node, Written::Hand) => NODE_BY_HAND,
        (Kind::Mark, Written::Derive) => MARK_BY_DERIVE,
        (Kind::Mark, Written::Hand) => MARK_BY_HAND,
    };
    let function = match kind {
        Kind::Node => "8ItemNUMBER7to_node",
        Kind::Mark => "8ItemNUMBER7to_mark",
    };
    Item { source, function }
}

const NODE_BY_DERIVE: &str = r#"
#[derive(mf_derive::Node)]
#[node_type = "itemNUMBER"]
#[content = "text*"]
pub struct ItemNUMBER {
    #[id]
    pub id: String,
    #[attr]
    pub title: String,
    #[attr]
    pub order: i32,
    #[attr]
    pub note: Option<String>,
}"#;

const NODE_BY_HAND: &str = r#"
pub struct ItemNUMBER {
    pub id: String,
    pub title: String,
    pub order: i32,
    pub note: Option<String>,
}

impl ItemNUMBER {
    pub fn node_definition() -> mf_core::node::Node {
        let attribute = |default| mf_model::schema::AttributeSpec { default: Some(default) };
        let attrs = std::collections::HashMap::from([
            ("title".to_string(), attribute(serde_json::json!(""))),
            ("order".to_string(), attribute(serde_json::json!(0))),
            ("note".to_string(), attribute(serde_json::json!(null))),
        ]);
        let spec = mf_model::node_definition::NodeSpec {
            content: Some("text*".to_string()),
            marks: None,
            group: None,
            desc: None,
            attrs: Some(attrs),
        };
        mf_core::node::Node::create("itemNUMBER", spec)
    }

    pub fn to_node(&self) -> mf_model::node::Node {
        let mut attrs = mf_model::attrs::Attrs::default();
        attrs.insert_mut("title".to_string(), serde_json::json!(self.title));
        attrs.insert_mut("order".to_string(), serde_json::json!(self.order));
        attrs.insert_mut("note".to_string(), serde_json::json!(self.note));
        mf_model::node::Node::new(&self.id, "itemNUMBER".to_string(), attrs, vec![], vec![])
    }

    pub fn from(node: &mf_model::node::Node) -> Result<Self, String> {
        if node.r#type != "itemNUMBER" {
            return Err(format!("{} is no itemNUMBER", node.r#type));
        }
        Ok(Self {
            id: node.id.to_string(),
            title: node.attrs.get_safe("title").and_then(|v| v.as_str()).unwrap_or_default().to_string(),
            order: node.attrs.get_safe("order").and_then(|v| v.as_i64()).unwrap_or_default() as i32,
            note: node.attrs.get_safe("note").and_then(|v| v.as_str()).map(|text| text.to_string()),
        })
    }

    fn default_instance() -> Self {
        Self { id: "default".to_string(), title: String::new(), order: 0, note: None }
    }
}

impl From<ItemNUMBER> for mf_model::node::Node {
    fn from(value: ItemNUMBER) -> Self {
        value.to_node()
    }
}

impl From<mf_model::node::Node> for ItemNUMBER {
    fn from(node: mf_model::node::Node) -> Self {
        ItemNUMBER::from(&node).unwrap_or_else(|_| Self::default_instance())
    }
}"#;

const MARK_BY_DERIVE: &str = r#"
#[derive(mf_derive::Mark)]
#[mark_type = "itemNUMBER"]
pub struct ItemNUMBER {
    #[attr]
    pub title: String,
    #[attr]
    pub order: i32,
    #[attr]
    pub note: Option<String>,
}"#;

const MARK_BY_HAND: &str = r#"
pub struct ItemNUMBER {
    pub title: String,
    pub order: i32,
    pub note: Option<String>,
}

impl ItemNUMBER {
    pub fn mark_definition() -> mf_core::mark::Mark {
        let attribute = |default| mf_model::schema::AttributeSpec { default: Some(default) };
        let attrs = std::collections::HashMap::from([
            ("title".to_string(), attribute(serde_json::json!(""))),
            ("order".to_string(), attribute(serde_json::json!(0))),
            ("note".to_string(), attribute(serde_json::json!(null))),
        ]);
        let spec = mf_model::mark_definition::MarkSpec {
            attrs: Some(attrs),
            excludes: None,
            group: None,
            spanning: None,
            desc: None,
        };
        mf_core::mark::Mark::new("itemNUMBER", spec)
    }

    pub fn to_mark(&self) -> mf_model::mark::Mark {
        let mut attrs = mf_model::attrs::Attrs::default();
        attrs.insert_mut("title".to_string(), serde_json::json!(self.title));
        attrs.insert_mut("order".to_string(), serde_json::json!(self.order));
        attrs.insert_mut("note".to_string(), serde_json::json!(self.note));
        mf_model::mark::Mark { r#type: "itemNUMBER".to_string(), attrs }
    }

    pub fn from(mark: &mf_model::mark::Mark) -> Result<Self, String> {
        if mark.r#type != "itemNUMBER" {
            return Err(format!("{} is no itemNUMBER", mark.r#type));
        }
        Ok(Self {
            title: mark.attrs.get_safe("title").and_then(|v| v.as_str()).unwrap_or_default().to_string(),
            order: mark.attrs.get_safe("order").and_then(|v| v.as_i64()).unwrap_or_default() as i32,
            note: mark.attrs.get_safe("note").and_then(|v| v.as_str()).map(|text| text.to_string()),
        })
    }

    fn default_instance() -> Self {
        Self { title: String::new(), order: 0, note: None }
    }
}

impl From<ItemNUMBER> for mf_core::mark::Mark {
    fn from(_: ItemNUMBER) -> Self {
        ItemNUMBER::mark_definition()
    }
}

impl From<mf_model::mark::Mark> for ItemNUMBER {
    fn from(mark: mf_model::mark::Mark) -> Self {
        ItemNUMBER::from(&mark).unwrap_or_else(|_| Self::default_instance())
    }
}"#;
