//! Which file a node belongs to. A snapshot has numbers of scripts, and names of scripts elsewhere: functions know both.

use std::collections::HashMap;

use crate::graph::{Graph, Location, Node};
use crate::kinds::ClassKind;

/// A place in the sources; the line counts from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// Files by script, and functions by the variables that they have captured.
pub(crate) struct Scripts {
    files: HashMap<u32, String>,
    /// The first function in the file that sees the variables.
    captors: HashMap<Node, Location>,
}

impl Scripts {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut scripts = Self { files: HashMap::new(), captors: HashMap::new() };
        for &location in &graph.locations {
            if graph.kinds[location.node as usize] == ClassKind::Closure {
                scripts.learn(graph, location);
            }
        }
        scripts
    }

    /// Where a function, the constructor of an object, or whoever sees captured variables stands.
    pub(crate) fn place(&self, graph: &Graph, node: Node) -> Option<Place> {
        let locations = &graph.locations;
        let known = locations.binary_search_by_key(&node, |location| location.node).ok().map(|at| locations[at]);
        let location = known.or_else(|| self.captors.get(&node).copied())?;
        let file = self.files.get(&location.script)?;
        Some(Place { file: file.clone(), line: location.line + 1 })
    }

    fn learn(&mut self, graph: &Graph, location: Location) {
        if let Some(variables) = internal(graph, location.node, "context") {
            let captor = self.captors.entry(variables).or_insert(location);
            if location.line < captor.line {
                *captor = location;
            }
            let captor = *captor;
            // The module that the variables are of.
            if let Some(module) = internal(graph, variables, "extension") {
                self.captors.insert(module, captor);
            }
        }
        if !self.files.contains_key(&location.script)
            && let Some(shared) = internal(graph, location.node, "shared")
            // The name of the field until V8 11, and since.
            && let Some(script) =
                internal(graph, shared, "script_or_debug_info").or_else(|| internal(graph, shared, "script"))
            && graph.kinds[script as usize] == ClassKind::Internal
        {
            self.files.insert(location.script, graph.name(script).to_owned());
        }
    }
}

fn internal(graph: &Graph, node: Node, name: &str) -> Option<Node> {
    graph.edges(node).find(|&edge| graph.edge_name(edge) == Some(name)).map(|edge| graph.targets[edge])
}
