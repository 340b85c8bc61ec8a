//! Text documents: batches of edits in columns, versions, changes and snapshots as bytes.

use forgebench_border::measure::Whole;
use forgebench_border_attribute::napi;
use forgebench_text::{Patches, Snapshot, TextDocument, Transactions, Version, encode_snapshot};
use napi::bindgen_prelude::{Uint8ArraySlice, Uint32Array, Uint32ArraySlice, Utf16String};
use napi::{Env, Result};

use crate::arrays;
use crate::work::reason;

/// A text with its history. Positions and lengths count UTF-16 code units.
#[napi(js_name = "BindingText")]
pub struct BindingText {
    agent: String,
    state: Whole<State>,
}

/// A recorded history in columns, as `native/text/src/transactions.rs` lays them out.
#[napi(object)]
pub struct BindingTransactions {
    /// Names of agents.
    pub names: Vec<String>,
    /// For each transaction its agent.
    pub agents: Uint32Array,
    /// For each transaction the number of its parents.
    pub parent_counts: Uint32Array,
    /// Parents of all transactions.
    pub parents: Uint32Array,
    /// For each transaction the number of its edits.
    pub edit_counts: Uint32Array,
}

/// What makes the text of one version into that of another.
#[napi(object, object_from_js = false)]
pub struct BindingPatches<'env> {
    /// For each patch where it begins, how many units it deletes, and how many it inserts.
    pub numbers: Uint32ArraySlice<'env>,
    /// What they insert, one after another.
    pub text: Utf16String,
}

/// A history that was read from a snapshot is unpacked when something needs it.
enum State {
    Stored(Snapshot),
    Open(Box<TextDocument>),
}

#[napi]
impl BindingText {
    /// An empty document whose edits are made by this agent.
    #[napi(constructor)]
    pub fn new(agent: String) -> Self {
        Self::of(State::Open(Box::new(TextDocument::new(&agent))), agent)
    }

    /// The document of a snapshot.
    #[napi(factory)]
    pub fn load(snapshot: &[u8], agent: String) -> Result<Self> {
        Ok(Self::of(State::Stored(Snapshot::decode(snapshot).map_err(reason)?), agent))
    }

    /// The document that a recorded history makes; the edits of all transactions are in columns as for `applyBatch`.
    #[napi(factory)]
    pub fn replay(
        agent: String,
        transactions: BindingTransactions,
        positions: &[u32],
        deleted: &[u32],
        inserted: &[u32],
        units: &[u16],
    ) -> Result<Self> {
        let BindingTransactions { names, agents, parent_counts, parents, edit_counts } = &transactions;
        let transactions = Transactions {
            names,
            agents,
            parent_counts,
            parents,
            edit_counts,
            positions,
            deleted,
            inserted,
            text: units,
        };
        let document = TextDocument::from_transactions(&agent, &transactions).map_err(reason)?;
        Ok(Self::of(State::Open(Box::new(document)), agent))
    }

    /// Length of the text.
    #[napi]
    pub fn length(&self) -> Result<u32> {
        Ok(match self.read()? {
            State::Stored(snapshot) => snapshot.text().len() as u32,
            State::Open(document) => document.length(),
        })
    }

    /// The text.
    #[napi]
    pub fn text(&mut self) -> Result<Utf16String> {
        if let State::Stored(snapshot) = self.read()? {
            return Ok(snapshot.text().to_vec().into());
        }
        self.change(|document| Ok(document.text().into()))
    }

    /// Bytes of memory.
    #[napi]
    pub fn bytes(&self) -> Result<f64> {
        Ok(match self.read()? {
            State::Stored(snapshot) => snapshot.bytes() as f64,
            State::Open(document) => document.bytes() as f64,
        })
    }

    /// Makes edits, all or none: each deletes at a position and inserts the next so many units of the text there.
    #[napi]
    pub fn apply_batch(
        &mut self,
        positions: &[u32],
        deleted: &[u32],
        inserted: &[u32],
        text: Utf16String,
    ) -> Result<()> {
        self.change(|document| document.apply_batch(positions, deleted, inserted, &text).map_err(reason))
    }

    /// The same with the units of the text in an array, which spares making a string.
    #[napi]
    pub fn apply_units(&mut self, positions: &[u32], deleted: &[u32], inserted: &[u32], units: &[u16]) -> Result<()> {
        self.change(|document| document.apply_batch(positions, deleted, inserted, units).map_err(reason))
    }

