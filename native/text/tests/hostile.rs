//! Bytes from anybody: an error, never a panic, and a document that is what it was.

mod patched;

use forgebench_text::{MergeError, ReadError, Snapshot, TextDocument, Transactions, Version, encode_snapshot};
use patched::patched;
use proptest::prelude::*;

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// Two authors who knew of each other and then edited at once. It is short, so that its parts are stored uncompressed.
fn merged() -> TextDocument {
    let mut ada = TextDocument::new("ada");
    ada.edit(0, 0, &units("one two")).expect("the edit fits");
    let mut bob = TextDocument::new("bob");
    bob.merge(&ada.changes_since(&bob.version())).expect("the changes are whole");
    bob.edit(3, 2, &units("é😀")).expect("the edit fits");
    for _ in 0..3 {
        let end = ada.length();
        ada.edit(end - 1, 1, &[]).expect("the edit fits");
    }
    ada.edit(2, 1, &units("xyz")).expect("the edit fits");
    ada.merge(&bob.changes_since(&ada.version())).expect("the changes are whole");
    ada
}

/// What may happen to bytes on their way.
#[derive(Clone, Debug)]
enum Damage {
    Change(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Add(prop::sample::Index, u8),
    Remove(prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Change(at, byte)),
        1 => any::<prop::sample::Index>().prop_map(Damage::Cut),
        1 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Add(at, byte)),
        1 => any::<prop::sample::Index>().prop_map(Damage::Remove),
    ]
}

fn spoil(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            return bytes;
        }
        match damage {
            Damage::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Add(at, byte) => bytes.insert(at.index(bytes.len()), *byte),
            Damage::Remove(at) => drop(bytes.remove(at.index(bytes.len()))),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn damaged_changes_are_taken_in_whole_or_not_at_all(damages in prop::collection::vec(damage(), 1..4)) {
        let bytes = spoil(merged().changes_since(&Version::default()), &damages);
        let mut document = TextDocument::new("cyd");
        document.edit(0, 0, &units("here")).expect("the edit fits");
        let before = document.version();
        if document.merge(&bytes).is_err() {
            prop_assert_eq!(document.text(), units("here"));
            prop_assert_eq!(document.version(), before);
        }
        // Whatever happened, the document goes on.
        document.edit(0, 1, &units("!")).expect("the edit fits");
        let mut copy = TextDocument::new("dan");
        copy.merge(&document.changes_since(&copy.version())).expect("a document's own changes are whole");
        prop_assert_eq!(copy.text(), document.text());
    }

    #[test]
    fn damaged_snapshots_are_errors_or_documents(damages in prop::collection::vec(damage(), 1..4)) {
        let bytes = spoil(encode_snapshot(&mut merged()).expect("its own history is whole"), &damages);
        if let Ok(Ok(mut document)) = Snapshot::decode(&bytes).map(|snapshot| snapshot.open("cyd")) {
            document.edit(0, 0, &units("!")).expect("the edit fits");
            prop_assert_eq!(document.text().len() as u32, document.length());
        }
    }

    #[test]
    fn any_bytes_are_errors_or_versions(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let bytes = [b"FBTv\x01".as_slice(), &bytes].concat();
        if let Ok(version) = Version::decode(&bytes) {
            prop_assert_eq!(Version::decode(&version.encode()), Ok(version));
        }
    }

    #[test]
    fn any_versions_are_errors_or_make_patches(
        counts in prop::collection::vec(0..8_u32, 4),
        unknown in prop::sample::select(vec!["bob", "cyd"]),
    ) {
        let document = merged();
        let version = |first: u32, second: u32| {
            let bytes = [b"FBTv\x01\x02\x03ada", [first as u8, 3].as_slice(), unknown.as_bytes(), &[second as u8]].concat();
            Version::decode(&bytes).expect("its agents are in order")
        };
        let (from, to) = (version(counts[0] * 3, counts[1]), version(counts[2] * 3, counts[3]));
        let texts = document.text_at(&from).and_then(|before| Ok((before, document.text_at(&to)?)));
        match (texts, document.patches(&from, Some(&to))) {
            (Ok((before, after)), Ok(patches)) => prop_assert_eq!(patched(&before, &patches), after),
            (texts, patches) => prop_assert!(from == to || (texts.is_err() && patches.is_err())),
        }
    }

    #[test]
    fn any_recorded_history_is_an_error_or_a_document(
        agents in prop::collection::vec(0..3_u32, 0..6),
        parents in prop::collection::vec(0..4_u32, 6),
        edits in prop::collection::vec((0..6_u32, 0..4_u32, 0..4_u32), 6),
    ) {
        let names = ["ada".to_owned(), "bob".to_owned()];
        let count = agents.len();
        let parent_counts: Vec<u32> = (0..count as u32).map(|index| index.min(1)).collect();
        let column = |pick: fn(&(u32, u32, u32)) -> u32| edits[..count].iter().map(pick).collect::<Vec<_>>();
        let inserted = column(|edit| edit.2);
        let text = vec![97; inserted.iter().sum::<u32>() as usize];
        let transactions = Transactions {
            names: &names,
            agents: &agents,
            parent_counts: &parent_counts,
            parents: &parents[..count.saturating_sub(1)],
            edit_counts: &vec![1; count],
            positions: &column(|edit| edit.0),
            deleted: &column(|edit| edit.1),
            inserted: &inserted,
            text: &text,
        };
        if let Ok(mut document) = TextDocument::from_transactions("cyd", &transactions) {
            let mut copy = TextDocument::new("dan");
            copy.merge(&document.changes_since(&copy.version())).expect("a document's own changes are whole");
            prop_assert_eq!(copy.text(), document.text());
        }
    }
}

#[test]
fn changes_without_what_they_build_on_are_refused_with_what_is_missing() {
    let mut ada = TextDocument::new("ada");
    ada.edit(0, 0, &units("one")).expect("the edit fits");
    let known = ada.version();
    ada.edit(3, 0, &units(" two")).expect("the edit fits");
    let refused = TextDocument::new("bob").merge(&ada.changes_since(&known));
    assert_eq!(refused, Err(MergeError::Read(ReadError::Missing { agent: "ada".to_owned(), sequence: 0 })));
}

#[test]
fn a_replica_of_the_same_name_is_refused_once_both_have_edited() {
    let mut ada = TextDocument::new("ada");
    ada.edit(0, 0, &units("one")).expect("the edit fits");
    let mut later = TextDocument::new("ada");
    later.merge(&ada.changes_since(&later.version())).expect("a later session takes in what an earlier one did");
    later.edit(3, 0, &units(" two")).expect("the edit fits");
    assert_eq!(
        ada.merge(&later.changes_since(&ada.version())),
        Err(MergeError::Read(ReadError::SameAgent("ada".to_owned())))
    );
    assert_eq!(ada.text(), units("one"));
}

#[test]
fn a_few_bytes_that_promise_two_thousand_million_deletions_take_no_memory() {
    let mut changes = b"FBTc\x01".to_vec();
    // One agent "a" with 2^31 - 1 events in one line without parents, all deletions at the begin.
    let events = [0xff, 0xff, 0xff, 0xff, 0x07];
    let columns =
        [&[1, 1, b'a', 1, 0, 0][..], &events, &[1], &events, &[0, 1], &[0xfd, 0xff, 0xff, 0xff, 0x1f], &[0]].concat();
    changes.extend([0, columns.len() as u8]);
    changes.extend(columns);
    changes.extend([0, 0]);
    assert_eq!(TextDocument::new("bob").merge(&changes), Err(MergeError::OutOfRange));
}
