//! `persistence/recover` and `persistence/memory-recover`: a document from its snapshot and the events after it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_model::Tree;
use mf_persistence::recovery::recover_state;
use mf_persistence::step_factory::StepFactoryRegistry;
use mf_state::State;
use serde::Deserialize;

use super::database::{Database, Mode};
use super::events::{DOCUMENT, check_edited, edits, snapshot, state};
use crate::builders::warm_shard_cache;

/// Events that are read at once.
pub const BATCH: u32 = 1_000;
/// Events after the snapshot where the size of the document is the question.
const FEW: usize = 100;

/// A database with a snapshot and the events after it.
struct Stored {
    nodes: usize,
    events: usize,
    initial: Arc<State>,
    database: Database,
    steps: StepFactoryRegistry,
}

impl Stored {
    fn new(nodes: usize, events: usize) -> Result<Self, Failure> {
        let initial = state(nodes)?;
        let database = Database::warm(Mode::Async)?;
        database.write_snapshot(snapshot(&initial, DOCUMENT)?)?;
        database.append_batch(edits(&initial, nodes, events))?;
        Ok(Self { nodes, events, initial, database, steps: StepFactoryRegistry::new() })
    }

    fn recover(&self) -> Arc<State> {
        let (store, config) = (self.database.store().as_ref(), self.initial.config.as_ref());
        let recovery = recover_state(store, DOCUMENT, config, &self.steps, BATCH);
        self.database.wait(recovery).expect("the events are intact")
    }

    fn check(&self, recovered: &State) -> Result<(), Failure> {
        check_edited(&recovered.doc(), self.nodes, self.events)
    }
}

/// The parameters of `persistence/recover`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverParams {
    /// Paragraphs of the document.
    nodes: usize,
    /// Events after the snapshot, one edit each.
    events: usize,
}

/// The workload `persistence/recover`.
pub struct Recover(Stored);

impl Workload for Recover {
    const ID: &'static str = "persistence/recover";
    const HELD: usize = 1;
    type Params = RecoverParams;
    type Input = ();
    type Output = Arc<State>;

    fn new(params: RecoverParams) -> Result<Self, Failure> {
        Stored::new(params.nodes, params.events).map(Self)
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Arc<State> {
        self.0.recover()
    }

    fn verify(&mut self, recovered: Arc<State>) -> Result<(), Failure> {
        self.0.check(&recovered)
    }

    /// What a process sees that has just started: it has looked no node up.
    fn figures(&mut self) -> Vec<FigureValue> {
        Tree::clear_shard_cache();
        let recovered = catch_unwind(AssertUnwindSafe(|| self.0.recover()));
        let failed = recovered.is_err() || recovered.is_ok_and(|state| self.0.check(&state).is_err());
        warm_shard_cache(&self.0.initial.doc());
        vec![FigureValue { name: "failed-in-new-process", value: if failed { 100.0 } else { 0.0 } }]
    }
}

/// The parameters of `persistence/memory-recover`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoryParams {
    /// Paragraphs of the document.
    nodes: usize,
}

/// The workload `persistence/memory-recover`.
pub struct MemoryRecover(Stored);

impl Workload for MemoryRecover {
    const ID: &'static str = "persistence/memory-recover";
    const HELD: usize = 1;
    type Params = MemoryParams;
    type Input = ();
    type Output = Arc<State>;

    fn new(params: MemoryParams) -> Result<Self, Failure> {
        Stored::new(params.nodes, FEW).map(Self)
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Arc<State> {
        self.0.recover()
    }

    fn verify(&mut self, recovered: Arc<State>) -> Result<(), Failure> {
        self.0.check(&recovered)
    }
}
