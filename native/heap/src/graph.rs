//! The heap as a graph in columns: what the numbers of a snapshot mean, checked once.

use std::path::Path;

use crate::HeapError;
use crate::kinds::{ClassKind, EdgeKind};
use crate::snapshot::{Meta, Snapshot};

/// Position of a node in the columns.
pub(crate) type Node = u32;
/// The node that holds all others.
pub(crate) const ROOT: Node = 0;

/// Nodes and edges of one snapshot. Edges of node `n` are `first_edge[n]..first_edge[n + 1]`.
pub(crate) struct Graph {
    pub(crate) kinds: Vec<ClassKind>,
    /// Indices into `strings`.
    pub(crate) names: Vec<u32>,
    /// The same object has the same id in all snapshots of a process.
    pub(crate) ids: Vec<u32>,
    /// Bytes of the node alone.
    pub(crate) self_bytes: Vec<u64>,
    pub(crate) first_edge: Vec<u32>,
    pub(crate) edge_kinds: Vec<EdgeKind>,
    /// Indices into `strings`, or indices of elements.
    pub(crate) edge_names: Vec<u32>,
    pub(crate) targets: Vec<Node>,
    /// Script, line and column of functions and of the constructors of objects, sorted by node.
    pub(crate) locations: Vec<Location>,
    pub(crate) strings: Vec<String>,
}

/// Where the function of a node stands; line and column from 0.
#[derive(Clone, Copy)]
pub(crate) struct Location {
    pub(crate) node: Node,
    pub(crate) script: u32,
    pub(crate) line: u32,
}

