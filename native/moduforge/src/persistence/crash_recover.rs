//! `persistence/crash-recover`: a database whose writer was killed is opened and replayed.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_persistence::recovery::recover_state;
use mf_persistence::step_factory::StepFactoryRegistry;
use mf_state::State;
use serde::{Deserialize, Serialize};

use super::database::{Database, Mode};
use super::events::{self, DOCUMENT, check_edited};
use super::folder::Folder;
use super::recover::BATCH;
use super::writer::{self, Remains};

const NODES: usize = 1_000;

/// The parameters.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Events that the writer knew to be stored when it was killed.
    events: usize,
}

/// The workload.
pub struct CrashRecover {
    initial: Arc<State>,
    remains: Remains,
    steps: StepFactoryRegistry,
}

impl Workload for CrashRecover {
    const ID: &'static str = "persistence/crash-recover";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Folder;
    type Output = (Arc<State>, Database);

    fn new(params: Params) -> Result<Self, Failure> {
        if let Some(folder) = writer::asked_to_write() {
            let initial = events::state(NODES)?;
            let next = |k| events::event(DOCUMENT, k, events::payload(&events::transaction(&initial, NODES, k, 1)));
            match writer::write_until_killed(folder, next)? {}
        }
        let parameters = serde_json::to_string(&params).map_err(Failure::setup)?;
        let remains = writer::kill_while_writing(Self::ID, &parameters, params.events)?;
        Ok(Self { initial: events::state(NODES)?, remains, steps: StepFactoryRegistry::new() })
    }

    /// The first connection makes `SQLite` repair the database, so each iteration has a copy that is still as it was
    /// left.
    fn input(&mut self) -> Folder {
        self.remains.folder.copied().expect("Cannot copy what the writer has left")
    }

    fn run(&mut self, folder: Folder) -> (Arc<State>, Database) {
        let database = Database::open(folder, Mode::Async).expect("what a killed process leaves is a database");
        let store = database.store().as_ref();
        let recovery = recover_state(store, DOCUMENT, &self.initial.config, &self.steps, BATCH);
        let state = database.wait(recovery).expect("no event is half stored");
        (state, database)
    }

    /// All that was acknowledged is there; the event that was being written when the process died may be, too.
    fn verify(&mut self, (state, database): (Arc<State>, Database)) -> Result<(), Failure> {
        let stored = database.stored(Some(DOCUMENT))?;
        let acknowledged = self.remains.acknowledged.len();
        let extra = stored.saturating_sub(acknowledged);
        Failure::unless_equal(&format!("at most one of {extra} events was not acknowledged"), extra <= 1, true)?;
        check_edited(&state.doc(), NODES, stored)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let lost = self.remains.lost().ok();
        lost.into_iter().map(|lost| FigureValue { name: "lost", value: lost as f64 }).collect()
    }
}
