//! Updates that yjs 13.6.33 wrote: what has a text gives it, and nothing else becomes an empty one.

use forgebench_yjs::YjsFormat::{V1, V2};
use forgebench_yjs::{YjsFormat, text_of_update};

/// `text.insert(0, 'Hello 😀'); text.delete(0, 1); text.insert(0, 'J')`, where `text` is `doc.getText('body')`.
const WHOLE_V1: &[u8] = b"\x01\x03\x01\x00\x01\x01\x04body\x01\x84\x01\x00\x09ello \xf0\x9f\x98\x80\xc4\x01\x00\x01\x01\x01J\x01\x01\x01\x00\x01";
/// The same, by `encodeStateAsUpdateV2`.
const WHOLE_V2: &[u8] = b"\x00\x00\x02A\x02\x02\x01\x00\x01\x02\x05\x01\x00\x84\x00\xc4\x12\x0ebodyello \xf0\x9f\x98\x80J\x04\x07\x01\x01\x01\x00\x01\x01\x01\x03\x00\x01\x01\x01\x00\x00";
/// `doc.getMap('body').set('a', 1)`, by `encodeStateAsUpdateV2`.
const MAP_V2: &[u8] = b"\x00\x00\x01\x01\x00\x00\x01(\x08\x05bodya\x04\x01\x01\x01\x00\x01\x01\x01\x01\x00}\x01\x00";
/// `doc.getXmlFragment('body')` with an element that has a text, by `encodeStateAsUpdateV2`.
const XML_V2: &[u8] = b"\x00\x01\x00\x02A\x01\x02\x00\x02\x00\x03\x07\x01\x04\x0b\x07bodypHi\x04\x01\x02\x03\x01\x00\x00\x02\x03\x06\x00\x01\x03\x00\x00";
/// A formatted text, by `encodeStateAsUpdateV2`.
const BOLD_V2: &[u8] = b"\x00\x02\x00\x02\x02A\x01\x02\x00\x04\x00\x05\x06\x00\x84\x00\x86\x13\x0ebodyboldHiboldD\x00\x02\x04\x01\x01\x00\x00\x01\x03\x00x~\x00";
/// An empty document, by `encodeStateAsUpdateV2`.
const EMPTY_V2: &[u8] = b"\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00";

fn refusal(update: &[u8], format: YjsFormat) -> String {
    text_of_update(update, "body", format).expect_err("no text can be had").to_string()
}

#[test]
fn whole_documents_give_their_text() {
    let two_clients = b"\x02\x01\x02\x00\x84\x01\x04\x04 you\x01\x01\x00\x04\x01\x04body\x05Hello\x00";
    let known: [(&[u8], YjsFormat, &str); 4] =
        [(WHOLE_V1, V1, "Jello 😀"), (WHOLE_V2, V2, "Jello 😀"), (two_clients, V1, "Hello you"), (BOLD_V2, V2, "Hi")];
    for (update, format, text) in known {
        assert_eq!(text_of_update(update, "body", format).as_deref(), Ok(text));
    }
}

#[test]
fn texts_without_letters_are_empty() {
    let emptied = b"\x01\x01\x01\x00\x01\x01\x04body\x02\x01\x01\x01\x00\x02";
    let embedded = b"\x01\x01\x01\x00\x05\x01\x04body\x0d{\"image\":\"a\"}\x00";
    let known: [(&[u8], YjsFormat); 4] = [(b"\x00\x00", V1), (EMPTY_V2, V2), (emptied, V1), (embedded, V1)];
    for (update, format) in known {
        assert_eq!(text_of_update(update, "body", format).as_deref(), Ok(""), "{update:?}");
    }
}

#[test]
fn the_other_format_is_suggested() {
    for update in [WHOLE_V2, MAP_V2, XML_V2, BOLD_V2, EMPTY_V2] {
        assert!(
            refusal(update, V1).contains("as V1: nobody inserts anything in it; pass `format: 'V2'`"),
            "{update:?}"
        );
    }
    let longer = [WHOLE_V1, b"more"].concat();
    assert!(refusal(&longer, V1).contains("as V1: 4 bytes are left over; pass `format: 'V2'`"));
    assert!(refusal(WHOLE_V1, V2).contains("say whether it is V1 or V2"));
}

#[test]
fn the_whole_document_is_asked_for_where_an_update_builds_on_what_is_missing() {
    let by_another = b"\x01\x01\x02\x00\x84\x01\x04\x04 you\x00";
    let by_the_same = b"\x01\x01\x01\x05\x84\x01\x04\x04 you\x00";
    let v2 = b"\x00\x00\x02\x02\x01\x01\x08\x00\x01\x84\x06\x04 you\x04\x00\x00\x00\x01\x01\x00\x00";
    let known: [(&[u8], YjsFormat); 3] = [(by_another, V1), (by_the_same, V1), (v2, V2)];
    for (update, format) in known {
        assert!(refusal(update, format).contains("pass the whole document"), "{}", refusal(update, format));
    }
    assert!(refusal(b"\x00\x01\x01\x01\x00\x02", V1).contains("or the whole document"), "it only deletes");
}

#[test]
fn the_names_that_are_there_are_told_where_another_is_asked_for() {
    let other = b"\x01\x02\x01\x00\x04\x01\x05title\x02Hi(\x01\x04meta\x01a\x01}\x01\x00";
    assert!(
        refusal(other, V1).contains("Cannot find the text \"body\" in the Yjs update: it has \"meta\", \"title\";")
    );
    assert_eq!(text_of_update(other, "title", V1).as_deref(), Ok("Hi"));
}

#[test]
fn what_is_no_text_is_named() {
    let xml = b"\x01\x03\x01\x00\x07\x01\x04body\x03\x01p\x07\x00\x01\x00\x06\x04\x00\x01\x01\x02Hi\x00";
    let map = b"\x01\x01\x01\x00(\x01\x04body\x01a\x01}\x01\x00";
    let array = b"\x01\x01\x01\x00\x08\x01\x04body\x01w\x02Hi\x00";
    let known: [(&[u8], YjsFormat, &str); 4] =
        [(xml, V1, "XML"), (XML_V2, V2, "XML"), (map, V1, "a map"), (array, V1, "an array")];
    for (update, format, kind) in known {
        assert!(refusal(update, format).contains(&format!("\"body\" of the Yjs update as a text: it is {kind};")));
    }
}
