//! Document trees that several people edit: transactions in columns, versions and changes as bytes.

use forgebench_border::measure::Whole;
use forgebench_border_attribute::napi;
use forgebench_shared_tree::{SharedTransaction, SharedTree, Version};
use forgebench_tree::{Batch, NodeId, WORDS_PER_OPERATION};
use napi::bindgen_prelude::{ObjectFinalize, Uint8ArraySlice};
use napi::{Env, Error, Result};

use crate::arrays;
use crate::text::HALF_CHANGED;
use crate::tree::BindingTree;
use crate::work::reason;

/// The name of a node for all replicas.
#[napi(object)]
pub struct BindingNodeName {
    /// Who created it.
    pub agent: String,
    /// How many events that agent had made before.
    pub sequence: u32,
}

/// A document with its history, and a transaction in the making.
#[napi(js_name = "BindingSharedTree", custom_finalize)]
pub struct BindingSharedTree {
    document: Whole<SharedTree>,
    edits: Option<SharedTransaction>,
    /// Operations since the document was last shown.
    operations: usize,
    /// What V8 was told that this object holds, bytes.
    held: i64,
}

/// About what an event takes, with its part of the tree that is read.
const EVENT_BYTES: i64 = 128;

#[napi]
impl BindingSharedTree {
    /// A document that is nothing but its root, whose edits are made by this agent.
    #[napi(constructor)]
    pub fn new(agent: String) -> Self {
        Self { document: Whole::new(SharedTree::new(&agent)), edits: None, operations: 0, held: 0 }
    }

    /// Does a batch in a transaction, which it opens where there is none. Where it fails the transaction is undone.
    #[napi]
    pub fn apply(&mut self, words: &[u32], numbers: &[f64], text: String, lengths: &[u32]) -> Result<()> {
        let open = self.edits.take();
        let mut edits = if let Some(edits) = open { edits } else { self.read()?.begin() };
        edits.apply_batch(&Batch { words, numbers, text: &text, lengths }).map_err(reason)?;
        self.edits = Some(edits);
        self.operations += words.len() / WORDS_PER_OPERATION;
        Ok(())
    }

    /// Makes what the open transaction did part of the document.
    #[napi]
    pub fn commit(&mut self, env: Env) -> Result<()> {
        let Some(edits) = self.edits.take() else { return Ok(()) };
        self.change(|document| document.commit(edits).map_err(reason))?;
        self.hold(env)
    }

    /// Undoes the open transaction.
    #[napi]
    pub fn abort(&mut self) {
        self.edits = None;
    }

    /// Makes `target` the document as it is, or as the open transaction has it.
    #[napi]
    pub fn show(&mut self, target: &mut BindingTree) -> Result<()> {
        let tree = self.edits.as_ref().map_or(self.read()?.tree(), SharedTransaction::tree).clone();
        target.edits = None;
        target.tree = tree;
        target.operations += std::mem::take(&mut self.operations);
        Ok(())
    }

    /// Makes `target` the document as it was at a version.
    #[napi]
    pub fn show_at(&self, env: Env, version: &[u8], target: &mut BindingTree) -> Result<()> {
        let (document, version) = (self.read()?, decode(version)?);
        target.edits = None;
        target.tree = document.tree_at(&version).map_err(reason)?;
        // Nothing else holds what has changed since.
        let known: u32 = version.entries().iter().map(|(_, known)| known).sum();
        target.hold(env, (document.events() - known) as usize)
    }

    /// Bytes of memory, without those of texts and of the tree that is read.
    #[napi]
    pub fn bytes(&self) -> Result<f64> {
        Ok(self.read()?.bytes() as f64)
    }

    /// How far the document knows each agent.
    #[napi]
    pub fn version<'env>(&self, env: &'env Env) -> Result<Uint8ArraySlice<'env>> {
        arrays::bytes(env, &self.read()?.version().encode())
    }

    /// All changes.
    #[napi]
    pub fn changes<'env>(&self, env: &'env Env) -> Result<Uint8ArraySlice<'env>> {
        arrays::bytes(env, &self.read()?.changes_since(&Version::default()))
    }

    /// What a document of this version lacks.
    #[napi]
    pub fn changes_since<'env>(&self, env: &'env Env, version: &[u8]) -> Result<Uint8ArraySlice<'env>> {
        arrays::bytes(env, &self.read()?.changes_since(&decode(version)?))
    }

    /// Takes in what others did; no transaction may be open.
    #[napi]
    pub fn merge(&mut self, env: Env, changes: &[u8]) -> Result<()> {
        if self.edits.is_some() {
            return Err(Error::from_reason("Cannot merge while a transaction is open: commit or abort it first"));
        }
        let before = self.read()?.events();
        self.change(|document| document.merge(changes).map_err(reason))?;
        self.operations += (self.read()?.events() - before) as usize;
        self.hold(env)
    }

    /// The name of a node for all replicas; none for the root.
    #[napi]
    pub fn name_of(&self, node: u32) -> Result<Option<BindingNodeName>> {
        let document = self.read()?;
        let name = NodeId::new(node).and_then(|node| document.event_of(node));
        Ok(name.map(|(agent, sequence)| BindingNodeName { agent: agent.to_owned(), sequence }))
    }

    /// The number of the node with a name; 0 where it is not known.
    #[napi]
    pub fn node_of(&self, agent: String, sequence: u32) -> Result<u32> {
        Ok(self.read()?.node_of(&agent, sequence).map_or(0, NodeId::number))
    }

    fn read(&self) -> Result<&SharedTree> {
        self.document.read().ok_or_else(|| reason(HALF_CHANGED))
    }

    fn change<T>(&mut self, work: impl FnOnce(&mut SharedTree) -> Result<T>) -> Result<T> {
        self.document.change(work).unwrap_or_else(|| Err(reason(HALF_CHANGED)))
    }

    /// Tells V8 what the history holds: it sees a small object, and would let dropped documents pile up.
    fn hold(&mut self, env: Env) -> Result<()> {
        let held = i64::from(self.read()?.events()) * EVENT_BYTES;
        let _ = env.adjust_external_memory(held - self.held)?;
        self.held = held;
        Ok(())
    }
}

impl ObjectFinalize for BindingSharedTree {
    fn finalize(self, env: Env) -> Result<()> {
        let _ = env.adjust_external_memory(-self.held)?;
        Ok(())
    }
}

fn decode(version: &[u8]) -> Result<Version> {
    Version::decode(version).map_err(reason)
}
