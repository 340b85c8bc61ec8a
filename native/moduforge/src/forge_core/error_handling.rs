//! `core/error-handling`: commands of which a part fails.

use std::sync::Arc;

use async_trait::async_trait;
use forgebench_measure::{Failure, FigureValue, Workload};
use mf_model::types::NodeId;
use mf_state::Transaction;
use mf_state::transaction::Command;
use mf_transform::TransformResult;
use serde::Deserialize;
use serde_json::json;

use super::options;
use super::session::{PREFIX, Session};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const NODES: usize = 100;
/// Each edit copies the history, which would hide what errors cost.
const HISTORY: usize = 1;
/// Commands of an iteration.
const COMMANDS: usize = 100;
/// The commands that pass write to it.
const EDITED: usize = 2;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Commands of a hundred that fail, spread evenly.
    rate: usize,
}

/// Writes a number to a node, which may be absent.
#[derive(Debug)]
struct Write {
    node: NodeId,
    order: usize,
}

#[async_trait]
impl Command for Write {
    async fn execute(&self, transaction: &mut Transaction) -> TransformResult<()> {
        let values = [("order".to_string(), json!(self.order))].into_iter().collect();
        transaction.set_node_attribute(self.node.clone(), values)
    }

    fn name(&self) -> String {
        "write".into()
    }
}

/// The workload.
pub struct ErrorHandling {
    rate: usize,
    commands: Vec<Arc<dyn Command>>,
    session: Session,
    failed: u64,
    done: u64,
}

/// What became of the commands of an iteration.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    passed: usize,
    failed: usize,
}

fn fails(place: usize, rate: usize) -> bool {
    (place + 1) * rate / COMMANDS > place * rate / COMMANDS
}

fn written(place: usize) -> usize {
    NODES + place
}

fn commands(rate: usize) -> Vec<Arc<dyn Command>> {
    let command = |place| -> Arc<dyn Command> {
        let node = if fails(place, rate) { format!("{PREFIX}_absent").into() } else { child_id(PREFIX, EDITED) };
        Arc::new(Write { node, order: written(place) })
    };
    (0..COMMANDS).map(command).collect()
}

impl Workload for ErrorHandling {
    const ID: &'static str = "core/error-handling";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Outcome;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let session = Session::open(options(&document).build(), HISTORY)?;
        Ok(Self { rate: params.rate, commands: commands(params.rate), session, failed: 0, done: 0 })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Outcome {
        let mut outcome = Outcome::default();
        let Session { runtime, editor, .. } = &mut self.session;
        for command in &self.commands {
            match runtime.block_on(editor.command(command.clone())) {
                Ok(()) => outcome.passed += 1,
                Err(_) => outcome.failed += 1,
            }
        }
        self.failed += outcome.failed as u64;
        self.done += COMMANDS as u64;
        outcome
    }

    fn verify(&mut self, outcome: Outcome) -> Result<(), Failure> {
        let expected = Outcome { passed: COMMANDS - self.rate, failed: self.rate };
        Failure::unless_equal("what became of the commands", outcome, expected)?;
        let document = self.session.editor.doc();
        Failure::unless_equal("nodes", document.size(), NODES + 1)?;
        let last = (0..COMMANDS).rev().find(|place| !fails(*place, self.rate));
        checks::attribute(&document, &child_id(PREFIX, EDITED), "order", &json!(last.map_or(EDITED, written)))
    }

    fn operations(&self) -> u64 {
        COMMANDS as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![FigureValue { name: "error-rate", value: self.failed as f64 / self.done as f64 }]
    }
}
