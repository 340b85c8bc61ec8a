//! The whole document read.

use forgebench_measure::{Failure, Workload};
use forgebench_tree::{NodeId, Query, Tree, Value};

use super::{PARAGRAPHS, SECTIONS, document};

/// What is read.
#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum What {
    Walk,
    Query,
    Json,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reading {
    what: What,
}

/// All nodes walked, asked, or written.
pub(super) struct Read {
    tree: Tree,
    what: What,
    query: Query,
}

impl Workload for Read {
    const ID: &'static str = "documents/tree-read";
    const HELD: usize = 16;
    type Params = Reading;
    type Input = ();
    type Output = usize;

    fn new(Reading { what }: Reading) -> Result<Self, Failure> {
        let tree = document()?;
        let attribute = Some((tree.names().intern("order"), Some(Value::Number(7.0))));
        Ok(Self { tree, what, query: Query { attribute, ..Query::default() } })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> usize {
        let found = match self.what {
            What::Walk => self.tree.walk(NodeId::ROOT).map(Iterator::count),
            What::Query => self.tree.query(NodeId::ROOT, &self.query).map(Iterator::count),
            What::Json => self.tree.to_json(NodeId::ROOT).map(|json| json.len()),
        };
        found.unwrap_or_default()
    }
    fn verify(&mut self, seen: usize) -> Result<(), Failure> {
        let expected = match self.what {
            What::Walk => self.tree.len(),
            What::Query => SECTIONS as usize,
            What::Json => json_of_document().len(),
        };
        Failure::unless_equal("nodes, or bytes", seen, expected)
    }
    fn operations(&self) -> u64 {
        self.tree.len() as u64
    }
}

/// The document's JSON, written without it.
fn json_of_document() -> String {
    let list = |items: Vec<String>| items.join(",");
    let words = r#"{"type":"text","text":"Some words of a paragraph."}"#;
    let paragraph = |order| format!(r#"{{"type":"paragraph","attrs":{{"order":{order}}},"content":[{words}]}}"#);
    let section = format!(r#"{{"type":"section","content":[{}]}}"#, list((0..PARAGRAPHS).map(paragraph).collect()));
    format!(r#"{{"type":"doc","content":[{}]}}"#, list(vec![section; SECTIONS as usize]))
}
