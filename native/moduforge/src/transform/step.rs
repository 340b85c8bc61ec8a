//! `transform/step`: one step of each kind on a document whose paragraphs share one parent.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::types::NodeId;
use mf_model::{NodePool, Schema};
use mf_transform::node_step::{MoveNodeStep, RemoveNodeStep};
use mf_transform::transform::Transform;
use serde::Deserialize;

use super::steps::{SharedStep, added_id, append, edited, embolden, set};
use crate::builders::{child_id, flat_pool, mark, root_id, schema, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "step";

/// The kind of step.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An attribute of a paragraph is set.
    Attr,
    /// A mark is added to a paragraph.
    Mark,
    /// A paragraph is added at the end of the document.
    Add,
    /// The paragraph in the middle is removed.
    Remove,
    /// The paragraph in the middle moves under the first: within one parent, 0.7.0 would list it twice.
    Move,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    kind: Kind,
    nodes: usize,
}

/// The workload.
pub struct OneStep {
    params: Params,
    middle: usize,
    document: Arc<NodePool>,
    schema: Arc<Schema>,
    step: SharedStep,
}

impl OneStep {
    /// Paragraphs under the root, without the middle one where it has left.
    fn expected_children(&self) -> impl Iterator<Item = NodeId> {
        let left = matches!(self.params.kind, Kind::Remove | Kind::Move).then_some(self.middle);
        let added = matches!(self.params.kind, Kind::Add).then(|| added_id(PREFIX, self.params.nodes));
        (0..self.params.nodes)
            .filter(move |&order| Some(order) != left)
            .map(|order| child_id(PREFIX, order))
            .chain(added)
    }
}

impl Workload for OneStep {
    const ID: &'static str = "transform/step";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = Transform;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&document);
        let middle = params.nodes / 2;
        let (root, id) = (root_id(PREFIX), child_id(PREFIX, middle));
        let step = match params.kind {
            Kind::Attr => set(id, "order", edited(middle)),
            Kind::Mark => embolden(id),
            Kind::Add => append(root, &added_id(PREFIX, params.nodes), params.nodes),
            Kind::Remove => Arc::new(RemoveNodeStep::new(root, vec![id])),
            Kind::Move => Arc::new(MoveNodeStep::new(root, child_id(PREFIX, 0), id, None)),
        };
        Ok(Self { params, middle, document, schema: schema(), step })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Transform {
        let mut transform = Transform::new(self.document.clone(), self.schema.clone());
        transform.step(self.step.clone()).expect("the step fits the document");
        transform
    }

    fn verify(&mut self, transform: Transform) -> Result<(), Failure> {
        let document = transform.doc();
        let id = child_id(PREFIX, self.middle);
        Failure::unless_equal("inverse steps", transform.invert_steps.len(), 1)?;
        checks::children_in_order(&document, &root_id(PREFIX), self.expected_children())?;
        checks::flat_document(&self.document, PREFIX, self.params.nodes)?;
        match self.params.kind {
            Kind::Attr => checks::attribute(&document, &id, "order", &edited(self.middle)),
            Kind::Mark => {
                let marks = document.get_inner().get_marks(&id).map(|marks| marks.iter().cloned().collect());
                Failure::unless_equal("marks", marks, Some(vec![mark("bold")]))
            }
            Kind::Add => {
                let added = added_id(PREFIX, self.params.nodes);
                Failure::unless_equal("parent", document.parent_id(&added), Some(&root_id(PREFIX)))
            }
            Kind::Remove => Failure::unless_equal("removed node", document.get_node(&id), None),
            Kind::Move => {
                checks::children_in_order(&document, &child_id(PREFIX, 0), [id.clone()].into_iter())?;
                Failure::unless_equal("parent", document.parent_id(&id), Some(&child_id(PREFIX, 0)))
            }
        }
    }
}
