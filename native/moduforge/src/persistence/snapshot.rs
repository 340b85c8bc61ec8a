//! `persistence/snapshot-write` and `persistence/snapshot-read`: large values into the database and out of it.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_persistence::api::{EventStore, Snapshot};
use serde::Deserialize;

use super::bytes::pseudo_random;
use super::database::{Database, Mode};
use super::events::DOCUMENT;

/// The parameters of both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Size of the snapshot in thousands of bytes.
    kb: usize,
}

/// Snapshot number `number`: bytes that do not compress, as those of a compressed document.
fn snapshot(kb: usize, number: i64) -> Snapshot {
    let state_blob = pseudo_random(1_000 * kb, number as u64);
    Snapshot { doc_id: DOCUMENT.to_string(), upto_lsn: 1, created_at: number, state_blob, version: 1 }
}

fn newest(database: &Database) -> Result<Option<Snapshot>, Failure> {
    let answer = database.wait(database.store().latest_snapshot(DOCUMENT));
    answer.map_err(|e| Failure::WrongAnswer(e.to_string()))
}

/// The workload `persistence/snapshot-write`. Each snapshot replaces the one before, so that the database keeps its
/// size.
pub struct Write {
    kb: usize,
    database: Database,
    written: i64,
}

impl Workload for Write {
    const ID: &'static str = "persistence/snapshot-write";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Snapshot;
    type Output = ();

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { kb: params.kb, database: Database::warm(Mode::Async)?, written: 0 })
    }

    fn input(&mut self) -> Snapshot {
        self.written += 1;
        snapshot(self.kb, self.written)
    }

    fn run(&mut self, snapshot: Snapshot) {
        self.database.wait(self.database.store().write_snapshot(snapshot)).expect("the snapshot is whole");
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        Failure::unless_equal("snapshots", self.database.number("SELECT count(*) AS n FROM snapshots")?, 1)?;
        let seen = newest(&self.database)?.ok_or_else(|| Failure::WrongAnswer("there is no snapshot".into()))?;
        Failure::unless_equal("its time", seen.created_at, self.written)?;
        let same = seen.state_blob == snapshot(self.kb, self.written).state_blob;
        Failure::unless_equal("it is what was written", same, true)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let bytes = self.database.number("SELECT length(CAST(state_blob AS BLOB)) AS n FROM snapshots");
        let ratio = bytes.ok().map(|bytes| bytes as f64 / (1_000 * self.kb) as f64);
        ratio.map(|value| FigureValue { name: "stored-size", value }).into_iter().collect()
    }
}

/// The workload `persistence/snapshot-read`.
pub struct Read {
    kb: usize,
    database: Database,
}

impl Workload for Read {
    const ID: &'static str = "persistence/snapshot-read";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Option<Snapshot>;

    fn new(params: Params) -> Result<Self, Failure> {
        let database = Database::warm(Mode::Async)?;
        database.write_snapshot(snapshot(params.kb, 1))?;
        Ok(Self { kb: params.kb, database })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Option<Snapshot> {
        self.database.wait(self.database.store().latest_snapshot(DOCUMENT)).expect("the snapshot is whole")
    }

    fn verify(&mut self, seen: Option<Snapshot>) -> Result<(), Failure> {
        let seen = seen.ok_or_else(|| Failure::WrongAnswer("there is no snapshot".into()))?;
        let expected = snapshot(self.kb, 1);
        Failure::unless_equal("its time", seen.created_at, expected.created_at)?;
        Failure::unless_equal("it is what was written", seen.state_blob == expected.state_blob, true)
    }
}
