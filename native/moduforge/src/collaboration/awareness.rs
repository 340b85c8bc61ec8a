//! `collaboration/awareness`: cursors that move, in the room's table of states and from one user to all others.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_collab::YrsManager;
use mf_collab_client::AwarenessRef;
use mf_collab_client::yrs::sync::AwarenessUpdate;
use mf_collab_client::yrs::updates::encoder::Encode;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::crowd::{Crowd, Round, Shape};
use super::messages::{Kind, client_id, presence};
use super::server::{Server, runtime};
use super::tally::Totals;

/// Updates of an iteration in the table.
const LOCAL: usize = 1_000;
/// Updates of an iteration over the wire.
const WIRE: usize = 16;

/// Where states go.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// Into the room's table, and out of it as the message for the others.
    Local,
    /// From a user through the server to everybody.
    Wire,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    clients: usize,
    via: Via,
}

/// The workload.
pub struct Awareness {
    clients: usize,
    place: Place,
}

enum Place {
    Local { _manager: YrsManager, room: AwarenessRef, clock: u32 },
    Wire(Box<Wire>),
}

/// The order of the fields is that in which they go: users leave before their server stops.
struct Wire {
    crowd: Crowd,
    shape: Shape,
    server: Server,
    runtime: Runtime,
    totals: Totals,
}

/// What an iteration sends.
pub enum Input {
    Local(Vec<AwarenessUpdate>),
    Wire(Round),
}

/// What an iteration was told.
pub enum Output {
    /// Bytes of the messages for the others.
    Local(usize),
    Wire(Totals),
}

fn cursor(clock: u32) -> String {
    format!("{{\"cursor\":{clock}}}")
}

impl Awareness {
    fn local(clients: usize) -> Self {
        let manager = YrsManager::new();
        let room = manager.get_or_create_awareness("room");
        for user in 0..clients {
            room.blocking_write().apply_update(presence(client_id(user), 1, cursor(0))).expect("a state is JSON");
        }
        Self { clients, place: Place::Local { _manager: manager, room, clock: 1 } }
    }

    fn wire(clients: usize) -> Result<Self, Failure> {
        // One at a time: of a user's states that come while the server is busy, it sends the newest only, and twice.
        let senders = clients.min(WIRE);
        let shape = Shape { users: clients, kind: Kind::Awareness, messages: WIRE, senders, outstanding: 1 };
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let crowd = Crowd::gather(&runtime, &server, shape)?;
        let wire = Wire { crowd, shape, server, runtime, totals: Totals::default() };
        Ok(Self { clients, place: Place::Wire(Box::new(wire)) })
    }
}

impl Workload for Awareness {
    const ID: &'static str = "collaboration/awareness";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Input;
    type Output = Output;

    fn new(params: Params) -> Result<Self, Failure> {
        match params.via {
            Via::Local => Ok(Self::local(params.clients)),
            Via::Wire => Self::wire(params.clients),
        }
    }

    fn input(&mut self) -> Input {
        match &mut self.place {
            Place::Local { clock, .. } => {
                *clock += LOCAL as u32;
                let update = |k| presence(client_id(k % self.clients), *clock + k as u32, cursor(*clock));
                Input::Local((0..LOCAL).map(update).collect())
            }
            Place::Wire(wire) => {
                if wire.crowd.is_broken() {
                    let gathered = Crowd::gather(&wire.runtime, &wire.server, wire.shape);
                    wire.crowd = gathered.expect("users join as they did before");
                }
                Input::Wire(wire.crowd.write())
            }
        }
    }

    fn run(&mut self, input: Input) -> Output {
        match (&mut self.place, input) {
            (Place::Local { room, .. }, Input::Local(updates)) => {
                let mut bytes = 0;
                for (k, update) in updates.into_iter().enumerate() {
                    let mut room = room.blocking_write();
                    room.apply_update(update).expect("a state is JSON");
                    let message = room.update_with_clients([client_id(k % self.clients)]).expect("the client is known");
                    bytes += message.encode_v1().len();
                }
                Output::Local(bytes)
            }
            (Place::Wire(wire), Input::Wire(round)) => {
                let totals = wire.runtime.block_on(wire.crowd.exchange(round, None));
                wire.totals.add(totals);
                Output::Wire(totals)
            }
            _ => unreachable!("input and output are made for the same place"),
        }
    }

    fn verify(&mut self, output: Output) -> Result<(), Failure> {
        match (&self.place, output) {
            (Place::Local { room, clock, .. }, Output::Local(bytes)) => {
                let room = room.blocking_read();
                Failure::unless_equal("states", room.clients().len(), self.clients.max(1))?;
                for user in 0..self.clients.min(LOCAL) {
                    let state = room.clients().get(&client_id(user));
                    Failure::unless_equal("state of a client", state, Some(&cursor(*clock)))?;
                }
                Failure::unless_equal("messages carry states", bytes > LOCAL * cursor(*clock).len(), true)
            }
            (Place::Wire(wire), Output::Wire(totals)) => {
                totals.check(WIRE, self.clients)?;
                let states = wire.crowd.room().awareness.blocking_read().clients().len();
                Failure::unless_equal("states in the room", states, wire.shape.senders)
            }
            _ => unreachable!("input and output are made for the same place"),
        }
    }

    fn operations(&self) -> u64 {
        match self.place {
            Place::Local { .. } => LOCAL as u64,
            Place::Wire(_) => WIRE as u64,
        }
    }

    /// Users leave at last, so that the states that stay behind can be counted.
    fn figures(&mut self) -> Vec<FigureValue> {
        let Place::Wire(wire) = &mut self.place else { return Vec::new() };
        let ghosts = wire.crowd.leave();
        let value = 100.0 * ghosts as f64 / wire.shape.senders as f64;
        wire.totals.figures().into_iter().chain([FigureValue { name: "ghosts", value }]).collect()
    }
}
