//! An editor that lives as long as its workload, and edits for it.

use forgebench_measure::Failure;
use mf_core::{ForgeConfig, ForgeResult, ForgeRuntime, RuntimeOptions};
use mf_state::Transaction;
use serde_json::json;
use tokio::runtime::Runtime;

use super::runtime;
use crate::builders::child_id;
use crate::checks;

/// The ids of its document begin so.
pub const PREFIX: &str = "core";
/// The node that is edited.
const EDITED: usize = 1;

/// An editor over a flat document, and the threads under it.
pub struct Session {
    // Dropped first: its end is announced to a loop that runs on the threads.
    pub editor: ForgeRuntime,
    pub runtime: Runtime,
    written: usize,
}

impl Session {
    /// Opens an editor that remembers `history` entries, and fills its history, because each edit copies all entries.
    pub fn open(options: RuntimeOptions, history: usize) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let mut config = ForgeConfig::default();
        config.history.max_entries = history;
        let editor = runtime.block_on(ForgeRuntime::create_with_config(options, config)).map_err(Failure::setup)?;
        let mut session = Self { editor, runtime, written: 0 };
        for _ in 0..history {
            let transaction = session.edit();
            session.dispatch(transaction).map_err(Failure::setup)?;
        }
        Ok(session)
    }

    /// A transaction that writes a number that was not written before.
    pub fn edit(&mut self) -> Transaction {
        self.written += 1;
        let mut transaction = self.editor.get_tr();
        let values = [("order".to_string(), json!(self.written))].into_iter().collect();
        transaction.set_node_attribute(child_id(PREFIX, EDITED), values).expect("the node exists");
        transaction
    }

    pub fn dispatch(&mut self, transaction: Transaction) -> ForgeResult<()> {
        self.runtime.block_on(self.editor.dispatch(transaction))
    }

    /// The document holds the number that was written `back` edits ago.
    pub fn verify_edit(&self, back: usize) -> Result<(), Failure> {
        checks::attribute(&self.editor.doc(), &child_id(PREFIX, EDITED), "order", &json!(self.written - back))
    }
}
