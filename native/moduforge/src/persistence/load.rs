//! `persistence/load`: events out of the database.

use forgebench_measure::{Failure, Workload};
use mf_persistence::api::{EventStore, PersistedEvent};
use serde::Deserialize;

use super::bytes::pseudo_random;
use super::database::{Database, Mode};
use super::events::{DOCUMENT, event};

/// Payload of an event: what an edit of one attribute takes.
const BYTES: usize = 256;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Events that are loaded at once, of twice as many that are stored.
    events: usize,
    mode: Mode,
}

/// The workload.
pub struct Load {
    events: usize,
    from: i64,
    database: Database,
}

/// The payload of event `number`, which no other event has.
fn payload(number: usize) -> Vec<u8> {
    pseudo_random(BYTES, number as u64)
}

impl Workload for Load {
    const ID: &'static str = "persistence/load";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<PersistedEvent>;

    fn new(params: Params) -> Result<Self, Failure> {
        let database = Database::warm(params.mode)?;
        let events = |from: usize| (from..from + params.events).map(|k| event(DOCUMENT, k, payload(k))).collect();
        let from = database.append_batch(events(0))?;
        database.append_batch(events(params.events))?;
        Ok(Self { events: params.events, from, database })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<PersistedEvent> {
        let limit = self.events as u32;
        let loaded = self.database.store().load_since(DOCUMENT, self.from, limit);
        self.database.wait(loaded).expect("their meta is a text")
    }

    /// They are the second half, in order, and whole.
    fn verify(&mut self, loaded: Vec<PersistedEvent>) -> Result<(), Failure> {
        Failure::unless_equal("events", loaded.len(), self.events)?;
        for (at, seen) in loaded.iter().enumerate() {
            let number = self.events + at;
            let expected = event(DOCUMENT, number, payload(number));
            Failure::unless_equal("key", &seen.idempotency_key, &expected.idempotency_key)?;
            Failure::unless_equal("lsn", seen.lsn, self.from + 1 + at as i64)?;
            Failure::unless_equal("payload", &seen.payload, &expected.payload)?;
            Failure::unless_equal("checksum", seen.checksum, expected.checksum)?;
        }
        Ok(())
    }
}
