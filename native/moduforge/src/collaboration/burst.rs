//! `collaboration/burst`: edits sent at once, without waiting for anybody to receive them.

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::crowd::{Crowd, Round, Shape};
use super::messages::Kind;
use super::server::{Server, runtime};
use super::tally::Totals;

const USERS: usize = 5;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    messages: usize,
}

/// The workload. The order of its fields is that in which they go: users leave before their server stops.
pub struct Burst {
    shape: Shape,
    crowd: Crowd,
    server: Server,
    runtime: Runtime,
    totals: Totals,
    /// Whether a burst was sent whose deliveries have not been counted yet.
    unsettled: bool,
}

impl Burst {
    fn settle(&mut self) {
        if std::mem::take(&mut self.unsettled) {
            self.totals.add(self.runtime.block_on(self.crowd.settle()));
        }
    }
}

impl Workload for Burst {
    const ID: &'static str = "collaboration/burst";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Round;
    type Output = ();

    fn new(Params { messages }: Params) -> Result<Self, Failure> {
        let shape = Shape { users: USERS, kind: Kind::Edit, messages, senders: 1, outstanding: messages };
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let crowd = Crowd::gather(&runtime, &server, shape)?;
        Ok(Self { shape, crowd, server, runtime, totals: Totals::default(), unsettled: false })
    }

    /// A connection that has lost a message delivers none after it, so that users join anew after a loss.
    fn input(&mut self) -> Round {
        self.settle();
        if self.crowd.is_broken() {
            self.crowd = Crowd::gather(&self.runtime, &self.server, self.shape).expect("users join as they did before");
        }
        self.crowd.write()
    }

    fn run(&mut self, round: Round) {
        self.runtime.block_on(self.crowd.burst(round));
        self.unsettled = true;
    }

    /// The server has every edit, whomever it told of them.
    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        self.settle();
        self.totals.check(self.shape.messages, USERS)?;
        self.crowd.check_document()
    }

    fn operations(&self) -> u64 {
        self.shape.messages as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.settle();
        self.totals.figures()
    }
}
