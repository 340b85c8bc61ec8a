//! The items that `macros/compile-time` compiles, by macros and by hand. `NUMBER` stands for an item's number.

use super::written::Written;

/// One item and the function of it that the compiled crate must have.
pub struct Item {
    pub source: &'static str,
    pub function: &'static str,
}

/// A definition with three attributes.
pub fn node(written: Written) -> Item {
    let source = match written {
        Written::Macro => NODE_BY_MACRO,
        Written::Hand => NODE_BY_HAND,
    };
    Item { source, function: "9node_NUMBER" }
}

/// An extension with a function, an attribute and a plugin with a filter.
pub fn extension(written: Written) -> Item {
    let source = match written {
        Written::Macro => EXTENSION_BY_MACRO,
        Written::Hand => EXTENSION_BY_HAND,
    };
    Item { source, function: "13ExtensionNUMBER4init" }
}

const NODE_BY_MACRO: &str = r#"
pub fn node_NUMBER() -> mf_core::node::Node {
    mf_macro::node!("nodeNUMBER", "A type", "text*", "text" => serde_json::json!(""),
        "order" => serde_json::json!(0), "note" => serde_json::json!(null))
}"#;

const NODE_BY_HAND: &str = r#"
pub fn node_NUMBER() -> mf_core::node::Node {
    let mut node = mf_core::node::Node::default();
    node.set_name("nodeNUMBER").set_desc("A type").set_content("text*");
    node.set_attr("text", Some(serde_json::json!("")));
    node.set_attr("order", Some(serde_json::json!(0)));
    node.set_attr("note", Some(serde_json::json!(null)));
    node
}"#;

const EXTENSION_BY_MACRO: &str = r#"
mf_macro::mf_op!(op_NUMBER, { Ok(()) });

async fn passes_NUMBER(_: &mf_state::Transaction, _: &mf_state::State) -> bool {
    true
}

mf_macro::mf_plugin!(
    PluginNUMBER,
    metadata = mf_macro::mf_meta!(version = "1.0.0", description = "A plugin", author = "An author"),
    filter_transaction = passes_NUMBER
);

mf_macro::mf_extension!(
    ExtensionNUMBER,
    ops = [op_NUMBER],
    plugins = [PluginNUMBER::new()],
    global_attributes = [mf_macro::mf_global_attr!("nodeNUMBER", "align", "left")]
);"#;

const EXTENSION_BY_HAND: &str = r#"
fn op_NUMBER(_: &mf_state::ops::GlobalResourceManager) -> mf_core::ForgeResult<()> {
    Ok(())
}

async fn passes_NUMBER(_: &mf_state::Transaction, _: &mf_state::State) -> bool {
    true
}

#[derive(Debug)]
pub struct PluginNUMBER;

impl PluginNUMBER {
    pub fn new() -> mf_state::plugin::Plugin {
        let tr = std::sync::Arc::new(PluginNUMBER);
        mf_state::plugin::Plugin::new(mf_state::plugin::PluginSpec { state_field: None, tr })
    }
}

#[async_trait::async_trait]
impl mf_state::plugin::PluginTrait for PluginNUMBER {
    fn metadata(&self) -> mf_state::plugin::PluginMetadata {
        mf_state::plugin::PluginMetadata {
            name: "PluginNUMBER".into(),
            version: "1.0.0".into(),
            description: "A plugin".into(),
            author: "An author".into(),
            dependencies: vec![],
            conflicts: vec![],
            state_fields: vec![],
            tags: vec![],
        }
    }

    async fn filter_transaction(&self, tr: &mf_state::Transaction, state: &mf_state::State) -> bool {
        passes_NUMBER(tr, state).await
    }
}

pub struct ExtensionNUMBER;

impl ExtensionNUMBER {
    pub fn init() -> mf_core::extension::Extension {
        let default = Some(serde_json::Value::String("left".into()));
        let spec = mf_model::schema::AttributeSpec { default };
        let mut extension = mf_core::extension::Extension::new();
        extension.add_op_fn(std::sync::Arc::new(op_NUMBER));
        extension.add_plugin(std::sync::Arc::new(PluginNUMBER::new()));
        extension.add_global_attribute(mf_core::types::GlobalAttributeItem {
            types: vec!["nodeNUMBER".to_string()],
            attributes: std::collections::HashMap::from([("align".to_string(), spec)]),
        });
        extension
    }
}"#;
