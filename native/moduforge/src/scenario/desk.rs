//! A place where one thread works with all crates, an operation after the other.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError};

use async_trait::async_trait;
use forgebench_measure::Failure;
use mf_collab_client::yrs::{Any, Doc, Map, ReadTxn, Transact, Value};
use mf_core::event::Event;
use mf_core::{EventHandler, ForgeResult, ForgeRuntime};
use mf_file::{TypeWrapper, decode_history_frames, encode_history_frames};
use mf_model::id_generator::IdGenerator;
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_persistence::api::{EventStore, Snapshot};
use mf_state::Transaction;
use serde_json::json;

use super::mix::{Kind, schedule};
use super::world::{World, update};
use crate::builders::{child_id, flat_pool, para, root_id, warm_shard_cache};
use crate::checks;
use crate::collaboration::rooms::OfflineRoom;
use crate::forge_core;
use crate::persistence::events::{event, payload};
use crate::search::query::{Term, for_word};

/// Paragraphs of a desk's document.
pub const NODES: usize = 100;
/// Entries of the shared map that a desk writes in turn.
const KEYS: u64 = 16;
/// Places of the schedule at which desks begin.
const PHASES: usize = 4;
/// Edits of a shared document, after which another takes its place.
const MERGES: usize = 400;
const MAP: &str = "desk";
/// Events that are stored in one transaction, and loaded again.
const STORED: usize = 10;
/// Frames that are encoded together.
const FRAMES: usize = 8;

/// Counts the events that reach it.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

#[async_trait]
impl EventHandler<Event> for Counter {
    async fn handle(&self, _: &Event) -> ForgeResult<()> {
        self.0.fetch_add(1, Relaxed);
        Ok(())
    }
}

/// The desk.
pub struct Desk {
    prefix: String,
    editor: ForgeRuntime,
    seen: Arc<Counter>,
    /// Events that the editor has sent since it was created, that of its creation included.
    pub sent: u64,
    added: VecDeque<NodeId>,
    local: Doc,
    /// Edits of the shared document.
    merged: usize,
    room: OfflineRoom,
    schedule: Vec<Kind>,
    done: usize,
    /// What each paragraph was given last.
    written: Vec<usize>,
    stored: usize,
}

impl Desk {
    /// Ids of a desk are those of its world, which no other world has.
    pub fn new(world: &World, number: usize) -> Result<Self, Failure> {
        let prefix = format!("desk{}_{number}", world.number);
        let document = flat_pool(&prefix, NODES);
        warm_shard_cache(&document);
        let seen = Arc::<Counter>::default();
        let options = forge_core::options(&document).add_event_handler(seen.clone()).build();
        let editor = world.runtime.block_on(ForgeRuntime::create(options)).map_err(Failure::setup)?;
        let (local, room) = (shared(), world.rooms.open());
        let (schedule, written, added) = (schedule(), (0..NODES).collect(), VecDeque::new());
        // Desks begin at different places of the schedule, so that they do not all write to the disk at once.
        let done = number * schedule.len() / PHASES;
        let (sent, merged, stored) = (1, 0, 0);
        Ok(Self { prefix, editor, seen, sent, added, local, merged, room, schedule, done, written, stored })
    }

    /// Does so many operations; what went wrong in those that failed.
    pub fn work(&mut self, world: &World, operations: usize) -> Vec<String> {
        (0..operations).filter_map(|_| self.operation(world).err()).collect()
    }

    fn operation(&mut self, world: &World) -> Result<(), String> {
        let kind = self.schedule[self.done % self.schedule.len()];
        self.done += 1;
        let done = match kind {
            Kind::Node => {
                let node = para(&IdGenerator::get_id(), self.done);
                unless(node.attrs.get_safe("order") == Some(&json!(self.done)), "the node is another")
            }
            Kind::Write => {
                let transaction = self.edit();
                self.dispatch(world, transaction)
            }
            Kind::Paragraph => {
                let transaction = self.add_or_remove();
                self.dispatch(world, transaction)
            }
            Kind::UndoRedo => self.undo_and_redo(),
            Kind::Traverse => {
                let visited = self.editor.doc().descendants(&root_id(&self.prefix)).len();
                unless(visited == NODES + self.added.len(), "not all nodes were visited")
            }
            Kind::Frames => self.frames(),
            Kind::Merge => {
                self.merge(world);
                Ok(())
            }
            Kind::Query => {
                let term = if self.done.is_multiple_of(2) { Term::Rare } else { Term::None };
                world.runtime.block_on(world.index.search_ids(for_word(term.word()))).map(drop).map_err(said)
            }
            Kind::Index => self.index(world),
            Kind::Store => self.store(world),
        };
        done.map_err(|error| format!("{kind:?}: {error}"))
    }

    fn dispatch(&mut self, world: &World, transaction: Transaction) -> Result<(), String> {
        self.sent += 1;
        world.runtime.block_on(self.editor.dispatch(transaction)).map_err(said)
    }

