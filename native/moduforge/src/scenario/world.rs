//! What all desks share: threads, an index, a store, rooms.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use forgebench_measure::Failure;
use mf_search::backend_sqlite::{IndexMutation, SqliteBackend};
use tokio::runtime::Runtime;

use crate::collaboration::rooms::Rooms;
use crate::persistence::database::{Database, Mode};
use crate::search;
use crate::search::corpus::{corpus, id, text, with_text};

/// Documents of the index: few, because each of its up to 32 connections keeps pages of its own, and as long as these
/// fill, nothing can be said about growth.
const DOCUMENTS: usize = 50;
/// Threads that update an index at once, and how often each does.
const WRITERS: usize = 4;
const UPDATES: usize = 25;

static WORLDS: AtomicUsize = AtomicUsize::new(0);

/// The world of a set of desks.
pub struct World {
    /// In its ids, so that no world has those of another, as no document has.
    pub number: usize,
    pub index: SqliteBackend,
    /// Held by the one that updates the index: the crate refuses some of the updates that come at the same time.
    pub indexing: Mutex<()>,
    pub database: Database,
    pub rooms: Rooms,
    pub runtime: Runtime,
}

impl World {
    pub fn new() -> Result<Self, Failure> {
        let runtime = search::runtime()?;
        let index = search::indexed(&runtime, corpus(DOCUMENTS))?;
        let number = WORLDS.fetch_add(1, Relaxed);
        let (database, rooms) = (Database::warm(Mode::Async)?, Rooms::default());
        Ok(Self { number, index, indexing: Mutex::new(()), database, rooms, runtime })
    }
}

/// A document of the index gets another text.
pub fn update(number: usize) -> Vec<IndexMutation> {
    let order = number % DOCUMENTS;
    vec![IndexMutation::DeleteById(id(order)), IndexMutation::Add(with_text(order, text(number as u64)))]
}

/// What share of updates an index refuses that come from several threads at once, in percent.
pub fn refused_at_once() -> Result<f64, Failure> {
    let runtime = search::runtime()?;
    let index = search::indexed(&runtime, corpus(DOCUMENTS))?;
    let refused = &|writer: usize| {
        let updates = writer * UPDATES..(writer + 1) * UPDATES;
        updates.filter(|&number| runtime.block_on(index.apply(update(number))).is_err()).count()
    };
    let refused: usize = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(move || refused(writer))).collect();
        writers.into_iter().map(|writer| writer.join().expect("a refusal is an error and no panic")).sum()
    });
    Ok(super::percent(refused, WRITERS * UPDATES))
}
