//! Bytes from anybody: an error, never a panic, and a document that is what it was.

mod edits;

use edits::{act, json, make};
use forgebench_shared_tree::{MergeError, ReadError, SharedTree, Version};
use forgebench_tree::{Mark, NodeId, Operation, Value};
use proptest::prelude::*;

/// Two authors who knew of each other and then edited at once. It is short, so that its parts are stored uncompressed.
fn merged() -> SharedTree {
    let mut ada = SharedTree::new("ada");
    let (list, item) = (make(&mut ada, NodeId::ROOT, "list"), make(&mut ada, NodeId::ROOT, "item"));
    let names = ada.tree().names().clone();
    for value in [Value::Number(3.0), Value::Number(-0.5), Value::Bool(true), Value::Null, Value::text("é")] {
        act(&mut ada, Operation::SetAttribute { node: item, name: names.intern("level"), value });
    }
    let value = Value::json("[1,{}]").expect("it is JSON");
    act(&mut ada, Operation::AddMark { node: list, mark: Mark { name: names.intern("link"), value } });
    let mut bob = SharedTree::new("bob");
    bob.merge(&ada.changes_since(&bob.version())).expect("the changes are whole");
    act(
        &mut bob,
        Operation::Move { node: NodeId::new(3).expect("not 0"), parent: NodeId::new(2).expect("not 0"), index: 0 },
    );
    act(&mut ada, Operation::Move { node: list, parent: item, index: 0 });
    act(&mut ada, Operation::SetKind { node: item, kind: names.intern("task") });
    act(&mut ada, Operation::RemoveAttribute { node: item, name: names.intern("level") });
    let gone = make(&mut ada, NodeId::ROOT, "item");
    act(&mut ada, Operation::Remove { node: gone });
    ada.merge(&bob.changes_since(&ada.version())).expect("the changes are whole");
    ada
}

/// What may happen to bytes on their way.
fn spoil(mut bytes: Vec<u8>, damages: &[(prop::sample::Index, u8, u8)]) -> Vec<u8> {
    for (at, byte, what) in damages {
        if bytes.is_empty() {
            return bytes;
        }
        let at = at.index(bytes.len());
        match what % 8 {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, *byte),
            2 => drop(bytes.remove(at)),
            3 => bytes[at] ^= 1 << (byte % 8),
            4 => bytes[at] = bytes[at].wrapping_add(1),
            _ => bytes[at] = *byte,
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn damaged_changes_are_taken_in_whole_or_not_at_all(
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..4)
    ) {
        let bytes = spoil(merged().changes_since(&Version::default()), &damages);
        let mut document = SharedTree::new("cyd");
        make(&mut document, NodeId::ROOT, "here");
        let before = (json(&document), document.version());
        if let Err(error) = document.merge(&bytes) {
            prop_assert!(!matches!(error, MergeError::View(_)), "{error}");
            prop_assert_eq!((json(&document), document.version()), before);
        }
        // Whatever happened, the document goes on.
        make(&mut document, NodeId::ROOT, "more");
        let mut copy = SharedTree::new("dan");
        copy.merge(&document.changes_since(&copy.version())).expect("a document's own changes are whole");
        prop_assert_eq!(copy.version(), document.version());
        prop_assert_eq!(copy.tree().len(), document.tree().len());
    }
}

#[test]
fn changes_without_what_they_build_on_are_refused_with_what_is_missing() {
    let mut ada = SharedTree::new("ada");
    make(&mut ada, NodeId::ROOT, "item");
    let known = ada.version();
    make(&mut ada, NodeId::ROOT, "item");
    let refused = SharedTree::new("bob").merge(&ada.changes_since(&known));
    assert_eq!(refused, Err(MergeError::Read(ReadError::Missing { agent: "ada".to_owned(), sequence: 0 })));
}

