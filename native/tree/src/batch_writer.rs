//! Operations written as a batch: the way back over the border.

use std::collections::HashMap;
use std::sync::Arc;

use crate::batch::code;
use crate::{Batch, Mark, Name, NodeId, Operation, Tree, Value};

/// A batch that owns its columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnedBatch {
    /// As in [`Batch`].
    pub words: Vec<u32>,
    /// As in [`Batch`].
    pub numbers: Vec<f64>,
    /// As in [`Batch`].
    pub text: String,
    /// As in [`Batch`].
    pub lengths: Vec<u32>,
}

impl OwnedBatch {
    /// Operations over a document, whose names they use.
    pub fn of(operations: &[Operation], tree: &Tree) -> Self {
        let mut writer = Writer { batch: Self::default(), texts: tree.names.texts(), names: HashMap::new() };
        for operation in operations {
            writer.write(operation);
        }
        writer.batch
    }

    /// Its columns.
    pub fn borrow(&self) -> Batch<'_> {
        Batch { words: &self.words, numbers: &self.numbers, text: &self.text, lengths: &self.lengths }
    }
}

struct Writer {
    batch: OwnedBatch,
    texts: Vec<Arc<str>>,
    /// Strings that names have become.
    names: HashMap<Name, u32>,
}

impl Writer {
    fn write(&mut self, operation: &Operation) {
        let (code, node, third, fourth) = match operation {
            Operation::Create { node, kind } => (code::CREATE, node, self.name(*kind), 0),
            Operation::Insert { node, parent, index } => (code::INSERT, node, parent.number(), *index),
            Operation::Move { node, parent, index } => (code::MOVE, node, parent.number(), *index),
            Operation::Remove { node } => (code::REMOVE, node, 0, 0),
            Operation::SetKind { node, kind } => (code::SET_KIND, node, self.name(*kind), 0),
            Operation::SetAttribute { node, name, value } => {
                return self.write_valued(code::SET_ATTRIBUTE, *node, *name, value);
            }
            Operation::RemoveAttribute { node, name } => (code::REMOVE_ATTRIBUTE, node, self.name(*name), 0),
            Operation::AddMark { node, mark: Mark { name, value } } => {
                return self.write_valued(code::ADD_MARK, *node, *name, value);
            }
            Operation::RemoveMark { node, name } => (code::REMOVE_MARK, node, self.name(*name), 0),
        };
        self.batch.words.extend([code, node.number(), third, fourth]);
    }

    fn write_valued(&mut self, code: u32, node: NodeId, name: Name, value: &Value) {
        let name = self.name(name);
        let (what, word) = match value {
            Value::Null => (0, 0),
            Value::Bool(false) => (1, 0),
            Value::Bool(true) => (2, 0),
            Value::Number(number) => {
                self.batch.numbers.push(*number);
                (3, self.batch.numbers.len() as u32 - 1)
            }
            Value::Text(text) => (4, self.string(text)),
            Value::Json(json) => (5, self.string(json)),
        };
        self.batch.words.extend([code | what << code::VALUE_BITS, node.number(), name, word]);
    }

    fn name(&mut self, name: Name) -> u32 {
        if let Some(&string) = self.names.get(&name) {
            return string;
        }
        let text = self.texts.get(name.index()).cloned().unwrap_or_default();
        let string = self.string(&text);
        let _ = self.names.insert(name, string);
        string
    }

    fn string(&mut self, text: &str) -> u32 {
        self.batch.text.push_str(text);
        self.batch.lengths.push(text.encode_utf16().count() as u32);
        self.batch.lengths.len() as u32 - 1
    }
}
