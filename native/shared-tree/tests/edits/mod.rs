//! Transactions of one step.

use forgebench_shared_tree::SharedTree;
use forgebench_tree::{END, NodeId, Operation};

/// A node of this kind at the end of its parent.
pub fn make(document: &mut SharedTree, parent: NodeId, kind: &str) -> NodeId {
    let mut edits = document.begin();
    let (node, kind) = (edits.next_id().expect("ids are left"), edits.name(kind));
    edits.apply(Operation::Create { node, kind }).expect("the id is new");
    edits.apply(Operation::Insert { node, parent, index: END }).expect("the parent is there");
    document.commit(edits).expect("nothing came between");
    node
}

/// One operation.
pub fn act(document: &mut SharedTree, operation: Operation) {
    let mut edits = document.begin();
    edits.apply(operation).expect("it fits");
    document.commit(edits).expect("nothing came between");
}

/// The whole document.
pub fn json(document: &SharedTree) -> String {
    document.tree().to_json(NodeId::ROOT).expect("there is a root")
}
