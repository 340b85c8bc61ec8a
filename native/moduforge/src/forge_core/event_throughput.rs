//! `core/event-throughput`: as many events as the bus takes, until all handlers were given all of them.

use std::time::Instant;

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;

use super::bus::{NotingBus, Round, Stamped};

/// Events of an iteration; the bus takes 10 000 before it makes its sender wait.
const EVENTS: u64 = 5_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    handlers: usize,
}

/// The workload.
pub struct EventThroughput(NotingBus);

impl Workload for EventThroughput {
    const ID: &'static str = "core/event-throughput";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Round;
    type Output = ();

    fn new(params: Params) -> Result<Self, Failure> {
        NotingBus::open(params.handlers, EVENTS).map(Self)
    }

    fn input(&mut self) -> Round {
        self.0.settle(|_| ());
        self.0.begin()
    }

    fn run(&mut self, _: Round) {
        let due = Instant::now();
        self.0.runtime.block_on(async {
            for number in 0..EVENTS {
                self.0.bus.broadcast(Stamped { number, due }).await.expect("the bus is open");
            }
            self.0.complete().await;
        });
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        self.0.verify()
    }

    fn operations(&self) -> u64 {
        EVENTS
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.0.settle(|_| ());
        self.0.figures()
    }
}
