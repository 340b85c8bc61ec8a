//! `collaboration/message-throughput`: users who send edits to each other through the server, as fast as it delivers.

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::crowd::{Crowd, Round, Shape};
use super::messages::Kind;
use super::server::{Server, runtime};
use super::tally::Totals;

const MESSAGES: usize = 128;
/// Half of what the server can hold for a connection.
const OUTSTANDING: usize = 64;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    users: usize,
}

/// The workload. The order of its fields is that in which they go: users leave before their server stops.
pub struct MessageThroughput {
    shape: Shape,
    crowd: Crowd,
    server: Server,
    runtime: Runtime,
    totals: Totals,
}

impl Workload for MessageThroughput {
    const ID: &'static str = "collaboration/message-throughput";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Round;
    type Output = Totals;

    fn new(Params { users }: Params) -> Result<Self, Failure> {
        let shape = Shape { users, kind: Kind::Edit, messages: MESSAGES, senders: users, outstanding: OUTSTANDING };
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let crowd = Crowd::gather(&runtime, &server, shape)?;
        Ok(Self { shape, crowd, server, runtime, totals: Totals::default() })
    }

    fn input(&mut self) -> Round {
        if self.crowd.is_broken() {
            self.crowd = Crowd::gather(&self.runtime, &self.server, self.shape).expect("users join as they did before");
        }
        self.crowd.write()
    }

    fn run(&mut self, round: Round) -> Totals {
        let totals = self.runtime.block_on(self.crowd.exchange(round, None));
        self.totals.add(totals);
        totals
    }

    fn verify(&mut self, totals: Totals) -> Result<(), Failure> {
        totals.check(MESSAGES, self.shape.users)?;
        self.crowd.check_document()
    }

    fn operations(&self) -> u64 {
        MESSAGES as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.totals.figures()
    }
}
