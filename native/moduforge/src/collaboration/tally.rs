//! Counts what arrives, by message and by user.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use forgebench_histogram::Histogram;
use forgebench_measure::{Failure, FigureValue};
use futures_util::StreamExt;
use mf_collab_client::yrs::sync::{Message, SyncMessage};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::messages::number_of;
use super::socket::{Receiver, message};

/// Without any delivery for so long, what is missing is lost.
const STALL: Duration = Duration::from_secs(1);

/// What the readers of a crowd have seen of one round of messages.
pub struct Tally {
    users: u32,
    origin: Instant,
    /// Number of the round's first message.
    first: AtomicU64,
    /// Deliveries of each message of the round.
    arrivals: Vec<AtomicU32>,
    /// When each message was to be sent, nanoseconds after `origin`.
    intended: Vec<AtomicU64>,
    delivered: AtomicU64,
    duplicates: AtomicU64,
    latency: Mutex<Histogram>,
    /// A permit for each message that may still be sent before another has reached everybody.
    pub window: Semaphore,
    /// A permit for each question that the server has answered.
    pub answers: Semaphore,
}

/// Deliveries over the life of a workload.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    pub expected: u64,
    pub delivered: u64,
    pub duplicates: u64,
}

impl Totals {
    pub fn add(&mut self, other: Self) {
        self.expected += other.expected;
        self.delivered += other.delivered;
        self.duplicates += other.duplicates;
    }

    /// All deliveries of `messages` to `users` are accounted for. Lost ones are figures and no failure, as long as
    /// something arrives.
    pub fn check(&self, messages: usize, users: usize) -> Result<(), Failure> {
        let due = (messages * users) as u64;
        Failure::unless_equal("deliveries that were due", self.expected, due)?;
        Failure::unless_equal("deliveries and losses are all", self.delivered <= due, true)?;
        Failure::unless_equal("something arrives", self.delivered >= users as u64, true)
    }

    /// The figures `lost` and `duplicates`, as shares of the deliveries that there should have been.
    pub fn figures(&self) -> Vec<FigureValue> {
        let percent = |count: u64| 100.0 * count as f64 / self.expected.max(1) as f64;
        vec![
            FigureValue { name: "lost", value: percent(self.expected.saturating_sub(self.delivered)) },
            FigureValue { name: "duplicates", value: percent(self.duplicates) },
        ]
    }
}

impl Tally {
    pub fn new(users: usize, messages: usize, window: usize) -> Self {
        Self {
            users: users as u32,
            origin: Instant::now(),
            first: AtomicU64::new(0),
            arrivals: (0..messages).map(|_| AtomicU32::new(0)).collect(),
            intended: (0..messages).map(|_| AtomicU64::new(0)).collect(),
            delivered: AtomicU64::new(0),
            duplicates: AtomicU64::new(0),
            latency: Mutex::new(Histogram::with_digits(3).expect("3 is a valid number of digits")),
            window: Semaphore::new(window),
            answers: Semaphore::new(0),
        }
    }

    /// Starts a round; nothing of the one before may be under way.
    pub fn begin(&self, first: u64) {
        for arrivals in &self.arrivals {
            arrivals.store(0, Relaxed);
        }
        self.delivered.store(0, Relaxed);
        self.duplicates.store(0, Relaxed);
        self.first.store(first, Relaxed);
    }

    /// Says when message `index` of the round was to be sent.
    pub fn intend(&self, index: usize, at: Instant) {
        let after = at.saturating_duration_since(self.origin);
        self.intended[index].store(after.as_nanos() as u64, Relaxed);
    }

    /// What has arrived of a round of which `sent` messages were sent.
    pub fn totals(&self, sent: usize) -> Totals {
        Totals {
            expected: sent as u64 * u64::from(self.users),
            delivered: self.delivered.load(Relaxed),
            duplicates: self.duplicates.load(Relaxed),
        }
    }

    /// Takes the latencies that were recorded so far.
    pub fn take_latency(&self) -> Histogram {
        let mut latency = self.latency.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut latency, Histogram::with_digits(3).expect("3 is a valid number of digits"))
    }

    /// Waits as long as messages arrive; false where they stopped before `wait` was over.
    pub async fn unless_stalled(&self, wait: impl Future<Output = ()>) -> bool {
        let mut wait = std::pin::pin!(wait);
        loop {
            let before = self.delivered.load(Relaxed);
            if timeout(STALL, &mut wait).await.is_ok() {
                return true;
            }
            if self.delivered.load(Relaxed) == before {
                return false;
            }
        }
    }

    /// Waits until nothing has arrived for a tenth of the time after which a message counts as lost.
    pub async fn quiet(&self) {
        loop {
            let before = self.delivered.load(Relaxed);
            tokio::time::sleep(STALL / 10).await;
            if self.delivered.load(Relaxed) == before {
                return;
            }
        }
    }

    /// Takes permits to send; false where messages stopped to arrive before there were enough.
    pub async fn permitted(&self, count: usize) -> bool {
        let acquire = async {
            if let Ok(permits) = self.window.acquire_many(count as u32).await {
                permits.forget();
            }
        };
        self.unless_stalled(acquire).await
    }

    /// Reads what one user receives, until the connection ends.
    pub async fn read(&self, receiver: Receiver) {
        self.read_into(receiver, |_| ()).await;
    }

    /// The same, for a user who does something with each message: it has arrived when that is done.
    pub async fn read_into(&self, mut receiver: Receiver, mut take: impl FnMut(&Message)) {
        // The number of the message seen last in each place of a round, plus one.
        let mut seen = vec![0; self.arrivals.len()];
        while let Some(Ok(frame)) = receiver.next().await {
            match message(&frame) {
                Some(Message::Sync(SyncMessage::SyncStep2(_))) => self.answers.add_permits(1),
                Some(message) => {
                    take(&message);
                    if let Some(number) = number_of(&message) {
                        self.arrived(number, &mut seen);
                    }
                }
                None => {}
            }
        }
    }

    fn arrived(&self, number: u64, seen: &mut [u64]) {
        let Some(index) = number.checked_sub(self.first.load(Relaxed)).map(|index| index as usize) else { return };
        let Some(place) = seen.get_mut(index) else { return };
        if *place == number + 1 {
            self.duplicates.fetch_add(1, Relaxed);
            return;
        }
        *place = number + 1;
        let now = self.origin.elapsed().as_nanos() as u64;
        let latency = now.saturating_sub(self.intended[index].load(Relaxed));
        self.latency.lock().unwrap_or_else(PoisonError::into_inner).record(latency);
        self.delivered.fetch_add(1, Relaxed);
        if self.arrivals[index].fetch_add(1, Relaxed) + 1 == self.users {
            self.window.add_permits(1);
        }
    }
}
