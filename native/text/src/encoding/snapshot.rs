//! A document for the disk: its text, to be had at once, and behind it the history that made it.

use forgebench_replica::{Reader, after_begin, begin, read_block, write_block, write_bytes};

use super::changes::add_columns;
use super::columns::{Columns, write_columns};
use super::units;
use crate::document::TextDocument;
use crate::error::MergeError;
use crate::history::History;
use crate::replay::edits_since;
use crate::rope::Rope;

const WHAT: &str = "snapshot";

/// A snapshot whose text was read, and whose history waits until somebody needs it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    text: Vec<u16>,
    /// Columns, and the text that was deleted, both still packed.
    packed: Vec<u8>,
}

/// The text and all history. Text that is still there is kept once: replaying the history says who inserted it when.
pub fn encode_snapshot(document: &mut TextDocument) -> Result<Vec<u8>, MergeError> {
    let text = document.text();
    let history = document.history();
    let mut deleted: Vec<Option<u16>> = history.operations.text().iter().copied().map(Some).collect();
    for unit in units_in_order(history)? {
        deleted[unit as usize] = None;
    }
    let deleted: Vec<u16> = deleted.into_iter().flatten().collect();
    let mut columns = Vec::new();
    let all = 0..history.operations.len();
    write_columns(&mut columns, history, if all.is_empty() { &[] } else { std::slice::from_ref(&all) });
    let mut bytes = begin(b's');
    write_block(&mut bytes, &units::to_bytes(&text));
    let mut packed = Vec::new();
    write_block(&mut packed, &columns);
    write_block(&mut packed, &units::to_bytes(&deleted));
    write_bytes(&mut bytes, &packed);
    Ok(bytes)
}

/// Numbers of the units that are left, in the order of the text.
fn units_in_order(history: &History) -> Result<Vec<u32>, MergeError> {
    let numbers: Vec<u32> = (0..history.operations.units()).collect();
    let mut order = Rope::new();
    for edit in edits_since(history, 0, 0)? {
        edit.apply(&mut order, &numbers);
    }
    Ok(order.to_vec())
}

impl Snapshot {
    /// Whether the bytes begin as a snapshot does.
    pub fn begins(bytes: &[u8]) -> bool {
        bytes.starts_with(&begin(b's'))
    }

    /// Reads the text.
    pub fn decode(bytes: &[u8]) -> Result<Self, MergeError> {
        let mut reader = after_begin(bytes, b's', WHAT)?;
        let text = read_block(&mut reader)?;
        let packed = reader.bytes()?.to_vec();
        reader.finish()?;
        let text = units::from_bytes(&text).ok_or_else(|| reader.malformed("its text is damaged"))?;
        Ok(Self { text, packed })
    }

    /// The text.
    pub fn text(&self) -> &[u16] {
        &self.text
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.text.capacity() * size_of::<u16>() + self.packed.capacity()
    }

    /// The document, whose edits from now on are made by `agent`.
    pub fn open(&self, agent: &str) -> Result<TextDocument, MergeError> {
        let mut reader = Reader::new(&self.packed, WHAT);
        let columns = read_block(&mut reader)?;
        let deleted = read_block(&mut reader)?;
        reader.finish()?;
        let columns = Columns::read(&mut Reader::new(&columns, WHAT))?;
        let deleted = units::from_bytes(&deleted);
        let deleted = deleted.filter(|deleted| deleted.len() + self.text.len() == columns.units as usize);
        let deleted = deleted.ok_or_else(|| reader.malformed("its texts do not fit to its operations"))?;
        let mut history = History::default();
        add_columns(&mut history, &columns, None)?;
        let order = units_in_order(&history)?;
        if order.len() != self.text.len() || history.operations.units() != columns.units {
            return Err(reader.malformed("its text is not what its history makes").into());
        }
        history.operations.push_text(&all_units(&order, &self.text, &deleted));
        Ok(TextDocument::with_history(history, Rope::from_slice(&self.text), agent))
    }
}

/// All units that were ever inserted: those in `order` from the text, the others from what was deleted.
fn all_units(order: &[u32], text: &[u16], deleted: &[u16]) -> Vec<u16> {
    let mut all = vec![None; order.len() + deleted.len()];
    for (&unit, &value) in order.iter().zip(text) {
        all[unit as usize] = Some(value);
    }
    let mut deleted = deleted.iter().copied();
    all.into_iter().map(|unit| unit.or_else(|| deleted.next()).unwrap_or_default()).collect()
}
