//! `transform/validate`: a step that does not fit its document.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::{NodePool, Schema};
use mf_transform::TransformResult;
use mf_transform::node_step::RemoveNodeStep;
use mf_transform::transform::Transform;
use serde::Deserialize;
use serde_json::json;

use super::steps::{SharedStep, set};
use crate::builders::{child_id, flat_pool, schema, warm_shard_cache};

const PREFIX: &str = "bad";
const NODES: usize = 100;

/// What is wrong with the step.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It sets an attribute of a node that is absent.
    MissingNode,
    /// It removes a node from another than its parent.
    WrongParent,
    /// It sets an attribute that the schema does not declare; the crate drops the attribute and reports success.
    UndeclaredAttribute,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    fault: Fault,
}

/// The workload.
pub struct Validate {
    fault: Fault,
    document: Arc<NodePool>,
    schema: Arc<Schema>,
    step: SharedStep,
}

impl Workload for Validate {
    const ID: &'static str = "transform/validate";
    const HELD: usize = 256;
    type Params = Params;
    type Input = ();
    type Output = (Transform, TransformResult<()>);

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let step: SharedStep = match params.fault {
            Fault::MissingNode => set("bad_absent".into(), "order", json!(1)),
            Fault::WrongParent => Arc::new(RemoveNodeStep::new(child_id(PREFIX, 0), vec![child_id(PREFIX, 1)])),
            Fault::UndeclaredAttribute => set(child_id(PREFIX, 1), "undeclared", json!(1)),
        };
        Ok(Self { fault: params.fault, document, schema: schema(), step })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> (Transform, TransformResult<()>) {
        let mut transform = Transform::new(self.document.clone(), self.schema.clone());
        let result = transform.step(self.step.clone());
        (transform, result)
    }

    fn verify(&mut self, (transform, result): (Transform, TransformResult<()>)) -> Result<(), Failure> {
        let caught = !matches!(self.fault, Fault::UndeclaredAttribute);
        Failure::unless_equal("the step failed", result.is_err(), caught)?;
        Failure::unless_equal("steps recorded", transform.history_size(), usize::from(!caught))?;
        let unchanged = transform.doc().get_inner() == self.document.get_inner();
        Failure::unless_equal("the document is unchanged", unchanged, true)
    }
}
