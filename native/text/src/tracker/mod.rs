//! Replays concurrent events: what each does to the document in which all events before it, in our order, have happened.
//!
//! This is the algorithm of eg-walker (Gentle and Kleppmann, `EuroSys` 2025). The sequence is brought to the version that an
//! event's author saw (*prepared*) by taking back and repeating what the author did not know and knew; the event's
//! position is looked up there and translated to the end. Insertions at the same place are ordered as in
//! `YjsMod` of the same authors.

mod item;
mod order;
mod sequence;

pub use item::{FIRST_OLD, Item};

use item::NOTHING;
use sequence::{Place, Sequence};

use crate::graph::{Difference, Graph, Walk};
use crate::history::History;
use crate::operations::{Kind, Operation};
use crate::replay::Edit;
use crate::search::last_begun;

/// Units of the document before a history whose length is not known; positions beyond the true end are refused elsewhere.
const UNKNOWN_LENGTH: u32 = 1 << 30;

/// The units that a run of deletions deleted.
#[derive(Clone, Copy, Debug)]
struct Target {
    event: u32,
    len: u32,
    id: u32,
    /// The first event deleted the last unit.
    backward: bool,
}

/// The state of a replay between two cuts.
#[derive(Default)]
pub struct Tracker {
    sequence: Sequence,
    targets: Vec<Target>,
    /// The version at which the sequence is prepared.
    prepared: Vec<u32>,
    difference: Difference,
    walk: Walk,
}

/// An operation reaches beyond the end of the document that its author saw.
pub struct OutOfRange;

impl Tracker {
    /// Begins anew at a cut with these heads; `first_unit` is the number that the next inserted unit gets.
    pub fn restart(&mut self, heads: &[u32], first_unit: u32) {
        self.sequence.restart(UNKNOWN_LENGTH, first_unit);
        self.targets.clear();
        self.prepared.clear();
        self.prepared.extend_from_slice(heads);
    }

    /// Brings the sequence to the version with these heads.
    pub fn prepare(&mut self, heads: &[u32], history: &History) {
        if self.prepared == heads {
            return;
        }
        self.sequence.forget_near();
        let mut difference = std::mem::take(&mut self.difference);
        Graph::difference(&history.graph, &self.prepared, heads, &mut self.walk, &mut difference);
        for events in &difference.first {
            for operation in history.operations.between(events.start, events.end).rev() {
                self.shift(&operation, false);
            }
        }
        for events in difference.second.iter().rev() {
            for operation in history.operations.between(events.start, events.end) {
                self.shift(&operation, true);
            }
        }
        self.difference = difference;
        self.prepared.clear();
        self.prepared.extend_from_slice(heads);
    }

    /// Replays an operation whose author saw the prepared version. `length` is that of the document at the end, where it
    /// is known.
    pub fn apply(
        &mut self,
        operation: &Operation,
        history: &History,
        length: Option<u32>,
        edit: &mut impl FnMut(Edit),
    ) -> Result<(), OutOfRange> {
        let beyond = length.map_or(0, |length| self.sequence.left_at_end() - length);
        let seen = self.sequence.seen() - beyond;
        let fits = match operation.kind {
            Kind::Insert => operation.position <= seen,
            Kind::Delete => seen.checked_sub(operation.position).is_some_and(|left| operation.len <= left),
            Kind::Backspace => operation.position < seen && operation.len <= operation.position + 1,
        };
        if !fits {
            return Err(OutOfRange);
        }
        if operation.kind == Kind::Insert {
            self.insert(operation, history, edit);
        } else {
            self.delete(operation, edit);
        }
        self.prepared.clear();
        self.prepared.push(operation.event + operation.len - 1);
        Ok(())
    }

    /// Takes the prepared version for the end.
    pub fn end_here(&mut self) {
        self.sequence.end_here();
    }

