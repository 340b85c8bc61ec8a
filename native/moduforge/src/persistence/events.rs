//! Documents, the events that edit them, and what a document must hold after them.

use std::sync::Arc;

use forgebench_measure::Failure;
use mf_model::NodePool;
use mf_persistence::api::{PersistedEvent, Snapshot};
use mf_persistence::ser::{SnapshotData, checksum32, compress_if_needed, frame_steps};
use mf_state::state::TransactionResult;
use mf_state::{State, StateConfig, Transaction};
use serde_json::json;
use tokio::runtime::Builder;

use crate::builders::{child_id, flat_pool, schema, warm_shard_cache};
use crate::checks;

/// The prefix of all nodes.
pub const PREFIX: &str = "stored";
/// The document that workloads store.
pub const DOCUMENT: &str = "document";

/// A state over a flat document whose nodes have all been looked up: what the crate reads back panics on any id that
/// this process has not looked up before.
pub fn state(nodes: usize) -> Result<Arc<State>, Failure> {
    state_of(flat_pool(PREFIX, nodes))
}

/// The same over any document.
pub fn state_of(document: Arc<NodePool>) -> Result<Arc<State>, Failure> {
    warm_shard_cache(&document);
    let config = StateConfig {
        schema: Some(schema()),
        doc: Some(document),
        stored_marks: None,
        plugins: None,
        resource_manager: None,
    };
    let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
    runtime.block_on(State::create(config)).map(Arc::new).map_err(Failure::setup)
}

/// What edit number `k` writes into a document of `nodes` paragraphs; no edit writes what another has written.
pub fn written(nodes: usize, k: usize) -> usize {
    nodes + k
}

/// A transaction with edits `from..from + steps`; edit `k` sets the attribute `order` of paragraph `k % nodes`.
pub fn transaction(state: &State, nodes: usize, from: usize, steps: usize) -> Transaction {
    let mut transaction = state.tr();
    for k in from..from + steps {
        let values = [("order".to_string(), json!(written(nodes, k)))].into_iter().collect();
        transaction.set_node_attribute(child_id(PREFIX, k % nodes), values).expect("the node exists");
    }
    transaction
}

/// The payload of an event, as the crate's own subscriber makes it. It has to be compressed: `recover_state`
/// decompresses whatever it finds.
pub fn payload(transaction: &Transaction) -> Vec<u8> {
    let frames = serde_json::to_vec(&frame_steps(transaction)).expect("frames are representable in JSON");
    compress_if_needed(&frames, true).expect("memory can be compressed")
}

/// An event with this payload. Its key holds the document and the number, so that no event is taken for another.
pub fn event(document: &str, number: usize, payload: Vec<u8>) -> PersistedEvent {
    PersistedEvent {
        lsn: 0,
        tr_id: number as u64,
        doc_id: document.to_string(),
        ts: number as i64,
        actor: None,
        idempotency_key: format!("{document}:{number:012}"),
        checksum: checksum32(&payload),
        payload,
        // The crate cannot read an event back whose meta is an object, an array or null.
        meta: json!("bench"),
    }
}

/// `count` events of one edit each.
pub fn edits(state: &State, nodes: usize, count: usize) -> Vec<PersistedEvent> {
    (0..count).map(|k| event(DOCUMENT, k, payload(&transaction(state, nodes, k, 1)))).collect()
}

/// The state after a transaction.
pub fn applied(state: &Arc<State>, transaction: Transaction) -> Result<TransactionResult, Failure> {
    let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
    runtime.block_on(state.apply(transaction)).map_err(Failure::setup)
}

/// What a snapshot of a state holds, before it becomes JSON and is compressed.
pub fn snapshot_data(state: &State) -> Result<SnapshotData, Failure> {
    let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
    let bytes = runtime.block_on(state.serialize()).map_err(Failure::setup)?;
    Ok(SnapshotData { node_pool: bytes.node_pool, state_fields: bytes.state_fields })
}

/// The snapshot of a state before its first event, as the crate's own subscriber makes it.
pub fn snapshot(state: &State, document: &str) -> Result<Snapshot, Failure> {
    let json = serde_json::to_vec(&snapshot_data(state)?).map_err(Failure::setup)?;
    let state_blob = compress_if_needed(&json, true).map_err(Failure::setup)?;
    Ok(Snapshot { doc_id: document.to_string(), upto_lsn: 0, created_at: 0, state_blob, version: 1 })
}

/// The document of `nodes` paragraphs holds the last of the first `edits` edits of each paragraph.
pub fn check_edited(document: &NodePool, nodes: usize, edits: usize) -> Result<(), Failure> {
    Failure::unless_equal("number of nodes", document.size(), nodes + 1)?;
    for order in 0..nodes {
        let expected = match edits.checked_sub(order + 1) {
            None => order,
            Some(later) => written(nodes, order + later / nodes * nodes),
        };
        checks::attribute(document, &child_id(PREFIX, order), "order", &json!(expected))?;
        checks::attribute(document, &child_id(PREFIX, order), "text", &json!(format!("lorem {order}")))?;
    }
    Ok(())
}
