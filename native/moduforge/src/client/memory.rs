//! `client/memory`: what a connected client and its connection hold.

use forgebench_measure::{Failure, Workload};
use mf_collab_client::provider::WebsocketProvider;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::documents::{empty, holds, sectioned, sections, share};
use super::visitors::{Visitors, connect, provider};
use crate::collaboration::server::{Room, Server, runtime};

const PREFIX: &str = "held";
/// Clients of an iteration, who connect at the same time.
const CLIENTS: usize = 10;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// The workload. The order of its fields is that in which they go.
pub struct Memory {
    nodes: usize,
    room: Room,
    server: Server,
    runtime: Runtime,
}

impl Workload for Memory {
    const ID: &'static str = "client/memory";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Visitors;

    fn new(Params { nodes }: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let room = server.open_room();
        share(&runtime, &room.awareness, &sectioned(PREFIX, nodes))?;
        Ok(Self { nodes, room, server, runtime })
    }

    /// The clients before have gone.
    fn input(&mut self) {
        self.runtime.block_on(self.room.wait_until_left());
    }

    fn run(&mut self, (): ()) -> Visitors {
        let clients = self.runtime.block_on(async {
            let mut connecting = Vec::with_capacity(CLIENTS);
            for _ in 0..CLIENTS {
                let provider = provider(&self.server, &self.room, empty()).await;
                connecting.push(tokio::spawn(connect(provider)));
            }
            let mut connected: Vec<WebsocketProvider> = Vec::with_capacity(CLIENTS);
            for client in connecting {
                connected.push(client.await.expect("connecting does not panic"));
            }
            connected
        });
        Visitors::new(self.runtime.handle(), clients)
    }

    fn verify(&mut self, visitors: Visitors) -> Result<(), Failure> {
        for client in &visitors.providers {
            Failure::unless_equal("the client is connected", client.is_connected(), true)?;
            holds(client.awareness.blocking_read().doc(), PREFIX, self.nodes, sections(self.nodes) + 1)?;
        }
        Failure::unless_equal("clients", visitors.providers.len(), CLIENTS)
    }

    fn operations(&self) -> u64 {
        CLIENTS as u64
    }
}
