//! `macros/command`: a command by `#[impl_command]` and by hand, made and executed on a transaction.

use async_trait::async_trait;
use forgebench_measure::{Failure, Workload};
use mf_model::types::NodeId;
use mf_state::transaction::Command;
use mf_state::{State, Transaction};
use mf_transform::TransformResult;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::small_state;
use super::written::Written;
use crate::builders::child_id;
use crate::checks;

const PREFIX: &str = "command";

/// What both commands do; arguments of a generated command are shared references.
#[mf_derive::impl_command(GeneratedSetText, "set_text")]
#[expect(clippy::unused_async, reason = "the macro takes asynchronous functions alone")]
async fn set_text(tr: &mut Transaction, id: &NodeId, text: &String) -> TransformResult<()> {
    tr.set_node_attribute(id.clone(), [("text".to_string(), json!(text))].into_iter().collect())
}

/// The same as `GeneratedSetText`, by hand.
#[derive(Debug)]
struct SetText<'a> {
    id: &'a NodeId,
    text: &'a String,
}

#[async_trait]
impl Command for SetText<'_> {
    async fn execute(&self, transaction: &mut Transaction) -> TransformResult<()> {
        set_text(transaction, self.id, self.text).await
    }

    fn name(&self) -> String {
        "set_text".into()
    }
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
}

/// The workload.
pub struct MacroCommand {
    written: Written,
    runtime: Runtime,
    state: State,
    id: NodeId,
    text: String,
}

impl MacroCommand {
    fn name(&self) -> String {
        match self.written {
            Written::Macro => GeneratedSetText::new(&self.id, &self.text).name(),
            Written::Hand => SetText { id: &self.id, text: &self.text }.name(),
        }
    }
}

impl Workload for MacroCommand {
    const ID: &'static str = "macros/command";
    const HELD: usize = 128;
    type Params = Params;
    type Input = Transaction;
    type Output = Transaction;

    fn new(params: Params) -> Result<Self, Failure> {
        let (runtime, state) = small_state(PREFIX)?;
        Ok(Self { written: params.written, runtime, state, id: child_id(PREFIX, 1), text: "new".into() })
    }

    fn input(&mut self) -> Transaction {
        self.state.tr()
    }

    fn run(&mut self, mut transaction: Transaction) -> Transaction {
        let done = match self.written {
            Written::Macro => {
                self.runtime.block_on(GeneratedSetText::new(&self.id, &self.text).execute(&mut transaction))
            }
            Written::Hand => {
                self.runtime.block_on(SetText { id: &self.id, text: &self.text }.execute(&mut transaction))
            }
        };
        done.expect("the node exists and the schema declares the attribute");
        transaction
    }

    fn verify(&mut self, transaction: Transaction) -> Result<(), Failure> {
        Failure::unless_equal("name", self.name().as_str(), "set_text")?;
        Failure::unless_equal("steps", transaction.steps.len(), 1)?;
        checks::attribute(&transaction.doc(), &self.id, "text", &json!("new"))?;
        checks::attribute(&self.state.doc(), &self.id, "text", &json!("lorem 1"))
    }
}
