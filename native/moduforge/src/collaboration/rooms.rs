//! Rooms without a server, for work on their documents alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use forgebench_measure::Failure;
use futures_util::FutureExt;
use mf_collab::YrsManager;
use mf_collab_client::AwarenessRef;
use mf_collab_client::yrs::updates::decoder::Decode;
use mf_collab_client::yrs::{Doc, Transact, Update};

/// Rooms that are made one after the other.
#[derive(Default)]
pub struct Rooms {
    manager: Arc<YrsManager>,
    made: AtomicUsize,
}

/// A room of its own, removed when it is dropped.
pub struct OfflineRoom {
    manager: Arc<YrsManager>,
    name: String,
    pub awareness: AwarenessRef,
}

impl Rooms {
    /// Makes a room with an empty document.
    pub fn open(&self) -> OfflineRoom {
        let name = format!("room{}", self.made.fetch_add(1, Relaxed));
        let awareness = self.manager.get_or_create_awareness(&name);
        OfflineRoom { manager: self.manager.clone(), name, awareness }
    }
}

impl OfflineRoom {
    /// Merges updates into the document, each as the server does it for a message.
    pub fn merge(&self, updates: &[Vec<u8>]) {
        for update in updates {
            apply(self.awareness.blocking_write().doc(), update);
        }
    }
}

impl Drop for OfflineRoom {
    fn drop(&mut self) {
        // Removing a room waits for nothing.
        let _ = self.manager.remove_room(&self.name).now_or_never();
    }
}

/// Merges an update into a document.
pub fn apply(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).expect("the update was encoded by a document");
    doc.transact_mut().apply_update(update);
}

/// Whether two texts are equal, without printing either where they are long.
pub fn unless_same_text(what: &str, seen: &[char], expected: &[char]) -> Result<(), Failure> {
    Failure::unless_equal(&format!("length of {what}"), seen.len(), expected.len())?;
    let differs = seen.iter().zip(expected).position(|(a, b)| a != b);
    Failure::unless_equal(&format!("first difference in {what}"), differs, None)
}
