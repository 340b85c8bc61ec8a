//! Document trees: a version, the transaction that is open on it, and batches of operations in columns.

use forgebench_border_attribute::napi;
use forgebench_tree::{Batch, NodeId, OwnedBatch, Query, Transaction, Tree, TreeError, Value, WORDS_PER_OPERATION};
use napi::bindgen_prelude::{Float64ArraySlice, ObjectFinalize, Uint32ArraySlice};
use napi::{Env, Result};

use crate::arrays;
use crate::work::reason;

/// Operations in columns, as `native/tree/src/batch.rs` lays them out.
#[napi(object, object_from_js = false)]
pub struct BindingTreeBatch<'env> {
    /// Four for each operation.
    pub words: Uint32ArraySlice<'env>,
    /// Numbers that values refer to.
    pub numbers: Float64ArraySlice<'env>,
    /// All strings, one after another.
    pub text: String,
    /// Length of each string in UTF-16 units.
    pub lengths: Uint32ArraySlice<'env>,
}

/// What nodes are asked for; each field that is there has to fit.
#[napi(object)]
pub struct BindingTreeQuery {
    /// Their kind.
    pub kind: Option<String>,
    /// The name of an attribute that they have.
    pub attribute: Option<String>,
    /// The JSON of its value.
    pub value: Option<String>,
    /// The name of a mark that they have.
    pub mark: Option<String>,
}

/// A version of a document, and the next one in the making. Reads see what the open transaction has done.
///
/// A panic leaves it whole: versions never change, and `apply` and `adopt` take the open transaction out before they work on it, so
/// that it is undone as after an error.
#[napi(js_name = "BindingTree", custom_finalize)]
pub struct BindingTree {
    pub(crate) tree: Tree,
    pub(crate) edits: Option<Transaction>,
    /// Operations since the last version was kept.
    pub(crate) operations: usize,
    /// What V8 was told that this object holds, bytes.
    held: i64,
}

/// About what an operation copies: the blocks on the way to two nodes.
const OPERATION_BYTES: usize = 1536;
/// About what a node takes, most of all.
const NODE_BYTES: usize = 256;

#[napi]
impl BindingTree {
    /// A document with a root of this kind.
    #[napi(constructor)]
    pub fn new(kind: String) -> Self {
        Self { tree: Tree::new(&kind), edits: None, operations: 0, held: 0 }
    }

    /// Does a batch in a transaction, which it opens where there is none. Where it fails the transaction is undone.
    #[napi]
    pub fn apply(&mut self, words: &[u32], numbers: &[f64], text: String, lengths: &[u32]) -> Result<()> {
        let mut edits = self.edits.take().unwrap_or_else(|| self.tree.begin());
        edits.apply_batch(&Batch { words, numbers, text: &text, lengths }).map_err(reason)?;
        self.edits = Some(edits);
        self.operations += words.len() / WORDS_PER_OPERATION;
        Ok(())
    }

    /// Commits the transaction of another object, whose version becomes this one's too.
    #[napi]
    pub fn adopt(&mut self, draft: &mut BindingTree) {
        if let Some(edits) = draft.edits.take() {
            draft.tree = edits.commit();
        }
        self.operations += std::mem::take(&mut draft.operations);
        self.restore(draft);
    }

    /// The version without the open transaction, to be kept or edited by itself; it shares all nodes.
    ///
    /// V8 sees a small object, so it is told about what the version holds alone once this object has gone on; otherwise it
    /// would let dropped versions pile up.
    #[napi]
    pub fn version(&mut self, env: Env) -> Result<Self> {
        let operations = std::mem::take(&mut self.operations);
        let mut version = Self { tree: self.tree.clone(), edits: None, operations: 0, held: 0 };
        version.hold(env, operations)?;
        Ok(version)
    }

    /// Makes the version of another object this one's; an open transaction is undone.
    #[napi]
    pub fn restore(&mut self, version: &BindingTree) {
        self.edits = None;
        self.tree = version.tree.clone();
    }

    /// The number of the next id; 0 when all were given.
    #[napi]
    pub fn next_id(&self) -> u32 {
        self.current().next_number()
    }

    /// Nodes, with the root.
    #[napi]
    pub fn size(&self) -> u32 {
        self.current().len() as u32
    }

    /// Whether a node has this id.
    #[napi]
    pub fn has(&self, node: u32) -> bool {
        NodeId::new(node).is_some_and(|id| self.current().contains(id))
    }

