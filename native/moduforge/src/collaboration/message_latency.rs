//! `collaboration/message-latency`: edits sent at fixed times, and how long after these each user receives them.

use std::time::Duration;

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::crowd::{Crowd, Round, Shape};
use super::messages::Kind;
use super::server::{Server, runtime};
use super::tally::Totals;

/// The load is the same for any number of users: about a tenth of what both ends manage on two cores.
const DELIVERIES_PER_SECOND: u32 = 20_000;
const SCHEDULE: Duration = Duration::from_millis(500);
const OUTSTANDING: usize = 128;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    users: usize,
}

/// The workload. The order of its fields is that in which they go: users leave before their server stops.
pub struct MessageLatency {
    shape: Shape,
    interval: Duration,
    crowd: Crowd,
    server: Server,
    runtime: Runtime,
    latency: forgebench_histogram::Histogram,
    totals: Totals,
}

impl Workload for MessageLatency {
    const ID: &'static str = "collaboration/message-latency";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Round;
    type Output = Totals;

    fn new(Params { users }: Params) -> Result<Self, Failure> {
        let interval = Duration::from_secs(users as u64) / DELIVERIES_PER_SECOND;
        let messages = (SCHEDULE.as_nanos() / interval.as_nanos()) as usize;
        let shape = Shape { users, kind: Kind::Edit, messages, senders: users, outstanding: OUTSTANDING };
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let crowd = Crowd::gather(&runtime, &server, shape)?;
        let latency = crowd.take_latency();
        Ok(Self { shape, interval, crowd, server, runtime, latency, totals: Totals::default() })
    }

    fn input(&mut self) -> Round {
        if self.crowd.is_broken() {
            self.crowd = Crowd::gather(&self.runtime, &self.server, self.shape).expect("users join as they did before");
        }
        self.crowd.write()
    }

    fn run(&mut self, round: Round) -> Totals {
        let totals = self.runtime.block_on(self.crowd.exchange(round, Some(self.interval)));
        self.latency.merge(&self.crowd.take_latency());
        self.totals.add(totals);
        totals
    }

    /// Latencies are those of deliveries, each counted once.
    fn verify(&mut self, totals: Totals) -> Result<(), Failure> {
        totals.check(self.shape.messages, self.shape.users)?;
        Failure::unless_equal("latencies", self.latency.len(), totals.delivered)?;
        self.crowd.check_document()
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let quantile = |name, q| FigureValue { name, value: self.latency.value_at_quantile(q) as f64 };
        let mut figures =
            vec![quantile("latency-p50", 0.5), quantile("latency-p95", 0.95), quantile("latency-p99", 0.99)];
        figures.extend(self.totals.figures());
        figures
    }
}
