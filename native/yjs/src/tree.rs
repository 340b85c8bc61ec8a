//! Trees of Yjs as editors on `ProseMirror` keep them (y-prosemirror, Tiptap): an XML fragment of elements and formatted texts.
//!
//! An element is a node: its tag the type, its attributes those of the node. A text is one text node or several, whose marks are the
//! formatting of each stretch. Marks of one type that overlap have a hash behind their name, `comment--` and eight characters, which
//! is taken off. Source: y-prosemirror 1.3.7, `sync-plugin.js` and `utils.js`.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map as Object, Value as Json, json};
use yrs::types::text::{Diff, YChange};
use yrs::types::{Attrs, Value};
use yrs::{
    Any, Array, ArrayRef, Map, MapRef, ReadTxn, Text, TextRef, Transact, TransactionMut, XmlElementPrelim,
    XmlElementRef, XmlFragment, XmlTextPrelim,
};

use crate::error::YjsError;
use crate::update::{YjsFormat, absent, read_update, write_update};

const WHAT: &str = "tree";

/// Nodes in nodes; no document of an editor comes near it.
const DEEPEST: usize = 200;

/// What y-prosemirror keeps beside attributes to show changes.
const NOT_AN_ATTRIBUTE: &str = "ychange";

/// The nodes of the XML fragment with this name, as a JSON array in `ProseMirror`'s shape; an empty document has none.
///
/// # Errors
/// As for [`text_of_update`](crate::text_of_update), and where the tree has what such JSON cannot hold.
pub fn json_of_update(update: &[u8], name: &str, format: YjsFormat) -> Result<String, YjsError> {
    let nodes = read_update(update, format, |document| {
        let fragment = document.get_array(name).ok_or_else(|| absent(document, WHAT, name))?;
        match other_kind(document, name, &fragment) {
            Some(kind) => Err(YjsError::Kind { what: WHAT, name: name.to_owned(), kind }),
            None => read_nodes(document, &fragment, DEEPEST),
        }
    })?;
    Ok(Json::Array(nodes.unwrap_or_default()).to_string())
}

/// What a thing is if it is no XML fragment: of XML that has elements, the first is one.
fn other_kind(document: &impl ReadTxn, name: &str, fragment: &ArrayRef) -> Option<&'static str> {
    if document.get_map(name).is_some_and(|map| map.len(document) > 0) {
        return Some("a map");
    }
    match fragment.iter(document).next()? {
        Value::YXmlElement(_) | Value::YXmlText(_) => None,
        _ => Some("a text or an array"),
    }
}

fn read_nodes(document: &impl ReadTxn, list: &ArrayRef, depth: usize) -> Result<Vec<Json>, YjsError> {
    let mut nodes = Vec::new();
    for value in list.iter(document) {
        match value {
            Value::YXmlElement(element) => nodes.push(read_element(document, &element, depth)?),
            Value::YXmlText(text) => {
                let text: TextRef = text.into();
                for part in text.diff(document, YChange::identity) {
                    nodes.push(read_text(part)?);
                }
            }
            _ => return Err(unreadable("it holds something that is neither an element nor a text")),
        }
    }
    Ok(nodes)
}

fn read_element(document: &impl ReadTxn, element: &XmlElementRef, depth: usize) -> Result<Json, YjsError> {
    let depth = depth.checked_sub(1).ok_or_else(|| unreadable("it is more than 200 deep"))?;
    let tag = element.try_tag().ok_or_else(|| unreadable("an element has no name"))?;
    let mut node = Object::from_iter([("type".to_owned(), Json::from(&**tag))]);
    let attributes: MapRef = element.clone().into();
    let mut read = Object::new();
    for (name, value) in attributes.iter(document).filter(|(name, _)| *name != NOT_AN_ATTRIBUTE) {
        let Value::Any(value) = value else { return Err(unreadable("an attribute is shared by itself")) };
        read.insert(name.to_owned(), to_json(&value)?);
    }
    if !read.is_empty() {
        node.insert("attrs".to_owned(), read.into());
    }
    let children: ArrayRef = element.clone().into();
    let content = read_nodes(document, &children, depth)?;
    if !content.is_empty() {
        node.insert("content".to_owned(), content.into());
    }
    Ok(node.into())
}

fn read_text(part: Diff<YChange>) -> Result<Json, YjsError> {
    let Value::Any(Any::String(text)) = part.insert else {
        return Err(unreadable("a text has something in it that is no letter"));
    };
    let mut node = Object::from_iter([("type".to_owned(), json!("text")), ("text".to_owned(), json!(&*text))]);
    let mut marks: Vec<_> = part.attributes.into_iter().flat_map(|marks| *marks).collect();
    // They come in no order.
    marks.sort_by(|(one, _), (other, _)| one.cmp(other));
    let marks = marks.iter().map(|(name, value)| read_mark(name, value)).collect::<Result<Vec<_>, _>>()?;
    if !marks.is_empty() {
        node.insert("marks".to_owned(), marks.into());
    }
    Ok(node.into())
}

