//! Document trees that several people edit: transactions in columns, versions and changes as bytes.

use forgebench_shared_tree::{SharedTransaction, SharedTree, Version};
use forgebench_tree::{Batch, NodeId, Tree, WORDS_PER_OPERATION};
use napi::bindgen_prelude::Uint8Array;
use napi::{Error, Result};
use napi_derive::napi;

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
#[napi(js_name = "BindingSharedTree")]
pub struct BindingSharedTree {
    document: SharedTree,
    edits: Option<SharedTransaction>,
    /// Operations since the document was last shown.
    operations: usize,
}

#[napi]
impl BindingSharedTree {
    /// A document that is nothing but its root, whose edits are made by this agent.
    #[napi(constructor)]
    pub fn new(agent: String) -> Self {
        Self { document: SharedTree::new(&agent), edits: None, operations: 0 }
    }

    /// Does a batch in a transaction, which it opens where there is none. Where it fails the transaction is undone.
    #[napi]
    pub fn apply(&mut self, words: &[u32], numbers: &[f64], text: String, lengths: &[u32]) -> Result<()> {
        let mut edits = self.edits.take().unwrap_or_else(|| self.document.begin());
        edits.apply_batch(&Batch { words, numbers, text: &text, lengths }).map_err(reason)?;
        self.edits = Some(edits);
        self.operations += words.len() / WORDS_PER_OPERATION;
        Ok(())
    }

    /// Makes what the open transaction did part of the document.
    #[napi]
    pub fn commit(&mut self) -> Result<()> {
        self.edits.take().map_or(Ok(()), |edits| self.document.commit(edits)).map_err(reason)
    }

    /// Undoes the open transaction.
    #[napi]
    pub fn abort(&mut self) {
        self.edits = None;
    }

    /// Makes `target` the document as it is, or as the open transaction has it.
    #[napi]
    pub fn show(&mut self, target: &mut BindingTree) {
        target.edits = None;
        target.tree = self.edits.as_ref().map_or(self.document.tree(), SharedTransaction::tree).clone();
        target.operations += std::mem::take(&mut self.operations);
    }

    /// Makes `target` the document as it was at a version.
    #[napi]
    pub fn show_at(&self, version: &[u8], target: &mut BindingTree) -> Result<()> {
        let tree = self.document.tree_at(&decode(version)?).map_err(reason)?;
        target.operations += differing(&tree, self.document.tree());
        target.edits = None;
        target.tree = tree;
        Ok(())
    }

    /// Bytes of memory, without those of texts and of the tree that is read.
    #[napi]
    pub fn bytes(&self) -> f64 {
        self.document.bytes() as f64
    }

    /// How far the document knows each agent.
    #[napi]
    pub fn version(&self) -> Uint8Array {
        self.document.version().encode().into()
    }

    /// All changes.
    #[napi]
    pub fn changes(&self) -> Uint8Array {
        self.document.changes_since(&Version::default()).into()
    }

    /// What a document of this version lacks.
    #[napi]
    pub fn changes_since(&self, version: &[u8]) -> Result<Uint8Array> {
        Ok(self.document.changes_since(&decode(version)?).into())
    }

    /// Takes in what others did; no transaction may be open.
    #[napi]
    pub fn merge(&mut self, changes: &[u8]) -> Result<()> {
        if self.edits.is_some() {
            return Err(Error::from_reason("Cannot merge while a transaction is open: commit or abort it first"));
        }
        self.operations += changes.len() / WORDS_PER_OPERATION;
        self.document.merge(changes).map_err(reason)
    }

    /// The name of a node for all replicas; none for the root.
    #[napi]
    pub fn name_of(&self, node: u32) -> Option<BindingNodeName> {
        let (agent, sequence) = self.document.event_of(NodeId::new(node)?)?;
        Some(BindingNodeName { agent: agent.to_owned(), sequence })
    }

    /// The number of the node with a name; 0 where it is not known.
    #[napi]
    pub fn node_of(&self, agent: String, sequence: u32) -> u32 {
        self.document.node_of(&agent, sequence).map_or(0, NodeId::number)
    }
}

fn decode(version: &[u8]) -> Result<Version> {
    Version::decode(version).map_err(reason)
}

/// About how many operations lie between two trees, for what V8 is told.
fn differing(one: &Tree, other: &Tree) -> usize {
    one.len().abs_diff(other.len())
}
