//! What each event did, in runs: typing, deleting and backspacing take one entry however long they go on.

use std::cell::Cell;

use crate::search::last_begun;

/// Text that a document can take in over its whole life, UTF-16 code units.
pub const MOST_UNITS: usize = 1 << 30;

/// The bits of `OperationRun::text_and_kind` below the kind.
const OFFSET_MASK: u32 = (1 << 30) - 1;

/// What the events of a run do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Kind {
    /// Each inserts one unit behind that of the event before.
    Insert = 0,
    /// Each deletes the unit at the same place.
    Delete = 1,
    /// Each deletes the unit before that of the event before.
    Backspace = 2,
}

impl Kind {
    /// The kind of a number, for decoders.
    pub fn from_bits(bits: u32) -> Option<Self> {
        [Self::Insert, Self::Delete, Self::Backspace].into_iter().find(|&kind| kind as u32 == bits)
    }
}

/// Events in a row that do the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The first event.
    pub event: u32,
    /// Number of events and of units.
    pub len: u32,
    /// What they do.
    pub kind: Kind,
    /// Where the first does it.
    pub position: u32,
    /// Number of the first inserted unit, among all that were ever inserted.
    pub unit: u32,
}

impl Operation {
    /// Its events from the one with offset `from` up to, and without, that with offset `to`.
    pub fn slice(&self, from: u32, to: u32) -> Self {
        let (position, unit) = match self.kind {
            Kind::Insert => (self.position + from, self.unit + from),
            Kind::Delete => (self.position, self.unit),
            Kind::Backspace => (self.position - from, self.unit),
        };
        Self { event: self.event + from, len: to - from, kind: self.kind, position, unit }
    }

    /// The lowest place that it touches.
    pub fn lowest(&self) -> u32 {
        match self.kind {
            Kind::Insert | Kind::Delete => self.position,
            Kind::Backspace => self.position + 1 - self.len,
        }
    }
}

/// A run ends where the next begins, so its length is not kept.
#[derive(Clone, Copy, Debug)]
struct OperationRun {
    event: u32,
    position: u32,
    /// Units inserted before the run; the kind is in the top two bits.
    text_and_kind: u32,
}

impl OperationRun {
    fn kind(self) -> Kind {
        Kind::from_bits(self.text_and_kind >> 30).unwrap_or(Kind::Insert)
    }

    fn unit(self) -> u32 {
        self.text_and_kind & OFFSET_MASK
    }
}

/// The operations of all events, and all text that was ever inserted.
#[derive(Clone, Debug, Default)]
pub struct Operations {
    runs: Vec<OperationRun>,
    /// Number of events.
    len: u32,
    text: Vec<u16>,
    /// Units of the operations; more than `text` has where the text comes later.
    units: u32,
    /// Where the last search ended.
    near: Cell<usize>,
}

impl Operations {
    /// Number of events.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Units that were ever inserted.
    pub fn units(&self) -> u32 {
        self.units
    }

    /// All units that were ever inserted, by number.
    pub fn text(&self) -> &[u16] {
        &self.text
    }

    /// Adds the text of insertions that follow, or preceded.
    pub fn push_text(&mut self, text: &[u16]) {
        self.text.extend_from_slice(text);
    }

    /// Adds an insertion of `len` units.
    #[inline]
    pub fn insert(&mut self, position: u32, len: u32) {
        let extends = self.runs.last().is_some_and(|last| {
            last.text_and_kind <= OFFSET_MASK && last.position + (self.len - last.event) == position
        });
        if !extends {
            self.push_run(position, Kind::Insert);
        }
        self.len += len;
        self.units += len;
    }

    /// Adds the deletion of `len` units from `position` on.
    #[inline]
    pub fn delete(&mut self, position: u32, len: u32) {
        if !self.extend_deletion(position, len) {
            self.push_run(position, Kind::Delete);
        }
        self.len += len;
    }

    /// Whether the last run goes on with this deletion; a single deletion may be the first of a row of backspaces.
    fn extend_deletion(&mut self, position: u32, len: u32) -> bool {
        let Some(last) = self.runs.last_mut() else { return false };
        let before = self.len - last.event;
        match last.kind() {
            Kind::Delete if last.position == position => true,
            Kind::Delete if before == 1 && position + len == last.position => {
                last.text_and_kind = (Kind::Backspace as u32) << 30 | last.unit();
                true
            }
            Kind::Backspace => position + len == last.position + 1 - before,
            _ => false,
        }
    }

    /// Adds an operation as somebody else recorded it.
    pub fn push(&mut self, operation: &Operation) {
        let extends = self.runs.last().is_some_and(|last| {
            let before = self.len - last.event;
            last.kind() == operation.kind
                && match operation.kind {
                    Kind::Insert => last.position + before == operation.position,
                    Kind::Delete => last.position == operation.position,
                    Kind::Backspace => last.position.wrapping_sub(before) == operation.position,
                }
        });
        if !extends {
            self.push_run(operation.position, operation.kind);
        }
        self.len += operation.len;
        if operation.kind == Kind::Insert {
            self.units += operation.len;
        }
    }

    fn push_run(&mut self, position: u32, kind: Kind) {
        let text_and_kind = (kind as u32) << 30 | self.units;
        self.runs.push(OperationRun { event: self.len, position, text_and_kind });
    }

    /// Operations of the events in [from, to), cut off at both ends.
    pub fn between(&self, from: u32, to: u32) -> impl DoubleEndedIterator<Item = Operation> + '_ {
        let first = self.place_of(from);
        let end = if from < to { self.place_of(to - 1) + 1 } else { first };
        (first..end).map(move |index| {
            let whole = self.at(index);
            whole.slice(from.saturating_sub(whole.event), whole.len.min(to - whole.event))
        })
    }

    /// The run that holds an event.
    fn place_of(&self, event: u32) -> usize {
        let place = last_begun(self.runs.len(), self.near.get(), |place| self.runs[place].event <= event);
        self.near.set(place);
        place
    }

    fn at(&self, index: usize) -> Operation {
        let run = self.runs[index];
        let end = self.runs.get(index + 1).map_or(self.len, |next| next.event);
        Operation { event: run.event, len: end - run.event, kind: run.kind(), position: run.position, unit: run.unit() }
    }

    /// Units that events before this one inserted.
    pub fn units_before(&self, event: u32) -> u32 {
        if event == 0 {
            return 0;
        }
        let last = self.at(self.place_of(event - 1));
        if last.kind == Kind::Insert { last.unit + last.len.min(event - last.event) } else { last.unit }
    }

    /// The event that inserted a unit.
    pub fn inserted_by(&self, unit: u32) -> u32 {
        let run = self.runs[self.runs.partition_point(|run| run.unit() <= unit) - 1];
        run.event + (unit - run.unit())
    }

    /// Forgets all events from this one on.
    pub fn truncate(&mut self, event: u32) {
        self.units = self.units_before(event);
        self.runs.truncate(self.runs.partition_point(|run| run.event < event));
        self.text.truncate(self.units as usize);
        self.len = event;
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.runs.capacity() * size_of::<OperationRun>() + self.text.capacity() * size_of::<u16>()
    }
}