impl Graph {
    /// Reads a file; what cannot be a heap is refused here, so that nobody else need look.
    pub(crate) fn read(path: &Path) -> Result<Self, HeapError> {
        let snapshot = Snapshot::read(path)?;
        build(snapshot).map_err(|reason| HeapError::Malformed { path: path.into(), reason })
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Edges that leave a node.
    pub(crate) fn edges(&self, node: Node) -> std::ops::Range<usize> {
        self.first_edge[node as usize] as usize..self.first_edge[node as usize + 1] as usize
    }

    /// Whether an edge keeps its target alive.
    pub(crate) fn keeps(&self, edge: usize) -> bool {
        self.edge_kinds[edge] != EdgeKind::Weak
    }

    /// Nodes that a node keeps alive.
    pub(crate) fn held(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        self.edges(node).filter(|&edge| self.keeps(edge)).map(|edge| self.targets[edge])
    }

    pub(crate) fn name(&self, node: Node) -> &str {
        &self.strings[self.names[node as usize] as usize]
    }

    /// The name of an edge; nothing where it has an index, or a pair of a weak map, whose name has numbers of its own.
    pub(crate) fn edge_name(&self, edge: usize) -> Option<&str> {
        if self.edge_kinds[edge].is_indexed() {
            return None;
        }
        let name = self.strings[self.edge_names[edge] as usize].as_str();
        let unnamed =
            self.edge_kinds[edge] == EdgeKind::Internal && name.starts_with(|first: char| first.is_ascii_digit());
        (!unnamed).then_some(name)
    }
}

/// No sum of a snapshot overflows where all bytes are no more; JavaScript counts exactly up to here.
const BYTES_MAX: u64 = 1 << 53;

fn build(mut snapshot: Snapshot) -> Result<Graph, String> {
    let strings = snapshot.take_strings();
    let mut graph = nodes(&snapshot, strings.len())?;
    graph.strings = strings;
    add_edges(&mut graph, &snapshot)?;
    graph.locations = locations(&snapshot)?;
    Ok(graph)
}

fn field(fields: &[String], name: &str) -> Result<usize, String> {
    fields.iter().position(|field| field == name).ok_or_else(|| format!("its header has no field {name:?}"))
}

fn nodes(snapshot: &Snapshot, strings: usize) -> Result<Graph, String> {
    let fields = &snapshot.meta().node_fields;
    let kinds: Vec<ClassKind> = snapshot.meta().node_kinds().iter().map(|name| ClassKind::of(name)).collect();
    let columns = ["type", "name", "id", "self_size", "edge_count"].map(|name| field(fields, name));
    let [kind, name, id, size, edges] = columns;
    let (kind, name, id, size, edges) = (kind?, name?, id?, size?, edges?);
    let count = snapshot.nodes.len() / fields.len();
    let mut graph = Graph {
        kinds: Vec::with_capacity(count),
        names: Vec::with_capacity(count),
        ids: Vec::with_capacity(count),
        self_bytes: Vec::with_capacity(count),
        first_edge: Vec::with_capacity(count + 1),
        edge_kinds: Vec::new(),
        edge_names: Vec::new(),
        targets: Vec::new(),
        locations: Vec::new(),
        strings: Vec::new(),
    };
    let (mut first, mut bytes) = (0_u64, 0_u64);
    for (at, node) in snapshot.nodes.chunks_exact(fields.len()).enumerate() {
        let known = kinds.get(node[kind] as usize);
        graph.kinds.push(*known.ok_or_else(|| format!("node {at} is of the unknown type {}", node[kind]))?);
        graph.names.push(within(node[name], strings).ok_or_else(|| format!("the name of node {at} is missing"))?);
        graph.ids.push(u32::try_from(node[id]).map_err(|_| format!("the id of node {at} is {}", node[id]))?);
        bytes = bytes.saturating_add(node[size]);
        graph.self_bytes.push(node[size]);
        graph.first_edge.push(first as u32);
        first = first.saturating_add(node[edges]);
    }
    let there = snapshot.edges.len() / snapshot.meta().edge_fields.len().max(1);
    if first != there as u64 {
        return Err(format!("its nodes have {first} edges, and there are {there}"));
    }
    if bytes > BYTES_MAX {
        return Err(format!("its nodes have {bytes} bytes, which no memory has"));
    }
    graph.first_edge.push(first as u32);
    Ok(graph)
}

fn add_edges(graph: &mut Graph, snapshot: &Snapshot) -> Result<(), String> {
    let Meta { node_fields, edge_fields, .. } = snapshot.meta();
    let kinds: Vec<EdgeKind> = snapshot.meta().edge_kinds().iter().map(|name| EdgeKind::of(name)).collect();
    let (kind, name, to) =
        (field(edge_fields, "type")?, field(edge_fields, "name_or_index")?, field(edge_fields, "to_node")?);
    let count = snapshot.edges.len() / edge_fields.len();
    graph.edge_kinds.reserve_exact(count);
    graph.edge_names.reserve_exact(count);
    graph.targets.reserve_exact(count);
    for (at, edge) in snapshot.edges.chunks_exact(edge_fields.len()).enumerate() {
        let kind = *kinds.get(edge[kind] as usize).ok_or_else(|| format!("edge {at} is of an unknown type"))?;
        let target = edge[to] as usize / node_fields.len();
        if target >= graph.len() || !(edge[to] as usize).is_multiple_of(node_fields.len()) {
            return Err(format!("edge {at} leads to no node"));
        }
        if !kind.is_indexed() && kind != EdgeKind::Weak && edge[name] as usize >= graph.strings.len() {
            return Err(format!("the name of edge {at} is missing"));
        }
        graph.edge_kinds.push(kind);
        graph.edge_names.push(edge[name]);
        graph.targets.push(target as Node);
    }
    Ok(())
}

fn locations(snapshot: &Snapshot) -> Result<Vec<Location>, String> {
    let Meta { node_fields, location_fields: fields, .. } = snapshot.meta();
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let (object, script, line) = (field(fields, "object_index")?, field(fields, "script_id")?, field(fields, "line")?);
    let mut locations: Vec<Location> = snapshot
        .locations
        .chunks_exact(fields.len())
        .map(|at| Location { node: at[object] / node_fields.len() as u32, script: at[script], line: at[line] })
        .collect();
    locations.sort_unstable_by_key(|location| location.node);
    Ok(locations)
}

fn within(index: u64, length: usize) -> Option<u32> {
    (index < length as u64).then_some(index as u32)
}
