//! `core/history`: an entry is added to a long history, undone and redone.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_state::{State, Transaction};
use serde::Deserialize;
use serde_json::Value;

use super::options;
use super::session::{PREFIX, Session};
use crate::builders::{flat_pool, warm_shard_cache};

const NODES: usize = 100;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Entries that the history holds, and may hold.
    entries: usize,
    action: Action,
}

/// What is done with the history.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Action {
    /// Adds an entry, and drops the oldest.
    Insert,
    Undo,
    Redo,
}

/// The workload.
pub struct History {
    params: Params,
    session: Session,
    /// What is inserted: a state and the transaction that led to it.
    newest: (Arc<State>, Arc<Transaction>),
}

impl Workload for History {
    const ID: &'static str = "core/history";
    // An undo is undone before the next.
    const HELD: usize = 1;
    type Params = Params;
    type Input = Step;
    type Output = ();

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let mut session = Session::open(options(&document).build(), params.entries)?;
        let transaction = session.edit();
        let applied = session.runtime.block_on(session.editor.get_state().apply(transaction));
        let applied = applied.map_err(Failure::setup)?;
        let newest = (applied.state, applied.transactions[0].clone());
        Ok(Self { params, session, newest })
    }

    /// Puts the history back to where the action starts from.
    fn input(&mut self) -> Step {
        let editor = &mut self.session.editor;
        let history = editor.get_history_manager();
        match self.params.action {
            Action::Insert => return Step(Some(self.newest.clone())),
            Action::Undo if history.can_redo() => editor.redo(),
            Action::Redo if !history.can_redo() => editor.undo(),
            _ => (),
        }
        Step(None)
    }

    fn run(&mut self, Step(entry): Step) {
        let Session { editor, runtime, .. } = &mut self.session;
        match (self.params.action, entry) {
            (Action::Undo, _) => editor.undo(),
            (Action::Redo, _) => editor.redo(),
            (Action::Insert, entry) => {
                let (state, transaction) = entry.expect("an insertion has an entry");
                let inserted = editor.update_state_with_meta(state, vec![transaction], String::new(), Value::Null);
                runtime.block_on(inserted).expect("it cannot fail");
            }
        }
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        let history = self.session.editor.get_history_manager();
        let future = usize::from(matches!(self.params.action, Action::Undo));
        Failure::unless_equal("entries that can be redone", history.future_count(), future)?;
        Failure::unless_equal("entries", history.past_count() + future, self.params.entries - 1)?;
        // The last edit is the one that is kept to be inserted.
        let back = match self.params.action {
            Action::Insert => 0,
            Action::Redo => 1,
            Action::Undo => 2,
        };
        self.session.verify_edit(back)?;
        let present = history.get_present();
        Failure::unless_equal("the present", Arc::ptr_eq(&present.state, self.session.editor.get_state()), true)
    }
}

/// What an iteration is given: the entry to insert. It has a size, because a loop whose inputs have none makes no
/// inputs between iterations, which is when an undo is undone.
pub struct Step(Option<(Arc<State>, Arc<Transaction>)>);
