//! The simplest tree that merges: all operations in a list, sorted by time and done from the begin whenever somebody asks. It
//! shares no code and no representation with the crate; siblings are integrated one by one as `YjsMod` does.

use std::collections::BTreeMap;

/// Name of an operation, and of the node that it created: who made it, and how many that agent had made before.
pub type Id = (usize, u32);

/// The node that nobody created.
pub const ROOT: Id = (usize::MAX, 0);

#[derive(Clone, Debug)]
pub enum Change {
    Create { kind: String },
    Place { node: Id, parent: Option<Id>, left: Option<Id>, right: Option<Id> },
    SetKind { node: Id, kind: String },
    Set { node: Id, key: String, value: Option<i64> },
}

#[derive(Clone, Debug)]
struct Operation {
    id: Id,
    time: u64,
    change: Change,
}

/// What a node shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    pub id: Id,
    pub kind: String,
    pub contents: BTreeMap<String, i64>,
    pub children: Vec<Shown>,
}

/// A replica of the model.
#[derive(Clone, Default)]
pub struct Model {
    operations: Vec<Operation>,
    made: u32,
}

impl Model {
    pub fn create(&mut self, agent: usize, kind: &str) -> Id {
        self.make(agent, Change::Create { kind: kind.to_owned() })
    }

    pub fn set_kind(&mut self, agent: usize, node: Id, kind: &str) {
        self.make(agent, Change::SetKind { node, kind: kind.to_owned() });
    }

    pub fn set(&mut self, agent: usize, node: Id, key: &str, value: Option<i64>) {
        self.make(agent, Change::Set { node, key: key.to_owned(), value });
    }

    pub fn remove(&mut self, agent: usize, node: Id) {
        self.make(agent, Change::Place { node, parent: None, left: None, right: None });
    }

    /// Puts a node where `index` others stand before it.
    pub fn place(&mut self, agent: usize, node: Id, parent: Id, index: usize) {
        let placements = self.placements();
        let list = self.list(parent);
        let shows = |place: &Id| placements.iter().any(|(other, at)| at == place && *other != node);
        let visible: Vec<usize> = (0..list.len()).filter(|&at| shows(&list[at])).collect();
        let left = index.checked_sub(1).map(|before| visible[before]);
        let right = list.get(left.map_or(0, |at| at + 1)).copied();
        self.make(agent, Change::Place { node, parent: Some(parent), left: left.map(|at| list[at]), right });
    }

    pub fn merge(&mut self, other: &Self) {
        for operation in &other.operations {
            if self.operations.iter().all(|known| known.id != operation.id) {
                self.operations.push(operation.clone());
            }
        }
    }

    /// The document.
    pub fn show(&self) -> Shown {
        self.show_node(ROOT, &self.placements())
    }

    fn make(&mut self, agent: usize, change: Change) -> Id {
        let time = self.operations.iter().map(|operation| operation.time + 1).max().unwrap_or(0);
        let id = (agent, self.made);
        self.operations.push(Operation { id, time, change });
        self.made += 1;
        id
    }

    /// Of each node that is somewhere the operation that put it there.
    fn placements(&self) -> BTreeMap<Id, Id> {
        let (mut places, mut parents) = (BTreeMap::new(), BTreeMap::new());
        for operation in self.in_order() {
            let Change::Place { node, parent, .. } = operation.change else { continue };
            let mut above = parent;
            while above.is_some_and(|above| above != node) {
                above = above.and_then(|above| parents.get(&above).copied().flatten());
            }
            if above.is_none() {
                places.insert(node, operation.id);
                parents.insert(node, parent);
            }
        }
        places
    }

    fn in_order(&self) -> Vec<&Operation> {
        let mut all: Vec<&Operation> = self.operations.iter().collect();
        all.sort_by_key(|operation| (operation.time, operation.id.0));
        all
    }

    /// Placements below a node.
    fn list(&self, below: Id) -> Vec<Id> {
        let mut list: Vec<&Operation> = Vec::new();
        for operation in &self.operations {
            if matches!(operation.change, Change::Place { parent: Some(parent), .. } if parent == below) {
                list.insert(place(&list, operation), operation);
            }
        }
        list.iter().map(|operation| operation.id).collect()
    }

    fn show_node(&self, id: Id, placements: &BTreeMap<Id, Id>) -> Shown {
        let (mut kind, mut contents) = ("doc".to_owned(), BTreeMap::new());
        for operation in self.in_order() {
            match &operation.change {
                Change::Create { kind: new } if operation.id == id => kind.clone_from(new),
                Change::SetKind { node, kind: new } if *node == id => kind.clone_from(new),
                Change::Set { node, key, value } if *node == id => {
                    contents.remove(key);
                    contents.extend(value.map(|value| (key.clone(), value)));
                }
                _ => {}
            }
        }
        let list = self.list(id);
        let nodes = list.iter().filter_map(|place| placements.iter().find(|(_, at)| *at == place));
        let children = nodes.map(|(&node, _)| self.show_node(node, placements)).collect();
        Shown { id, kind, contents, children }
    }
}

fn neighbours(operation: &Operation) -> (Option<Id>, Option<Id>) {
    match operation.change {
        Change::Place { left, right, .. } => (left, right),
        _ => (None, None),
    }
}

fn place(list: &[&Operation], new: &Operation) -> usize {
    let index = |id: Id| list.iter().position(|other| other.id == id).expect("causes come first");
    let behind = |left: Option<Id>| left.map_or(0, |id| index(id) + 1);
    let before = |right: Option<Id>| right.map_or(list.len(), index);
    let ends = |operation: &Operation| {
        let (left, right) = neighbours(operation);
        (behind(left), before(right))
    };
    let (left, right) = ends(new);
    let (mut place, mut scanning) = (left, false);
    for (at, other) in list.iter().enumerate().take(right).skip(left) {
        if !scanning {
            place = at;
        }
        let (other_left, other_right) = ends(other);
        let comes_first = (new.id.0, new.time) < (other.id.0, other.time);
        if other_left < left || (other_left == left && other_right == right && comes_first) {
            return place;
        }
        if other_left == left {
            scanning = other_right < right;
        }
    }
    if scanning { place } else { right }
}
