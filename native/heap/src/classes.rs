//! Classes: nodes that a person counts together, by constructor and place.

use std::collections::HashMap;

use crate::graph::{Graph, Node};
use crate::kinds::ClassKind;
use crate::scripts::{Place, Scripts};

/// What nodes of a class have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Class {
    pub(crate) kind: ClassKind,
    pub(crate) name: String,
    /// Where the constructor or the function stands.
    pub(crate) place: Option<Place>,
}

/// Classes by number, the same over all snapshots of a process.
#[derive(Default)]
pub(crate) struct Classes {
    all: Vec<Class>,
    numbers: HashMap<Class, u32>,
}

impl Classes {
    /// The class of each node.
    pub(crate) fn number(&mut self, graph: &Graph, scripts: &Scripts) -> Vec<u32> {
        let mut places: HashMap<Node, Option<Place>> = HashMap::new();
        for location in &graph.locations {
            places.insert(location.node, scripts.place(graph, location.node));
        }
        let mut unplaced: HashMap<(ClassKind, u32), u32> = HashMap::new();
        (0..graph.len() as Node)
            .map(|node| {
                let (kind, name) = (graph.kinds[node as usize], graph.names[node as usize]);
                if let Some(place) = places.remove(&node).flatten() {
                    return self.number_of(Class { kind, name: class_name(graph, node), place: Some(place) });
                }
                *unplaced
                    .entry((kind, name))
                    .or_insert_with(|| self.number_of(Class { kind, name: class_name(graph, node), place: None }))
            })
            .collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, number: usize) -> &Class {
        &self.all[number]
    }

    fn number_of(&mut self, class: Class) -> u32 {
        if let Some(&number) = self.numbers.get(&class) {
            return number;
        }
        let number = self.all.len() as u32;
        self.all.push(class.clone());
        self.numbers.insert(class, number);
        number
    }
}

/// Strings and V8's own storage have contents where others have names.
pub(crate) fn class_name(graph: &Graph, node: Node) -> String {
    let name = graph.name(node);
    match graph.kinds[node as usize] {
        ClassKind::Object if name.is_empty() => "(object)".into(),
        ClassKind::Closure if name.is_empty() => "(anonymous)".into(),
        ClassKind::Object | ClassKind::Closure => name.into(),
        ClassKind::String => "(string)".into(),
        ClassKind::Array => "(array)".into(),
        ClassKind::Value => "(value)".into(),
        ClassKind::Internal if name.starts_with("system / ") || is_root(name) => name.into(),
        ClassKind::Internal => "(code and tables of V8)".into(),
    }
}

/// Roots have names such as `(Global handles)`.
fn is_root(name: &str) -> bool {
    name.starts_with('(') && name.ends_with(')')
}
