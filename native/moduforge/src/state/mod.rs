//! Workloads over `moduforge-state`: transactions, plugins, versions, resources.
//!
//! The crate's API is asynchronous but never waits for anything: each workload owns a runtime and blocks on it.

mod bytes;
mod concurrent;
mod memory_versions;
mod plugin_pipeline;
mod plugins;
mod resources;
mod transaction;
mod tree_traverse;

use std::sync::Arc;

use forgebench_measure::{Failure, Registration};
use mf_model::NodePool;
use mf_state::plugin::Plugin;
use mf_state::{State, StateConfig};
use tokio::runtime::{Builder, Runtime};

use crate::builders::schema;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<transaction::OneTransaction>(),
        Registration::of::<plugin_pipeline::PluginPipeline>(),
        Registration::of::<tree_traverse::TreeTraverse>(),
        Registration::of::<bytes::Serialize>(),
        Registration::of::<bytes::Deserialize>(),
        Registration::of::<concurrent::Concurrent>(),
        Registration::of::<resources::Resources>(),
        Registration::of::<memory_versions::MemoryVersions>(),
    ]
}

/// A runtime on the calling thread: `block_on` costs it about a tenth of a microsecond.
fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread().build().map_err(Failure::setup)
}

/// A state over this document.
fn state(runtime: &Runtime, document: Arc<NodePool>, plugins: Vec<Arc<Plugin>>) -> Result<Arc<State>, Failure> {
    let config = StateConfig {
        schema: Some(schema()),
        doc: Some(document),
        stored_marks: None,
        plugins: Some(plugins),
        resource_manager: None,
    };
    runtime.block_on(State::create(config)).map(Arc::new).map_err(Failure::setup)
}
