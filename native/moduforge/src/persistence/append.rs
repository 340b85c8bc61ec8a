//! `persistence/append` and `persistence/append-batch`: events into the database.

use std::time::Duration;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_persistence::api::{EventStore, PersistedEvent};
use serde::Deserialize;

use super::bytes::pseudo_random;
use super::database::{Database, Mode};
use super::events::{DOCUMENT, event};

/// A database that holds more than this is replaced by a new one, so that a long run does not fill the disk.
const MOST_BYTES: usize = 64 << 20;
const MOST_EVENTS: usize = 50_000;
/// Bytes of a row beside its payload, with its share of both indices.
const ROW_BYTES: usize = 200;
/// Payload of an event of a batch: what an edit of one attribute takes.
const SMALL: usize = 256;
/// Appends after the repeated one.
const AFTER: usize = 2;
/// How long each of them may take.
const PATIENCE: Duration = Duration::from_millis(200);

/// Makes events and says when the database is full.
struct Source {
    payload: Vec<u8>,
    made: usize,
}

impl Source {
    fn next(&mut self) -> PersistedEvent {
        self.made += 1;
        event(DOCUMENT, self.made, self.payload.clone())
    }

    /// Whether these many more events would be too many for one database; those are counted from the next one on.
    fn full(&mut self, more: usize) -> bool {
        let events = self.made + more;
        let full = events > MOST_EVENTS || events * (self.payload.len() + ROW_BYTES) > MOST_BYTES;
        if full && self.made > 0 {
            self.made = 0;
            return true;
        }
        false
    }
}

fn check_newest(database: &Database, lsn: i64, source: &Source) -> Result<(), Failure> {
    let payload = database.newest_payload()?;
    Failure::unless_equal("its payload is what was appended", payload == source.payload, true)?;
    Failure::unless_equal("its lsn", lsn, database.number("SELECT max(lsn) AS n FROM events")?)?;
    let id = database.number("SELECT tr_id AS n FROM events ORDER BY lsn DESC LIMIT 1")?;
    Failure::unless_equal("its number", id, source.made as i64)?;
    Failure::unless_equal("events of the document", database.stored(Some(DOCUMENT))?, source.made)
}

/// The parameters of `persistence/append`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppendParams {
    /// Size of the payload.
    bytes: usize,
    mode: Mode,
}

/// The workload `persistence/append`.
pub struct Append {
    mode: Mode,
    database: Database,
    source: Source,
}

impl Workload for Append {
    const ID: &'static str = "persistence/append";
    const HELD: usize = 64;
    type Params = AppendParams;
    type Input = PersistedEvent;
    type Output = i64;

    fn new(params: AppendParams) -> Result<Self, Failure> {
        let source = Source { payload: pseudo_random(params.bytes, 1), made: 0 };
        Ok(Self { mode: params.mode, database: Database::warm(params.mode)?, source })
    }

    fn input(&mut self) -> PersistedEvent {
        if self.source.full(Self::HELD) {
            self.database = Database::warm(self.mode).expect("a database could be made before");
        }
        self.source.next()
    }

    fn run(&mut self, event: PersistedEvent) -> i64 {
        self.database.wait(self.database.store().append(event)).expect("Cannot append a new event")
    }

    fn verify(&mut self, lsn: i64) -> Result<(), Failure> {
        check_newest(&self.database, lsn, &self.source)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let bytes =
            self.database.number("SELECT length(CAST(payload AS BLOB)) AS n FROM events ORDER BY lsn DESC LIMIT 1");
        let ratio = bytes.ok().map(|bytes| bytes as f64 / self.source.payload.len() as f64);
        let size = ratio.map(|value| FigureValue { name: "stored-size", value });
        // The answer is that of any event, and asking takes two seconds: the connection that is left closes late.
        let small = self.source.payload.len() == SMALL;
        let blocked = small.then(|| blocked_after_repetition(self.mode)).flatten();
        let blocked = blocked.map(|value| FigureValue { name: "blocked-after-repetition", value });
        size.into_iter().chain(blocked).collect()
    }
}

/// What share of the events after one that was appended twice is not stored in a fifth of a second, in percent.
///
/// 0.7.0 refuses the repeated one, as it must, and leaves its connection inside the transaction: nothing else is
/// written for as long as the store is open, and each try waits for five seconds.
fn blocked_after_repetition(mode: Mode) -> Option<f64> {
    let database = Database::warm(mode).ok()?;
    let append = |number| database.append(event(DOCUMENT, number, vec![0; SMALL]));
    append(0).ok()?;
    append(0).is_err().then_some(())?;
    let store = database.store();
    let later = |number| {
        database
            .wait(async { tokio::time::timeout(PATIENCE, store.append(event(DOCUMENT, number, vec![0; SMALL]))).await })
    };
    let blocked = (1..=AFTER).filter(|&number| !matches!(later(number), Ok(Ok(_)))).count();
    Some(100.0 * blocked as f64 / AFTER as f64)
}

/// The parameters of `persistence/append-batch`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchParams {
    /// Events of a batch, 256 bytes each.
    batch: usize,
    mode: Mode,
}

/// The workload `persistence/append-batch`.
pub struct AppendBatch {
    batch: usize,
    mode: Mode,
    database: Database,
    source: Source,
}

impl Workload for AppendBatch {
    const ID: &'static str = "persistence/append-batch";
    const HELD: usize = 1;
    type Params = BatchParams;
    type Input = Vec<PersistedEvent>;
    type Output = i64;

    fn new(params: BatchParams) -> Result<Self, Failure> {
        let source = Source { payload: pseudo_random(SMALL, 1), made: 0 };
        Ok(Self { batch: params.batch, mode: params.mode, database: Database::warm(params.mode)?, source })
    }

    fn input(&mut self) -> Vec<PersistedEvent> {
        if self.source.full(self.batch) {
            self.database = Database::warm(self.mode).expect("a database could be made before");
        }
        (0..self.batch).map(|_| self.source.next()).collect()
    }

    fn run(&mut self, events: Vec<PersistedEvent>) -> i64 {
        self.database.wait(self.database.store().append_batch(events)).expect("the events are new")
    }

    fn verify(&mut self, lsn: i64) -> Result<(), Failure> {
        check_newest(&self.database, lsn, &self.source)
    }
}
