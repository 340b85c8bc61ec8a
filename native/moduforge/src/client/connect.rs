//! `client/connect`: a client connects to a room and has its document, by the crate's provider or by a bare socket.

use forgebench_measure::{Failure, Workload};
use mf_collab_client::yrs::Doc;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::documents::{empty, holds, sectioned, sections, share};
use super::visitors::{Visitors, connect, provider};
use crate::collaboration::rooms::apply;
use crate::collaboration::server::{Room, Server, runtime};
use crate::collaboration::socket::{User, join_all};

const PREFIX: &str = "connect";
const NODES: usize = 10;

/// Who connects.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// `WebsocketProvider::connect`.
    Provider,
    /// A WebSocket that asks for the document: what the server and the protocol need.
    Socket,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    by: By,
}

/// The workload. The order of its fields is that in which they go.
pub struct Connect {
    by: By,
    room: Room,
    server: Server,
    runtime: Runtime,
}

/// A client that is connected, and leaves when it is dropped.
pub enum Connected {
    Provider(Visitors),
    Socket(Box<User>),
}

impl Workload for Connect {
    const ID: &'static str = "client/connect";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Connected;

    fn new(Params { by }: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let room = server.open_room();
        share(&runtime, &room.awareness, &sectioned(PREFIX, NODES))?;
        Ok(Self { by, room, server, runtime })
    }

    /// The client before has gone.
    fn input(&mut self) {
        self.runtime.block_on(self.room.wait_until_left());
    }

    fn run(&mut self, (): ()) -> Connected {
        self.runtime.block_on(async {
            match self.by {
                By::Provider => {
                    let provider = provider(&self.server, &self.room, empty()).await;
                    Connected::Provider(Visitors::new(self.runtime.handle(), vec![connect(provider).await]))
                }
                By::Socket => {
                    let users = join_all(self.server.address(), &self.room.name, 1).await;
                    let user = users.expect("the server takes a user").pop().expect("one user has joined");
                    Connected::Socket(Box::new(user))
                }
            }
        })
    }

    fn verify(&mut self, connected: Connected) -> Result<(), Failure> {
        let parents = sections(NODES) + 1;
        match connected {
            Connected::Provider(visitors) => {
                let provider = &visitors.providers[0];
                Failure::unless_equal("the provider is connected", provider.is_connected(), true)?;
                holds(provider.awareness.blocking_read().doc(), PREFIX, NODES, parents)
            }
            Connected::Socket(user) => {
                let document = Doc::new();
                apply(&document, &user.document);
                holds(&document, PREFIX, NODES, parents)
            }
        }
    }
}
