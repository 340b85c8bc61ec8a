//! What all desks share: threads, an index, a store, rooms.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use forgebench_measure::Failure;
use mf_search::backend_sqlite::SqliteBackend;
use tokio::runtime::Runtime;

use crate::collaboration::rooms::Rooms;
use crate::persistence::database::{Database, Mode};
use crate::search;
use crate::search::corpus::corpus;

/// Documents of the index.
const DOCUMENTS: usize = 500;

static WORLDS: AtomicUsize = AtomicUsize::new(0);

/// The world of a set of desks.
pub struct World {
    /// In its ids, so that no world has those of another, as no document has.
    pub number: usize,
    pub documents: usize,
    pub index: Arc<SqliteBackend>,
    pub database: Database,
    pub rooms: Rooms,
    pub runtime: Runtime,
}

impl World {
    pub fn new() -> Result<Self, Failure> {
        let runtime = search::runtime()?;
        let index = Arc::new(search::indexed(&runtime, corpus(DOCUMENTS))?);
        let number = WORLDS.fetch_add(1, Relaxed);
        let (database, rooms) = (Database::warm(Mode::Async)?, Rooms::default());
        Ok(Self { number, documents: DOCUMENTS, index, database, rooms, runtime })
    }
}
