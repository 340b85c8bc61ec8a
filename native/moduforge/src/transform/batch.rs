//! `transform/batch`: many steps at once, one by one, or as one step.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::{NodePool, Schema};
use mf_transform::batch_step::BatchStep;
use mf_transform::transform::Transform;
use serde::Deserialize;
use serde_json::json;

use super::steps::{SharedStep, set};
use crate::builders::{child_id, flat_pool, schema, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "batch";
/// Paragraphs of the document; steps go round them.
const NODES: usize = 1_000;

/// How the steps are applied.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// `Transform::apply_steps_batch`.
    Batch,
    /// `Transform::step` for each.
    Loop,
    /// `Transform::step` of one `BatchStep`.
    BatchStep,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    steps: usize,
    via: Via,
}

/// The workload.
pub struct Batch {
    params: Params,
    document: Arc<NodePool>,
    schema: Arc<Schema>,
    steps: Vec<SharedStep>,
}

impl Workload for Batch {
    const ID: &'static str = "transform/batch";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Vec<SharedStep>;
    type Output = Transform;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let steps = (0..params.steps).map(|k| set(child_id(PREFIX, k % NODES), "order", json!(NODES + k))).collect();
        Ok(Self { params, document, schema: schema(), steps })
    }

    fn input(&mut self) -> Vec<SharedStep> {
        self.steps.clone()
    }

    fn run(&mut self, steps: Vec<SharedStep>) -> Transform {
        let mut transform = Transform::new(self.document.clone(), self.schema.clone());
        match self.params.via {
            Via::Batch => transform.apply_steps_batch(steps),
            Via::Loop => steps.into_iter().try_for_each(|step| transform.step(step)),
            Via::BatchStep => transform.step(Arc::new(BatchStep::new(steps))),
        }
        .expect("the steps fit the document");
        transform
    }

    fn verify(&mut self, transform: Transform) -> Result<(), Failure> {
        let recorded = match self.params.via {
            Via::Batch | Via::Loop => self.params.steps,
            Via::BatchStep => 1,
        };
        Failure::unless_equal("steps recorded", transform.history_size(), recorded)?;
        Failure::unless_equal("inverse steps", transform.invert_steps.len(), recorded)?;
        let document = transform.doc();
        Failure::unless_equal("number of nodes", document.size(), NODES + 1)?;
        for order in 0..NODES {
            // The last step that wrote to this paragraph, if any did.
            let rounds = (self.params.steps + NODES - 1 - order) / NODES;
            let expected = order + rounds * NODES;
            checks::attribute(&document, &child_id(PREFIX, order), "order", &json!(expected))?;
        }
        Ok(())
    }
}
