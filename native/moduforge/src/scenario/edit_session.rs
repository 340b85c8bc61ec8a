//! `scenario/edit-session`: the history of a text, typed again into an editor that is stored and indexed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use forgebench_histogram::Histogram;
use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::ForgeRuntime;
use mf_model::NodePool;
use mf_persistence::api::EventStore;
use mf_persistence::recovery::recover_state;
use mf_persistence::ser::TypeWrapper;
use mf_persistence::step_factory::StepFactoryRegistry;
use mf_search::backend_sqlite::SearchQuery;
use mf_state::{State, Transaction};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::followers::{Follower, Found, Kept, News, find, histogram, keep, label};
use super::script::{Script, text_of, unless_same};
use super::trace::Trace;
use super::{percent, quantile};
use crate::builders::warm_shard_cache;
use crate::forge_core::event_dispatch::wait_until;
use crate::persistence::checked;
use crate::persistence::database::{Database, Mode};
use crate::persistence::events::DOCUMENT;
use crate::persistence::folder::Folder;
use crate::persistence::recover::BATCH;
use crate::{forge_core, search};

/// Edits that are taken back and made again at the end.
const UNDONE: usize = 20;
/// Time from one edit of a typist to the next.
const INTERVAL: Duration = Duration::from_micros(500);

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Edits from the beginning of the history.
    edits: usize,
    pace: Pace,
}

/// How fast the edits come.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// Each as soon as the one before is done.
    Replay,
    /// One in each 500 µs, whatever became of those before: some hundred times faster than a person types.
    Typing,
}

/// The workload.
pub struct EditSession {
    pace: Pace,
    trace: Trace,
    script: Arc<Script>,
    document: Arc<NodePool>,
    runtime: Runtime,
    transactions: Histogram,
    events: Histogram,
    sessions: usize,
    lost: usize,
    out_of_order: usize,
    /// Whether what was stored last gives another document when it is recovered.
    misrecovered: bool,
}

/// An editor that nothing was typed into yet, and what follows it.
pub struct Opened {
    editor: ForgeRuntime,
    database: Database,
    index: Found,
    followers: [Arc<Follower>; 2],
    news: [Receiver<News>; 2],
}

/// What a session leaves.
pub struct Typed {
    editor: ForgeRuntime,
    initial: Arc<State>,
    kept: Kept,
    found: Found,
    /// The document when the last edits were taken back.
    undone: Arc<NodePool>,
}

impl EditSession {
    fn open(&self) -> Result<Opened, Failure> {
        search::wait_until_closed();
        let (keeper, to_keep) = Follower::new();
        let (finder, to_find) = Follower::new();
        let options = forge_core::options(&self.document);
        let options = options.add_event_handler(keeper.clone()).add_event_handler(finder.clone()).build();
        let editor = self.runtime.block_on(ForgeRuntime::create(options)).map_err(Failure::setup)?;
        let runtime = search::runtime()?;
        let index = search::empty(&runtime)?;
        let index = Found { index, runtime, lost: self.script.edits.len() };
        let database = Database::open(Folder::new()?, Mode::Async)?;
        Ok(Opened { editor, database, index, followers: [keeper, finder], news: [to_keep, to_find] })
    }

    /// Types everything, and takes the last edits back and makes them again.
    fn work(&mut self, editor: &mut ForgeRuntime) -> Arc<NodePool> {
        let start = Instant::now();
        for (number, changes) in self.script.edits.iter().enumerate() {
            let begun = match self.pace {
                Pace::Replay => Instant::now(),
                Pace::Typing => start + INTERVAL * number as u32,
            };
            wait_until(begun);
            let mut transaction = editor.get_tr();
            label(&mut transaction, number, begun);
            for change in changes {
                change.make(&mut transaction).expect("the script fits the document");
            }
            self.runtime.block_on(editor.dispatch(transaction)).expect("nobody objects");
            self.transactions.record(begun.elapsed().as_nanos() as u64);
        }
        for _ in 0..UNDONE {
            editor.undo();
        }
        let undone = editor.doc();
        for _ in 0..UNDONE {
            editor.redo();
        }
        undone
    }

    /// The index holds every paragraph with its text, and no other.
    fn check_index(found: &Found, document: &NodePool) -> Result<(), Failure> {
        let all = SearchQuery { node_type: Some("paragraph".into()), limit: 1_000_000, ..SearchQuery::default() };
        let indexed = found.runtime.block_on(found.index.search_docs(all)).map_err(Failure::setup)?;
        Failure::unless_equal("paragraphs in the index and the root", indexed.len() + 1, document.size())?;
        for seen in indexed {
            let node = document.get_node(&seen.node_id.as_str().into());
            let text = node.and_then(|node| node.attrs.get_safe("text").cloned()).unwrap_or_default();
            // The crate stores no text for a paragraph that has none.
            let expected = text.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
            Failure::unless_equal(&format!("indexed text of {}", seen.node_id), seen.text, expected)?;
        }
        Ok(())
    }

