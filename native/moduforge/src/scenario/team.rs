//! People who write one text together, each with a document of their own and a real connection.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use forgebench_histogram::Histogram;
use forgebench_measure::Failure;
use futures_util::SinkExt;
use mf_collab_client::yrs::sync::{Message, SyncMessage};
use mf_collab_client::yrs::updates::encoder::Encode;
use mf_collab_client::yrs::{Doc, GetString, ReadTxn, Text, Transact};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::collaboration::rooms::apply;
use crate::collaboration::server::{Room, Server, allow_connections};
use crate::collaboration::socket::{Sender, join_all};
use crate::collaboration::tally::{Tally, Totals};

/// The text that all write.
const TEXT: &str = "text";
/// Edits that have not reached everybody yet; the server loses messages beyond 128.
const OUTSTANDING: usize = 128;
/// Each edit but the first of so many also deletes.
const DELETING: usize = 4;
/// Characters that are deleted at once.
const DELETED: u32 = 10;

/// Everybody in one room; they leave when it is dropped.
pub struct Team {
    runtime: Handle,
    room: Room,
    documents: Vec<Arc<Mutex<Doc>>>,
    senders: Vec<Sender>,
    readers: Vec<JoinHandle<()>>,
    tally: Arc<Tally>,
    edits: usize,
}

impl Team {
    /// Lets everybody join a new room, for so many edits.
    pub fn gather(runtime: &Runtime, server: &Server, users: usize, edits: usize) -> Result<Self, Failure> {
        allow_connections(users)?;
        let room = server.open_room();
        let joined = runtime.block_on(join_all(server.address(), &room.name, users))?;
        let tally = Arc::new(Tally::new(users, edits, OUTSTANDING));
        let runtime = runtime.handle().clone();
        let (mut documents, mut senders, mut readers) = (vec![], vec![], vec![]);
        for (number, user) in joined.into_iter().enumerate() {
            let document = Doc::with_client_id(number as u64 + 1);
            document.get_or_insert_text(TEXT);
            apply(&document, &user.document);
            let document = Arc::new(Mutex::new(document));
            documents.push(document.clone());
            senders.push(user.sender);
            let tally = tally.clone();
            readers.push(runtime.spawn(async move { tally.read_into(user.receiver, |m| take(&document, m)).await }));
        }
        Ok(Self { runtime, room, documents, senders, readers, tally, edits })
    }

    /// Makes the edits, one in each interval, in turn, and waits until everybody has all of them or nothing arrives
    /// any more.
    pub async fn write(&mut self, interval: Duration) -> Totals {
        self.tally.begin(0);
        let start = Instant::now();
        let mut sent = 0;
        for number in 0..self.edits {
            let intended = start + interval * number as u32;
            self.tally.intend(number, intended);
            // This thread does nothing else, and the runtime's timer is not fine enough.
            std::thread::sleep(intended.saturating_duration_since(Instant::now()));
            let user = number % self.senders.len();
            let frame = Frame::Binary(edit(&self.documents[user], number));
            if !self.tally.permitted(1).await || self.senders[user].send(frame).await.is_err() {
                break;
            }
            sent += 1;
        }
        self.tally.permitted(OUTSTANDING).await;
        self.tally.totals(sent)
    }

    /// How many have another text than the room.
    pub fn dissenters(&self) -> usize {
        let agreed = self.text();
        self.documents.iter().filter(|document| text(&lock(document)) != agreed).count()
    }

    /// The text of the room.
    pub fn text(&self) -> String {
        text(self.room.awareness.blocking_read().doc())
    }

    /// Takes the latencies recorded so far.
    pub fn take_latency(&self) -> Histogram {
        self.tally.take_latency()
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        for reader in self.readers.drain(..) {
            reader.abort();
        }
        self.senders.clear();
        self.runtime.block_on(async {
            self.room.wait_until_left().await;
            self.room.close().await;
        });
    }
}

fn lock(document: &Mutex<Doc>) -> impl std::ops::Deref<Target = Doc> {
    document.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What an edit writes, by which its arrival is recognised.
pub fn written(number: usize) -> String {
    format!("number:{number:012} ")
}

/// Writes into the middle of the text, where others write, and deletes a little of its beginning.
fn edit(document: &Mutex<Doc>, number: usize) -> Vec<u8> {
    let document = lock(document);
    let text = document.get_or_insert_text(TEXT);
    let mut change = document.transact_mut();
    let length = text.len(&change);
    text.insert(&mut change, length / 2, &written(number));
    if !number.is_multiple_of(DELETING) && length > DELETED {
        text.remove_range(&mut change, 0, DELETED);
    }
    Message::Sync(SyncMessage::Update(change.encode_update_v1())).encode_v1()
}

/// Takes in what another has written.
fn take(document: &Mutex<Doc>, message: &Message) {
    if let Message::Sync(SyncMessage::Update(update)) = message {
        apply(&lock(document), update);
    }
}

fn text(document: &Doc) -> String {
    let view = document.transact();
    view.get_text(TEXT).map(|text| text.get_string(&view)).unwrap_or_default()
}
