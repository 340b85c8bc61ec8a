//! Comparisons of documents with what they must hold; each names the node that is wrong.

use forgebench_measure::Failure;
use mf_model::NodePool;
use mf_model::types::NodeId;
use serde_json::{Value, json};

use crate::builders::{LEVELS, child_id, root_id};

/// The pool is the flat document `prefix` of `nodes` paragraphs: its size, the order of its children, and each
/// child's parent and attributes.
pub fn flat_document(pool: &NodePool, prefix: &str, nodes: usize) -> Result<(), Failure> {
    Failure::unless_equal("number of nodes", pool.size(), nodes + 1)?;
    children_in_order(pool, &root_id(prefix), (0..nodes).map(|order| child_id(prefix, order)))?;
    for order in 0..nodes {
        let id = child_id(prefix, order);
        Failure::unless_equal("parent", pool.parent_id(&id), Some(&root_id(prefix)))?;
        attribute(pool, &id, "order", &json!(order))?;
        attribute(pool, &id, "level", &json!(order % LEVELS))?;
        attribute(pool, &id, "text", &json!(format!("lorem {order}")))?;
    }
    Ok(())
}

/// The children of `parent` are exactly `expected`, in this order.
pub fn children_in_order(
    pool: &NodePool,
    parent: &NodeId,
    expected: impl Iterator<Item = NodeId>,
) -> Result<(), Failure> {
    let seen: Vec<NodeId> = pool.children(parent).map(|ids| ids.iter().cloned().collect()).unwrap_or_default();
    let expected: Vec<NodeId> = expected.collect();
    Failure::unless_equal("number of children", seen.len(), expected.len())?;
    match seen.iter().zip(&expected).position(|(a, b)| a != b) {
        None => Ok(()),
        Some(at) => Failure::unless_equal(&format!("child {at} of {parent}"), &seen[at], &expected[at]),
    }
}

/// The attribute `name` of node `id` has this value.
pub fn attribute(pool: &NodePool, id: &NodeId, name: &str, expected: &Value) -> Result<(), Failure> {
    let node = pool.get_node(id).ok_or_else(|| Failure::WrongAnswer(format!("node {id} is absent")))?;
    Failure::unless_equal(&format!("attribute {name} of {id}"), node.attrs.get_safe(name), Some(expected))
}