fn read_mark(name: &str, value: &Any) -> Result<Json, YjsError> {
    let kind = match name.split_at_checked(name.len().saturating_sub(10)) {
        Some((kind, hash)) if hash.starts_with("--") && !kind.is_empty() => kind,
        _ => name,
    };
    Ok(match to_json(value)? {
        Json::Object(attributes) if attributes.is_empty() => json!({ "type": kind }),
        attributes => json!({ "type": kind, "attrs": attributes }),
    })
}

fn to_json(value: &Any) -> Result<Json, YjsError> {
    Ok(match value {
        Any::Null | Any::Undefined => Json::Null,
        Any::Bool(value) => Json::Bool(*value),
        Any::Number(number) => json!(number),
        Any::BigInt(number) => json!(number),
        Any::String(text) => json!(&**text),
        Any::Buffer(_) => return Err(unreadable("a value is bytes, which JSON has not")),
        Any::Array(values) => values.iter().map(to_json).collect::<Result<Vec<_>, _>>()?.into(),
        Any::Map(entries) => {
            let entries = entries.iter().map(|(name, value)| Ok((name.clone(), to_json(value)?)));
            entries.collect::<Result<Object<_, _>, YjsError>>()?.into()
        }
    })
}

/// An update that makes a document with an XML fragment of these nodes, a JSON array, inserted at once by `client`.
///
/// # Errors
/// Where the text is no JSON of such nodes.
pub fn update_of_json(json: &str, name: &str, client: u64, format: YjsFormat) -> Result<Vec<u8>, YjsError> {
    let nodes: Vec<Json> = serde_json::from_str(json).map_err(|error| not_json(&error))?;
    write_update(client, format, |document| {
        let fragment = document.get_or_insert_xml_fragment(name);
        write_nodes(&mut document.transact_mut(), &fragment, &nodes)
    })
}

fn write_nodes(edits: &mut TransactionMut<'_>, parent: &impl XmlFragment, nodes: &[Json]) -> Result<(), YjsError> {
    // Texts that follow each other are one text.
    for run in nodes.chunk_by(|one, other| is_text(one) && is_text(other)) {
        match run {
            [node] if !is_text(node) => write_element(edits, parent, node)?,
            texts => write_texts(edits, parent, texts)?,
        }
    }
    Ok(())
}

fn is_text(node: &Json) -> bool {
    node["type"] == "text"
}

fn write_element(edits: &mut TransactionMut<'_>, parent: &impl XmlFragment, node: &Json) -> Result<(), YjsError> {
    let tag = node["type"].as_str().ok_or_else(|| unwritable("a node has no type"))?;
    let element = parent.push_back(edits, XmlElementPrelim::empty(tag));
    let attributes: MapRef = element.clone().into();
    // As y-prosemirror does it: what is null is left out, and read as the schema's default.
    for (name, value) in node["attrs"].as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        let _ = attributes.insert(edits, name.as_str(), to_any(value));
    }
    write_nodes(edits, &element, node["content"].as_array().map_or(&[], Vec::as_slice))
}

fn write_texts(edits: &mut TransactionMut<'_>, parent: &impl XmlFragment, nodes: &[Json]) -> Result<(), YjsError> {
    let shared = parent.push_back(edits, XmlTextPrelim::new(""));
    let mut end = 0;
    for node in nodes {
        let text = node["text"].as_str().ok_or_else(|| unwritable("a node of type \"text\" has no text"))?;
        let mut marks = Attrs::new();
        for mark in node["marks"].as_array().into_iter().flatten() {
            let kind = mark["type"].as_str().ok_or_else(|| unwritable("a mark has no type"))?;
            let attributes = Some(&mark["attrs"]).filter(|attributes| !attributes.is_null());
            let value = attributes.map_or_else(|| Any::Map(Arc::new(HashMap::new())), to_any);
            marks.insert(kind.into(), value);
        }
        shared.insert_with_attributes(edits, end, text, marks);
        end += text.encode_utf16().count() as u32;
    }
    Ok(())
}

fn to_any(value: &Json) -> Any {
    match value {
        Json::Null => Any::Null,
        Json::Bool(value) => Any::Bool(*value),
        Json::Number(number) => Any::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => Any::String(text.as_str().into()),
        Json::Array(values) => Any::Array(values.iter().map(to_any).collect()),
        Json::Object(entries) => {
            Any::Map(Arc::new(entries.iter().map(|(name, value)| (name.clone(), to_any(value))).collect()))
        }
    }
}

fn unreadable(reason: &str) -> YjsError {
    YjsError::Tree { action: "read", reason: format!("{reason}; it was not written by an editor on ProseMirror") }
}

/// What keeps JSON from being read; its depth is limited by its reader, which counts nodes twice.
fn not_json(error: &serde_json::Error) -> YjsError {
    let reason = error.to_string();
    if reason.starts_with("recursion limit") {
        return YjsError::Tree { action: "write", reason: "it is more than 60 deep; make it flatter".to_owned() };
    }
    unwritable(&reason)
}

fn unwritable(reason: &str) -> YjsError {
    YjsError::Tree { action: "write", reason: format!("{reason}; pass JSON as ProseMirror writes it") }
}