    /// What a node is.
    #[napi]
    pub fn kind(&self, node: u32) -> Result<String> {
        let tree = self.current();
        Ok(tree.names().text(tree.node(id(node)?).map_err(reason)?.kind()).to_string())
    }

    /// The parent of a node; 0 where it has none.
    #[napi]
    pub fn parent(&self, node: u32) -> Result<u32> {
        let node = self.current().node(id(node)?).map_err(reason)?;
        Ok(node.parent().map_or(0, NodeId::number))
    }

    /// Children of a node in their order.
    #[napi]
    pub fn children<'env>(&self, env: &'env Env, node: u32) -> Result<Uint32ArraySlice<'env>> {
        numbers(env, self.current().node(id(node)?).map_err(reason)?.children())
    }

    /// Attributes of a node as a JSON object.
    #[napi]
    pub fn attributes(&self, node: u32) -> Result<String> {
        self.current().attributes_json(id(node)?).map_err(reason)
    }

    /// Marks of a node as a JSON array.
    #[napi]
    pub fn marks(&self, node: u32) -> Result<String> {
        self.current().marks_json(id(node)?).map_err(reason)
    }

    /// A node and all below it in the order of the document.
    #[napi]
    pub fn walk<'env>(&self, env: &'env Env, node: u32) -> Result<Uint32ArraySlice<'env>> {
        numbers(env, self.current().walk(id(node)?).map_err(reason)?)
    }

    /// Nodes that fit, among a node and all below it.
    #[napi]
    pub fn query<'env>(&self, env: &'env Env, node: u32, query: BindingTreeQuery) -> Result<Uint32ArraySlice<'env>> {
        let (tree, node) = (self.current(), id(node)?);
        let _ = tree.node(node).map_err(reason)?;
        // A name that the document has never used fits no node.
        let Some(query) = read(&query, tree)? else { return numbers(env, std::iter::empty()) };
        numbers(env, tree.query(node, &query).map_err(reason)?)
    }

    /// A node and all below it as JSON.
    #[napi]
    pub fn json(&self, node: u32) -> Result<String> {
        self.current().to_json(id(node)?).map_err(reason)
    }

    /// What makes this version the other one.
    #[napi]
    pub fn diff<'env>(&self, env: &'env Env, other: &BindingTree) -> Result<BindingTreeBatch<'env>> {
        let operations = self.tree.diff(&other.tree).map_err(reason)?;
        let OwnedBatch { words, numbers, text, lengths } = OwnedBatch::of(&operations, &self.tree);
        Ok(BindingTreeBatch {
            words: arrays::words(env, &words)?,
            numbers: arrays::floats(env, &numbers)?,
            text,
            lengths: arrays::words(env, &lengths)?,
        })
    }

    /// Tells V8 what this version holds alone, where it lies so many operations apart from what others hold.
    pub(crate) fn hold(&mut self, env: Env, operations: usize) -> Result<()> {
        let held = (operations * OPERATION_BYTES).min(self.tree.len() * NODE_BYTES) as i64;
        let _ = env.adjust_external_memory(held - self.held)?;
        self.held = held;
        Ok(())
    }

    fn current(&self) -> &Tree {
        self.edits.as_ref().map_or(&self.tree, Transaction::tree)
    }
}

impl ObjectFinalize for BindingTree {
    fn finalize(self, env: Env) -> Result<()> {
        let _ = env.adjust_external_memory(-self.held)?;
        Ok(())
    }
}

fn id(number: u32) -> Result<NodeId> {
    NodeId::new(number).ok_or_else(|| reason(TreeError::NoSuchNode(number)))
}

fn numbers(env: &Env, ids: impl Iterator<Item = NodeId>) -> Result<Uint32ArraySlice<'_>> {
    arrays::words(env, &ids.map(NodeId::number).collect::<Vec<u32>>())
}

/// None where the document does not know a name.
fn read(query: &BindingTreeQuery, tree: &Tree) -> Result<Option<Query>> {
    let parse = |json: &String| Value::from_json(json).ok_or_else(|| reason(NO_VALUE));
    let value = query.value.as_ref().map(parse).transpose()?;
    let find = |name: &Option<String>| name.as_deref().map(|name| tree.names().find(name));
    let found = [&query.kind, &query.attribute, &query.mark].map(find);
    if found.contains(&Some(None)) {
        return Ok(None);
    }
    let [kind, attribute, mark] = found.map(Option::flatten);
    Ok(Some(Query { kind, attribute: attribute.map(|name| (name, value)), mark }))
}

const NO_VALUE: &str = "Cannot query by this value: it is no JSON, or nested more than 127 deep; use a simpler one";