    /// How far each agent is known.
    #[napi]
    pub fn version<'env>(&mut self, env: &'env Env) -> Result<Uint8ArraySlice<'env>> {
        self.change(|document| arrays::bytes(env, &document.version().encode()))
    }

    /// What a document of this version lacks.
    #[napi]
    pub fn changes_since<'env>(&mut self, env: &'env Env, version: &[u8]) -> Result<Uint8ArraySlice<'env>> {
        let version = Version::decode(version).map_err(reason)?;
        self.change(|document| arrays::bytes(env, &document.changes_since(&version)))
    }

    /// All changes.
    #[napi]
    pub fn changes<'env>(&mut self, env: &'env Env) -> Result<Uint8ArraySlice<'env>> {
        self.change(|document| arrays::bytes(env, &document.changes_since(&Version::default())))
    }

    /// Takes in what others did: changes, or a snapshot, which a document that knows nothing yet becomes as it is.
    #[napi]
    pub fn merge(&mut self, changes: &[u8]) -> Result<()> {
        if !Snapshot::begins(changes) {
            return self.change(|document| document.merge(changes).map_err(reason));
        }
        let snapshot = Snapshot::decode(changes).map_err(reason)?;
        if self.knows_nothing()? {
            self.state = Whole::new(State::Stored(snapshot));
            return Ok(());
        }
        let other = snapshot.open("").map_err(reason)?;
        self.change(|document| document.merge(&other.changes_since(&document.version())).map_err(reason))
    }

    /// The text at an earlier version.
    #[napi]
    pub fn text_at(&mut self, version: &[u8]) -> Result<Utf16String> {
        let version = Version::decode(version).map_err(reason)?;
        self.change(|document| Ok(document.text_at(&version).map_err(reason)?.into()))
    }

    /// What makes the text of one version into that of another, or of now. A history that is packed stays so where all is new.
    #[napi]
    pub fn patches<'env>(&mut self, env: &'env Env, from: &[u8], to: Option<&[u8]>) -> Result<BindingPatches<'env>> {
        let from = Version::decode(from).map_err(reason)?;
        let to = to.map(Version::decode).transpose().map_err(reason)?;
        let patches = if from.entries().is_empty() && to.is_none() {
            Patches::from_nothing(self.text()?.to_vec())
        } else {
            self.change(|document| document.patches(&from, to.as_ref()).map_err(reason))?
        };
        let numbers: Vec<u32> =
            patches.patches.iter().flat_map(|patch| [patch.position, patch.deleted, patch.inserted]).collect();
        Ok(BindingPatches { numbers: arrays::words(env, &numbers)?, text: patches.text.into() })
    }

    /// Text and history for the disk.
    #[napi]
    pub fn snapshot<'env>(&mut self, env: &'env Env) -> Result<Uint8ArraySlice<'env>> {
        self.change(|document| arrays::bytes(env, &encode_snapshot(document).map_err(reason)?))
    }

    fn of(state: State, agent: String) -> Self {
        Self { agent, state: Whole::new(state) }
    }

    fn read(&self) -> Result<&State> {
        self.state.read().ok_or_else(|| reason(HALF_CHANGED))
    }

    fn knows_nothing(&self) -> Result<bool> {
        Ok(matches!(self.read()?, State::Open(document) if document.history().operations.len() == 0))
    }

    /// Works on the document, with its history unpacked.
    fn change<T>(&mut self, work: impl FnOnce(&mut TextDocument) -> Result<T>) -> Result<T> {
        let Self { agent, state } = self;
        let done = state.change(|state| work(state.open(agent)?));
        done.unwrap_or_else(|| Err(reason(HALF_CHANGED)))
    }
}

impl State {
    fn open(&mut self, agent: &str) -> Result<&mut TextDocument> {
        if let Self::Stored(snapshot) = self {
            *self = Self::Open(Box::new(snapshot.open(agent).map_err(reason)?));
        }
        match self {
            Self::Open(document) => Ok(document),
            Self::Stored(_) => Err(reason("Cannot open the document: its history is still packed")),
        }
    }
}

pub(crate) const HALF_CHANGED: &str = "Cannot use the document: a defect of forgebench, of which an error told, has left it half changed; \
                            make it again from a snapshot or from changes";
