//! Plugins that count what passes through them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use async_trait::async_trait;
use mf_state::error::StateResult;
use mf_state::plugin::{Plugin, PluginMetadata, PluginSpec, PluginTrait, StateField};
use mf_state::resource::Resource;
use mf_state::{State, StateConfig, Transaction};

/// Transactions that a state has seen since it was created.
#[derive(Debug)]
pub struct Count(pub u64);

impl Resource for Count {}

#[derive(Debug)]
struct CountField;

#[async_trait]
impl StateField for CountField {
    type Value = Count;

    async fn init(&self, _: &StateConfig, _: &State) -> Arc<Count> {
        Arc::new(Count(0))
    }

    async fn apply(&self, _: &Transaction, count: Arc<Count>, _: &State, _: &State) -> Arc<Count> {
        Arc::new(Count(count.0 + 1))
    }
}

/// How often the plugins of a chain were asked.
#[derive(Debug, Default)]
pub struct Asked {
    pub to_filter: AtomicU64,
    pub to_append: AtomicU64,
}

#[derive(Debug)]
struct CountPlugin {
    number: usize,
    asked: Arc<Asked>,
}

#[async_trait]
impl PluginTrait for CountPlugin {
    fn metadata(&self) -> PluginMetadata {
        PluginMetadata {
            name: plugin_name(self.number),
            version: "1.0.0".into(),
            description: "counts transactions".into(),
            author: String::new(),
            dependencies: self.number.checked_sub(1).map(plugin_name).into_iter().collect(),
            conflicts: vec![],
            state_fields: vec![],
            tags: vec![],
        }
    }

    async fn filter_transaction(&self, _: &Transaction, _: &State) -> bool {
        self.asked.to_filter.fetch_add(1, Relaxed);
        true
    }

    /// Appends nothing: a plugin that always appends makes `apply` loop for ever.
    async fn append_transaction(
        &self,
        _: &[Arc<Transaction>],
        _: &Arc<State>,
        _: &Arc<State>,
    ) -> StateResult<Option<Transaction>> {
        self.asked.to_append.fetch_add(1, Relaxed);
        Ok(None)
    }
}

/// The name of plugin `number`; its state stands in the state's fields under it.
pub fn plugin_name(number: usize) -> String {
    format!("counter{number}")
}

/// A chain of plugins in which each depends on the one before.
pub fn chain(length: usize, asked: &Arc<Asked>) -> Vec<Arc<Plugin>> {
    let plugin = |number| {
        let tr = Arc::new(CountPlugin { number, asked: asked.clone() });
        Arc::new(Plugin::new(PluginSpec { state_field: Some(Arc::new(CountField)), tr }))
    };
    (0..length).map(plugin).collect()
}
