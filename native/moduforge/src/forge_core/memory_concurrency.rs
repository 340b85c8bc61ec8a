//! `core/memory-concurrency`: what each of many editors holds that are opened and used at the same time.

use std::sync::Arc;
use std::thread;

use forgebench_measure::{Failure, Workload};
use mf_core::ForgeRuntime;
use mf_model::NodePool;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::{Handle, Runtime};

use super::{options, runtime, wait_for_tasks};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "crowd";
const NODES: usize = 100;
/// Edits of each editor.
const EDITS: usize = 50;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    runtimes: usize,
}

/// The workload.
pub struct MemoryConcurrency {
    runtimes: usize,
    document: Arc<NodePool>,
    runtime: Runtime,
}

/// Editors that are in use; none has anything left to do.
pub struct Crowd {
    editors: Vec<ForgeRuntime>,
    runtime: Handle,
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.editors.clear();
        wait_for_tasks(&self.runtime, 0);
    }
}

/// Opens an editor of the crate's own settings and writes into its first paragraphs.
async fn work(document: Arc<NodePool>, place: usize) -> ForgeRuntime {
    let mut editor = ForgeRuntime::create(options(&document).build()).await.expect("the document fits the schema");
    for edit in 0..EDITS {
        let mut transaction = editor.get_tr();
        let values = [("order".to_string(), json!(written(place, edit)))].into_iter().collect();
        transaction.set_node_attribute(child_id(PREFIX, edit), values).expect("the node exists");
        editor.dispatch(transaction).await.expect("nobody objects");
        tokio::task::yield_now().await;
    }
    editor
}

fn written(place: usize, edit: usize) -> usize {
    NODES + place * EDITS + edit
}

impl Workload for MemoryConcurrency {
    const ID: &'static str = "core/memory-concurrency";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Crowd;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        Ok(Self { runtimes: params.runtimes, document, runtime: runtime()? })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Crowd {
        let editors: Vec<ForgeRuntime> = self.runtime.block_on(async {
            let open = |place| tokio::spawn(work(self.document.clone(), place));
            let opened: Vec<_> = (0..self.runtimes).map(open).collect();
            let mut editors = Vec::with_capacity(self.runtimes);
            for editor in opened {
                editors.push(editor.await.expect("editors do not panic"));
            }
            editors
        });
        // Events that wait to be looked at hold states; each editor's loop is the one task that stays.
        while editors.iter().any(|editor| !editor.get_event_bus().subscribe().is_empty()) {
            thread::yield_now();
        }
        wait_for_tasks(self.runtime.handle(), self.runtimes);
        Crowd { editors, runtime: self.runtime.handle().clone() }
    }

    fn verify(&mut self, crowd: Crowd) -> Result<(), Failure> {
        Failure::unless_equal("editors", crowd.editors.len(), self.runtimes)?;
        for (place, editor) in crowd.editors.iter().enumerate() {
            let document = editor.doc();
            Failure::unless_equal("nodes", document.size(), NODES + 1)?;
            for order in 0..NODES {
                let expected = if order < EDITS { written(place, order) } else { order };
                checks::attribute(&document, &child_id(PREFIX, order), "order", &json!(expected))?;
            }
            Failure::unless_equal("entries to undo", editor.get_history_manager().past_count(), EDITS)?;
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        self.runtimes as u64
    }
}
