//! What a document does, case by case.

use forgebench_tree::{Batch, BatchError, END, Mark, NodeId, Operation, Query, Transaction, Tree, TreeError, Value};

fn id(number: u32) -> NodeId {
    NodeId::new(number).unwrap()
}

/// A document of sections 2, 3 … with a paragraph below each.
fn sections(count: u32) -> Tree {
    let mut edits = Tree::new("doc").begin();
    let [section, paragraph] = ["section", "paragraph"].map(|name| edits.name(name));
    for index in 0..count {
        let node = edits.create(section).unwrap();
        edits.insert(NodeId::ROOT, index, node).unwrap();
    }
    for index in 0..count {
        let node = edits.create(paragraph).unwrap();
        edits.insert(id(index + 2), 0, node).unwrap();
    }
    edits.commit()
}

fn refused(step: impl FnOnce(&mut Transaction) -> Result<(), TreeError>) -> TreeError {
    let tree = sections(2);
    let before = tree.to_json(NodeId::ROOT).unwrap();
    let mut edits = tree.begin();
    let error = step(&mut edits).unwrap_err();
    assert_eq!(edits.commit().to_json(NodeId::ROOT).unwrap(), before, "a step that fails changes nothing");
    error
}

#[test]
fn a_transaction_that_is_dropped_leaves_nothing_behind() {
    let tree = sections(3);
    let mut edits = tree.begin();
    edits.remove(id(2)).unwrap();
    drop(edits);
    assert_eq!(tree.len(), 7);
    assert_eq!(tree.next_number(), 8);
}

#[test]
fn nodes_that_were_not_inserted_go_when_the_transaction_commits() {
    let mut edits = sections(1).begin();
    let kind = edits.name("paragraph");
    let (above, below) = (edits.create(kind).unwrap(), edits.create(kind).unwrap());
    edits.insert(above, 0, below).unwrap();
    let tree = edits.commit();
    assert_eq!(tree.len(), 3);
    assert!(!tree.contains(above) && !tree.contains(below));
}

#[test]
fn ids_of_removed_nodes_are_not_given_again() {
    let mut edits = sections(1).begin();
    edits.remove(id(3)).unwrap();
    let kind = edits.name("paragraph");
    assert_eq!(edits.create(kind), Ok(id(4)));
}

#[test]
fn nothing_comes_to_stand_below_itself() {
    let error = refused(|edits| edits.move_to(id(4), 0, id(2)));
    assert_eq!(error, TreeError::Cycle { node: id(2), parent: id(4) });
    assert_eq!(refused(|edits| edits.move_to(id(4), 0, id(4))), TreeError::Cycle { node: id(4), parent: id(4) });
}

#[test]
fn a_node_has_one_parent() {
    let error = refused(|edits| edits.insert(id(3), 0, id(4)));
    assert_eq!(error, TreeError::AlreadyInserted { node: id(4), parent: id(2) });
}

#[test]
fn the_root_stays() {
    assert_eq!(refused(|edits| edits.remove(NodeId::ROOT)), TreeError::Root);
    assert_eq!(refused(|edits| edits.move_to(id(2), 0, NodeId::ROOT)), TreeError::Root);
}

#[test]
fn ids_and_places_that_do_not_exist_are_errors() {
    assert_eq!(refused(|edits| edits.remove(id(9))), TreeError::NoSuchNode(9));
    assert_eq!(refused(|edits| edits.move_to(id(u32::MAX), 0, id(4))), TreeError::NoSuchNode(u32::MAX));
    let beyond = TreeError::IndexBeyond { parent: id(3), index: 2, children: 1 };
    assert_eq!(refused(|edits| edits.move_to(id(3), 2, id(4))), beyond);
    // Within one parent the node that moves is not counted.
    let beyond = TreeError::IndexBeyond { parent: id(2), index: 1, children: 0 };
    assert_eq!(refused(|edits| edits.move_to(id(2), 1, id(4))), beyond);
    let name = Tree::new("doc").names().intern("level");
    assert_eq!(refused(|edits| edits.set_attribute(id(9), name, Value::Null)), TreeError::NoSuchNode(9));
    assert_eq!(refused(|edits| edits.set_attribute(id(2), name, Value::Number(f64::NAN))), TreeError::NotFinite);
}

