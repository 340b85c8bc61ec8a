//! `persistence/notify`: the crate's subscriber is told of a transaction and stores it.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::event::{Event, EventHandler};
use mf_persistence::api::{CommitMode, EventStore, PersistOptions};
use mf_persistence::sqlite::SqliteEventStore;
use mf_persistence::subscriber::SnapshotSubscriber;
use mf_state::{State, Transaction};
use serde::Deserialize;

use super::checked;
use super::database::{Database, Mode};
use super::events::{self, DOCUMENT, PREFIX};
use crate::builders::root_id;

/// Transactions for one database, so that a long run does not fill the disk.
const MOST_EVENTS: usize = 20_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// A subscriber and its store; fields are dropped in this order, and the store has to be the last owner of itself.
struct Told {
    subscriber: SnapshotSubscriber<SqliteEventStore>,
    database: Database,
}

/// The workload.
pub struct Notify {
    nodes: usize,
    initial: Arc<State>,
    told: Told,
    /// Transactions made for this database.
    made: usize,
    /// The id of the newest transaction.
    newest: u64,
}

/// A subscriber that compresses and writes one snapshot, at its first transaction.
fn subscriber(database: &Database) -> SnapshotSubscriber<SqliteEventStore> {
    let options = PersistOptions {
        commit_mode: CommitMode::AsyncDurable { group_window_ms: 8 },
        snapshot_every_n_events: 0,
        snapshot_every_bytes: 0,
        snapshot_every_ms: 0,
        compression: true,
    };
    SnapshotSubscriber::new(database.store().clone(), options, DOCUMENT)
}

impl Told {
    fn new() -> Result<Self, Failure> {
        let database = Database::warm(Mode::Async)?;
        Ok(Self { subscriber: subscriber(&database), database })
    }
}

impl Notify {
    fn event(&self, transaction: Transaction) -> Result<Event, Failure> {
        let applied = events::applied(&self.initial, transaction)?;
        Ok(Event::TrApply {
            old_state: self.initial.clone(),
            new_state: applied.state,
            transactions: applied.transactions,
        })
    }

    fn stored(&self) -> Result<usize, Failure> {
        self.told.database.stored(Some(&root_id(PREFIX)))
    }

    /// What share of the stored events the crate cannot read again, in percent.
    fn unreadable(&self) -> Option<f64> {
        let stored = self.stored().ok()?;
        let document = root_id(PREFIX);
        let loaded = self.told.database.store().load_since(&document, 0, stored as u32);
        let read = self.told.database.wait(loaded).map_or(0, |events| events.len());
        Some(100.0 * (stored - read) as f64 / stored as f64)
    }

    /// Whether another subscriber refuses a transaction whose id the database knows, in percent: in each process ids
    /// start at 1 again.
    fn refused_after_restart(&self) -> Option<f64> {
        let mut transaction = events::transaction(&self.initial, self.nodes, self.made, 1);
        transaction.id = self.newest;
        let event = self.event(transaction).ok()?;
        let restarted = subscriber(&self.told.database);
        let stored = self.told.database.wait(restarted.handle(&event));
        Some(if stored.is_err() { 100.0 } else { 0.0 })
    }
}

impl Workload for Notify {
    const ID: &'static str = "persistence/notify";
    const HELD: usize = 16;
    type Params = Params;
    type Input = Event;
    type Output = ();

    fn new(params: Params) -> Result<Self, Failure> {
        let initial = events::state(params.nodes)?;
        Ok(Self { nodes: params.nodes, initial, told: Told::new()?, made: 0, newest: 0 })
    }

    fn input(&mut self) -> Event {
        if self.made == MOST_EVENTS {
            (self.told, self.made) = (Told::new().expect("a database could be made before"), 0);
        }
        let transaction = events::transaction(&self.initial, self.nodes, self.made, 1);
        (self.made, self.newest) = (self.made + 1, transaction.id);
        self.event(transaction).expect("the transaction fits the document")
    }

    fn run(&mut self, event: Event) {
        self.told.database.wait(self.told.subscriber.handle(&event)).expect("the transaction is new");
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        Failure::unless_equal("events", self.stored()?, self.made)?;
        let snapshots = "SELECT count(*) AS n FROM snapshots";
        Failure::unless_equal("snapshots", self.told.database.number(snapshots)?, 1)?;
        let payload = self.told.database.newest_payload()?;
        checked::frames(&checked::decompressed(&payload)?, self.nodes, self.made - 1..self.made)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let unreadable = self.unreadable().map(|value| FigureValue { name: "unreadable", value });
        let refused = self.refused_after_restart().map(|value| FigureValue { name: "refused-after-restart", value });
        unreadable.into_iter().chain(refused).collect()
    }
}
