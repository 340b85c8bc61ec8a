//! `collaboration/room-commit`: an edit merged into a room's document while others are connected to the room.

use forgebench_measure::{Failure, Workload};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::crowd::{Crowd, Shape};
use super::messages::Kind;
use super::rooms::apply;
use super::server::{Server, runtime};

/// One edit at a time: the next is made when everybody has the last.
const ONE: usize = 1;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Users who are connected and only receive.
    users: usize,
}

/// The workload.
pub struct RoomCommit {
    crowd: Crowd,
    runtime: Runtime,
    /// Stops when it is dropped, after the users have left.
    _server: Server,
}

impl Workload for RoomCommit {
    const ID: &'static str = "collaboration/room-commit";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Vec<u8>;
    type Output = ();

    fn new(Params { users }: Params) -> Result<Self, Failure> {
        let shape = Shape { users, kind: Kind::Edit, messages: ONE, senders: ONE, outstanding: ONE };
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let crowd = Crowd::gather(&runtime, &server, shape)?;
        Ok(Self { crowd, runtime, _server: server })
    }

    /// Waits until everybody has the edit before, or what is delivered would take the processor from what is timed.
    fn input(&mut self) -> Vec<u8> {
        self.runtime.block_on(self.crowd.next_edit())
    }

    fn run(&mut self, update: Vec<u8>) {
        let room = self.crowd.room().awareness.blocking_write();
        apply(room.doc(), &update);
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        let everybody = self.runtime.block_on(self.crowd.has_arrived());
        Failure::unless_equal("everybody was sent the edit", everybody, true)?;
        self.crowd.check_document()
    }
}
