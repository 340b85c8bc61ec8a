//! `collaboration/concurrent-users`: users join one room, some edit, and all stay until everybody has every edit.

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::crowd::{Crowd, Shape};
use super::messages::Kind;
use super::server::{Server, allow_connections, runtime};
use super::tally::Totals;

/// Users who edit; with every one of a thousand, a million deliveries would hide what connecting costs.
const EDITS: usize = 10;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    users: usize,
}

/// The workload.
pub struct ConcurrentUsers {
    shape: Shape,
    server: Server,
    runtime: Runtime,
    totals: Totals,
}

/// A room full of users, who leave when it is dropped, and what they have received.
pub struct Full {
    crowd: Crowd,
    totals: Totals,
}

impl Workload for ConcurrentUsers {
    const ID: &'static str = "collaboration/concurrent-users";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Full;

    fn new(Params { users }: Params) -> Result<Self, Failure> {
        allow_connections(users)?;
        let shape = Shape { users, kind: Kind::Edit, messages: EDITS, senders: EDITS, outstanding: EDITS };
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        Ok(Self { shape, server, runtime, totals: Totals::default() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Full {
        let mut crowd = Crowd::gather(&self.runtime, &self.server, self.shape).expect("the server takes all users");
        let round = crowd.write();
        let totals = self.runtime.block_on(crowd.exchange(round, None));
        self.totals.add(totals);
        Full { crowd, totals }
    }

    fn verify(&mut self, full: Full) -> Result<(), Failure> {
        full.totals.check(EDITS, self.shape.users)?;
        full.crowd.check_document()
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let share = self.totals.delivered as f64 / self.totals.expected.max(1) as f64;
        let mut figures = self.totals.figures();
        figures.push(FigureValue { name: "served", value: self.shape.users as f64 * share });
        figures
    }
}
