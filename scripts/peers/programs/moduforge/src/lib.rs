//! moduforge-model's `Tree`: batches of operations from typed arrays, as forgebench's engine takes them.
//!
//! A transaction clones the version before it, which shares all nodes, and changes the clone; all versions are kept.

use mf_model::attrs::Attrs;
use mf_model::node::Node;
use mf_model::node_definition::NodeTree;
use mf_model::rpds::HashTrieMapSync;
use mf_model::tree::Tree;
use mf_model::types::NodeId;
use napi::{Error, Result};
use napi_derive::napi;
use serde_json::{Map, Value, json};

/// A document of sections, paragraphs and texts, and its versions.
#[napi]
pub struct Document {
    base: Tree,
    versions: Vec<Tree>,
    text: String,
    /// Ids by the numbers that JavaScript knows.
    ids: Vec<NodeId>,
}

#[napi]
impl Document {
    /// Nodes are numbered in the order of the document; `nodes` ids are made, with those of nodes to come.
    #[napi(constructor)]
    pub fn new(sections: u32, paragraphs: u32, text: String, nodes: u32) -> Self {
        let ids: Vec<NodeId> = (0..nodes).map(|number| format!("node-{number}").into()).collect();
        let mut rest = ids.iter();
        let mut next = || rest.next().cloned().unwrap_or_default();
        let root = next();
        let sections = (0..sections).map(|section| {
            let id = next();
            let orders = section * paragraphs..(section + 1) * paragraphs;
            let children = orders.map(|order| {
                let (id, below) = (next(), next());
                inner(paragraph(&id, f64::from(order)), vec![NodeTree(words(&below, &text), vec![])])
            });
            let children = children.collect();
            inner(plain(&id, "section"), children)
        });
        let sections = sections.collect();
        let base = Tree::from(inner(plain(&root, "doc"), sections));
        Self { versions: vec![base.clone()], base, text, ids }
    }

    /// Forgets all versions but the first.
    #[napi]
    pub fn restart(&mut self) {
        self.versions = vec![self.base.clone()];
    }

    /// Four words and a number for each operation: code, node, parent, index. The version that they make is kept.
    #[napi]
    pub fn transact(&mut self, words: &[u32], numbers: &[f64]) -> Result<()> {
        let mut tree = self.versions.last().unwrap_or(&self.base).clone();
        for (words, &number) in words.chunks_exact(4).zip(numbers) {
            self.step(&mut tree, words, number).map_err(|error| Error::from_reason(error.to_string()))?;
        }
        self.versions.push(tree);
        Ok(())
    }

    /// How many versions are kept, with the first.
    #[napi]
    pub fn version_count(&self) -> u32 {
        self.versions.len() as u32
    }

    /// The last version in the shape of `ProseMirror`'s JSON.
    #[napi]
    pub fn json(&self) -> String {
        let tree = self.versions.last().unwrap_or(&self.base);
        to_json(tree, &tree.root_id).to_string()
    }
}

impl Document {
    fn step(&self, tree: &mut Tree, words_of: &[u32], number: f64) -> anyhow::Result<()> {
        let [code, node, parent, index] = *words_of else { anyhow::bail!("a step has four words") };
        let (node, parent) = (node as usize, &self.ids[parent as usize]);
        match code {
            0 => {
                let values = HashTrieMapSync::new_sync().insert("order".to_owned(), json!(number));
                tree.update_attr(&self.ids[node], values)
            }
            1 => {
                let words = words(&self.ids[node + 1], &self.text);
                tree.add_at_index(parent, index as usize, &paragraph(&self.ids[node], number))?;
                tree.add_node(&self.ids[node], &vec![words])
            }
            _ => tree.remove_node(parent, vec![self.ids[node].clone()]),
        }
    }
}

fn plain(id: &str, kind: &str) -> Node {
    Node::new(id, kind.to_owned(), Attrs::default(), vec![], vec![])
}

fn paragraph(id: &str, order: f64) -> Node {
    with_attribute(plain(id, "paragraph"), "order", json!(order))
}

fn words(id: &str, text: &str) -> Node {
    with_attribute(plain(id, "text"), "text", json!(text))
}

fn with_attribute(mut node: Node, name: &str, value: Value) -> Node {
    node.attrs.insert_mut(name.to_owned(), value);
    node
}

/// A node above others, whose ids its content lists.
fn inner(node: Node, children: Vec<NodeTree>) -> NodeTree {
    let ids = children.iter().map(|child| child.0.id.clone()).collect();
    NodeTree(node.insert_contents(&ids), children)
}

fn to_json(tree: &Tree, id: &NodeId) -> Value {
    let Some(node) = tree.get_node(id) else { return Value::Null };
    let mut json = Map::from_iter([("type".to_owned(), json!(node.r#type))]);
    for (name, value) in node.attrs.iter() {
        let _ = if node.r#type == "text" {
            json.insert(name.clone(), value.clone())
        } else {
            json.insert("attrs".to_owned(), json!({ name: value }))
        };
    }
    if !node.content.is_empty() {
        let children = node.content.iter().map(|child| to_json(tree, child)).collect();
        let _ = json.insert("content".to_owned(), Value::Array(children));
    }
    Value::Object(json)
}