#[test]
fn changes_that_build_on_what_a_third_person_did_are_refused_with_what_is_missing() {
    let (mut ada, mut bob, mut cyd) = (SharedTree::new("ada"), SharedTree::new("bob"), SharedTree::new("cyd"));
    let list = make(&mut ada, NodeId::ROOT, "list");
    bob.merge(&ada.changes_since(&bob.version())).expect("the changes are whole");
    let known = bob.version();
    act(&mut bob, Operation::Remove { node: list });
    let refused = cyd.merge(&bob.changes_since(&known));
    assert_eq!(refused, Err(MergeError::Read(ReadError::Missing { agent: "ada".to_owned(), sequence: 0 })));
    // Nothing but the time tells that an event without others in it came after them.
    make(&mut bob, NodeId::ROOT, "item");
    let known = bob.version();
    let mut dan = SharedTree::new("dan");
    dan.merge(&bob.changes_since(&dan.version())).expect("the changes are whole");
    let mut edits = dan.begin();
    let (node, kind) = (edits.next_id().expect("ids are left"), edits.name("item"));
    edits.apply(Operation::Create { node, kind }).expect("the id is new");
    dan.commit(edits).expect("nothing came between");
    assert_eq!(cyd.merge(&dan.changes_since(&known)), Err(MergeError::Early));
    assert_eq!(cyd.version(), Version::default());
}

#[test]
fn edits_that_somebody_else_made_under_the_same_name_are_refused() {
    let (mut ada, mut other) = (SharedTree::new("ada"), SharedTree::new("ada"));
    make(&mut ada, NodeId::ROOT, "item");
    // Whoever has not edited yet goes on where the name was left.
    other.merge(&ada.changes_since(&other.version())).expect("the changes are whole");
    make(&mut other, NodeId::ROOT, "item");
    let refused = ada.merge(&other.changes_since(&ada.version()));
    assert_eq!(refused, Err(MergeError::Read(ReadError::SameAgent("ada".to_owned()))));
    assert_eq!(json(&ada), r#"{"type":"doc","content":[{"type":"item"}]}"#);
}

#[test]
fn a_version_that_no_replica_can_ever_have_been_of_is_refused() {
    let (mut ada, mut bob) = (SharedTree::new("ada"), SharedTree::new("bob"));
    let list = make(&mut ada, NodeId::ROOT, "list");
    bob.merge(&ada.changes_since(&bob.version())).expect("the changes are whole");
    make(&mut bob, list, "item");
    let only_bob = Version::decode(b"FBTv\x01\x01\x03bob\x02").expect("it is one");
    let refused = bob.tree_at(&only_bob).expect_err("the list is missing");
    assert_eq!(refused, MergeError::Read(ReadError::Torn { agent: "ada".to_owned(), sequence: 0 }));
    let refused = ada.tree_at(&bob.version()).expect_err("ada has not heard of bob");
    assert_eq!(refused, MergeError::Read(ReadError::Ahead { agent: "bob".to_owned(), sequence: 0 }));
}

#[test]
fn a_few_bytes_that_promise_two_thousand_million_events_are_refused_at_once() {
    let head = [1, 1, b'a', 0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07, 0];
    let bytes = [b"FBTt\x01\x00".as_slice(), &[head.len() as u8], &head, &[0, 0, 0, 0, 0, 0, 0, 0]].concat();
    let refused = SharedTree::new("bob").merge(&bytes);
    assert!(matches!(refused, Err(MergeError::Read(ReadError::Malformed { .. }))), "{refused:?}");
}

#[test]
fn a_time_that_nobody_can_have_counted_to_is_refused() {
    // A single creation of kind "k" at time 1, before which there is none at time 0.
    let head = [1, 1, b'a', 1, 1, b'k', 1, 0, 0, 1, 2];
    let bytes = [b"FBTt\x01\x00".as_slice(), &[head.len() as u8], &head, &[0, 1, 0, 0, 0, 0, 1, 0, 0, 0]].concat();
    let refused = SharedTree::new("bob").merge(&bytes);
    assert_eq!(refused, Err(MergeError::Early));
    let mut first = bytes.clone();
    first[18 - 1] = 0;
    assert_eq!(SharedTree::new("bob").merge(&first), Ok(()));
}
