//! Trees as editors on `ProseMirror` keep them in Yjs.

use forgebench_yjs::YjsFormat::{V1, V2};
use forgebench_yjs::{json_of_update, text_of_update, update_of_json, update_of_text};
use proptest::prelude::*;
use serde_json::{Value, json};
use yrs::types::text::YChange;
use yrs::updates::decoder::Decode;
use yrs::{Array, Doc, Map, Text, Transact, Update, XmlElementPrelim, XmlFragment};

fn page() -> Value {
    json!([
        { "type": "heading", "attrs": { "level": 2.0, "open": false, "style": { "indent": [1.0, 2.5] } },
          "content": [{ "type": "text", "text": "Ä 𝄞" }] },
        { "type": "paragraph", "content": [
            { "type": "text", "text": "plain " },
            { "type": "text", "text": "bold", "marks": [{ "type": "bold" }] },
            { "type": "text", "text": " both", "marks": [{ "type": "bold" }, { "type": "link", "attrs": { "href": "#" } }] },
            { "type": "image", "attrs": { "src": "a.png" } },
            { "type": "text", "text": "after" },
        ] },
        { "type": "paragraph" },
    ])
}

fn read(update: &[u8], format: forgebench_yjs::YjsFormat) -> Value {
    let json = json_of_update(update, "prosemirror", format).expect("it is a tree");
    serde_json::from_str(&json).expect("it is JSON")
}

#[test]
fn a_tree_that_is_written_is_read_again() {
    for format in [V1, V2] {
        let update = update_of_json(&page().to_string(), "prosemirror", 7, format).expect("it is a tree");
        assert_eq!(read(&update, format), page());
        assert_eq!(
            json_of_update(&update, "other", format).expect_err("no such name").to_string(),
            "Cannot find the tree \"other\" in the Yjs update: it has \"prosemirror\"; pass the name of a tree that is in it"
        );
    }
    let empty = update_of_json("[]", "prosemirror", 7, V1).expect("it is a tree");
    assert_eq!(read(&empty, V1), json!([]));
}

#[test]
fn formatting_does_not_run_on_into_what_follows() {
    let update = update_of_json(&page().to_string(), "prosemirror", 7, V1).expect("it is a tree");
    let document = Doc::new();
    let fragment = document.get_or_insert_xml_fragment("prosemirror");
    document.transact_mut().apply_update(Update::decode_v1(&update).expect("it is an update"));
    let transaction = document.transact();
    let paragraph = fragment.get(&transaction, 1).and_then(yrs::XmlNode::into_xml_element).expect("it is an element");
    let text = paragraph.get(&transaction, 0).and_then(yrs::XmlNode::into_xml_text).expect("it is a text");
    let marks = text.diff(&transaction, YChange::identity).into_iter();
    let marks: Vec<usize> = marks.map(|part| part.attributes.map_or(0, |marks| marks.len())).collect();
    assert_eq!(marks, [0, 1, 2]);
}

#[test]
fn what_is_no_tree_is_refused_with_what_it_is() {
    let text = update_of_text("Hi", "prosemirror", 7, V1);
    let refused = json_of_update(&text, "prosemirror", V1).expect_err("it is a text").to_string();
    assert!(refused.contains("as a tree: it is a text or an array; pass the name of a tree"), "{refused}");
    let document = Doc::with_client_id(1);
    let map = document.get_or_insert_map("prosemirror");
    map.insert(&mut document.transact_mut(), "a", 1.0);
    let update = yrs::ReadTxn::encode_state_as_update_v1(&document.transact(), &yrs::StateVector::default());
    assert!(json_of_update(&update, "prosemirror", V1).expect_err("it is a map").to_string().contains("it is a map"));
    let array = document.get_or_insert_array("list");
    array.insert(&mut document.transact_mut(), 0, 1.0);
    let tree = update_of_json(&page().to_string(), "prosemirror", 7, V1).expect("it is a tree");
    assert!(text_of_update(&tree, "prosemirror", V1).expect_err("it is a tree").to_string().contains("it is XML"));
}

#[test]
fn a_tree_that_is_too_deep_is_refused() {
    let nested = |depth: usize| {
        let document = Doc::with_client_id(1);
        let mut node = document
            .get_or_insert_xml_fragment("prosemirror")
            .push_back(&mut document.transact_mut(), XmlElementPrelim::empty("item"));
        for _ in 1..depth {
            node = node.push_back(&mut document.transact_mut(), XmlElementPrelim::empty("item"));
        }
        yrs::ReadTxn::encode_state_as_update_v1(&document.transact(), &yrs::StateVector::default())
    };
    assert!(json_of_update(&nested(200), "prosemirror", V1).is_ok());
    let refused = json_of_update(&nested(201), "prosemirror", V1).expect_err("it is too deep").to_string();
    assert!(refused.contains("it is more than 200 deep"), "{refused}");
}

#[test]
fn a_tree_that_is_too_deep_is_not_written() {
    let nested = |depth: usize| {
        let begin = r#"{"type":"item","content":["#.repeat(depth - 1);
        format!("[{begin}{{\"type\":\"item\"}}{}]", "]}".repeat(depth - 1))
    };
    assert!(update_of_json(&nested(60), "prosemirror", 1, V1).is_ok());
    let refused = update_of_json(&nested(100), "prosemirror", 1, V1).expect_err("it is too deep").to_string();
    assert_eq!(refused, "Cannot write a tree of Yjs: it is more than 60 deep; make it flatter");
}

#[test]
fn json_of_no_tree_is_refused() {
    for (json, reason) in [
        ("{}", "expected a sequence"),
        ("[{}]", "a node has no type"),
        (r#"[{"type":"text"}]"#, "a node of type \"text\" has no text"),
        (r#"[{"type":"text","text":"a","marks":[{}]}]"#, "a mark has no type"),
    ] {
        let refused = update_of_json(json, "prosemirror", 1, V1).expect_err("it is no tree").to_string();
        assert!(refused.contains(reason), "{refused}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn damaged_updates_are_errors_or_trees(
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        is_v1 in any::<bool>(),
    ) {
        let format = if is_v1 { V1 } else { V2 };
        let mut update = update_of_json(&page().to_string(), "prosemirror", 7, format).expect("it is a tree");
        for (at, byte) in damages {
            let at = at.index(update.len());
            update[at] = byte;
        }
        let _ = json_of_update(&update, "prosemirror", format);
    }
}