    /// The stored events are the edits: made again in the order of the session, they give its text.
    fn check_store(&self, typed: &Typed) -> Result<(), Failure> {
        let store = typed.kept.database.store();
        let loaded = store.load_since(DOCUMENT, 0, u32::MAX);
        let mut events = typed.kept.database.wait(loaded).map_err(Failure::setup)?;
        Failure::unless_equal("events", events.len() + typed.kept.lost, self.script.edits.len())?;
        if typed.kept.lost > 0 {
            return Ok(());
        }
        events.sort_by_key(|event| event.tr_id);
        let factory = StepFactoryRegistry::new();
        let mut transaction = Transaction::new(&typed.initial);
        for event in events {
            let frames = serde_json::from_slice::<Vec<TypeWrapper>>(&checked::decompressed(&event.payload)?);
            for frame in frames.map_err(Failure::setup)? {
                let made = transaction.step(factory.create(&frame.type_id, &frame.data));
                made.map_err(|e| Failure::WrongAnswer(e.to_string()))?;
            }
        }
        unless_same("stored text", &text_of(&transaction.doc())?, &self.trace.text_after(self.trace.edits.len()))
    }

    /// Whether the crate recovers another text from what was stored, which it does in the order of storing.
    fn misrecovers(&self, typed: &Typed) -> bool {
        let database = &typed.kept.database;
        let factory = StepFactoryRegistry::new();
        let recovery = recover_state(database.store().as_ref(), DOCUMENT, &typed.initial.config, &factory, BATCH);
        let recovered = catch_unwind(AssertUnwindSafe(|| database.wait(recovery)));
        let text = recovered.ok().and_then(Result::ok).and_then(|state| text_of(&state.doc()).ok());
        text != Some(self.trace.text_after(self.trace.edits.len()))
    }
}

impl Workload for EditSession {
    const ID: &'static str = "scenario/edit-session";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Opened;
    type Output = Typed;

    fn new(params: Params) -> Result<Self, Failure> {
        let trace = Trace::of(params.edits.max(UNDONE))?;
        let script = Arc::new(Script::of(&trace)?);
        let document = Script::document();
        warm_shard_cache(&document);
        Ok(Self {
            pace: params.pace,
            trace,
            script,
            document,
            runtime: forge_core::runtime()?,
            transactions: histogram(),
            events: histogram(),
            sessions: 0,
            lost: 0,
            out_of_order: 0,
            misrecovered: false,
        })
    }

    fn input(&mut self) -> Opened {
        self.open().expect("an editor could be opened before")
    }

    /// Ends when everything is stored and indexed.
    fn run(&mut self, opened: Opened) -> Typed {
        let Opened { mut editor, database, index, followers, news: [to_keep, to_find] } = opened;
        let initial = editor.get_state().clone();
        let script = self.script.clone();
        let expected = script.edits.len();
        let keeper = thread::spawn(move || keep(database, &to_keep, expected));
        let finder = thread::spawn(move || find(index, &script, &to_find));
        let undone = self.work(&mut editor);
        let kept = keeper.join().expect("storing reports errors and does not panic");
        let found = finder.join().expect("indexing reports errors and does not panic");
        for follower in &followers {
            follower.add_latency(&mut self.events);
        }
        self.sessions += 1;
        self.lost += kept.lost + found.lost;
        self.out_of_order += kept.out_of_order;
        Typed { editor, initial, kept, found, undone }
    }

    fn verify(&mut self, typed: Typed) -> Result<(), Failure> {
        let edits = self.trace.edits.len();
        let document = typed.editor.doc();
        unless_same("text", &text_of(&document)?, &self.trace.text_after(edits))?;
        let before = self.trace.text_after(edits - UNDONE);
        unless_same("text with the last edits taken back", &text_of(&typed.undone)?, &before)?;
        if typed.found.lost == 0 {
            Self::check_index(&typed.found, &document)?;
        }
        self.check_store(&typed)?;
        self.misrecovered = self.misrecovers(&typed);
        Ok(())
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let edits = self.sessions * self.trace.edits.len();
        vec![
            quantile("event-p95", &self.events, 0.95),
            quantile("transaction-p95", &self.transactions, 0.95),
            FigureValue { name: "lost", value: percent(self.lost, 2 * edits) },
            FigureValue { name: "out-of-order", value: percent(self.out_of_order, edits) },
            FigureValue { name: "misrecovered", value: if self.misrecovered { 100.0 } else { 0.0 } },
            FigureValue { name: "recorded", value: f64::from(u8::from(self.trace.recorded)) },
        ]
    }
}
