//! What follows an editor: its events are stored and its text is indexed, each by a thread of its own.
//!
//! The bus hands several events to handlers at once, so that a handler only passes them on; whatever has gathered by
//! then is written in one transaction of the database.

use std::collections::HashSet;
use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use forgebench_histogram::Histogram;
use mf_core::event::Event;
use mf_core::{EventHandler, ForgeResult};
use mf_model::types::NodeId;
use mf_persistence::api::PersistedEvent;
use mf_search::backend_sqlite::{IndexMutation, SqliteBackend};
use mf_search::model::IndexDoc;
use mf_state::{State, Transaction};
use tokio::runtime::Runtime;

use super::script::{Change, Script};
use crate::persistence::database::Database;
use crate::persistence::events::{DOCUMENT, event, payload};

/// Without news for so long, what is missing is lost.
const PATIENCE: Duration = Duration::from_secs(1);
/// Under this name a transaction says which edit it is.
const EDIT: &str = "edit";

/// Which edit of the script a transaction makes, and when it was to begin.
#[derive(Clone, Copy)]
struct Edit {
    number: usize,
    begun: Instant,
}

/// Says in a transaction which edit it makes.
pub fn label(transaction: &mut Transaction, number: usize, begun: Instant) {
    transaction.set_meta(EDIT, Edit { number, begun });
}

/// An event that was handed on.
pub struct News {
    number: usize,
    transaction: Arc<Transaction>,
    state: Arc<State>,
}

/// A handler that notes how long an event took to it and passes it on.
pub struct Follower {
    latency: Mutex<Histogram>,
    to: Mutex<Sender<News>>,
}

impl fmt::Debug for Follower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Follower")
    }
}

impl Follower {
    pub fn new() -> (Arc<Self>, Receiver<News>) {
        let (to, from) = channel();
        (Arc::new(Self { latency: Mutex::new(histogram()), to: Mutex::new(to) }), from)
    }

    /// Adds its latencies to others.
    pub fn add_latency(&self, to: &mut Histogram) {
        to.merge(&self.latency.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// An empty histogram of three digits.
pub fn histogram() -> Histogram {
    Histogram::with_digits(3).expect("3 is a valid number of digits")
}

#[async_trait]
impl EventHandler<Event> for Follower {
    /// What is undone and redone at the end of a session changes nothing that is kept.
    async fn handle(&self, event: &Event) -> ForgeResult<()> {
        let Event::TrApply { new_state, transactions, .. } = event else { return Ok(()) };
        for transaction in transactions {
            let Some(Edit { number, begun }) = transaction.get_meta(EDIT) else { continue };
            let latency = begun.elapsed().as_nanos() as u64;
            self.latency.lock().unwrap_or_else(PoisonError::into_inner).record(latency);
            let news = News { number, transaction: transaction.clone(), state: new_state.clone() };
            // A reader that has given up counts what is missing.
            let _ = self.to.lock().unwrap_or_else(PoisonError::into_inner).send(news);
        }
        Ok(())
    }
}

/// All news that has gathered, in the order in which it came; nothing once no more is to be expected.
fn gathered(from: &Receiver<News>) -> Vec<News> {
    match from.recv_timeout(PATIENCE) {
        Ok(first) => std::iter::once(first).chain(from.try_iter()).collect(),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => vec![],
    }
}

/// Where events are stored, and what became of them.
pub struct Kept {
    pub database: Database,
    pub lost: usize,
    /// Events that were stored right after one that came later in the session.
    pub out_of_order: usize,
}

/// Stores `expected` events as they come.
pub fn keep(database: Database, from: &Receiver<News>, expected: usize) -> Kept {
    let mut kept = Kept { database, lost: expected, out_of_order: 0 };
    let mut newest = 0;
    while kept.lost > 0 {
        let news = gathered(from);
        if news.is_empty() {
            break;
        }
        for number in news.iter().map(|news| news.number) {
            kept.out_of_order += usize::from(number < newest);
            newest = number;
        }
        let stored = |news: &News| event(DOCUMENT, news.number, payload(&news.transaction));
        let events: Vec<PersistedEvent> = news.iter().map(stored).collect();
        if kept.database.append_batch(events).is_ok() {
            kept.lost -= news.len();
        }
    }
    kept
}

/// An index, and what became of the edits that it should have.
pub struct Found {
    pub index: SqliteBackend,
    pub runtime: Runtime,
    pub lost: usize,
}

/// Brings the index up to date with `expected` edits as they come. Of a paragraph that changed several times since it
/// was last indexed, the newest text alone is.
pub fn find(mut found: Found, script: &Script, from: &Receiver<News>) -> Found {
    let mut newest: Option<News> = None;
    while found.lost > 0 {
        let news = gathered(from);
        if news.is_empty() {
            break;
        }
        let count = news.len();
        let touched: HashSet<NodeId> =
            news.iter().flat_map(|news| script.edits[news.number].iter().flat_map(Change::touched)).collect();
        // News does not come in order, and an old text must not replace a newer one.
        newest = news.into_iter().chain(newest).max_by_key(|news| news.number);
        let Some(News { state, .. }) = &newest else { break };
        let mutations = touched.into_iter().flat_map(|id| mutations(state, &id)).collect();
        if found.runtime.block_on(found.index.apply(mutations)).is_ok() {
            found.lost -= count;
        }
    }
    found
}

/// Deletes a paragraph and adds it again where it is still there: a replacement would leave the old words.
fn mutations(state: &State, id: &NodeId) -> Vec<IndexMutation> {
    let document = state.doc();
    let added = document.get_node(id).map(|node| IndexMutation::Add(IndexDoc::from_node(&document, node)));
    std::iter::once(IndexMutation::DeleteById(id.to_string())).chain(added).collect()
}
