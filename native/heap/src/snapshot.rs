//! The file: JSON of flat arrays of numbers, of which one string of the header says what they mean.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use crate::HeapError;

/// A snapshot as it stands in its file. See "Heap snapshot format" in V8's `heap-snapshot-generator.cc`.
#[derive(Deserialize)]
pub(crate) struct Snapshot {
    #[serde(rename = "snapshot")]
    header: Header,
    pub(crate) nodes: Vec<u64>,
    pub(crate) edges: Vec<u32>,
    #[serde(default)]
    pub(crate) locations: Vec<u32>,
    strings: Vec<Text>,
}

#[derive(Deserialize)]
struct Header {
    meta: Meta,
    node_count: usize,
    edge_count: usize,
}

/// What each number means. The first entry of `node_types` and of `edge_types` lists the kinds by number.
#[derive(Deserialize)]
pub(crate) struct Meta {
    pub(crate) node_fields: Vec<String>,
    node_types: Vec<FieldType>,
    pub(crate) edge_fields: Vec<String>,
    edge_types: Vec<FieldType>,
    #[serde(default)]
    pub(crate) location_fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FieldType {
    Kinds(Vec<String>),
    #[allow(dead_code, reason = "the other fields' types are fixed; their names only have to be read")]
    Other(String),
}

impl FieldType {
    fn kinds(&self) -> &[String] {
        match self {
            Self::Kinds(names) => names,
            Self::Other(_) => &[],
        }
    }
}

impl Meta {
    pub(crate) fn node_kinds(&self) -> &[String] {
        self.node_types.first().map_or(&[], FieldType::kinds)
    }

    pub(crate) fn edge_kinds(&self) -> &[String] {
        self.edge_types.first().map_or(&[], FieldType::kinds)
    }
}

impl Snapshot {
    /// Reads a file of `v8.writeHeapSnapshot` or of Chrome's `DevTools`.
    pub(crate) fn read(path: &Path) -> Result<Self, HeapError> {
        let file = File::open(path).map_err(|source| HeapError::Open { path: path.into(), source })?;
        let read: Self = serde_json::from_reader(BufReader::with_capacity(1 << 20, file))
            .map_err(|error| HeapError::Malformed { path: path.into(), reason: error.to_string() })?;
        read.check_counts().map_err(|reason| HeapError::Malformed { path: path.into(), reason })?;
        Ok(read)
    }

    pub(crate) fn meta(&self) -> &Meta {
        &self.header.meta
    }

    /// The strings, which are taken out, because the numbers are dropped before.
    pub(crate) fn take_strings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.strings).into_iter().map(|Text(text)| text).collect()
    }

    fn check_counts(&self) -> Result<(), String> {
        let Header { meta, node_count, edge_count } = &self.header;
        let agree = |what, numbers: usize, fields: usize, count: usize| {
            if Some(numbers) == fields.checked_mul(count) && count > 0 {
                return Ok(());
            }
            Err(format!("its header promises {count} {what} of {fields} numbers, and there are {numbers} numbers"))
        };
        agree("nodes", self.nodes.len(), meta.node_fields.len(), *node_count)?;
        agree("edges", self.edges.len(), meta.edge_fields.len(), *edge_count)
    }
}

/// A string that may hold half a surrogate pair, which V8 writes where a name was cut.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Text, E> {
        Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
        Err(E::custom(format!("unexpected text {text:?}")))
    }
}
