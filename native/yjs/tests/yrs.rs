//! Documents of yrs itself.

use forgebench_yjs::{YjsFormat, text_of_update, update_of_text};
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, ReadTxn, StateVector, Text, Transact, Update};

fn edited(edits: &[(u32, u32, &str)]) -> Doc {
    let document = Doc::with_client_id(1);
    let text = document.get_or_insert_text("text");
    for &(position, deleted, inserted) in edits {
        let mut transaction = document.transact_mut();
        text.remove_range(&mut transaction, position, deleted);
        text.insert(&mut transaction, position, inserted);
    }
    document
}

#[test]
fn a_text_of_yrs_with_history_is_read_and_a_text_of_ours_is_read_by_yrs() {
    let theirs = edited(&[(0, 0, "Hello 😀"), (0, 1, "J")]);
    let update = theirs.transact().encode_state_as_update_v1(&StateVector::default());
    assert_eq!(text_of_update(&update, "text", YjsFormat::V1), Ok("Jello 😀".to_owned()));
    let update = update_of_text("Jello 😀", "text", 7, YjsFormat::V2);
    let document = Doc::new();
    let text = document.get_or_insert_text("text");
    document.transact_mut().apply_update(Update::decode_v2(&update).expect("it is an update"));
    assert_eq!(text.get_string(&document.transact()), "Jello 😀");
}

#[test]
fn what_is_no_update_is_an_error() {
    for update in [&b""[..], b"\x01\x01\x01", b"something else"] {
        assert!(text_of_update(update, "text", YjsFormat::V1).is_err(), "{update:?}");
    }
}

#[test]
fn cut_updates_are_errors_or_texts() {
    let theirs = edited(&[(0, 0, "Hello"), (1, 3, "i")]);
    let v1 = theirs.transact().encode_state_as_update_v1(&StateVector::default());
    let v2 = theirs.transact().encode_state_as_update_v2(&StateVector::default());
    assert!((0..v1.len()).all(|end| text_of_update(&v1[..end], "text", YjsFormat::V1).is_err()));
    let texts = (0..v2.len()).filter_map(|end| text_of_update(&v2[..end], "text", YjsFormat::V2).ok());
    assert!(texts.into_iter().all(|text| text.len() <= 5));
}

#[test]
fn an_update_that_promises_more_than_it_has_is_refused_before_yrs_sees_it() {
    let refused = text_of_update(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1, 1], "text", YjsFormat::V1);
    assert!(refused.is_err_and(|error| error.to_string().contains("promises 4294967295 clients")));
}
