//! What people see when they edit at once.

mod edits;

use edits::{act, json, make};
use forgebench_shared_tree::{CommitError, SharedTree};
use forgebench_tree::{END, NodeId, Operation, TreeError, Value};

fn exchange(one: &mut SharedTree, other: &mut SharedTree) {
    one.merge(&other.changes_since(&one.version())).expect("the changes are whole");
    other.merge(&one.changes_since(&other.version())).expect("the changes are whole");
    assert_eq!(json(one), json(other));
}

/// The kinds of a document in brackets, such as `doc(a(b) c)`.
fn kinds(document: &SharedTree) -> String {
    let short = json(document).replace(r#"{"type":""#, "").replace(r#"","content":["#, "(").replace(r#""}"#, "");
    short.replace("]}", ")").replace(',', " ")
}

/// Two replicas that both know a document with these kinds below the root.
fn pair(below_root: &[&str]) -> (SharedTree, SharedTree, Vec<NodeId>) {
    let (mut ada, mut bob) = (SharedTree::new("ada"), SharedTree::new("bob"));
    let nodes = below_root.iter().map(|kind| make(&mut ada, NodeId::ROOT, kind)).collect();
    exchange(&mut ada, &mut bob);
    (ada, bob, nodes)
}

/// The node of one replica in another.
fn same(node: NodeId, here: &SharedTree, there: &SharedTree) -> NodeId {
    let (agent, sequence) = here.event_of(node).expect("somebody created it");
    there.node_of(agent, sequence).expect("the other knows it")
}

#[test]
fn of_two_moves_below_each_other_the_later_one_is_passed_over() {
    let (mut ada, mut bob, nodes) = pair(&["a", "b"]);
    let [a, b] = nodes[..] else { panic!("there are two") };
    act(&mut ada, Operation::Move { node: a, parent: b, index: 0 });
    let [there_a, there_b] = [a, b].map(|node| same(node, &ada, &bob));
    act(&mut bob, Operation::Move { node: there_b, parent: there_a, index: 0 });
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&ada), "doc(b(a))");
}

#[test]
fn what_two_people_insert_at_once_at_one_place_stays_together() {
    let (mut ada, mut bob, _) = pair(&["begin", "end"]);
    for (document, kinds) in [(&mut ada, ["a1", "a2", "a3"]), (&mut bob, ["b1", "b2", "b3"])] {
        for (kind, index) in kinds.into_iter().zip(1..) {
            let mut edits = document.begin();
            let (node, kind) = (edits.next_id().expect("ids are left"), edits.name(kind));
            edits.apply(Operation::Create { node, kind }).expect("the id is new");
            edits.apply(Operation::Insert { node, parent: NodeId::ROOT, index }).expect("the place is there");
            document.commit(edits).expect("nothing came between");
        }
    }
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&ada), "doc(begin a1 a2 a3 b1 b2 b3 end)");
}

#[test]
fn a_thousand_that_each_of_three_people_inserts_at_once_are_in_one_order_for_all() {
    let (ada, _, _) = pair(&["begin", "middle", "end"]);
    let indexes: [fn(u32) -> u32; 3] =
        [|_| 1, |count| 2 + count, |count| count.wrapping_mul(2_654_435_761) % (count + 3)];
    let mut all = Vec::new();
    for (name, index) in ["cyd", "bob", "dan"].into_iter().zip(indexes) {
        let mut document = SharedTree::new(name);
        document.merge(&ada.changes_since(&document.version())).expect("the changes are whole");
        let mut edits = document.begin();
        let kind = edits.name(name);
        for count in 0..1000 {
            let node = edits.next_id().expect("ids are left");
            edits.apply(Operation::Create { node, kind }).expect("the id is new");
            let index = index(count);
            edits.apply(Operation::Insert { node, parent: NodeId::ROOT, index }).expect("the place is there");
        }
        document.commit(edits).expect("nothing came between");
        all.push(document);
    }
    let orders = [[0, 1, 2], [1, 2, 0], [2, 1, 0]];
    let merged = orders.map(|order| {
        let mut document = ada.clone();
        for other in order.map(|at| &all[at]) {
            document.merge(&other.changes_since(&document.version())).expect("the changes are whole");
        }
        json(&document)
    });
    assert!(merged.iter().all(|json| *json == merged[0]));
    let kept = |name: &str| merged[0].matches(&format!("\"{name}\"")).count();
    assert_eq!(["cyd", "bob", "dan"].map(kept), [1000; 3]);
}

#[test]
fn a_node_that_comes_among_many_stands_where_its_author_put_it() {
    let (mut ada, mut bob, _) = pair(&["item"; 300]);
    for (index, kind) in [(0, "first"), (150, "middle"), (END, "last")] {
        let mut edits = ada.begin();
        let (node, kind) = (edits.next_id().expect("ids are left"), edits.name(kind));
        edits.apply(Operation::Create { node, kind }).expect("the id is new");
        edits.apply(Operation::Insert { node, parent: NodeId::ROOT, index }).expect("the place is there");
        ada.commit(edits).expect("nothing came between");
        exchange(&mut ada, &mut bob);
        let moved = bob.tree().node(NodeId::ROOT).expect("the root").child(77).expect("there are 300");
        act(&mut bob, Operation::Move { node: moved, parent: NodeId::ROOT, index: 200 });
        exchange(&mut ada, &mut bob);
    }
}

