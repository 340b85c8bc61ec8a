//! What is new in a heap, and who holds it.
//!
//! New nodes of a class are told apart by how they are held: by the last node on their way that is not new, which is
//! the one that grew, and by what holds them directly. Lists may be as long as they like between the two.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use crate::classes::class_name;
use crate::graph::{Graph, Node, ROOT};
use crate::kinds::{ClassKind, EdgeKind};
use crate::paths::Paths;
use crate::scripts::{Place, Scripts};

/// Steps of a way that are told; of a longer one, its first and its last.
const STEPS_TOLD: usize = 24;

/// Holders that are told of a class: those of the most bytes.
const HOLDERS_TOLD: usize = 3;

/// What holds new nodes of a class.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// How many of the nodes in the last snapshot were new in each snapshot after the first.
    pub born: Vec<u64>,
    /// Bytes of these nodes alone.
    pub self_bytes: u64,
    /// The way to one of them from the root, the node itself last.
    pub steps: Vec<Step>,
}

/// One step of a way: an edge, and the node that it leads to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Name of the property, the variable or the field; absent where the edge has an index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<String>,
    /// What kind of reference the edge is.
    pub(crate) edge_kind: EdgeKind,
    /// Class of the node.
    pub name: String,
    /// Kind of the node.
    pub kind: ClassKind,
    /// Where the function, the constructor or the captured variables stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Whether the node was not there in the first snapshot.
    pub is_new: bool,
}

/// New nodes of one class.
#[derive(Default)]
pub(crate) struct Added {
    pub(crate) count: u64,
    /// By the hash of how they are held.
    held: HashMap<u64, Group>,
}

/// Nodes that are held alike.
struct Group {
    /// By the snapshot in which they were new.
    born: Vec<u64>,
    self_bytes: u64,
    /// The one that is nearest to the root.
    nearest: Node,
}

impl Added {
    /// Who holds most bytes of them.
    pub(crate) fn holders(&self, ways: &Ways) -> Vec<Holder> {
        let mut groups: Vec<&Group> = self.held.values().collect();
        // Among equals the one whose node comes first, so that the answer does not depend on hashes.
        groups.sort_unstable_by_key(|group| (std::cmp::Reverse(group.self_bytes), group.nearest));
        groups
            .into_iter()
            .take(HOLDERS_TOLD)
            .map(|group| Holder {
                born: group.born.clone(),
                self_bytes: group.self_bytes,
                steps: ways.told(group.nearest),
            })
            .collect()
    }
}

/// Ways to the nodes of the last snapshot.
pub(crate) struct Ways<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) scripts: &'a Scripts,
    pub(crate) paths: &'a Paths,
    /// Ids of each snapshot before the last, sorted.
    pub(crate) earlier: &'a [Vec<u32>],
}

impl Ways<'_> {
    /// New nodes by class.
    pub(crate) fn added(&self, class_of: &[u32], classes: usize) -> Vec<Added> {
        let mut added: Vec<Added> = std::iter::repeat_with(Added::default).take(classes).collect();
        // Of a new node, the shape of the old one that holds it; of an old one, its own.
        let mut shapes = vec![0_u64; self.graph.len()];
        for &node in &self.paths.order {
            let Some((before, edge)) = self.paths.before(node) else { continue };
            let shape = shapes[before as usize];
            let birth = self.birth(node);
            if birth > 0 {
                shapes[node as usize] = shape;
                let direct = (class_of[before as usize], self.is_new(before).then(|| self.graph.edge_name(edge)));
                let entry = &mut added[class_of[node as usize] as usize];
                let new_group = || Group { born: vec![0; self.earlier.len()], self_bytes: 0, nearest: node };
                entry.count += 1;
                let group = entry.held.entry(hash((shape, direct))).or_insert_with(new_group);
                group.born[birth - 1] += 1;
                group.self_bytes += self.graph.self_bytes[node as usize];
            } else {
                shapes[node as usize] = hash((shape, self.graph.edge_name(edge), class_of[node as usize]));
            }
        }
        added
    }

    /// The first snapshot that has the node. Objects of C++, whose ids are even, get new ones in each: they count as old.
    fn birth(&self, node: Node) -> usize {
        let id = self.graph.ids[node as usize];
        if node == ROOT || id.is_multiple_of(2) {
            return 0;
        }
        let known = self.earlier.iter().position(|ids| ids.binary_search(&id).is_ok());
        known.unwrap_or(self.earlier.len())
    }

    fn is_new(&self, node: Node) -> bool {
        self.birth(node) > 0
    }

    fn told(&self, node: Node) -> Vec<Step> {
        let mut steps = self.paths.steps(node);
        if steps.len() > STEPS_TOLD {
            steps.drain(STEPS_TOLD / 2..steps.len() - STEPS_TOLD / 2);
        }
        steps.into_iter().map(|(edge, node)| self.step(edge, node)).collect()
    }

    fn step(&self, edge: usize, node: Node) -> Step {
        let Self { graph, scripts, .. } = self;
        let exported = self.exported(edge, node);
        let (file, line) = scripts.place(graph, node).map(|Place { file, line }| (file, line)).unzip();
        Step {
            edge: exported.or_else(|| graph.edge_name(edge)).map(str::to_owned),
            edge_kind: if exported.is_some() { EdgeKind::Context } else { graph.edge_kinds[edge] },
            name: class_name(graph, node),
            kind: graph.kinds[node as usize],
            file,
            line,
            is_new: self.is_new(node),
        }
    }

    /// The name of an exported variable, which stands in a table of its module before the cell with its value.
    fn exported(&self, edge: usize, node: Node) -> Option<&str> {
        let (before, graph) = (edge.checked_sub(1)?, self.graph);
        let name = graph.targets[before];
        let named = graph.name(node) == "system / Cell" && graph.kinds[name as usize] == ClassKind::String;
        named.then(|| graph.name(name))
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
