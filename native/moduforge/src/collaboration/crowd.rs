//! A room full of users who send numbered messages and count what they receive.

use std::sync::Arc;
use std::time::{Duration, Instant};

use forgebench_histogram::Histogram;
use forgebench_measure::Failure;
use futures_util::SinkExt;
use mf_collab_client::yrs::sync::{Message, SyncMessage};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;

use super::messages::{Author, Kind, last_edit};
use super::server::{Room, Server, allow_connections};
use super::socket::{Sender, join_all, message, question};
use super::tally::{Tally, Totals};

/// Longest wait for an answer to a question.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many users there are and what they send in a round.
#[derive(Clone, Copy)]
pub struct Shape {
    pub users: usize,
    pub kind: Kind,
    pub messages: usize,
    /// Users who send, in turn.
    pub senders: usize,
    /// Messages that have not reached everybody yet; the server loses messages beyond 128.
    pub outstanding: usize,
}

/// The messages of a round, each with the user who sends it.
pub struct Round {
    first: u64,
    frames: Vec<(usize, Frame)>,
}

/// The users of one room; they leave when it is dropped.
pub struct Crowd {
    shape: Shape,
    runtime: Handle,
    room: Room,
    authors: Vec<Author>,
    senders: Vec<Sender>,
    readers: Vec<JoinHandle<()>>,
    tally: Arc<Tally>,
    next: u64,
    /// Whether messages were lost: the connections that lost them deliver nothing more.
    broken: bool,
}

impl Crowd {
    /// Lets the users join a new room.
    pub fn gather(runtime: &Runtime, server: &Server, shape: Shape) -> Result<Self, Failure> {
        allow_connections(shape.users)?;
        let room = server.open_room();
        let users = runtime.block_on(join_all(server.address(), &room.name, shape.users))?;
        let tally = Arc::new(Tally::new(shape.users, shape.messages, shape.outstanding));
        let mut senders = Vec::with_capacity(shape.users);
        let mut readers = Vec::with_capacity(shape.users);
        for user in users {
            senders.push(user.sender);
            let tally = tally.clone();
            readers.push(runtime.spawn(async move { tally.read(user.receiver).await }));
        }
        let authors = (0..shape.senders).map(Author::new).collect();
        let runtime = runtime.handle().clone();
        Ok(Self { shape, runtime, room, authors, senders, readers, tally, next: 0, broken: false })
    }

    pub fn is_broken(&self) -> bool {
        self.broken
    }

    pub fn room(&self) -> &Room {
        &self.room
    }

    /// Writes the messages of a round; numbers of rounds do not overlap.
    pub fn write(&mut self) -> Round {
        let first = self.next;
        let frame = |k: usize| {
            let sender = k % self.shape.senders;
            (sender, Frame::Binary(self.authors[sender].write(self.shape.kind, first + k as u64)))
        };
        let frames = (0..self.shape.messages).map(frame).collect();
        self.next += self.shape.messages as u64;
        Round { first, frames }
    }

    /// Sends a round and waits until every message has reached everybody or nothing arrives any more. Messages are
    /// sent at once, as far as fewer are outstanding than may be, or one in each `interval`.
    pub async fn exchange(&mut self, round: Round, interval: Option<Duration>) -> Totals {
        self.tally.begin(round.first);
        let start = Instant::now();
        let mut sent = 0;
        for (index, (sender, frame)) in round.frames.into_iter().enumerate() {
            let intended = interval.map_or_else(Instant::now, |interval| start + interval * index as u32);
            self.tally.intend(index, intended);
            if interval.is_some() {
                // This thread does nothing else, and the runtime's timer is not fine enough.
                std::thread::sleep(intended.saturating_duration_since(Instant::now()));
            }
            if !self.tally.permitted(1).await || self.senders[sender].send(frame).await.is_err() {
                self.broken = true;
                break;
            }
            sent += 1;
        }
        let everything = self.shape.outstanding;
        if !self.broken && self.tally.permitted(everything).await {
            self.tally.window.add_permits(everything);
        } else {
            self.broken = true;
        }
        self.tally.totals(sent)
    }

    /// Waits until the edit before has reached everybody, or stopped to arrive, and gives the next one, which the
    /// caller merges into the room's document itself.
    pub async fn next_edit(&mut self) -> Vec<u8> {
        self.broken |= !self.tally.permitted(1).await;
        let Round { first, frames } = self.write();
        self.tally.begin(first);
        self.tally.intend(0, Instant::now());
        match frames.first().and_then(|(_, frame)| message(frame)) {
            Some(Message::Sync(SyncMessage::Update(update))) => update,
            _ => unreachable!("authors write edits"),
        }
    }

    /// Waits until the edit that was given last has reached everybody; false where it stopped to arrive.
    pub async fn has_arrived(&self) -> bool {
        let arrived = self.tally.permitted(1).await;
        self.tally.window.add_permits(1);
        arrived
    }

    /// Sends a round without waiting for deliveries, and then waits until the server has taken all of it in.
    pub async fn burst(&mut self, round: Round) {
        self.tally.begin(round.first);
        let questioner = round.frames[0].0;
        for (sender, frame) in round.frames {
            self.broken |= self.senders[sender].send(frame).await.is_err();
        }
        self.broken |= self.senders[questioner].send(Frame::Binary(question())).await.is_err();
        match timeout(PATIENCE, self.tally.answers.acquire()).await {
            Ok(Ok(answer)) => answer.forget(),
            _ => self.broken = true,
        }
    }

    /// What has arrived of a burst once nothing arrives any more. Nobody goes on in a room that has lost something.
    pub async fn settle(&mut self) -> Totals {
        self.tally.quiet().await;
        let totals = self.tally.totals(self.shape.messages);
        self.broken |= totals.delivered != totals.expected;
        totals
    }

    /// Takes the latencies recorded so far.
    pub fn take_latency(&self) -> Histogram {
        self.tally.take_latency()
    }

    /// Lets all users leave, and counts the awareness states that stay in the room when all are gone.
    pub fn leave(&mut self) -> usize {
        for reader in self.readers.drain(..) {
            reader.abort();
        }
        self.senders.clear();
        self.runtime.block_on(self.room.wait_until_left());
        self.room.awareness.blocking_read().clients().len()
    }

    /// Every sender's last message is in the document of the room.
    pub fn check_document(&self) -> Result<(), Failure> {
        let room = self.room.awareness.blocking_read();
        let messages = self.shape.messages;
        for sender in 0..self.shape.senders.min(messages) {
            let rounds = (messages - 1 - sender) / self.shape.senders;
            let last = self.next - messages as u64 + (sender + rounds * self.shape.senders) as u64;
            Failure::unless_equal("last edit of a user", last_edit(room.doc(), sender), Some(last))?;
        }
        Ok(())
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.leave();
        self.runtime.block_on(self.room.close());
    }
}