#[test]
fn many_that_leave_one_parent_at_once_and_some_that_change_their_order_leave_the_rest_in_place() {
    let (mut ada, mut bob, _) = pair(&["item"; 300]);
    let before = (ada.version(), json(&ada));
    let mut edits = bob.begin();
    let all: Vec<NodeId> = bob.tree().node(NodeId::ROOT).expect("the root").children().collect();
    for (&node, number) in all.iter().zip(0..) {
        let kind = edits.name(&format!("item {number}"));
        edits.apply(Operation::SetKind { node, kind }).expect("the node is there");
        match number % 5 {
            0 | 1 => edits.apply(Operation::Remove { node }),
            2 => edits.apply(Operation::Move { node, parent: NodeId::ROOT, index: 0 }),
            _ => Ok(()),
        }
        .expect("it fits");
    }
    bob.commit(edits).expect("nothing came between");
    exchange(&mut ada, &mut bob);
    assert_eq!(ada.tree().len(), 181);
    let past = bob.tree_at(&before.0).expect("bob knows it");
    assert_eq!(past.to_json(NodeId::ROOT).expect("there is a root"), before.1);
}

#[test]
fn a_small_change_is_a_small_message_however_many_people_have_edited() {
    let (mut ada, mut bob, nodes) = pair(&["item"]);
    for number in 0..50 {
        let mut other = SharedTree::new(&format!("session {number} of somebody"));
        other.merge(&ada.changes_since(&other.version())).expect("the changes are whole");
        make(&mut other, NodeId::ROOT, "item");
        ada.merge(&other.changes_since(&ada.version())).expect("the changes are whole");
    }
    exchange(&mut ada, &mut bob);
    act(&mut ada, Operation::Remove { node: nodes[0] });
    let message = ada.changes_since(&bob.version());
    assert!(message.len() < 40, "{} bytes", message.len());
    bob.merge(&message).expect("the changes are whole");
    assert_eq!(json(&bob), json(&ada));
}

#[test]
fn what_is_moved_out_of_something_that_is_removed_at_the_same_time_stays() {
    let (mut ada, mut bob, nodes) = pair(&["list"]);
    let list = nodes[0];
    let item = make(&mut ada, list, "item");
    make(&mut ada, item, "text");
    exchange(&mut ada, &mut bob);
    act(&mut ada, Operation::Remove { node: list });
    let there = same(item, &ada, &bob);
    act(&mut bob, Operation::Move { node: there, parent: NodeId::ROOT, index: END });
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&ada), "doc(item(text))");
}

#[test]
fn what_is_added_below_something_that_is_removed_at_the_same_time_is_gone_and_comes_back_with_it() {
    let (mut ada, mut bob, nodes) = pair(&["list"]);
    let there = same(nodes[0], &ada, &bob);
    make(&mut bob, there, "item");
    let before = ada.tree().clone();
    act(&mut ada, Operation::Remove { node: nodes[0] });
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&bob), "doc");
    // Whoever undoes the removal by what differs has what there was before; what was added since is removed for good.
    let mut edits = ada.begin();
    for operation in ada.tree().diff(&before).expect("both are versions of one document") {
        edits.apply(operation).expect("the difference fits");
    }
    ada.commit(edits).expect("nothing came between");
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&bob), "doc(list)");
}

#[test]
fn a_removal_that_is_undone_by_what_differs_is_undone_everywhere_and_nodes_keep_their_ids() {
    let (mut ada, mut bob, nodes) = pair(&["list", "tail"]);
    let item = make(&mut ada, nodes[0], "item");
    let name = ada.tree().names().intern("level");
    act(&mut ada, Operation::SetAttribute { node: item, name, value: Value::Number(2.0) });
    exchange(&mut ada, &mut bob);
    let before = ada.tree().clone();
    act(&mut ada, Operation::Remove { node: nodes[0] });
    exchange(&mut ada, &mut bob);
    let mut edits = ada.begin();
    for operation in ada.tree().diff(&before).expect("both are versions of one document") {
        edits.apply(operation).expect("the difference fits");
    }
    ada.commit(edits).expect("nothing came between");
    exchange(&mut ada, &mut bob);
    assert_eq!(json(&bob), before.to_json(NodeId::ROOT).expect("there is a root"));
    assert!(ada.tree().contains(item) && bob.tree().contains(same(item, &ada, &bob)));
}

#[test]
fn a_node_that_is_created_after_a_merge_gets_an_id_that_no_node_of_others_has() {
    let (mut ada, mut bob, _) = pair(&[]);
    // Bob's first node is nowhere, so that ada's tree never shows it.
    let mut edits = bob.begin();
    let (node, kind) = (edits.next_id().expect("ids are left"), edits.name("lost"));
    edits.apply(Operation::Create { node, kind }).expect("the id is new");
    bob.commit(edits).expect("nothing came between");
    exchange(&mut ada, &mut bob);
    make(&mut ada, NodeId::ROOT, "a");
    make(&mut bob, NodeId::ROOT, "b");
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&ada), "doc(a b)");
}

#[test]
fn the_root_is_of_the_kind_that_was_said_last() {
    let (mut ada, mut bob, _) = pair(&[]);
    let kind = ada.tree().names().intern("page");
    act(&mut ada, Operation::SetKind { node: NodeId::ROOT, kind });
    exchange(&mut ada, &mut bob);
    assert_eq!(kinds(&bob), "page");
}

#[test]
fn a_transaction_that_the_document_has_overtaken_is_refused() {
    let mut ada = SharedTree::new("ada");
    let edits = ada.begin();
    make(&mut ada, NodeId::ROOT, "item");
    assert_eq!(ada.commit(edits), Err(CommitError::Outdated));
    assert_eq!(kinds(&ada), "doc(item)");
}

#[test]
fn an_id_that_leaves_one_out_is_refused() {
    let ada = SharedTree::new("ada");
    let mut edits = ada.begin();
    let (node, kind) = (NodeId::new(3).expect("not 0"), edits.name("item"));
    assert_eq!(edits.apply(Operation::Create { node, kind }), Err(TreeError::IdBeyond { node, next: 2 }));
}
