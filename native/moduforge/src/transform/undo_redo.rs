//! `transform/undo-redo`: all steps of a transformation undone by their inverses, and done again.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::{NodePool, Schema};
use mf_transform::transform::Transform;
use serde::Deserialize;

use super::steps::{SharedStep, mixed};
use crate::builders::{flat_pool, schema, warm_shard_cache};

const PREFIX: &str = "undo";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Steps; also the paragraphs of the document, as each step edits one of its own.
    steps: usize,
}

/// The workload.
pub struct UndoRedo {
    before: Arc<NodePool>,
    after: Arc<NodePool>,
    schema: Arc<Schema>,
    steps: Vec<SharedStep>,
    /// Inverses, the last step's first.
    inverses: Vec<SharedStep>,
}

impl UndoRedo {
    fn apply(&self, document: &Arc<NodePool>, steps: &[SharedStep]) -> Arc<NodePool> {
        let mut transform = Transform::new(document.clone(), self.schema.clone());
        for step in steps {
            transform.step(step.clone()).expect("the step fits the document");
        }
        transform.doc()
    }
}

impl Workload for UndoRedo {
    const ID: &'static str = "transform/undo-redo";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = [Arc<NodePool>; 2];

    fn new(params: Params) -> Result<Self, Failure> {
        let (before, schema) = (flat_pool(PREFIX, params.steps), schema());
        warm_shard_cache(&before);
        let steps = mixed(PREFIX, params.steps);
        let mut transform = Transform::new(before.clone(), schema.clone());
        transform.apply_steps_batch(steps.clone()).map_err(Failure::setup)?;
        let mut inverses: Vec<SharedStep> = transform.invert_steps.iter().cloned().collect();
        inverses.reverse();
        Ok(Self { before, after: transform.doc(), schema, steps, inverses })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> [Arc<NodePool>; 2] {
        let undone = self.apply(&self.after, &self.inverses);
        let redone = self.apply(&undone, &self.steps);
        [undone, redone]
    }

    fn verify(&mut self, [undone, redone]: [Arc<NodePool>; 2]) -> Result<(), Failure> {
        let differs = |a: &NodePool, b: &NodePool| a.get_inner() != b.get_inner();
        Failure::unless_equal("the steps change the document", differs(&self.before, &self.after), true)?;
        Failure::unless_equal("the document differs after undo", differs(&self.before, &undone), false)?;
        Failure::unless_equal("the document differs after redo", differs(&self.after, &redone), false)
    }
}
