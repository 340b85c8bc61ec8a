//! `collaboration/memory-per-user`: what the server holds for each user who is connected.

use std::net::TcpStream;

use forgebench_measure::{Failure, Workload};
use serde::Deserialize;
use tokio::runtime::{Handle, Runtime};

use super::bare::Script;
use super::server::{Room, Server, allow_connections, runtime};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    users: usize,
}

/// The workload.
pub struct MemoryPerUser {
    users: usize,
    server: Server,
    runtime: Runtime,
}

/// A room, empty or full; its users leave when it is dropped.
pub struct Full {
    runtime: Handle,
    room: Room,
    script: Script,
    users: Vec<TcpStream>,
}

impl Workload for MemoryPerUser {
    const ID: &'static str = "collaboration/memory-per-user";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Full;
    type Output = Full;

    fn new(Params { users }: Params) -> Result<Self, Failure> {
        allow_connections(users)?;
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        Ok(Self { users, server, runtime })
    }

    /// Everything on the users' side that needs memory is made here, so that `run` counts the server's alone.
    fn input(&mut self) -> Full {
        let room = self.server.open_room();
        let script = Script::new(self.server.address(), &room.name);
        Full { runtime: self.runtime.handle().clone(), room, script, users: Vec::with_capacity(self.users) }
    }

    fn run(&mut self, mut full: Full) -> Full {
        for _ in 0..self.users {
            full.users.push(full.script.join().expect("the server takes all users"));
        }
        full
    }

    /// Every user was sent the document, which is what joining waits for, and the server still serves them.
    fn verify(&mut self, full: Full) -> Result<(), Failure> {
        Failure::unless_equal("users", full.users.len(), self.users)?;
        Failure::unless_equal("the server holds the room", full.room.is_used_by(self.users), true)
    }

    fn operations(&self) -> u64 {
        self.users as u64
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        self.users.clear();
        self.runtime.block_on(async {
            self.room.wait_until_left().await;
            self.room.close().await;
        });
    }
}
