//! Replicas that learn of each other's edits in any order come to the same tree, and to that of a simple model.

mod model;

use std::collections::BTreeMap;

use forgebench_shared_tree::{SharedTransaction, SharedTree, Version};
use forgebench_tree::{Mark, NodeId, Operation, Tree, Value};
use model::{Id, Model, ROOT, Shown};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

/// In the order of their names, which decide where times do not.
const AGENTS: [&str; 4] = ["ada", "bob", "cyd", "dan"];
const KEYS: [&str; 3] = ["level", "align", "text"];

struct Replica {
    agent: usize,
    document: SharedTree,
    model: Model,
}

impl Replica {
    fn new(agent: usize) -> Self {
        Self { agent, document: SharedTree::new(AGENTS[agent]), model: Model::default() }
    }

    /// A transaction of a few operations; what the tree refuses is not done.
    fn edit(&mut self, random: &mut SmallRng) {
        let mut edits = self.document.begin();
        for _ in 0..random.random_range(1..5) {
            let nodes: Vec<NodeId> = edits.tree().walk(NodeId::ROOT).expect("there is a root").collect();
            let (&node, &other) = (nodes.choose(random).expect("a root"), nodes.choose(random).expect("a root"));
            match random.random_range(0..8) {
                0..3 if nodes.len() < 12 => {
                    self.create(&mut edits, other, random);
                    // Nodes of this transaction have no name yet, so it ends here.
                    break;
                }
                3..5 => self.reorder(&mut edits, (node, other), random),
                5 if edits.apply(Operation::Remove { node }).is_ok() => self.model.remove(self.agent, self.id(node)),
                6 => self.set_kind(&mut edits, node, random),
                _ => self.describe(&mut edits, node, random),
            }
        }
        self.document.commit(edits).expect("nothing came between");
        self.compare();
    }

    fn create(&mut self, edits: &mut SharedTransaction, parent: NodeId, random: &mut SmallRng) {
        let (node, kind) = (edits.next_id().expect("ids are left"), edits.name("item"));
        edits.apply(Operation::Create { node, kind }).expect("the id is new");
        let index = random.random_range(0..=children(edits, parent));
        edits.apply(Operation::Insert { node, parent, index }).expect("the place is there");
        let created = self.model.create(self.agent, "item");
        self.model.place(self.agent, created, self.id(parent), index as usize);
    }

    fn reorder(&mut self, edits: &mut SharedTransaction, (node, parent): (NodeId, NodeId), random: &mut SmallRng) {
        let index = random.random_range(0..=children(edits, parent));
        if edits.apply(Operation::Move { node, parent, index }).is_ok() {
            self.model.place(self.agent, self.id(node), self.id(parent), index as usize);
        }
    }

    fn set_kind(&mut self, edits: &mut SharedTransaction, node: NodeId, random: &mut SmallRng) {
        let kind = ["item", "section"][random.random_range(0..2)];
        let name = edits.name(kind);
        edits.apply(Operation::SetKind { node, kind: name }).expect("the node is there");
        self.model.set_kind(self.agent, self.id(node), kind);
    }

    fn describe(&mut self, edits: &mut SharedTransaction, node: NodeId, random: &mut SmallRng) {
        let key = *KEYS.choose(random).expect("there are keys");
        let value = random.random_bool(0.7).then(|| random.random_range(0..100_i64));
        let name = edits.name(key);
        let (operation, key) = if random.random_bool(0.5) {
            (attribute(node, name, value), format!("a {key}"))
        } else {
            (mark(node, name, value), format!("m {key}"))
        };
        edits.apply(operation).expect("the node is there");
        self.model.set(self.agent, self.id(node), &key, value);
    }

    fn merge(&mut self, other: &Self) {
        let changes = other.document.changes_since(&self.document.version());
        self.document.merge(&changes).expect("the changes are whole");
        self.model.merge(&other.model);
        self.compare();
    }

    fn compare(&self) {
        assert_eq!(self.show(self.document.tree(), NodeId::ROOT), self.model.show());
    }

    fn id(&self, node: NodeId) -> Id {
        self.document.event_of(node).map_or(ROOT, |(name, sequence)| {
            (AGENTS.iter().position(|agent| *agent == name).expect("a known agent"), sequence)
        })
    }

    fn show(&self, tree: &Tree, node: NodeId) -> Shown {
        let seen = tree.node(node).expect("it is in the tree");
        let text = |name| tree.names().text(name).to_string();
        let number = |value: &Value| if let Value::Number(number) = value { *number as i64 } else { -1 };
        let attributes = seen.attributes().iter().map(|(name, value)| (format!("a {}", text(*name)), number(value)));
        let marks = seen.marks().iter().map(|mark| (format!("m {}", text(mark.name)), number(&mark.value)));
        let contents: BTreeMap<String, i64> = attributes.chain(marks).collect();
        let children = seen.children().map(|child| self.show(tree, child)).collect();
        Shown { id: self.id(node), kind: text(seen.kind()), contents, children }
    }
}

fn children(edits: &SharedTransaction, parent: NodeId) -> u32 {
    edits.tree().node(parent).expect("it was found").child_count()
}

fn attribute(node: NodeId, name: forgebench_tree::Name, value: Option<i64>) -> Operation {
    match value {
        Some(value) => Operation::SetAttribute { node, name, value: Value::Number(value as f64) },
        None => Operation::RemoveAttribute { node, name },
    }
}

fn mark(node: NodeId, name: forgebench_tree::Name, value: Option<i64>) -> Operation {
    match value {
        Some(value) => Operation::AddMark { node, mark: Mark { name, value: Value::Number(value as f64) } },
        None => Operation::RemoveMark { node, name },
    }
}

fn replay(seed: u64, rounds: usize) {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut replicas: Vec<Replica> = (0..AGENTS.len()).map(Replica::new).collect();
    let mut past: Vec<(Version, Shown)> = Vec::new();
    for _ in 0..rounds {
        let chosen = random.random_range(0..replicas.len());
        for _ in 0..random.random_range(1..4) {
            replicas[chosen].edit(&mut random);
        }
        past.push((replicas[chosen].document.version(), replicas[chosen].model.show()));
        if random.random_bool(0.5) {
            let other = (chosen + random.random_range(1..replicas.len())) % replicas.len();
            let [reader, writer] = replicas.get_disjoint_mut([other, chosen]).expect("the two differ");
            reader.merge(writer);
        }
    }
    let mut all = replicas.pop().expect("there are replicas");
    for replica in &replicas {
        all.merge(replica);
    }
    for mut replica in replicas {
        replica.merge(&all);
        assert_eq!(replica.document.version(), all.document.version());
        assert_eq!(replica.model.show(), all.model.show(), "seed {seed}");
    }
    for (version, shown) in past {
        let tree = all.document.tree_at(&version).expect("the version is known");
        assert_eq!(all.show(&tree, NodeId::ROOT), shown, "seed {seed}");
        // What differs between both can be found, and makes one the other.
        let operations = all.document.tree().diff(&tree).expect("both are versions of one document");
        let mut edits = all.document.tree().begin();
        for operation in operations {
            edits.apply(operation).expect("the difference fits");
        }
        assert_eq!(all.show(&edits.commit(), NodeId::ROOT), shown);
    }
}

#[test]
fn replicas_come_to_the_tree_of_the_model() {
    for seed in 0..300 {
        replay(seed, 12);
    }
}

#[test]
fn long_histories_come_to_the_tree_of_the_model() {
    for seed in 1000..1006 {
        replay(seed, 80);
    }
}
