//! `scenario/crash-recover`: an editor dies in the middle of a session, and the text is recovered from what it stored.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::ForgeRuntime;
use mf_persistence::api::PersistedEvent;
use mf_persistence::recovery::recover_state;
use mf_persistence::step_factory::StepFactoryRegistry;
use mf_state::State;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use super::script::{Script, text_of, unless_same};
use super::trace::Trace;
use crate::forge_core;
use crate::persistence::database::{Database, Mode};
use crate::persistence::events::{DOCUMENT, event, payload, state_of};
use crate::persistence::folder::Folder;
use crate::persistence::recover::BATCH;
use crate::persistence::writer::{self, Remains};

/// Edits beyond those after which the editor is killed: it goes on until the signal reaches it.
const MARGIN: usize = 4_000;

/// The parameters.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Edits that the editor knew to be stored when it was killed.
    edits: usize,
}

/// The workload.
pub struct CrashRecover {
    trace: Trace,
    initial: Arc<State>,
    remains: Remains,
    steps: StepFactoryRegistry,
}

/// The process that dies: it types, and stores each edit before it goes on to the next.
struct Typist {
    script: Script,
    editor: ForgeRuntime,
    runtime: Runtime,
}

impl Typist {
    fn sit_down(trace: &Trace) -> Result<Self, Failure> {
        let runtime = forge_core::runtime()?;
        let options = forge_core::options(&Script::document()).build();
        let editor = runtime.block_on(ForgeRuntime::create(options)).map_err(Failure::setup)?;
        Ok(Self { script: Script::of(trace)?, editor, runtime })
    }

    fn edit(&mut self, number: usize) -> PersistedEvent {
        let Some(changes) = self.script.edits.get(number) else { wait_to_be_killed() };
        let mut transaction = self.editor.get_tr();
        for change in changes {
            change.make(&mut transaction).expect("the script fits the document");
        }
        let stored = event(DOCUMENT, number, payload(&transaction));
        self.runtime.block_on(self.editor.dispatch(transaction)).expect("nobody objects");
        stored
    }
}

/// The end of the script was reached before the signal was sent.
fn wait_to_be_killed() -> ! {
    loop {
        std::thread::park();
    }
}

impl Workload for CrashRecover {
    const ID: &'static str = "scenario/crash-recover";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Folder;
    type Output = (Arc<State>, Database);

    fn new(params: Params) -> Result<Self, Failure> {
        let trace = Trace::of(params.edits + MARGIN)?;
        if let Some(folder) = writer::asked_to_write() {
            let mut typist = Typist::sit_down(&trace)?;
            match writer::write_until_killed(folder, |number| typist.edit(number))? {}
        }
        let parameters = serde_json::to_string(&params).map_err(Failure::setup)?;
        let remains = writer::kill_while_writing(Self::ID, &parameters, params.edits)?;
        let initial = state_of(Script::document())?;
        Ok(Self { trace, initial, remains, steps: StepFactoryRegistry::new() })
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

    /// The text is that after as many edits as are stored: those acknowledged, less what was lost, and at most the one
    /// that was being stored when the process died.
    fn verify(&mut self, (state, database): (Arc<State>, Database)) -> Result<(), Failure> {
        let stored = database.stored(Some(DOCUMENT))?;
        let extra = stored.saturating_sub(self.remains.acknowledged.len());
        Failure::unless_equal(&format!("at most one of {extra} edits was not acknowledged"), extra <= 1, true)?;
        if self.remains.lost()? > 0 {
            return Ok(());
        }
        unless_same("recovered text", &text_of(&state.doc())?, &self.trace.text_after(stored))
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let recorded = FigureValue { name: "recorded", value: f64::from(u8::from(self.trace.recorded)) };
        let lost = self.remains.lost().ok().map(|lost| FigureValue { name: "lost", value: lost as f64 });
        lost.into_iter().chain([recorded]).collect()
    }
}
