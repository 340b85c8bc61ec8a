//! An event bus with handlers that note what they are given.

use std::mem;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use forgebench_measure::{Failure, FigureValue};
use mf_core::{EventBus, EventConfig, EventHandler, ForgeResult};
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::{PATIENCE, runtime};

/// An event with its number in the round and the time at which it was meant to be sent.
#[derive(Clone)]
pub struct Stamped {
    pub number: u64,
    pub due: Instant,
}

/// Leave to send one round of events. It has a size, because a loop whose inputs have none makes no inputs between
/// iterations, which is when the account is taken.
pub struct Round(#[expect(dead_code, reason = "it is there for its size")] bool);

/// An event in the hands of a handler.
pub struct Delivery {
    number: u64,
    latency_ns: u64,
}

#[derive(Debug, Default)]
struct Progress {
    delivered: AtomicU64,
    complete: Notify,
}

struct Noting {
    seen: Mutex<Vec<Delivery>>,
    progress: Arc<Progress>,
    /// Deliveries of a round over all handlers.
    expected: u64,
}

impl std::fmt::Debug for Noting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Noting")
    }
}

impl Noting {
    fn take(&self) -> Vec<Delivery> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let room = seen.capacity();
        mem::replace(&mut seen, Vec::with_capacity(room))
    }
}

#[async_trait]
impl EventHandler<Stamped> for Noting {
    async fn handle(&self, event: &Stamped) -> ForgeResult<()> {
        let delivery = Delivery { number: event.number, latency_ns: event.due.elapsed().as_nanos() as u64 };
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(delivery);
        if self.progress.delivered.fetch_add(1, Relaxed) + 1 == self.expected {
            self.progress.complete.notify_one();
        }
        Ok(())
    }
}

/// The bus, its handlers, and the account of what they were given in all rounds.
pub struct NotingBus {
    pub bus: EventBus<Stamped>,
    pub runtime: Runtime,
    handlers: Vec<Arc<Noting>>,
    progress: Arc<Progress>,
    events: u64,
    /// Whether a round was begun that no account was taken of.
    open: bool,
    sent: u64,
    lost: u64,
    duplicates: u64,
}

impl NotingBus {
    /// A bus with the crate's own settings and `handlers` handlers, for rounds of `events` events.
    pub fn open(handlers: usize, events: u64) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let progress = Arc::<Progress>::default();
        let bus = EventBus::with_config(EventConfig::default());
        let handler = |_| {
            let seen = Mutex::new(Vec::with_capacity(events as usize));
            Arc::new(Noting { seen, progress: progress.clone(), expected: events * handlers as u64 })
        };
        let handlers: Vec<Arc<Noting>> = (0..handlers).map(handler).collect();
        for handler in &handlers {
            bus.add_event_handler(handler.clone()).map_err(Failure::setup)?;
        }
        runtime.block_on(async { bus.start_event_loop() });
        Ok(Self { bus, runtime, handlers, progress, events, open: false, sent: 0, lost: 0, duplicates: 0 })
    }

    /// Makes ready for another round.
    pub fn begin(&mut self) -> Round {
        self.open = true;
        self.progress.delivered.store(0, Relaxed);
        Round(true)
    }

    /// Waits until all handlers were given all events of the round, or for so long that the rest is lost.
    pub async fn complete(&self) {
        let expected = self.events * self.handlers.len() as u64;
        while self.progress.delivered.load(Relaxed) < expected {
            if timeout(PATIENCE, self.progress.complete.notified()).await.is_err() {
                break;
            }
        }
    }

    /// Takes the deliveries of the last round into the account and hands their latencies over.
    pub fn settle(&mut self, mut each: impl FnMut(u64)) {
        if !mem::take(&mut self.open) {
            return;
        }
        for handler in &self.handlers {
            let deliveries = handler.take();
            let given = deliveries.len() as u64;
            let different = numbers(&deliveries).len() as u64;
            self.sent += self.events;
            self.lost += self.events - different;
            self.duplicates += given - different;
            for delivery in deliveries {
                each(delivery.latency_ns);
            }
        }
    }

    /// Every handler was given each event of the last round once.
    pub fn verify(&mut self) -> Result<(), Failure> {
        self.open = false;
        for (place, handler) in self.handlers.iter().enumerate() {
            let deliveries = handler.take();
            Failure::unless_equal(&format!("events of handler {place}"), deliveries.len() as u64, self.events)?;
            let all = numbers(&deliveries).into_iter().eq(0..self.events);
            Failure::unless_equal(&format!("handler {place} was given each event"), all, true)?;
        }
        Ok(())
    }

    /// The share of events that a handler was not given, and of those that it was given again.
    pub fn figures(&self) -> Vec<FigureValue> {
        let share = |count: u64| count as f64 / self.sent.max(1) as f64;
        vec![
            FigureValue { name: "lost", value: share(self.lost) },
            FigureValue { name: "duplicates", value: share(self.duplicates) },
        ]
    }
}

impl Drop for NotingBus {
    fn drop(&mut self) {
        self.bus.destroy_blocking();
    }
}

/// The different numbers in ascending order.
fn numbers(deliveries: &[Delivery]) -> Vec<u64> {
    let mut numbers: Vec<u64> = deliveries.iter().map(|delivery| delivery.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
