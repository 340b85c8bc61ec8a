//! Events as edits of one document, in the order in which the document learned of them.

use crate::error::MergeError;
use crate::graph::Span;
use crate::history::History;
use crate::operations::{Kind, Operation};
use crate::rope::Rope;
use crate::tracker::{OutOfRange, Tracker};

/// What an event does to the document in which all earlier ones have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Inserts units `unit..unit + len` of all that were ever inserted.
    Insert {
        /// Where the first will stand.
        position: u32,
        /// Its number.
        unit: u32,
        /// How many.
        len: u32,
    },
    /// Deletes units.
    Delete {
        /// Where the first stands.
        position: u32,
        /// How many.
        len: u32,
    },
}

impl Edit {
    /// What an operation does where its author knew everything.
    pub fn of(operation: &Operation) -> Self {
        let len = operation.len;
        match operation.kind {
            Kind::Insert => Self::Insert { position: operation.position, unit: operation.unit, len },
            Kind::Delete | Kind::Backspace => Self::Delete { position: operation.lowest(), len },
        }
    }

    /// Whether it lies inside a document of this length; the length afterwards.
    fn check(self, length: u32) -> Result<u32, OutOfRange> {
        match self {
            Self::Insert { position, len, .. } if position <= length => Ok(length + len),
            Self::Delete { position, len } if position.checked_add(len).is_some_and(|end| end <= length) => {
                Ok(length - len)
            }
            _ => Err(OutOfRange),
        }
    }

    /// Does it; `text` has all that was ever inserted.
    pub fn apply<T: Copy>(self, rope: &mut Rope<T>, text: &[T]) {
        match self {
            Self::Insert { position, unit, len } => {
                rope.insert(position as usize, &text[unit as usize..(unit + len) as usize]);
            }
            Self::Delete { position, len } => rope.remove(position as usize, len as usize),
        }
    }
}

/// Edits one after another, of which those that continue each other are one.
#[derive(Default)]
struct Edits(Vec<Edit>);

impl Edits {
    fn add(&mut self, edit: Edit) {
        match (self.0.last_mut(), edit) {
            (Some(Edit::Insert { position, unit, len }), Edit::Insert { position: next, unit: first, len: more })
                if *position + *len == next && *unit + *len == first =>
            {
                *len += more;
            }
            (Some(Edit::Delete { position, len }), Edit::Delete { position: next, len: more }) if *position == next => {
                *len += more;
            }
            (Some(Edit::Delete { position, len }), Edit::Delete { position: next, len: more })
                if next + more == *position =>
            {
                *position = next;
                *len += more;
            }
            _ => self.0.push(edit),
        }
    }
}

/// The edits that events from `from` on make in a document of `length` units, in which all before have happened.
pub fn edits_since(history: &History, from: u32, length: u32) -> Result<Vec<Edit>, MergeError> {
    let mut replay = Replay { history, from, length, tracker: Tracker::default(), edits: Edits::default() };
    for span in history.graph.spans(from) {
        replay.span(&span).map_err(|OutOfRange| MergeError::OutOfRange)?;
    }
    Ok(replay.edits.0)
}

struct Replay<'history> {
    history: &'history History,
    from: u32,
    length: u32,
    tracker: Tracker,
    edits: Edits,
}

impl Replay<'_> {
    fn span(&mut self, span: &Span) -> Result<(), OutOfRange> {
        let history = self.history;
        let (start, end) = (span.events.start, span.events.end);
        if span.alone {
            return history.operations.between(start, end).try_for_each(|operation| self.add(Edit::of(&operation)));
        }
        let parents = history.graph.parents_of(start);
        if span.after_cut {
            let first_unit = history.operations.units_before(start);
            self.tracker.restart(parents.as_slice(), first_unit);
        }
        self.tracker.prepare(parents.as_slice(), history);
        // The document has seen what lies before `from`; the tracker has to see it alone.
        let known = self.from.clamp(start, end);
        for operation in history.operations.between(start, known) {
            self.tracker.apply(&operation, history, None, &mut |_| {})?;
        }
        for operation in history.operations.between(known, end) {
            let (mut length, edits) = (self.length, &mut self.edits);
            self.tracker.apply(&operation, history, Some(self.length), &mut |edit| {
                match edit {
                    Edit::Insert { len, .. } => length += len,
                    Edit::Delete { len, .. } => length -= len,
                }
                edits.add(edit);
            })?;
            self.length = length;
        }
        Ok(())
    }

    fn add(&mut self, edit: Edit) -> Result<(), OutOfRange> {
        self.length = edit.check(self.length)?;
        self.edits.add(edit);
        Ok(())
    }
}
