//! Yjs updates from anybody: yrs does not check what it reads, so an error has to come first.

use forgebench_yjs::YjsFormat::{V1, V2};
use forgebench_yjs::{YjsFormat, text_of_update, update_of_text};
use proptest::prelude::*;

/// `doc.getMap('body').set('a', value)`, by `encodeStateAsUpdate`; the value is what the bytes are.
fn map_with(value: &[u8]) -> Vec<u8> {
    [b"\x01\x01\x01\x00(\x01\x04body\x01a\x01", value, b"\x00"].concat()
}

fn refusal(update: &[u8], format: YjsFormat) -> String {
    text_of_update(update, "body", format).expect_err("no text can be had").to_string()
}

#[test]
fn text_that_is_no_utf_8_is_refused_in_both_formats() {
    for format in [V1, V2] {
        let mut update = update_of_text("Jello", "body", 1, format);
        let letter = update.iter().position(|&byte| byte == b'J').expect("the text stands in the update");
        update[letter] = 0xff;
        assert!(refusal(&update, format).starts_with("Cannot read the Yjs update: "), "{format}");
    }
    // As the name of a text, and in a value.
    assert!(text_of_update(b"\x01\x01\x01\x00\x04\x01\x04b\xffdy\x02Hi\x00", "body", V1).is_err());
    assert!(text_of_update(&map_with(b"w\x01\xff"), "body", V1).is_err());
}

#[test]
fn what_an_update_promises_takes_no_memory() {
    // 2^32 - 1, which Yjs writes in five bytes.
    let promise = b"\xff\xff\xff\xff\x0f";
    let deletions = [b"\x01\x01\x01\x00\x04\x01\x04body\x02Hi\x01\x01".as_slice(), promise].concat();
    for update in
        [deletions, map_with(&[b"u", promise.as_slice()].concat()), map_with(&[b"v", promise.as_slice()].concat())]
    {
        assert!(refusal(&update, V1).contains("an unexpected value was found"), "{}", refusal(&update, V1));
    }
    // The value of a map whose item says that it has 2^31 - 1 values.
    let values = [b"\x01\x01\x01\x00(\x01\x04body\x01a".as_slice(), b"\xff\xff\xff\xff\x07", b"w\x01a\x00"].concat();
    assert!(refusal(&values, V1).contains("an unexpected value was found"));
}

#[test]
fn a_run_of_blocks_without_end_is_refused() {
    // One client with 2^27 blocks, all of them garbage of one unit that was collected: two runs say so in seven bytes.
    let (client, kinds, texts, lengths) = (b"\x01\x01", b"\x01\x00", b"\x01\x00", b"\x06\x41\xf0\xff\xff\xff\x0f");
    let rest = b"\x01\x80\x80\x80\x40\x00\x00";
    let columns = [b"\x00\x00".as_slice(), client, b"\x00\x00", kinds, texts, b"\x00\x00", lengths, rest].concat();
    assert!(refusal(&columns, V2).contains("an unexpected value was found"), "{}", refusal(&columns, V2));
}

#[test]
fn values_in_values_are_read_128_deep() {
    let nested = |depth: usize| map_with(&[b"u\x01".repeat(depth), b"~".to_vec()].concat());
    assert!(refusal(&nested(128), V1).contains("it is a map"));
    for depth in [129, 1_000_000] {
        assert!(refusal(&nested(depth), V1).contains("an unexpected value was found"));
    }
}

/// Updates with a bit of everything, as Yjs 13.6 wrote them.
fn updates() -> Vec<(Vec<u8>, YjsFormat)> {
    let known: [(&[u8], YjsFormat); 7] = [
        (b"\x01\x03\x01\x00\x01\x01\x04body\x01\x84\x01\x00\x09ello \xf0\x9f\x98\x80\xc4\x01\x00\x01\x01\x01J\x01\x01\x01\x00\x01", V1),
        (b"\x02\x01\x02\x00\x84\x01\x04\x04 you\x01\x01\x00\x04\x01\x04body\x05Hello\x00", V1),
        (b"\x01\x03\x01\x00\x07\x01\x04body\x03\x01p\x07\x00\x01\x00\x06\x04\x00\x01\x01\x02Hi\x00", V1),
        (b"\x01\x01\x01\x00\x05\x01\x04body\x0d{\"image\":\"a\"}\x00", V1),
        (b"\x00\x00\x02A\x02\x02\x01\x00\x01\x02\x05\x01\x00\x84\x00\xc4\x12\x0ebodyello \xf0\x9f\x98\x80J\x04\x07\x01\x01\x01\x00\x01\x01\x01\x03\x00\x01\x01\x01\x00\x00", V2),
        (b"\x00\x01\x00\x02A\x01\x02\x00\x02\x00\x03\x07\x01\x04\x0b\x07bodypHi\x04\x01\x02\x03\x01\x00\x00\x02\x03\x06\x00\x01\x03\x00\x00", V2),
        (b"\x00\x02\x00\x02\x02A\x01\x02\x00\x04\x00\x05\x06\x00\x84\x00\x86\x13\x0ebodyboldHiboldD\x00\x02\x04\x01\x01\x00\x00\x01\x03\x00x~\x00", V2),
    ];
    let mut updates = known.map(|(update, format)| (update.to_vec(), format)).to_vec();
    updates.push((map_with(b"v\x02\x01au\x02w\x01b}\x05\x01bt\x02cd"), V1));
    updates
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn damaged_updates_are_errors_or_texts(
        which in 0..8_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
        cut in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let (mut update, format) = updates()[which].clone();
        for (at, byte) in changes {
            let at = at.index(update.len());
            update[at] = byte;
        }
        if let Some(cut) = cut {
            update.truncate(cut.index(update.len()));
        }
        let _ = text_of_update(&update, "body", format);
    }
}
