//! `scenario/collaborate`: people edit one text over real connections until all of them see the same.

use std::time::Duration;

use forgebench_histogram::Histogram;
use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::followers::histogram;
use super::team::{Team, written};
use super::{percent, quantile};
use crate::collaboration::server::{Server, runtime};
use crate::collaboration::tally::Totals;

/// The load is the same for any number of users, below what both ends manage on two cores.
const DELIVERIES_PER_SECOND: u32 = 10_000;
const SCHEDULE: Duration = Duration::from_millis(300);

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    users: usize,
}

/// The workload. The order of its fields is that in which they go.
pub struct Collaborate {
    users: usize,
    edits: usize,
    interval: Duration,
    server: Server,
    runtime: Runtime,
    latency: Histogram,
    totals: Totals,
    dissenters: usize,
    sessions: usize,
}

/// A team after its work; everybody leaves when it is dropped.
pub struct Worked {
    team: Team,
    totals: Totals,
    dissenters: usize,
}

impl Workload for Collaborate {
    const ID: &'static str = "scenario/collaborate";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Team;
    type Output = Worked;

    fn new(Params { users }: Params) -> Result<Self, Failure> {
        let interval = Duration::from_secs(users as u64) / DELIVERIES_PER_SECOND;
        let edits = SCHEDULE.as_nanos().div_ceil(interval.as_nanos().max(1)) as usize;
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let (latency, totals) = (histogram(), Totals::default());
        Ok(Self { users, edits, interval, server, runtime, latency, totals, dissenters: 0, sessions: 0 })
    }

    /// A new room, so that no text is longer than that of the session before.
    fn input(&mut self) -> Team {
        Team::gather(&self.runtime, &self.server, self.users, self.edits).expect("the server takes all users")
    }

    fn run(&mut self, mut team: Team) -> Worked {
        let totals = self.runtime.block_on(team.write(self.interval));
        let dissenters = team.dissenters();
        self.latency.merge(&team.take_latency());
        self.totals.add(totals);
        self.dissenters += dissenters;
        self.sessions += 1;
        Worked { team, totals, dissenters }
    }

    /// The room has every edit, whomever it told of them; where all were told, all see the same.
    fn verify(&mut self, worked: Worked) -> Result<(), Failure> {
        worked.totals.check(self.edits, self.users)?;
        Failure::unless_equal("latencies", self.latency.len(), worked.totals.delivered)?;
        let last = worked.team.text().contains(&written(self.edits - 1));
        Failure::unless_equal("the room has the last edit", last, true)?;
        if worked.totals.delivered == worked.totals.expected {
            Failure::unless_equal("people with another text", worked.dissenters, 0)?;
        }
        Ok(())
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let mut figures = vec![
            quantile("sync-p50", &self.latency, 0.5),
            quantile("sync-p95", &self.latency, 0.95),
            quantile("sync-p99", &self.latency, 0.99),
            FigureValue { name: "diverged", value: percent(self.dissenters, self.sessions * self.users) },
        ];
        figures.extend(self.totals.figures());
        figures
    }
}
