//! `client/sync`: a newcomer receives the whole document of a room.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_collab_client::provider::WebsocketProvider;
use mf_collab_client::yrs::Subscription;
use serde::Deserialize;
use tokio::runtime::Runtime;
use tokio::sync::Notify;

use super::documents::{empty, holds, sectioned, sections, share};
use super::visitors::{Visitors, provider};
use crate::collaboration::server::{Room, Server, runtime};

const PREFIX: &str = "sync";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// The workload. The order of its fields is that in which they go.
pub struct Sync {
    nodes: usize,
    room: Room,
    server: Server,
    runtime: Runtime,
}

/// A provider that is not connected, and the news that its document has changed. The crate reports the end of the
/// first synchronisation before it applies what it has received, so that its event cannot be waited for.
pub struct Newcomer {
    provider: WebsocketProvider,
    changed: Arc<Notify>,
    watching: Subscription,
}

impl Workload for Sync {
    const ID: &'static str = "client/sync";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Newcomer;
    type Output = (Visitors, Subscription);

    fn new(Params { nodes }: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let server = Server::start(&runtime)?;
        let room = server.open_room();
        share(&runtime, &room.awareness, &sectioned(PREFIX, nodes))?;
        Ok(Self { nodes, room, server, runtime })
    }

    /// The newcomer before has gone.
    fn input(&mut self) -> Newcomer {
        let document = empty();
        let changed = Arc::new(Notify::new());
        let news = changed.clone();
        let watching = document.blocking_read().doc().observe_update_v1(move |_, _| news.notify_one());
        let watching = watching.expect("nobody else uses the document");
        let provider = self.runtime.block_on(async {
            self.room.wait_until_left().await;
            provider(&self.server, &self.room, document).await
        });
        Newcomer { provider, changed, watching }
    }

    /// `connect` would ask the server by HTTP first and sleep for 100 ms afterwards; what it calls in between does
    /// neither.
    fn run(&mut self, newcomer: Newcomer) -> (Visitors, Subscription) {
        let Newcomer { mut provider, changed, watching } = newcomer;
        self.runtime.block_on(async {
            provider.connect_with_retry(None).await.expect("the server takes a user");
            changed.notified().await;
        });
        (Visitors::new(self.runtime.handle(), vec![provider]), watching)
    }

    fn verify(&mut self, (visitors, _watching): (Visitors, Subscription)) -> Result<(), Failure> {
        let document = visitors.providers[0].awareness.blocking_read();
        holds(document.doc(), PREFIX, self.nodes, sections(self.nodes) + 1)
    }
}
