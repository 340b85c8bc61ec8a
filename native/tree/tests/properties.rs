//! Random operations against a simple model: the same succeed, and the documents agree.

mod model;

use forgebench_tree::{Batch, Mark, Name, NodeId, Operation, OwnedBatch, Tree, Value, WORDS_PER_OPERATION};
use model::Model;
use proptest::collection::vec;
use proptest::prelude::*;

/// An operation before its names are known: what, three numbers and a value.
type Draft = (u8, u32, u32, u32, Value);

fn drafts(count: usize) -> impl Strategy<Value = Vec<Draft>> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-1e6..1e6).prop_map(Value::Number),
        ".{0,8}".prop_map(|text| Value::text(&text)),
        Just(Value::json(r#"{"a":[1]}"#).unwrap()),
    ];
    // Few ids and fewer parents, so that operations meet; creating, inserting and moving most often, so that documents grow
    // and children change their order.
    let what = prop_oneof![4 => 0..1_u8, 6 => 1..2_u8, 4 => 2..3_u8, 5 => 3..9_u8];
    let parent = prop_oneof![3 => 1..4_u32, 1 => 1..16_u32];
    vec((what, 1..16_u32, parent, 0..6_u32, value), 0..count)
}

fn operation((what, node, second, third, value): Draft, tree: &Tree) -> Operation {
    let name = tree.names().intern(["a", "b", "ä𝄞"][(second % 3) as usize]);
    let (node, parent) = (NodeId::new(node).unwrap(), NodeId::new(second).unwrap());
    match what {
        0 => Operation::Create { node, kind: name },
        1 => Operation::Insert { node, parent, index: third },
        2 => Operation::Move { node, parent, index: third },
        3 => Operation::Remove { node },
        4 => Operation::SetKind { node, kind: name },
        5 => Operation::SetAttribute { node, name, value },
        6 => Operation::RemoveAttribute { node, name },
        7 => Operation::AddMark { node, mark: Mark { name, value } },
        _ => Operation::RemoveMark { node, name },
    }
}

/// The version after drafts, where those that fail are left out, checked against the model step by step.
fn edited(tree: &Tree, drafts: Vec<Draft>) -> Tree {
    let (mut edits, mut model) = (tree.begin(), Model::of(tree));
    for draft in drafts {
        let operation = operation(draft, tree);
        let expected = model.apply(&operation);
        assert_eq!(edits.apply(operation.clone()).ok(), expected, "{operation:?}");
    }
    model.commit();
    let tree = edits.commit();
    assert_eq!(Model::of(&tree), model);
    tree
}

fn applied(tree: &Tree, operations: Vec<Operation>) -> Tree {
    let mut edits = tree.begin();
    for operation in operations {
        edits.apply(operation.clone()).unwrap_or_else(|error| panic!("{operation:?}: {error}"));
    }
    edits.commit()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_tree_agrees_with_the_model_and_older_versions_do_not_change(first in drafts(80), second in drafts(80)) {
        let empty = Tree::new("doc");
        let before = edited(&empty, first);
        let known = Model::of(&before);
        let _ = edited(&before, second);
        prop_assert_eq!(Model::of(&before), known);
        prop_assert_eq!(empty.len(), 1);
    }

    #[test]
    fn a_difference_leads_from_one_version_to_the_other_and_back(first in drafts(120), second in drafts(60)) {
        let before = edited(&Tree::new("doc"), first);
        let after = edited(&before, second);
        for (from, to) in [(&before, &after), (&after, &before)] {
            let reached = applied(from, from.diff(to).unwrap());
            prop_assert_eq!(Model::of(&reached), Model::of(to));
            prop_assert!(reached.diff(to).unwrap().is_empty());
        }
    }

    #[test]
    fn versions_that_went_different_ways_have_a_difference_too(
        first in drafts(80), second in drafts(60), third in drafts(60),
    ) {
        let common = edited(&Tree::new("doc"), first);
        let (ours, theirs) = (edited(&common, second), edited(&common, third));
        let reached = applied(&ours, ours.diff(&theirs).unwrap());
        prop_assert_eq!(Model::of(&reached), Model::of(&theirs));
    }

    #[test]
    fn a_batch_does_what_its_operations_do(first in drafts(80), second in drafts(60)) {
        let before = edited(&Tree::new("doc"), first);
        let after = edited(&before, second);
        let batch = OwnedBatch::of(&before.diff(&after).unwrap(), &before);
        let mut edits = before.begin();
        edits.apply_batch(&batch.borrow()).unwrap();
        prop_assert_eq!(Model::of(&edits.commit()), Model::of(&after));
    }

    #[test]
    fn a_spoilt_batch_is_an_error_and_leaves_the_version_as_it_was(
        first in drafts(40),
        mut words in vec(prop_oneof![0..16_u32, any::<u32>()], 0..200),
        numbers in vec(any::<f64>(), 0..3),
        text in ".{0,9}",
        lengths in vec(0..6_u32, 0..4),
    ) {
        let tree = edited(&Tree::new("doc"), first);
        let known = Model::of(&tree);
        let mut edits = tree.begin();
        let _ = edits.apply_batch(&Batch { words: &words, numbers: &numbers, text: &text, lengths: &lengths });
        let _ = Model::of(&edits.commit());
        prop_assert_eq!(Model::of(&tree), known);

        // Cut off in the middle of an operation.
        words.truncate(words.len() / WORDS_PER_OPERATION * WORDS_PER_OPERATION);
        words.push(0);
        let batch = Batch { words: &words, ..Batch::default() };
        prop_assert!(tree.begin().apply_batch(&batch).is_err());
    }

    #[test]
    fn long_lists_of_children_keep_their_order(steps in vec((any::<prop::sample::Index>(), 0..10_u8), 0..1200)) {
        let tree = Tree::new("doc");
        let (kind, mut edits, mut list) = (tree.names().intern("item"), tree.begin(), Vec::new());
        for (place, what) in steps {
            if what < 7 || list.is_empty() {
                let (at, node) = (place.index(list.len() + 1), edits.create(kind).unwrap());
                list.insert(at, node);
                edits.insert(NodeId::ROOT, at as u32, node).unwrap();
            } else if what < 9 {
                edits.remove(list.remove(place.index(list.len()))).unwrap();
            } else {
                let node = list.remove(place.index(list.len()));
                let at = place.index(list.len() + 1);
                list.insert(at, node);
                edits.move_to(NodeId::ROOT, at as u32, node).unwrap();
            }
        }
        let seen: Vec<NodeId> = edits.tree().node(NodeId::ROOT).unwrap().children().collect();
        prop_assert_eq!(seen, list);
    }
}

#[test]
fn names_of_two_documents_are_not_compared() {
    let _: Name = Tree::new("doc").names().intern("a");
    assert!(Tree::new("doc").diff(&Tree::new("doc")).is_err());
}
