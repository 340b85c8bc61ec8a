//! `transform/chain`: steps of which each needs the one before, then a commit.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::types::NodeId;
use mf_model::{NodePool, Schema};
use mf_transform::transform::Transform;
use serde::Deserialize;

use super::steps::{SharedStep, append, edited, set};
use crate::builders::{flat_pool, root_id, schema, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "chain";
/// Paragraphs that the document has before.
const NODES: usize = 100;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Steps; an even number.
    length: usize,
}

/// The workload.
pub struct Chain {
    document: Arc<NodePool>,
    schema: Arc<Schema>,
    steps: Vec<SharedStep>,
}

fn link_id(link: usize) -> NodeId {
    format!("{PREFIX}_link_{link}").into()
}

impl Workload for Chain {
    const ID: &'static str = "transform/chain";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = (Transform, Arc<NodePool>);

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let pair = |link: usize| {
            let parent = if link == 0 { root_id(PREFIX) } else { link_id(link - 1) };
            [append(parent, &link_id(link), link), set(link_id(link), "order", edited(link))]
        };
        Ok(Self { document, schema: schema(), steps: (0..params.length / 2).flat_map(pair).collect() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> (Transform, Arc<NodePool>) {
        let mut transform = Transform::new(self.document.clone(), self.schema.clone());
        for step in &self.steps {
            transform.step(step.clone()).expect("the step fits the one before");
        }
        transform.commit().expect("the draft exists");
        let document = transform.doc();
        (transform, document)
    }

    fn verify(&mut self, (transform, document): (Transform, Arc<NodePool>)) -> Result<(), Failure> {
        let links = self.steps.len() / 2;
        Failure::unless_equal("steps recorded", transform.history_size(), self.steps.len())?;
        let expected: Vec<NodeId> = [root_id(PREFIX)].into_iter().chain((0..links).map(link_id)).collect();
        let path = document.get_node_path(&expected[links]);
        Failure::unless_equal("path to the last link", path, expected)?;
        (0..links).try_for_each(|link| checks::attribute(&document, &link_id(link), "order", &edited(link)))
    }
}
