//! `core/event-dispatch`: events are sent by a schedule, whatever becomes of those before; latency counts from then.

use std::hint::spin_loop;
use std::thread;
use std::time::{Duration, Instant};

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;

use super::bus::{NotingBus, Round, Stamped};

/// Events of an iteration.
const EVENTS: u64 = 200;
/// 2 000 events per second.
const INTERVAL: Duration = Duration::from_micros(500);
/// A sleeper wakes up to this late; what is left to the time of an event is waited for awake.
const AWAKE: Duration = Duration::from_micros(150);
/// Latencies that are kept, with room for all from the start: a list that grew would look like a leak of the bus.
const KEPT: usize = 300_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    handlers: usize,
}

/// The workload.
pub struct EventDispatch {
    noting: NotingBus,
    latencies: Vec<u64>,
}

/// The value below which this share of the sorted latencies lies.
fn quantile(sorted: &[u64], share: f64) -> f64 {
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).map_or(0.0, |latency| *latency as f64)
}

/// Waits until it is due, to the microsecond.
pub fn wait_until(due: Instant) {
    thread::sleep(due.saturating_duration_since(Instant::now()).saturating_sub(AWAKE));
    while Instant::now() < due {
        spin_loop();
    }
}

impl EventDispatch {
    fn settle(&mut self) {
        let latencies = &mut self.latencies;
        self.noting.settle(|latency| {
            if latencies.len() < KEPT {
                latencies.push(latency);
            }
        });
    }
}

impl Workload for EventDispatch {
    const ID: &'static str = "core/event-dispatch";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Round;
    type Output = ();

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { noting: NotingBus::open(params.handlers, EVENTS)?, latencies: Vec::with_capacity(KEPT) })
    }

    fn input(&mut self) -> Round {
        self.settle();
        self.noting.begin()
    }

    fn run(&mut self, _: Round) {
        let start = Instant::now();
        for number in 0..EVENTS {
            let due = start + INTERVAL * number as u32;
            wait_until(due);
            let sent = self.noting.bus.broadcast(Stamped { number, due });
            self.noting.runtime.block_on(sent).expect("the bus is open");
        }
        self.noting.runtime.block_on(self.noting.complete());
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        self.noting.verify()
    }

    fn operations(&self) -> u64 {
        EVENTS
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.settle();
        self.latencies.sort_unstable();
        let shares = [("latency-p50", 0.5), ("latency-p95", 0.95), ("latency-p99", 0.99)];
        let latencies = shares.map(|(name, share)| FigureValue { name, value: quantile(&self.latencies, share) });
        self.noting.figures().into_iter().chain(latencies).collect()
    }
}