    /// All units in order, with what is seen at the prepared version and what is left at the end.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sequence.items()
    }

    fn insert(&mut self, operation: &Operation, history: &History, edit: &mut impl FnMut(Edit)) {
        let (place, left, at_end) = self.place_behind(operation.position);
        let right = self.first_known(place);
        let item = Item { id: operation.unit, len: operation.len, left, right: right.0, state: 1, gone: false };
        let (place, passed) = if right.1 { self.place_among_others(place, &item, history) } else { (place, 0) };
        self.sequence.insert(place, item);
        edit(Edit::Insert { position: at_end + passed, unit: operation.unit, len: operation.len });
    }

    /// The place behind the seen unit before `position`, that unit, and how many units before the place are left at the end.
    fn place_behind(&mut self, position: u32) -> (Place, u32, u32) {
        let found = position.checked_sub(1).and_then(|seen| self.sequence.find_seen(seen));
        let Some((place, offset, before)) = found else { return (self.sequence.first(), NOTHING, 0) };
        let item = *self.sequence.at(place);
        let left = item.id + offset;
        let at_end = before + if item.gone { 0 } else { offset + 1 };
        let mut place = place;
        if offset + 1 < item.len {
            self.sequence.split(place, offset + 1);
            // The leaf may have been split, too.
            place = self.sequence.find_id(left).unwrap_or(place);
        }
        (Place { item: place.item + 1, ..place }, left, at_end)
    }

    /// The first unit from a place on that the author saw, deleted or not, and whether others come before it.
    fn first_known(&self, place: Place) -> (u32, bool) {
        let mut others = false;
        let mut next = self.sequence.normalize(place);
        while let Some(at) = next {
            let item = self.sequence.at(at);
            if item.state > 0 {
                return (item.id, others);
            }
            others = true;
            next = self.sequence.normalize(Place { item: at.item + 1, ..at });
        }
        (NOTHING, others)
    }

    fn delete(&mut self, operation: &Operation, edit: &mut impl FnMut(Edit)) {
        let first_target = self.targets.len();
        let mut done = 0;
        while done < operation.len {
            let Some((place, offset, before)) = self.sequence.find_seen(operation.lowest()) else { return };
            let item = *self.sequence.at(place);
            let (id, len) = (item.id + offset, (item.len - offset).min(operation.len - done));
            let Some(place) = self.sequence.isolate(id, id + len) else { return };
            if !item.gone {
                edit(Edit::Delete { position: before + offset, len });
            }
            self.sequence.set(place, 2, true);
            let backward = operation.kind == Kind::Backspace;
            let event = operation.event + if backward { operation.len - done - len } else { done };
            self.targets.push(Target { event, len, id, backward });
            done += len;
        }
        if operation.kind == Kind::Backspace {
            self.targets[first_target..].reverse();
        }
    }

    /// Repeats an operation at the prepared version, or takes it back.
    fn shift(&mut self, operation: &Operation, forward: bool) {
        if operation.kind == Kind::Insert {
            self.shift_units(operation.unit, operation.len, forward);
            return;
        }
        let end = operation.event + operation.len;
        let targets = &self.targets;
        let mut next = last_begun(targets.len(), targets.len(), |place| targets[place].event <= operation.event);
        while let Some(&target) = self.targets.get(next).filter(|target| target.event < end) {
            let from = operation.event.saturating_sub(target.event);
            let to = target.len.min(end - target.event);
            let id = if target.backward { target.id + (target.len - to) } else { target.id + from };
            self.shift_units(id, to - from, forward);
            next += 1;
        }
    }

    fn shift_units(&mut self, id: u32, len: u32, forward: bool) {
        let (mut next, end) = (id, id + len);
        let mut found = self.sequence.isolate(next, end);
        while let Some(place) = found {
            let item = *self.sequence.at(place);
            self.sequence.set(place, if forward { item.state + 1 } else { item.state - 1 }, item.gone);
            next += item.len;
            if next == end {
                return;
            }
            found = self.sequence.isolate_near(Place { item: place.item + 1, ..place }, next, end);
        }
    }
}
