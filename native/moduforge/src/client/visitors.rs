//! Connected clients, who leave when they are dropped.

use mf_collab_client::AwarenessRef;
use mf_collab_client::provider::WebsocketProvider;
use tokio::runtime::Handle;

use crate::collaboration::server::{Room, Server};

/// Time for the first synchronisation, milliseconds.
const PATIENCE_MS: u64 = 5_000;

/// Providers in the same room. A provider that is only dropped leaves its connection open: they disconnect.
pub struct Visitors {
    runtime: Handle,
    pub providers: Vec<WebsocketProvider>,
}

impl Visitors {
    pub fn new(runtime: &Handle, providers: Vec<WebsocketProvider>) -> Self {
        Self { runtime: runtime.clone(), providers }
    }
}

impl Drop for Visitors {
    fn drop(&mut self) {
        for provider in &mut self.providers {
            self.runtime.block_on(provider.disconnect());
        }
    }
}

/// A provider that is not connected yet.
pub async fn provider(server: &Server, room: &Room, document: AwarenessRef) -> WebsocketProvider {
    WebsocketProvider::new(server.url(), room.name.clone(), document).await
}

/// Connects, as an application does, and waits for the first synchronisation. The crate only logs what goes wrong;
/// whoever calls this asks the provider.
pub async fn connect(mut provider: WebsocketProvider) -> WebsocketProvider {
    provider.connect().await;
    let _ = provider.wait_for_protocol_sync(PATIENCE_MS).await;
    provider
}
