//! Shared documents that hold a tree, and a look into them that does not ask the crate under test.

use std::sync::Arc;

use forgebench_measure::Failure;
use mf_collab_client::AwarenessRef;
use mf_collab_client::utils::Utils;
use mf_collab_client::yrs::sync::Awareness;
use mf_collab_client::yrs::{Any, Doc, Map, ReadTxn, Transact, Value};
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_model::{Attrs, Node, NodePool};
use tokio::runtime::Runtime;
use tokio::sync::RwLock;

use crate::builders::{child_id, para, root_id};

/// Paragraphs of a section: the mapping is quadratic in the children of one node.
const SECTION: usize = 100;

/// A client's own document, empty.
pub fn empty() -> AwarenessRef {
    Arc::new(RwLock::new(Awareness::new(Doc::new())))
}

/// The id of section number `section`.
pub fn section_id(prefix: &str, section: usize) -> NodeId {
    format!("{prefix}_section{section}").into()
}

/// A document of `nodes` paragraphs in sections of a hundred.
pub fn sectioned(prefix: &str, nodes: usize) -> Arc<NodePool> {
    let section = |number: usize| {
        let orders = number * SECTION..nodes.min((number + 1) * SECTION);
        let children: Vec<NodeTree> =
            orders.map(|order| NodeTree(para(&child_id(prefix, order), order), vec![])).collect();
        parent(&section_id(prefix, number), "paragraph", children)
    };
    NodePool::from(parent(&root_id(prefix), "doc", (0..sections(nodes)).map(section).collect()))
}

/// Sections of a document of `nodes` paragraphs.
pub fn sections(nodes: usize) -> usize {
    nodes.div_ceil(SECTION)
}

fn parent(id: &NodeId, kind: &str, children: Vec<NodeTree>) -> NodeTree {
    let ids = children.iter().map(|child| child.0.id.clone()).collect();
    NodeTree(Node::new(id, kind.into(), Attrs::default(), ids, vec![]), children)
}

/// Writes a tree into a shared document.
pub fn share(runtime: &Runtime, document: &AwarenessRef, tree: &NodePool) -> Result<(), Failure> {
    runtime.block_on(Utils::apply_tree_to_yrs(document.clone(), tree.get_inner())).map_err(Failure::setup)
}

/// The attribute of a node as the shared document has it.
pub fn shared_attribute(document: &Doc, id: &NodeId, name: &str) -> Option<Any> {
    let view = document.transact();
    let Value::YMap(node) = view.get_map("nodes")?.get(&view, id)? else { return None };
    let Value::YMap(attributes) = node.get(&view, "attrs")? else { return None };
    match attributes.get(&view, name)? {
        Value::Any(value) => Some(value),
        _ => None,
    }
}

/// The shared document holds `nodes` paragraphs, each with its place, and `parents` nodes above them.
pub fn holds(document: &Doc, prefix: &str, nodes: usize, parents: usize) -> Result<(), Failure> {
    let view = document.transact();
    let held = view.get_map("nodes").map_or(0, |map| map.len(&view));
    drop(view);
    Failure::unless_equal("nodes in the shared document", held as usize, nodes + parents)?;
    for order in 0..nodes {
        let seen = shared_attribute(document, &child_id(prefix, order), "order");
        Failure::unless_equal("attribute order of a node", seen, Some(Any::BigInt(order as i64)))?;
    }
    Ok(())
}
