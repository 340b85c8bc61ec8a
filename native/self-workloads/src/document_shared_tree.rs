//! The shared trees of the engine: `documents/shared-tree-build`, `-merge`.
//!
//! Nodes and moves are chosen by chance, the same each time.

use forgebench_measure::{Failure, NoParams, Registration, Workload};
use forgebench_shared_tree::{SharedTransaction, SharedTree, Version};
use forgebench_tree::{END, NodeId, Operation, TreeError, Value};

use crate::chance::Chance;

/// Nodes of the document, without its root.
const NODES: u32 = 5000;
/// Events that make a node: its creation, its place, its attribute.
const EVENTS_PER_NODE: u64 = 3;
/// Moves that all authors make together.
const MOVES: u32 = 4000;
/// Moves that an author makes without knowing of those of the others.
const APART: u32 = 50;

pub(crate) fn workloads() -> Vec<Registration> {
    vec![Registration::of::<Build>(), Registration::of::<Merge>()]
}

/// A node by chance.
fn node(chance: &mut Chance) -> NodeId {
    NodeId::new(2 + chance.below(u64::from(NODES)) as u32).unwrap_or(NodeId::ROOT)
}

/// Each node lies below one that was made before it.
fn build() -> Result<SharedTree, Failure> {
    let mut document = SharedTree::new("author");
    let mut edits = document.begin();
    fill(&mut edits).map_err(Failure::setup)?;
    document.commit(edits).map_err(Failure::setup)?;
    Ok(document)
}

fn fill(edits: &mut SharedTransaction) -> Result<(), TreeError> {
    let (mut chance, kind, name) = (Chance::new(1), edits.name("item"), edits.name("at"));
    for at in 0..NODES {
        let (node, parent) =
            (edits.next_id()?, NodeId::new(1 + chance.below(u64::from(at) + 1) as u32).unwrap_or(NodeId::ROOT));
        edits.apply(Operation::Create { node, kind })?;
        edits.apply(Operation::SetAttribute { node, name, value: Value::Number(f64::from(at)) })?;
        edits.apply(Operation::Insert { node, parent, index: END })?;
    }
    Ok(())
}

/// A transaction of moves; those that would put a node below itself are left out.
fn shuffle(document: &mut SharedTree, chance: &mut Chance) -> Result<(), Failure> {
    let mut edits = document.begin();
    for _ in 0..APART {
        let (node, parent) = (node(chance), node(chance));
        let moved = edits.apply(Operation::Move { node, parent, index: END });
        moved
            .or_else(|error| if matches!(error, TreeError::Cycle { .. }) { Ok(()) } else { Err(error) })
            .map_err(Failure::setup)?;
    }
    document.commit(edits).map_err(Failure::setup)
}

/// The whole document as text, with what is where.
fn shown(document: &SharedTree) -> Result<String, Failure> {
    document.tree().to_json(NodeId::ROOT).map_err(Failure::setup)
}

struct Build;

impl Workload for Build {
    const ID: &'static str = "documents/shared-tree-build";
    const HELD: usize = 4;
    type Params = NoParams;
    type Input = ();
    type Output = SharedTree;

    fn new(_: NoParams) -> Result<Self, Failure> {
        Ok(Self)
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> SharedTree {
        build().expect("all nodes have a place")
    }
    fn verify(&mut self, document: SharedTree) -> Result<(), Failure> {
        Failure::unless_equal("nodes", document.tree().len(), NODES as usize + 1)?;
        let mut other = SharedTree::new("reader");
        other.merge(&document.changes_since(&Version::default())).map_err(Failure::setup)?;
        Failure::unless_equal("the tree of another replica", shown(&other)? == shown(&document)?, true)
    }
    fn operations(&self) -> u64 {
        u64::from(NODES) * EVENTS_PER_NODE
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Authors {
    /// How many move nodes at once.
    authors: u32,
}

struct Merge {
    changes: Vec<u8>,
    json: String,
    events: u64,
}

impl Workload for Merge {
    const ID: &'static str = "documents/shared-tree-merge";
    const HELD: usize = 4;
    type Params = Authors;
    type Input = SharedTree;
    type Output = SharedTree;

    fn new(Authors { authors }: Authors) -> Result<Self, Failure> {
        let all = build()?.changes_since(&Version::default());
        let mut replicas = Vec::new();
        for number in 0..authors {
            let mut replica = SharedTree::new(&format!("author {number}"));
            replica.merge(&all).map_err(Failure::setup)?;
            replicas.push((replica, Chance::new(u64::from(number) + 2)));
        }
        for _ in 0..MOVES / APART / authors.max(1) {
            replicas.iter_mut().try_for_each(|(replica, chance)| shuffle(replica, chance))?;
            exchange(&mut replicas)?;
        }
        let (first, _) = replicas.first().ok_or_else(|| Failure::Setup("nobody edits".to_owned()))?;
        let events = first.version().entries().iter().map(|&(_, known)| u64::from(known)).sum();
        Ok(Self { changes: first.changes_since(&Version::default()), json: shown(first)?, events })
    }
    fn input(&mut self) -> SharedTree {
        SharedTree::new("reader")
    }
    fn run(&mut self, mut document: SharedTree) -> SharedTree {
        document.merge(&self.changes).expect("the changes are whole");
        document
    }
    fn verify(&mut self, document: SharedTree) -> Result<(), Failure> {
        Failure::unless_equal("the tree that all authors have", shown(&document)? == self.json, true)
    }
    fn operations(&self) -> u64 {
        self.events
    }
}

/// Lets all know what all did.
fn exchange(replicas: &mut [(SharedTree, Chance)]) -> Result<(), Failure> {
    let Some(((first, _), others)) = replicas.split_first_mut() else { return Ok(()) };
    let merge = |document: &mut SharedTree, from: &SharedTree| {
        document.merge(&from.changes_since(&document.version())).map_err(Failure::setup)
    };
    others.iter().try_for_each(|(other, _)| merge(first, other))?;
    others.iter_mut().try_for_each(|(other, _)| merge(other, first))
}