#[test]
fn the_end_is_a_place_whatever_the_number_of_children() {
    let mut edits = sections(3).begin();
    edits.move_to(NodeId::ROOT, END, id(2)).unwrap();
    let kind = edits.name("section");
    let node = edits.create(kind).unwrap();
    edits.insert(NodeId::ROOT, END, node).unwrap();
    let children: Vec<u32> = edits.tree().node(NodeId::ROOT).unwrap().children().map(NodeId::number).collect();
    assert_eq!(children, [3, 4, 2, 8]);
}

#[test]
fn the_last_id_can_be_taken_and_then_there_are_none() {
    let mut edits = Tree::new("doc").begin();
    let kind = edits.name("paragraph");
    edits.create_as(id(u32::MAX), kind).unwrap();
    edits.insert(NodeId::ROOT, 0, id(u32::MAX)).unwrap();
    assert_eq!(edits.create(kind), Err(TreeError::NoIdsLeft));
    let tree = edits.commit();
    assert_eq!(tree.walk(NodeId::ROOT).unwrap().collect::<Vec<_>>(), [NodeId::ROOT, id(u32::MAX)]);
}

#[test]
fn json_has_what_the_document_has_and_nothing_empty() {
    let mut edits = Tree::new("doc").begin();
    let [paragraph, text, level, bold, link] =
        ["paragraph", "text", "level", "bold", "link"].map(|name| edits.name(name));
    let (node, words) = (edits.create(paragraph).unwrap(), edits.create(text).unwrap());
    edits.insert(NodeId::ROOT, 0, node).unwrap();
    edits.insert(node, 0, words).unwrap();
    edits.set_attribute(node, level, Value::Number(2.0)).unwrap();
    edits.set_attribute(words, text, Value::text("a \"b\"\n")).unwrap();
    edits.add_mark(words, Mark { name: bold, value: Value::Null }).unwrap();
    edits.add_mark(words, Mark { name: link, value: Value::json(r#"{"href":"x"}"#).unwrap() }).unwrap();
    let expected = concat!(
        r#"{"type":"doc","content":[{"type":"paragraph","attrs":{"level":2},"content":[{"type":"text","#,
        r#""marks":[{"type":"bold"},{"type":"link","attrs":{"href":"x"}}],"text":"a \"b\"\n"}]}]}"#,
    );
    assert_eq!(edits.commit().to_json(NodeId::ROOT).unwrap(), expected);
}

#[test]
fn a_query_finds_nodes_in_the_order_of_the_document() {
    let mut edits = sections(3).begin();
    let [paragraph, level, bold] = ["paragraph", "level", "bold"].map(|name| edits.name(name));
    edits.set_attribute(id(6), level, Value::Number(1.0)).unwrap();
    edits.set_attribute(id(7), level, Value::Number(2.0)).unwrap();
    edits.add_mark(id(2), Mark { name: bold, value: Value::Null }).unwrap();
    edits.move_to(NodeId::ROOT, 0, id(4)).unwrap();
    let tree = edits.commit();
    let find = |query: Query| tree.query(NodeId::ROOT, &query).unwrap().map(NodeId::number).collect::<Vec<_>>();
    assert_eq!(find(Query { kind: Some(paragraph), ..Query::default() }), [7, 5, 6]);
    assert_eq!(find(Query { attribute: Some((level, None)), ..Query::default() }), [7, 6]);
    assert_eq!(find(Query { attribute: Some((level, Some(Value::Number(1.0)))), ..Query::default() }), [6]);
    assert_eq!(find(Query { mark: Some(bold), ..Query::default() }), [2]);
    assert_eq!(tree.query(id(9), &Query::default()).err(), Some(TreeError::NoSuchNode(9)));
}

#[test]
fn nodes_that_change_places_with_their_parents_are_a_difference_too() {
    let before = sections(1);
    let mut edits = before.begin();
    edits.move_to(NodeId::ROOT, 0, id(3)).unwrap();
    edits.move_to(id(3), 0, id(2)).unwrap();
    let after = edits.commit();
    let mut edits = before.begin();
    for operation in before.diff(&after).unwrap() {
        edits.apply(operation).unwrap();
    }
    assert_eq!(edits.commit().to_json(NodeId::ROOT), after.to_json(NodeId::ROOT));
}

#[test]
fn a_child_that_goes_to_the_front_is_one_operation() {
    let before = sections(200);
    let mut edits = before.begin();
    edits.move_to(NodeId::ROOT, 0, id(150)).unwrap();
    let after = edits.commit();
    assert_eq!(before.diff(&after).unwrap(), [Operation::Move { node: id(150), parent: NodeId::ROOT, index: 0 }]);
    let back = Operation::Move { node: id(150), parent: NodeId::ROOT, index: 148 };
    assert_eq!(after.diff(&before).unwrap(), [back]);
}

#[test]
fn documents_are_as_deep_as_memory_allows() {
    let mut edits = Tree::new("doc").begin();
    let kind = edits.name("quote");
    let mut parent = NodeId::ROOT;
    for _ in 0..200_000 {
        let node = edits.create(kind).unwrap();
        edits.insert(parent, 0, node).unwrap();
        parent = node;
    }
    let tree = edits.commit();
    assert_eq!(tree.walk(NodeId::ROOT).unwrap().count(), 200_001);
    assert_eq!(tree.to_json(NodeId::ROOT).unwrap().matches("quote").count(), 200_000);
    let mut edits = tree.begin();
    edits.remove(id(2)).unwrap();
    let emptied = edits.commit();
    assert_eq!(emptied.len(), 1);
    assert_eq!(emptied.diff(&tree).unwrap().len(), 400_000);
}

#[test]
fn versions_and_transactions_go_to_other_threads() {
    let tree = sections(1);
    let edits = tree.begin();
    let walked = std::thread::spawn(move || edits.tree().walk(NodeId::ROOT).unwrap().count()).join().unwrap();
    assert_eq!(walked, tree.len());
}

#[test]
fn a_batch_says_which_operation_failed() {
    let tree = sections(1);
    let words = [3, 3, 0, 0, 3, 3, 0, 0];
    let batch = Batch { words: &words, ..Batch::default() };
    let error = tree.begin().apply_batch(&batch).unwrap_err();
    assert_eq!(error, BatchError::Operation { operation: 1, error: TreeError::NoSuchNode(3) });
    assert_eq!(
        error.to_string(),
        "Cannot find node 3: it was removed or never created; take an id of this version (operation 1 of the batch)"
    );
}

#[test]
fn strings_of_a_batch_are_cut_between_characters_only() {
    let tree = Tree::new("doc");
    let names = |text: &str, lengths: &[u32]| {
        let words = [0, 2, 0, 0, 1, 2, 1, 0];
        let mut edits = tree.begin();
        edits.apply_batch(&Batch { words: &words, text, lengths, ..Batch::default() })?;
        Ok::<_, BatchError>(edits.commit().to_json(id(2)).unwrap())
    };
    assert_eq!(names("ä𝄞x", &[3, 1]).unwrap(), r#"{"type":"ä𝄞"}"#);
    assert_eq!(names("ä𝄞x", &[2, 2]).unwrap_err(), BatchError::Strings);
    assert_eq!(names("abc", &[2]).unwrap_err(), BatchError::Strings);
    assert_eq!(names("abc", &[4]).unwrap_err(), BatchError::Strings);
}
