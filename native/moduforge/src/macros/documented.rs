//! Which of the macros that the crate's documentation names the compiler refuses.

use forgebench_measure::Failure;

use crate::compiler::lines_refused;

/// One use of each macro that the crate's page lists, and of `mf_node_transform!`, whose result an extension is to
/// take. Names that a macro leaves to its user's imports are imported.
const USES: [&str; 16] = [
    r#"pub fn make() -> mf_core::mark::Mark { mf_macro::mark!("bold", "Bold", "level" => serde_json::json!(1)) }"#,
    r#"pub fn make() -> mf_core::node::Node { mf_macro::node!("p", "A", "text*", "n" => serde_json::json!(1)) }"#,
    "pub fn make() -> mf_core::extension::Extension { mf_macro::impl_extension!() }",
    "mf_macro::mf_op!(open, { Ok(()) });",
    "mf_macro::mf_op!(open, { Ok(()) }); mf_macro::mf_ops!(all, [open]);",
    r#"pub fn make() -> mf_core::types::GlobalAttributeItem { mf_macro::mf_global_attr!("p", "align", "left") }"#,
    "mf_macro::mf_op!(open, { Ok(()) }); mf_macro::mf_extension!(Editor, ops = [open]);",
    "fn start(_: &mut mf_core::extension::Extension, _: bool) {} \
     mf_macro::mf_extension_with_config!(Editor, config = { on: bool }, init_fn = start);",
    "mf_macro::mf_node_transform!(change, |node| { Some(node.clone()) }); \
     mf_macro::mf_extension!(Editor, node_transform = change);",
    "mf_macro::mf_plugin!(Guard);",
    "mf_macro::mf_plugin!(Guard); fn start(_: bool) -> mf_state::plugin::PluginSpec { Guard::spec() } \
     mf_macro::mf_plugin_with_config!(Strict, config = { on: bool }, init_fn = start);",
    r#"pub fn make() -> mf_state::plugin::PluginMetadata { mf_macro::mf_plugin_metadata!("guard") }"#,
    "pub fn make() -> mf_state::plugin::PluginConfig { mf_macro::mf_plugin_config!() }",
    "use async_trait::async_trait; use mf_state::error::StateResult; use mf_state::{State, Transaction}; \
     use mf_state::plugin::{PluginMetadata, PluginTrait}; \
     async fn append(_: &[Transaction], _: &State, _: &State) -> StateResult<Option<Transaction>> { Ok(None) } \
     mf_macro::impl_plugin!(Guard, append);",
    "use mf_state::resource::Resource; #[derive(Debug)] pub struct Count; mf_macro::derive_plugin_state!(Count);",
    "pub struct Count; mf_macro::impl_state_field!(Count);",
];

/// The share of them that is refused, in per cent.
pub fn refused() -> Result<f64, Failure> {
    let line = |(number, code)| format!("pub mod m{number} {{ use super::*; {code} }}");
    let lines = USES.iter().enumerate().map(line).collect();
    Ok(100.0 * lines_refused(lines)? as f64 / USES.len() as f64)
}
