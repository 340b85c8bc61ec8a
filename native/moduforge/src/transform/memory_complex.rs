//! `transform/memory-complex`: what a large transformation holds while it is open.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::{NodePool, Schema};
use mf_transform::transform::Transform;
use serde::Deserialize;

use super::steps::{SharedStep, added_id, edited, mixed};
use crate::builders::{child_id, flat_pool, mark, schema, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "complex";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Steps; also the paragraphs of the document, as each step edits one of its own.
    steps: usize,
}

/// The workload.
pub struct MemoryComplex {
    document: Arc<NodePool>,
    schema: Arc<Schema>,
    steps: Vec<SharedStep>,
}

impl Workload for MemoryComplex {
    const ID: &'static str = "transform/memory-complex";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Transform;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.steps);
        warm_shard_cache(&document);
        Ok(Self { document, schema: schema(), steps: mixed(PREFIX, params.steps) })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Transform {
        let mut transform = Transform::new(self.document.clone(), self.schema.clone());
        for step in &self.steps {
            transform.step(step.clone()).expect("the step fits the document");
        }
        transform
    }

    fn verify(&mut self, transform: Transform) -> Result<(), Failure> {
        Failure::unless_equal("inverse steps", transform.invert_steps.len(), self.steps.len())?;
        let document = transform.doc();
        for order in 0..self.steps.len() {
            let id = child_id(PREFIX, order);
            match order % 3 {
                0 => checks::attribute(&document, &id, "order", &edited(order))?,
                1 => {
                    let marks = document.get_inner().get_marks(&id).map(|marks| marks.iter().cloned().collect());
                    Failure::unless_equal("marks", marks, Some(vec![mark("bold")]))?;
                }
                _ => checks::children_in_order(&document, &id, [added_id(PREFIX, order)].into_iter())?,
            }
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        self.steps.len() as u64
    }
}
