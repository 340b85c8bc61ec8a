//! Workloads over `moduforge-core`: runtimes, tasks, events, middleware, extensions, history.
//!
//! The crate blocks a thread where its queues are full, so that it needs workers of its own: each workload owns a
//! runtime of two threads and enters it from the thread that measures, as a program's `main` does.

mod bus;
mod error_handling;
pub(crate) mod event_dispatch;
mod event_throughput;
mod extension_execute;
mod extension_load;
mod history;
mod memory_concurrency;
mod middleware_chain;
mod runtime_startup;
mod session;
mod task_schedule;

use std::thread;
use std::time::{Duration, Instant};

use forgebench_measure::{Failure, Registration};
use mf_core::mark::Mark;
use mf_core::node::Node;
use mf_core::{Content, EditorOptionsBuilder, Extensions};
use mf_model::NodePool;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::builders::schema;

const WORKERS: usize = 2;
/// Longest wait for tasks that end by themselves; it takes microseconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<runtime_startup::RuntimeStartup>(),
        Registration::of::<task_schedule::TaskSchedule>(),
        Registration::of::<event_dispatch::EventDispatch>(),
        Registration::of::<event_throughput::EventThroughput>(),
        Registration::of::<middleware_chain::MiddlewareChain>(),
        Registration::of::<extension_load::ExtensionLoad>(),
        Registration::of::<extension_execute::ExtensionExecute>(),
        Registration::of::<error_handling::ErrorHandling>(),
        Registration::of::<history::History>(),
        Registration::of::<memory_concurrency::MemoryConcurrency>(),
    ]
}

pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread().worker_threads(WORKERS).enable_time().build().map_err(Failure::setup)
}

/// Options for an editor over this document, with the types of the shared schema.
pub(crate) fn options(document: &NodePool) -> EditorOptionsBuilder {
    EditorOptionsBuilder::new().content(Content::NodePool(document.clone())).extensions(types())
}

/// The types of the shared schema as the extensions that the crate takes.
fn types() -> Vec<Extensions> {
    let schema = schema();
    let factory = schema.factory();
    let (nodes, marks) = factory.definitions();
    let nodes = nodes.iter().map(|(name, definition)| Extensions::N(Node::create(name, definition.spec.clone())));
    let marks = marks.iter().map(|(name, definition)| Extensions::M(Mark::new(name, definition.spec.clone())));
    nodes.chain(marks).collect()
}

/// Waits until no more than `alive` tasks are left. What an editor holds is freed by its event loop, which ends some
/// time after the editor was dropped: without this, it would end within the next iteration.
pub(crate) fn wait_for_tasks(runtime: &Handle, alive: usize) {
    let start = Instant::now();
    while runtime.metrics().num_alive_tasks() > alive && start.elapsed() < PATIENCE {
        thread::yield_now();
    }
}
