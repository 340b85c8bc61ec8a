//! `macros/extension`: an extension with functions, a plugin, attributes and a change of types, by `mf_extension!` and
//! by hand.

use std::collections::HashMap;
use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_core::node::Node;
use mf_core::types::GlobalAttributeItem;
use mf_core::{Extension, ForgeResult};
use mf_state::ops::GlobalResourceManager;
use serde::Deserialize;
use serde_json::json;

use super::plugin::{check_metadata, plugin};
use super::written::Written;
use crate::builders::attribute;

const NODE: &str = "paragraph";

/// What the functions of the extension leave behind.
#[derive(Debug, PartialEq)]
struct Opened(u32);

impl mf_state::resource::Resource for Opened {}

#[expect(clippy::unnecessary_wraps, reason = "the crate prescribes the signature")]
fn open(manager: &GlobalResourceManager) -> ForgeResult<()> {
    manager.resource_table.add("opened".into(), Opened(1));
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "the crate prescribes the signature")]
fn close(manager: &GlobalResourceManager) -> ForgeResult<()> {
    manager.resource_table.add("closed".into(), Opened(0));
    Ok(())
}

/// What the macro takes; the function that `mf_node_transform!` would make has another signature and does not fit.
#[expect(clippy::unnecessary_wraps, reason = "the crate prescribes the signature")]
fn mark_up(node: &mut Node) -> ForgeResult<()> {
    node.set_attr("class", Some(json!("plain")));
    Ok(())
}

mf_macro::mf_extension!(
    editor,
    ops = [open, close],
    plugins = [plugin(Written::Macro)],
    global_attributes = [
        mf_macro::mf_global_attr!(NODE, "align", "left"),
        mf_macro::mf_global_attr!([NODE, "heading"], vec![("indent", attribute(json!(0)))])
    ],
    node_transform = mark_up,
    docs = "The same as `by_hand`, by the macro."
);

/// The same as `editor`, by hand.
fn by_hand() -> Extension {
    let item = |types: &[&str], name: &str, default| GlobalAttributeItem {
        types: types.iter().map(|&name| name.to_string()).collect(),
        attributes: HashMap::from([(name.to_string(), attribute(default))]),
    };
    let mut extension = Extension::new();
    extension
        .add_op_fn(Arc::new(open))
        .add_op_fn(Arc::new(close))
        .add_plugin(Arc::new(plugin(Written::Hand)))
        .add_global_attribute(item(&[NODE], "align", json!("left")))
        .add_global_attribute(item(&[NODE, "heading"], "indent", json!(0)))
        .add_node_transform(Arc::new(mark_up));
    extension
}

/// The extension, by whom it says.
pub fn extension(written: Written) -> Extension {
    match written {
        Written::Macro => editor::init(),
        Written::Hand => by_hand(),
    }
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
}

/// The workload.
pub struct MacroExtension {
    written: Written,
}

impl Workload for MacroExtension {
    const ID: &'static str = "macros/extension";
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Extension;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { written: params.written })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Extension {
        extension(self.written)
    }

    fn verify(&mut self, extension: Extension) -> Result<(), Failure> {
        let manager = GlobalResourceManager::new();
        Failure::unless_equal("functions", extension.get_op_fns().len(), 2)?;
        for function in extension.get_op_fns() {
            function(&manager).map_err(|error| Failure::Error(error.to_string()))?;
        }
        for (key, value) in [("opened", Opened(1)), ("closed", Opened(0))] {
            let left = manager.resource_table.get::<Opened>(key.to_string());
            Failure::unless_equal(key, left.as_deref(), Some(&value))?;
        }
        Failure::unless_equal("plugins", extension.get_plugins().len(), 1)?;
        check_metadata(&extension.get_plugins()[0])?;
        let items = extension.get_global_attributes();
        Failure::unless_equal("global attributes", items.len(), 2)?;
        for (item, (name, default)) in items.iter().zip([("align", json!("left")), ("indent", json!(0))]) {
            Failure::unless_equal("first type", item.types.first().map(String::as_str), Some(NODE))?;
            Failure::unless_equal(name, item.attributes.get(name), Some(&attribute(default)))?;
        }
        let mut node = Node::default();
        let change = extension.get_node_transform().ok_or_else(|| Failure::WrongAnswer("no change of types".into()))?;
        change(&mut node).map_err(|error| Failure::Error(error.to_string()))?;
        let class = node.r#type.attrs.as_ref().and_then(|attributes| attributes.get("class"));
        Failure::unless_equal("changed type", class, Some(&attribute(json!("plain"))))
    }
}
