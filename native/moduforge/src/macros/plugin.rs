//! `macros/plugin`: a plugin by `mf_plugin!` and by hand; made, and asked whether a transaction may pass.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use forgebench_measure::{Failure, Workload};
use mf_state::plugin::{Plugin, PluginConfig, PluginMetadata, PluginSpec, PluginTrait};
use mf_state::{State, Transaction};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::small_state;
use super::written::Written;
use crate::builders::child_id;

const PREFIX: &str = "plugin";
const PRIORITY: i32 = 10;

#[expect(clippy::unused_async, reason = "the macro waits for what it calls")]
async fn has_steps(transaction: &Transaction, _: &State) -> bool {
    !transaction.steps.is_empty()
}

mf_macro::mf_plugin!(
    guard,
    metadata = mf_macro::mf_meta!(
        version = "2.0.0",
        description = "refuses transactions without steps",
        author = "forgebench",
        tags = ["guard"]
    ),
    config = mf_macro::mf_plugin_config!(enabled = true, priority = PRIORITY, settings = { "strict" => true }),
    filter_transaction = has_steps,
    docs = "The same as `Guard`, by the macro."
);

/// The same as `guard`, by hand.
#[derive(Debug)]
struct Guard;

#[async_trait]
impl PluginTrait for Guard {
    fn metadata(&self) -> PluginMetadata {
        PluginMetadata {
            name: "guard".into(),
            version: "2.0.0".into(),
            description: "refuses transactions without steps".into(),
            author: "forgebench".into(),
            dependencies: vec![],
            conflicts: vec![],
            state_fields: vec![],
            tags: vec!["guard".into()],
        }
    }

    fn config(&self) -> PluginConfig {
        let settings = HashMap::from([("strict".to_string(), json!(true))]);
        PluginConfig { enabled: true, priority: PRIORITY, settings }
    }

    async fn filter_transaction(&self, transaction: &Transaction, _: &State) -> bool {
        !transaction.steps.is_empty()
    }
}

/// The plugin, by whom it says.
pub fn plugin(written: Written) -> Plugin {
    match written {
        Written::Macro => guard::new(),
        Written::Hand => Plugin::new(PluginSpec { state_field: None, tr: Arc::new(Guard) }),
    }
}

/// The plugin says of itself what was written.
pub fn check_metadata(plugin: &Plugin) -> Result<(), Failure> {
    let said = plugin.get_metadata();
    Failure::unless_equal("key", plugin.get_name(), "guard")?;
    let words = [&said.name, &said.version, &said.description, &said.author];
    let expected = ["guard", "2.0.0", "refuses transactions without steps", "forgebench"];
    Failure::unless_equal("metadata", words.map(String::as_str), expected)?;
    Failure::unless_equal("tags", said.tags, vec!["guard".to_string()])?;
    let PluginConfig { enabled, priority, settings } = plugin.get_config();
    Failure::unless_equal("enabled and its priority", (enabled, priority), (true, PRIORITY))?;
    Failure::unless_equal("settings", settings.get("strict"), Some(&json!(true)))
}

/// What is done.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Op {
    /// The plugin is made, which asks it for its metadata.
    New,
    /// The plugin is asked whether a transaction may pass.
    Filter,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    op: Op,
}

/// What came of it.
pub enum Answer {
    Made(Plugin),
    Passes(bool),
}

/// The workload.
pub struct MacroPlugin {
    params: Params,
    plugin: Plugin,
    runtime: Runtime,
    state: State,
    transaction: Transaction,
}

impl MacroPlugin {
    fn passes(&self, transaction: &Transaction) -> bool {
        self.runtime.block_on(self.plugin.spec.tr.filter_transaction(transaction, &self.state))
    }
}

impl Workload for MacroPlugin {
    const ID: &'static str = "macros/plugin";
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Answer;

    fn new(params: Params) -> Result<Self, Failure> {
        let (runtime, state) = small_state(PREFIX)?;
        let mut transaction = state.tr();
        let values = [("text".to_string(), json!("new"))].into_iter().collect();
        transaction.set_node_attribute(child_id(PREFIX, 0), values).map_err(Failure::setup)?;
        Ok(Self { plugin: plugin(params.written), params, runtime, state, transaction })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Answer {
        match self.params.op {
            Op::New => Answer::Made(plugin(self.params.written)),
            Op::Filter => Answer::Passes(self.passes(&self.transaction)),
        }
    }

    fn verify(&mut self, answer: Answer) -> Result<(), Failure> {
        match answer {
            Answer::Made(plugin) => check_metadata(&plugin),
            Answer::Passes(passes) => {
                Failure::unless_equal("a transaction with a step passes", passes, true)?;
                Failure::unless_equal("one without passes", self.passes(&self.state.tr()), false)
            }
        }
    }
}