    fn edit(&mut self) -> Transaction {
        let place = self.done % NODES;
        self.written[place] = NODES + self.done;
        let mut transaction = self.editor.get_tr();
        let values = [("order".to_string(), json!(self.written[place]))].into_iter().collect();
        transaction.set_node_attribute(child_id(&self.prefix, place), values).expect("the paragraph is there");
        transaction
    }

    /// Adds a paragraph, and removes the oldest of those added where there are several.
    fn add_or_remove(&mut self) -> Transaction {
        let mut transaction = self.editor.get_tr();
        let parent = root_id(&self.prefix);
        if self.added.len() < 4 {
            let id: NodeId = IdGenerator::get_id();
            transaction.add_node(parent, vec![NodeTree(para(&id, self.done), vec![])]).expect("the root is there");
            self.added.push_back(id);
        } else {
            let oldest = self.added.pop_front().into_iter().collect();
            transaction.remove_node(parent, oldest).expect("the paragraph is there");
        }
        transaction
    }

    fn undo_and_redo(&mut self) -> Result<(), String> {
        if !self.editor.get_history_manager().can_undo() {
            return Ok(());
        }
        let before = self.editor.doc();
        self.editor.undo();
        self.editor.redo();
        self.sent += 2;
        unless(Arc::ptr_eq(&before, &self.editor.doc()), "the document is another")
    }

    fn frames(&mut self) -> Result<(), String> {
        let data = format!("{{\"id\":\"{}\",\"order\":{}}}", self.prefix, self.done).into_bytes();
        let frame = || TypeWrapper { type_id: "attr_step".into(), data: data.clone() };
        let frames: Vec<TypeWrapper> = std::iter::repeat_with(frame).take(FRAMES).collect();
        let bytes = encode_history_frames(&frames, true).map_err(said)?;
        let read = decode_history_frames(&bytes, true).map_err(said)?;
        unless(read.len() == FRAMES && read.iter().all(|frame| frame.data == data), "the frames are others")
    }

    /// Goes to another room now and then: shared documents keep what was overwritten.
    fn merge(&mut self, world: &World) {
        if self.merged == MERGES {
            self.room = world.rooms.open();
            self.local = shared();
            self.merged = 0;
        }
        self.merged += 1;
        let map = self.local.get_or_insert_map(MAP);
        let mut change = self.local.transact_mut();
        map.insert(&mut change, (self.done as u64 % KEYS).to_string(), self.done as f64);
        let update = change.encode_update_v1();
        drop(change);
        self.room.merge(&[update]);
    }

    fn index(&self, world: &World) -> Result<(), String> {
        let _alone = world.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        world.runtime.block_on(world.index.apply(update(self.done))).map_err(said)
    }

    fn store(&mut self, world: &World) -> Result<(), String> {
        let document = &self.prefix;
        let mut transaction = self.editor.get_tr();
        let values = [("order".to_string(), json!(self.stored))].into_iter().collect();
        transaction.set_node_attribute(child_id(document, 0), values).map_err(said)?;
        let bytes = payload(&transaction);
        let events = (0..STORED).map(|k| event(document, self.stored + k, bytes.clone())).collect();
        self.stored += STORED;
        let store = world.database.store();
        world.database.wait(async {
            let last = store.append_batch(events).await.map_err(said)?;
            let loaded = store.load_since(document, last - STORED as i64, STORED as u32).await.map_err(said)?;
            unless(loaded.last().is_some_and(|event| event.payload == bytes), "the last event is another")?;
            let snapshot =
                Snapshot { doc_id: document.clone(), upto_lsn: last, created_at: last, state_blob: bytes, version: 1 };
            store.write_snapshot(snapshot).await.map_err(said)?;
            store.compact(document).await.map_err(said)
        })
    }

    /// Events that have not reached the handler yet.
    pub fn missing(&self) -> u64 {
        self.sent.saturating_sub(self.seen.0.load(Relaxed))
    }

    /// The desk's document and its room hold what was written last.
    pub fn check(&self) -> Result<(), Failure> {
        let document = self.editor.doc();
        Failure::unless_equal("nodes", document.size(), NODES + 1 + self.added.len())?;
        for (place, written) in self.written.iter().enumerate() {
            checks::attribute(&document, &child_id(&self.prefix, place), "order", &json!(written))?;
        }
        let room = self.room.awareness.blocking_read();
        Failure::unless_equal("entries of the room", entries(room.doc()), entries(&self.local))
    }
}

fn unless(right: bool, wrong: &str) -> Result<(), String> {
    if right { Ok(()) } else { Err(wrong.to_string()) }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// An empty shared document.
fn shared() -> Doc {
    let document = Doc::new();
    document.get_or_insert_map(MAP);
    document
}

/// The entries of the shared map.
fn entries(document: &Doc) -> Vec<Option<f64>> {
    let view = document.transact();
    let map = view.get_map(MAP);
    let entry = |key: u64| match map.as_ref()?.get(&view, &key.to_string())? {
        Value::Any(Any::Number(value)) => Some(value),
        _ => None,
    };
    (0..KEYS).map(entry).collect()
}
