//! Documents and schemas that the workloads share.

use std::collections::HashMap;
use std::sync::Arc;

#[cfg(any(feature = "model", feature = "transform"))]
use mf_model::mark::Mark;
use mf_model::mark_definition::MarkSpec;
use mf_model::node_definition::{NodeSpec, NodeTree};
use mf_model::schema::{AttributeSpec, Schema, SchemaSpec};
use mf_model::types::NodeId;
use mf_model::{Attrs, Node, NodePool};
use serde_json::{Value, json};

/// Values that the attribute `level` takes, so that a query by it finds one node in a hundred.
pub const LEVELS: usize = 100;

/// An attribute with a default, as every attribute here has: `check_attrs` panics where a required one is absent.
pub fn attribute(default: Value) -> AttributeSpec {
    AttributeSpec { default: Some(default) }
}

/// A document type over any number of paragraphs, and the mark `bold`.
///
/// The content names a node type, because a group name there panics in 0.7.0.
pub fn schema() -> Arc<Schema> {
    let doc = NodeSpec {
        content: Some("paragraph*".into()),
        marks: Some("_".into()),
        attrs: Some([("title".into(), attribute(json!("")))].into()),
        ..NodeSpec::default()
    };
    let paragraph = NodeSpec {
        marks: Some("_".into()),
        attrs: Some(
            [
                ("text".into(), attribute(json!(""))),
                ("order".into(), attribute(json!(0))),
                ("level".into(), attribute(json!(1))),
            ]
            .into(),
        ),
        ..NodeSpec::default()
    };
    let spec = SchemaSpec {
        top_node: Some("doc".into()),
        nodes: HashMap::from([("doc".into(), doc), ("paragraph".into(), paragraph)]),
        marks: HashMap::from([("bold".into(), MarkSpec::default())]),
    };
    Arc::new(Schema::compile(spec).expect("the schema of two types compiles"))
}

/// The three attributes of paragraph number `order`.
pub fn attrs(order: usize) -> Attrs {
    let mut attrs = Attrs::default();
    attrs.insert_mut("text".into(), json!(format!("lorem {order}")));
    attrs.insert_mut("order".into(), json!(order));
    attrs.insert_mut("level".into(), json!(order % LEVELS));
    attrs
}

/// A paragraph without children or marks.
pub fn para(id: &str, order: usize) -> Node {
    Node::new(id, "paragraph".into(), attrs(order), vec![], vec![])
}

/// A mark of this type without attributes.
#[cfg(any(feature = "model", feature = "transform"))]
pub fn mark(name: &str) -> Mark {
    Mark { r#type: name.into(), attrs: Attrs::default() }
}

/// The id of paragraph number `order` of a flat document.
pub fn child_id(prefix: &str, order: usize) -> NodeId {
    format!("{prefix}_{order}").into()
}

/// The id of the root of a flat document.
pub fn root_id(prefix: &str) -> NodeId {
    format!("{prefix}_root").into()
}

/// A root over `nodes` paragraphs. The root lists its children itself: `Tree::from` does not fill `content`.
pub fn flat(prefix: &str, nodes: usize) -> NodeTree {
    let children: Vec<NodeTree> =
        (0..nodes).map(|order| NodeTree(para(&child_id(prefix, order), order), vec![])).collect();
    let ids = children.iter().map(|child| child.0.id.clone()).collect();
    NodeTree(Node::new(&root_id(prefix), "doc".into(), Attrs::default(), ids, vec![]), children)
}

/// A flat document as a pool.
pub fn flat_pool(prefix: &str, nodes: usize) -> Arc<NodePool> {
    NodePool::from(flat(prefix, nodes))
}

/// A full tree in which every node above the lowest of `depth` levels has `fan` children.
///
/// Ids number the nodes in depth-first order, so that they are equally long at any depth.
#[cfg(feature = "model")]
pub fn deep(prefix: &str, fan: usize, depth: usize) -> NodeTree {
    let mut count = 0;
    let mut document = subtree(prefix, (fan, depth), &mut count);
    document.0.r#type = "doc".into();
    document
}

#[cfg(feature = "model")]
fn subtree(prefix: &str, (fan, depth): (usize, usize), count: &mut usize) -> NodeTree {
    let id = child_id(prefix, *count);
    *count += 1;
    let children: Vec<NodeTree> = match depth {
        0 => vec![],
        _ => (0..fan).map(|_| subtree(prefix, (fan, depth - 1), count)).collect(),
    };
    let ids = children.iter().map(|child| child.0.id.clone()).collect();
    NodeTree(Node::new(&id, "paragraph".into(), attrs(depth), ids, vec![]), children)
}

/// Looks every node up once, so that the global shard cache knows its id before anything is timed.
pub fn warm_shard_cache(pool: &NodePool) {
    let tree = pool.get_inner();
    let _ = tree.get_shard_index(pool.root_id());
    for id in tree.parent_map.keys() {
        let _ = tree.get_shard_index(id);
    }
}

/// Lets the system's allocator merge what the iteration before has freed, which it puts off until someone asks for
/// more than a kilobyte. Otherwise every second iteration over many small blocks pays for it, and takes three times
/// as long.
#[cfg(any(feature = "state", feature = "derive"))]
pub fn settle_heap() {
    // Below 128 KiB, from where on blocks come from the system instead.
    drop(std::hint::black_box(Vec::<u8>::with_capacity(100 * 1024)));
}
