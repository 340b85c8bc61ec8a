//! Heaps made by hand, as V8 would write them.

use std::path::PathBuf;

use tempfile::TempDir;

const NODE_TYPES: [&str; 4] = ["synthetic", "object", "string", "native"];
const EDGE_TYPES: [&str; 4] = ["element", "property", "internal", "weak"];

/// Nodes in the order in which they were made; node 0 is the root.
pub struct Heap {
    nodes: Vec<(usize, String, u64)>,
    /// From, type, name or index, to.
    edges: Vec<(u32, usize, EdgeName, u32)>,
}

enum EdgeName {
    Index(u32),
    Text(String),
}

impl Heap {
    pub fn new() -> Self {
        Self { nodes: vec![(0, String::new(), 0)], edges: Vec::new() }
    }

    /// Adds a node that nothing holds yet. Nodes made in the same order have the same id in all heaps.
    pub fn node(&mut self, kind: &str, name: &str, self_bytes: u64) -> u32 {
        let kind = NODE_TYPES.iter().position(|each| *each == kind).unwrap();
        self.nodes.push((kind, name.into(), self_bytes));
        self.nodes.len() as u32 - 1
    }

    /// Adds an edge with a name.
    pub fn edge(&mut self, from: u32, kind: &str, name: &str, to: u32) {
        let kind = EDGE_TYPES.iter().position(|each| *each == kind).unwrap();
        self.edges.push((from, kind, EdgeName::Text(name.into()), to));
    }

    /// Adds an edge with an index.
    pub fn element(&mut self, from: u32, to: u32) {
        let index = self.edges.len() as u32;
        self.edges.push((from, 0, EdgeName::Index(index), to));
    }
}

/// The file that V8 would write.
pub fn text_of(heap: &Heap) -> String {
    let mut strings: Vec<String> = Vec::new();
    let mut string = |text: &str| {
        strings.push(text.into());
        strings.len() as u64 - 1
    };
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for (node, (kind, name, bytes)) in heap.nodes.iter().enumerate() {
        let leaving: Vec<_> = heap.edges.iter().filter(|edge| edge.0 as usize == node).collect();
        // V8 numbers its own objects by odd ids.
        let id = node as u64 * 2 + u64::from(NODE_TYPES[*kind] != "native");
        nodes.extend([*kind as u64, string(name), id, *bytes, leaving.len() as u64, 0, 0]);
        for (_, kind, name, to) in leaving {
            let name = match name {
                EdgeName::Index(index) => u64::from(*index),
                EdgeName::Text(text) => string(text),
            };
            edges.extend([*kind as u64, name, u64::from(*to) * 7]);
        }
    }
    // V8 never writes a heap without edges.
    if edges.is_empty() {
        nodes[4] = 1;
        edges.extend([0, 0, 0]);
    }
    let (node_count, edge_count) = (nodes.len() / 7, edges.len() / 3);
    let meta = serde_json::json!({
        "node_fields": ["type", "name", "id", "self_size", "edge_count", "trace_node_id", "detachedness"],
        "node_types": [NODE_TYPES, "string", "number", "number", "number", "number", "number"],
        "edge_fields": ["type", "name_or_index", "to_node"],
        "edge_types": [EDGE_TYPES, "string_or_number", "node"],
        "location_fields": ["object_index", "script_id", "line", "column"],
    });
    let header = serde_json::json!({ "meta": meta, "node_count": node_count, "edge_count": edge_count });
    serde_json::json!({ "snapshot": header, "nodes": nodes, "edges": edges, "locations": [], "strings": strings })
        .to_string()
}

/// The texts as files `0.heapsnapshot`, `1.heapsnapshot` … in a folder that goes when it is dropped.
pub fn written(texts: &[String]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = (0..texts.len()).map(|at| folder.path().join(format!("{at}.heapsnapshot"))).collect();
    for (file, text) in files.iter().zip(texts) {
        std::fs::write(file, text).unwrap();
    }
    (folder, files)
}
