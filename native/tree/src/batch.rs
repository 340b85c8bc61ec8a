//! Operations as columns of numbers, so that thousands of them cross a border in one call.
//!
//! An operation is four words. The first is its code, and for values 256 times what the value is; the second the node. Then
//! come parent and index, or a name and a value; names and texts are numbers of strings of the batch, whose lengths are in
//! UTF-16 units, because that is what JavaScript counts.
//!
//! | code | operation | third word | fourth word |
//! |---|---|---|---|
//! | 0 | create | kind | |
//! | 1 | insert | parent | index |
//! | 2 | move | parent | index |
//! | 3 | remove | | |
//! | 4 | set kind | kind | |
//! | 5 | set attribute | name | value |
//! | 6 | remove attribute | name | |
//! | 7 | add mark | name | value |
//! | 8 | remove mark | name | |
//!
//! | what a value is | fourth word |
//! |---|---|
//! | 0 null, 1 false, 2 true | |
//! | 3 a number | its place in `numbers` |
//! | 4 a text, 5 the JSON of an object or an array | a string |

use crate::{BatchError, Mark, Name, Names, NodeId, Operation, Transaction, TreeError, Value};

/// Words of an operation.
pub const WORDS_PER_OPERATION: usize = 4;

/// Operations in the form that crosses a border.
#[derive(Clone, Copy, Debug, Default)]
pub struct Batch<'a> {
    /// [`WORDS_PER_OPERATION`] for each operation.
    pub words: &'a [u32],
    /// Numbers that values refer to.
    pub numbers: &'a [f64],
    /// All strings, one after another.
    pub text: &'a str,
    /// Length of each string in UTF-16 units.
    pub lengths: &'a [u32],
}

/// What the first word says.
pub(crate) mod code {
    pub(crate) const CREATE: u32 = 0;
    pub(crate) const INSERT: u32 = 1;
    pub(crate) const MOVE: u32 = 2;
    pub(crate) const REMOVE: u32 = 3;
    pub(crate) const SET_KIND: u32 = 4;
    pub(crate) const SET_ATTRIBUTE: u32 = 5;
    pub(crate) const REMOVE_ATTRIBUTE: u32 = 6;
    pub(crate) const ADD_MARK: u32 = 7;
    pub(crate) const REMOVE_MARK: u32 = 8;
    /// What a value is stands so many bits above.
    pub(crate) const VALUE_BITS: u32 = 8;
}

impl Batch<'_> {
    /// Calls `act` with one operation after another, up to the first error.
    pub fn each(
        &self,
        names: &Names,
        mut act: impl FnMut(Operation) -> Result<(), TreeError>,
    ) -> Result<(), BatchError> {
        let strings = divide(self.text, self.lengths)?;
        let mut reader = Reader { batch: self, names: vec![None; strings.len()], strings, table: names };
        let operations = self.words.chunks_exact(WORDS_PER_OPERATION);
        let count = operations.len();
        if !operations.remainder().is_empty() {
            return Err(malformed(count, "it has fewer than four words"));
        }
        for (operation, words) in operations.enumerate() {
            let step = reader.read(words).map_err(|reason| malformed(operation, reason))?;
            act(step).map_err(|error| BatchError::Operation { operation, error })?;
        }
        Ok(())
    }
}

impl Transaction {
    /// Does all operations of a batch. After an error those before it are done: drop the transaction then.
    pub fn apply_batch(&mut self, batch: &Batch<'_>) -> Result<(), BatchError> {
        let names = self.tree().names().clone();
        batch.each(&names, |operation| self.apply(operation))
    }
}

fn malformed(operation: usize, reason: &'static str) -> BatchError {
    BatchError::Malformed { operation, reason }
}

struct Reader<'a> {
    batch: &'a Batch<'a>,
    strings: Vec<&'a str>,
    /// The document's.
    table: &'a Names,
    /// Of strings that were used as names.
    names: Vec<Option<Name>>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, words: &[u32]) -> Result<Operation, &'static str> {
        let &[first, node, third, fourth] = words else { return Err("it has fewer than four words") };
        let node = NodeId::new(node).ok_or("0 is no node")?;
        let value = first >> code::VALUE_BITS;
        Ok(match first & ((1 << code::VALUE_BITS) - 1) {
            code::CREATE => Operation::Create { node, kind: self.name(third)? },
            code::INSERT => Operation::Insert { node, parent: parent(third)?, index: fourth },
            code::MOVE => Operation::Move { node, parent: parent(third)?, index: fourth },
            code::REMOVE => Operation::Remove { node },
            code::SET_KIND => Operation::SetKind { node, kind: self.name(third)? },
            code::SET_ATTRIBUTE => {
                Operation::SetAttribute { node, name: self.name(third)?, value: self.value(value, fourth)? }
            }
            code::REMOVE_ATTRIBUTE => Operation::RemoveAttribute { node, name: self.name(third)? },
            code::ADD_MARK => {
                let mark = Mark { name: self.name(third)?, value: self.value(value, fourth)? };
                Operation::AddMark { node, mark }
            }
            code::REMOVE_MARK => Operation::RemoveMark { node, name: self.name(third)? },
            _ => return Err("there is no such operation"),
        })
    }

    /// A string is looked up once, however many operations name it.
    fn name(&mut self, string: u32) -> Result<Name, &'static str> {
        let text = self.string(string)?;
        Ok(*self.names[string as usize].get_or_insert_with(|| self.table.intern(text)))
    }

    fn value(&self, what: u32, word: u32) -> Result<Value, &'static str> {
        match what {
            0 => Ok(Value::Null),
            1 => Ok(Value::Bool(false)),
            2 => Ok(Value::Bool(true)),
            3 => {
                let number = self.batch.numbers.get(word as usize).ok_or("there is no such number")?;
                Ok(Value::Number(*number))
            }
            4 => Ok(Value::text(self.string(word)?)),
            5 => Value::json(self.string(word)?).ok_or("its JSON is that of no object or array, or too deep"),
            _ => Err("there is no such value"),
        }
    }

    fn string(&self, at: u32) -> Result<&'a str, &'static str> {
        self.strings.get(at as usize).copied().ok_or("there is no such string")
    }
}

fn parent(word: u32) -> Result<NodeId, &'static str> {
    NodeId::new(word).ok_or("0 is no parent")
}

/// The strings that a text is made of.
fn divide<'a>(text: &'a str, lengths: &[u32]) -> Result<Vec<&'a str>, BatchError> {
    let mut rest = text;
    let strings = lengths.iter().map(|&length| {
        let (string, after) = rest.split_at_checked(bytes(rest, length as usize)?)?;
        rest = after;
        Some(string)
    });
    let strings: Option<Vec<&str>> = strings.collect();
    strings.filter(|_| rest.is_empty()).ok_or(BatchError::Strings)
}

/// How many bytes so many UTF-16 units at the start of a text take; none where a character would be cut in two.
fn bytes(text: &str, units: usize) -> Option<usize> {
    if text.as_bytes().get(..units).is_some_and(<[u8]>::is_ascii) {
        return Some(units);
    }
    let (mut bytes, mut left) = (0, units);
    let mut characters = text.chars();
    while left > 0 {
        let character = characters.next()?;
        left = left.checked_sub(character.len_utf16())?;
        bytes += character.len_utf8();
    }
    Some(bytes)
}
