//! A store of the crate in a folder of its own, and a look into it that does not go through the crate.

use std::sync::Arc;
use std::time::{Duration, Instant};

use forgebench_measure::Failure;
use mf_persistence::api::{CommitMode, EventStore, PersistedEvent, Snapshot};
use mf_persistence::sqlite::SqliteEventStore;
use rbatis::RBatis;
use rbdc_sqlite::Driver;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use super::events;
use super::folder::Folder;

/// Connections of a store. Each of its first 32 operations opens one more, with a thread of its own.
const CONNECTIONS: usize = 32;
/// Closing a connection takes milliseconds; one that takes longer than this is left alone.
const CLOSING: Duration = Duration::from_secs(2);

/// How a store commits.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// `AsyncDurable`. Its window is used nowhere in the crate.
    Async,
    /// `SyncDurable`, which moves the log into the database file after each commit.
    Durable,
}

impl From<Mode> for CommitMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Async => Self::AsyncDurable { group_window_ms: 8 },
            Mode::Durable => Self::SyncDurable,
        }
    }
}

/// A store, the runtime that it is asked on, and its files.
pub struct Database {
    /// Taken when the database is dropped, and never before.
    store: Option<Arc<SqliteEventStore>>,
    runtime: Runtime,
    folder: Folder,
}

impl Database {
    /// Opens what is in the folder, or makes it.
    pub fn open(folder: Folder, mode: Mode) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().enable_time().build().map_err(Failure::setup)?;
        let opened = runtime.block_on(SqliteEventStore::open(folder.database(), mode.into()));
        Ok(Self { store: Some(opened.map_err(Failure::setup)?), runtime, folder })
    }

    /// A new store whose connections are open and know the statement that inserts an event.
    pub fn warm(mode: Mode) -> Result<Self, Failure> {
        let database = Self::open(Folder::new()?, mode)?;
        for number in 0..2 * CONNECTIONS {
            database.append(events::event("warm-up", number, vec![0; 64]))?;
        }
        Ok(database)
    }

    pub fn store(&self) -> &Arc<SqliteEventStore> {
        self.store.as_ref().expect("the store is there until the database is dropped")
    }

    /// Waits for an answer of the store.
    pub fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    pub fn append(&self, event: PersistedEvent) -> Result<i64, Failure> {
        self.wait(self.store().append(event)).map_err(Failure::setup)
    }

    pub fn append_batch(&self, events: Vec<PersistedEvent>) -> Result<i64, Failure> {
        self.wait(self.store().append_batch(events)).map_err(Failure::setup)
    }

    pub fn write_snapshot(&self, snapshot: Snapshot) -> Result<(), Failure> {
        self.wait(self.store().write_snapshot(snapshot)).map_err(Failure::setup)
    }

    /// The answer to a query of our own, over a connection that the crate knows nothing of.
    pub fn query<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>, Failure> {
        let address = format!("sqlite://{}", self.folder.database().display());
        self.wait(async {
            let connection = RBatis::new();
            connection.link(Driver {}, &address).await?;
            connection.acquire().await?.query_decode(sql, vec![]).await
        })
        .map_err(Failure::setup)
    }

    /// The number that a query of our own answers with, under the name `n`.
    pub fn number(&self, sql: &str) -> Result<i64, Failure> {
        #[derive(Deserialize)]
        struct Row {
            n: i64,
        }
        let rows: Vec<Row> = self.query(sql)?;
        rows.first().map(|row| row.n).ok_or_else(|| Failure::WrongAnswer(format!("{sql} has no answer")))
    }

    /// The payload of the newest event, in whatever way the crate has stored it.
    pub fn newest_payload(&self) -> Result<Vec<u8>, Failure> {
        #[derive(Deserialize)]
        struct Row {
            /// In hexadecimal; the letter in front keeps it from being taken for a number.
            stored: String,
        }
        let sql = "SELECT 'x' || hex(payload) AS stored FROM events ORDER BY lsn DESC LIMIT 1";
        let rows: Vec<Row> = self.query(sql)?;
        let row = rows.first().ok_or_else(|| Failure::WrongAnswer("there is no event".into()))?;
        let digits = row.stored.as_bytes()[1..].chunks(2);
        let bytes: Option<Vec<u8>> =
            digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()).collect();
        let bytes = bytes.ok_or_else(|| Failure::WrongAnswer("a payload is not hexadecimal".into()))?;
        // 0.7.0 stores the text `[193,92,2]` of bytes; a version that stores bytes is right too.
        Ok(serde_json::from_slice(&bytes).unwrap_or(bytes))
    }

    /// The number of events of a document, or of all.
    pub fn stored(&self, document: Option<&str>) -> Result<usize, Failure> {
        let which = document.map(|id| format!(" WHERE doc_id = '{id}'")).unwrap_or_default();
        self.number(&format!("SELECT count(*) AS n FROM events{which}")).map(|count| count as usize)
    }
}

impl Drop for Database {
    /// Connections close on their own threads; until then they would take time from whatever is measured next. The log
    /// is no sign of it: where two close at once, neither is the last one, and nobody removes it.
    fn drop(&mut self) {
        drop(self.store.take());
        let start = Instant::now();
        // Some of them are closed by a task, which only a runtime that is asked something goes on with.
        self.runtime.block_on(async {
            while self.folder.is_open() && start.elapsed() < CLOSING {
                sleep(Duration::from_micros(200)).await;
            }
        });
    }
}
