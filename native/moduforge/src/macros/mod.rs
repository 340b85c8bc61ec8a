//! Workloads over `moduforge-macros`: what its macros generate against the same by hand.

mod command;
mod compile_time;
mod documented;
mod extension;
mod items;
mod mark;
mod memory;
mod node;
mod plugin;
mod schema;
mod written;

use forgebench_measure::{Failure, Registration};
use mf_state::{State, StateConfig};
use tokio::runtime::{Builder, Runtime};

use crate::builders::{flat_pool, schema};

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<node::MacroNode>(),
        Registration::of::<mark::MacroMark>(),
        Registration::of::<extension::MacroExtension>(),
        Registration::of::<plugin::MacroPlugin>(),
        Registration::of::<command::MacroCommand>(),
        Registration::of::<schema::MacroSchema>(),
        Registration::of::<compile_time::CompileTime>(),
        Registration::of::<memory::MacroMemory>(),
    ]
}

/// A state over a document of ten paragraphs, and the runtime that its asynchronous methods are waited for in.
fn small_state(prefix: &str) -> Result<(Runtime, State), Failure> {
    let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
    let config = StateConfig {
        schema: Some(schema()),
        doc: Some(flat_pool(prefix, 10)),
        stored_marks: None,
        plugins: Some(vec![]),
        resource_manager: None,
    };
    let state = runtime.block_on(State::create(config)).map_err(Failure::setup)?;
    Ok((runtime, state))
}
