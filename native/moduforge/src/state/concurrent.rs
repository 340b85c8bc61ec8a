//! `state/concurrent`: tasks that edit branches of one shared state.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_state::{State, Transaction};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use super::plugins::{Asked, Count, chain, plugin_name};
use super::{runtime, state};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "concurrent";
const NODES: usize = 1_000;
const WORKERS: usize = 2;
/// Transactions of an iteration over all tasks: spawning the tasks is then below 1 %.
const TRANSACTIONS: usize = 4_096;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Tasks; divides 4 096.
    tasks: usize,
}

/// The workload.
pub struct Concurrent {
    tasks: usize,
    runtime: Runtime,
    state: Arc<State>,
}

/// Applies `count` transactions one after the other. Each task goes on from its own result: a state that took
/// transactions of two tasks would lose one of them, because `apply` takes the transaction's document whole.
async fn branch(mut state: Arc<State>, task: usize, count: usize) -> Arc<State> {
    for k in 0..count {
        let mut transaction: Transaction = state.tr();
        let values = [("order".to_string(), json!(task * TRANSACTIONS + k))].into_iter().collect();
        transaction.set_node_attribute(child_id(PREFIX, task), values).expect("the node exists");
        state = state.apply(transaction).await.expect("no plugin objects").state;
        tokio::task::yield_now().await;
    }
    state
}

impl Workload for Concurrent {
    const ID: &'static str = "state/concurrent";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<Arc<State>>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let asked = Arc::<Asked>::default();
        let state = state(&runtime()?, document, chain(1, &asked))?;
        let runtime = Builder::new_multi_thread().worker_threads(WORKERS).build().map_err(Failure::setup)?;
        Ok(Self { tasks: params.tasks, runtime, state })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Arc<State>> {
        let count = TRANSACTIONS / self.tasks;
        self.runtime.block_on(async {
            let spawn = |task| tokio::spawn(branch(self.state.clone(), task, count));
            let tasks: Vec<_> = (0..self.tasks).map(spawn).collect();
            let mut states = Vec::with_capacity(self.tasks);
            for task in tasks {
                states.push(task.await.expect("tasks do not panic"));
            }
            states
        })
    }

    fn verify(&mut self, states: Vec<Arc<State>>) -> Result<(), Failure> {
        let count = TRANSACTIONS / self.tasks;
        Failure::unless_equal("branches", states.len(), self.tasks)?;
        for (task, state) in states.iter().enumerate() {
            let seen = state.get::<Count>(&plugin_name(0)).map(|seen| seen.0);
            Failure::unless_equal("transactions of a branch", seen, Some(count as u64))?;
            let last = json!(task * TRANSACTIONS + count - 1);
            checks::attribute(&state.doc(), &child_id(PREFIX, task), "order", &last)?;
            let other = (task + 1) % NODES;
            checks::attribute(&state.doc(), &child_id(PREFIX, other), "order", &json!(other))?;
        }
        checks::flat_document(&self.state.doc(), PREFIX, NODES)
    }

    fn operations(&self) -> u64 {
        TRANSACTIONS as u64
    }
}
