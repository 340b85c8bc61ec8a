//! Steps over flat documents, as the workloads of this module need them.

use std::sync::Arc;

use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_transform::attr_step::AttrStep;
use mf_transform::mark_step::AddMarkStep;
use mf_transform::node_step::AddNodeStep;
use mf_transform::step::Step;
use serde_json::{Value, json};

use crate::builders::{child_id, mark, para};

/// A step as `Transform` takes it.
pub type SharedStep = Arc<dyn Step>;

/// Sets one attribute.
pub fn set(id: NodeId, name: &str, value: Value) -> SharedStep {
    Arc::new(AttrStep::new(id, [(name.to_string(), value)].into_iter().collect()))
}

/// Adds the mark `bold`.
pub fn embolden(id: NodeId) -> SharedStep {
    Arc::new(AddMarkStep::new(id, vec![mark("bold")]))
}

/// Adds a paragraph at the end of `parent`.
pub fn append(parent: NodeId, id: &NodeId, order: usize) -> SharedStep {
    Arc::new(AddNodeStep::new(parent, vec![NodeTree(para(id, order), vec![])]))
}

/// The id of the paragraph that a mixed edit adds under paragraph number `order`.
pub fn added_id(prefix: &str, order: usize) -> NodeId {
    format!("{prefix}_{order}_added").into()
}

/// The value that an edit gives the attribute `order` of paragraph number `order`.
pub fn edited(order: usize) -> Value {
    json!(order + 1_000_000)
}

/// One edit for each of the first `count` paragraphs of a flat document: an attribute, a mark, or a child, in turn.
///
/// Every step touches a node of its own, because inverses are computed on the document before all of them; and the
/// added paragraphs have no children, because the inverse of a nested addition fails in 0.7.0.
pub fn mixed(prefix: &str, count: usize) -> Vec<SharedStep> {
    let edit = |order: usize| {
        let id = child_id(prefix, order);
        match order % 3 {
            0 => set(id, "order", edited(order)),
            1 => embolden(id),
            _ => append(id, &added_id(prefix, order), order),
        }
    };
    (0..count).map(edit).collect()
}
