//! `scenario/open-edit-save`: a document is read from its file, edited a thousand times, and written to another.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use forgebench_histogram::Histogram;
use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::ForgeRuntime;
use mf_file::zipdoc::SnapshotShardMeta;
use mf_file::{SnapshotFormat, export_zip_with_format, import_zip_with_format};
use mf_model::node_definition::NodeTree;
use mf_model::rpds::HashTrieMapSync;
use mf_model::types::NodeId;
use mf_model::{Attrs, Node, NodePool, Tree};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::followers::histogram;
use super::quantile;
use crate::builders::{child_id, para, root_id};
use crate::file::document::{FASTEST, Format};
use crate::file::{FilePath, Folder, oracle};
use crate::forge_core;
use crate::search::corpus;

const PREFIX: &str = "file";
const SCHEMA: &[u8] = b"<schema/>";
const TRANSACTIONS: usize = 1_000;
/// Paragraphs of a section: creating an editor takes time in proportion to the children of each node.
const SECTION: usize = 100;
/// Bytes of a paragraph as JSON, on average.
const PARAGRAPH: usize = 250;
/// Paragraphs from one that is edited to the next; a prime, so that edits come to all sections.
const STRIDE: usize = 7_919;

type Shard = HashTrieMapSync<NodeId, Node>;
type Parents = HashTrieMapSync<NodeId, NodeId>;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Millions of bytes that the document is as JSON.
    mb: usize,
}

/// The workload.
pub struct OpenEditSave {
    paragraphs: usize,
    source: FilePath,
    folder: Folder,
    runtime: Runtime,
    imports: Histogram,
    exports: Histogram,
}

/// The editor, which is closed when this is dropped, and the file that it has written.
pub struct Saved {
    editor: ForgeRuntime,
    path: FilePath,
}

/// A paragraph as the file has it.
#[derive(Deserialize)]
struct Stored {
    a: HashMap<String, Value>,
}

fn document(paragraphs: usize) -> Arc<NodePool> {
    let paragraph = |order: usize| {
        let mut node = para(&child_id(PREFIX, order), order);
        node.attrs.insert_mut("text".into(), json!(corpus::text(order as u64)));
        NodeTree(node, vec![])
    };
    let section = |number: usize| {
        let orders = number * SECTION..paragraphs.min((number + 1) * SECTION);
        parent(&format!("{PREFIX}_section{number}"), "paragraph", orders.map(paragraph).collect())
    };
    NodePool::from(parent(&root_id(PREFIX), "doc", (0..paragraphs.div_ceil(SECTION)).map(section).collect()))
}

fn parent(id: &str, kind: &str, children: Vec<NodeTree>) -> NodeTree {
    let ids = children.iter().map(|child| child.0.id.clone()).collect();
    NodeTree(Node::new(id, kind.into(), Attrs::default(), ids, vec![]), children)
}

/// What edit number `edit` writes.
fn written(edit: usize) -> String {
    format!("edited {edit}")
}

fn export(path: &Path, document: &NodePool) -> std::io::Result<()> {
    let tree = document.get_inner();
    let counts = tree.nodes.iter().map(HashTrieMapSync::size).collect();
    let meta = SnapshotShardMeta { root_id: tree.root_id.to_string(), num_shards: tree.nodes.len(), counts };
    let shard = |i: usize| Ok(&tree.nodes[i]);
    let format = SnapshotFormat::Cbor;
    export_zip_with_format(path, &json!({}), SCHEMA, &meta, shard, Some(&tree.parent_map), None, FASTEST, format)
}

/// Puts what was read together again: the crates have no function for it. A tree divides its nodes by the number of
/// cores, which is that of the machine that wrote the file, here this one.
fn assemble(root: &str, shards: Vec<Shard>, parents: Parents) -> Option<NodePool> {
    let root: NodeId = root.into();
    let mut tree = Tree::new(shards.iter().find_map(|shard| shard.get(&root))?.clone());
    if tree.nodes.len() != shards.len() {
        return None;
    }
    tree.nodes = shards.into_iter().collect();
    tree.parent_map = parents;
    Some(Arc::unwrap_or_clone(NodePool::new(Arc::new(tree))))
}

impl OpenEditSave {
    fn open(&mut self) -> NodePool {
        let begun = Instant::now();
        let read = import_zip_with_format::<_, Shard, Parents>(&self.source, SnapshotFormat::Cbor, true, false);
        let (_, _, meta, shards, parents, _) = read.expect("the file is intact");
        self.imports.record(begun.elapsed().as_nanos() as u64);
        assemble(&meta.root_id, shards, parents.unwrap_or_default()).expect("the file was written on this machine")
    }

    fn edit(&self, editor: &mut ForgeRuntime) {
        for edit in 0..TRANSACTIONS {
            let mut transaction = editor.get_tr();
            let values = [("text".to_string(), json!(written(edit)))].into_iter().collect();
            let edited = child_id(PREFIX, edit * STRIDE % self.paragraphs);
            transaction.set_node_attribute(edited, values).expect("the paragraph is there");
            self.runtime.block_on(editor.dispatch(transaction)).expect("nobody objects");
        }
    }
}

impl Workload for OpenEditSave {
    const ID: &'static str = "scenario/open-edit-save";
    const HELD: usize = 1;
    type Params = Params;
    type Input = FilePath;
    type Output = Saved;

    fn new(params: Params) -> Result<Self, Failure> {
        let mut folder = Folder::new().map_err(Failure::setup)?;
        let source = folder.fresh();
        let paragraphs = params.mb * 1_000_000 / PARAGRAPH;
        export(source.as_ref(), &document(paragraphs)).map_err(Failure::setup)?;
        let runtime = forge_core::runtime()?;
        Ok(Self { paragraphs, source, folder, runtime, imports: histogram(), exports: histogram() })
    }

    fn input(&mut self) -> FilePath {
        self.folder.fresh()
    }

    fn run(&mut self, path: FilePath) -> Saved {
        let document = self.open();
        let creating = ForgeRuntime::create(forge_core::options(&document).build());
        let mut editor = self.runtime.block_on(creating).expect("the document fits the schema");
        self.edit(&mut editor);
        let begun = Instant::now();
        export(path.as_ref(), &editor.doc()).expect("Cannot write the file");
        self.exports.record(begun.elapsed().as_nanos() as u64);
        Saved { editor, path }
    }

    /// The new file, read without the crate, has every paragraph, each with what was written last into it.
    fn verify(&mut self, saved: Saved) -> Result<(), Failure> {
        let shards = saved.editor.doc().get_inner().nodes.len();
        let archive = fs::read(&saved.path).map_err(Failure::setup)?;
        let shards: Vec<HashMap<String, Stored>> = oracle::zipped(&archive, shards, Format::Cbor)?;
        let nodes = 1 + self.paragraphs.div_ceil(SECTION) + self.paragraphs;
        Failure::unless_equal("nodes in the file", shards.iter().map(HashMap::len).sum(), nodes)?;
        let mut texts: Vec<String> = (0..self.paragraphs).map(|order| corpus::text(order as u64)).collect();
        for edit in 0..TRANSACTIONS {
            texts[edit * STRIDE % self.paragraphs] = written(edit);
        }
        for (order, text) in texts.iter().enumerate() {
            let id = child_id(PREFIX, order);
            let stored = shards.iter().find_map(|shard| shard.get(&*id));
            let seen = stored.and_then(|stored| stored.a.get("text")).and_then(Value::as_str);
            Failure::unless_equal(&format!("text of {id}"), seen, Some(text.as_str()))?;
        }
        Ok(())
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![quantile("import-p95", &self.imports, 0.95), quantile("export-p95", &self.exports, 0.95)]
    }
}
