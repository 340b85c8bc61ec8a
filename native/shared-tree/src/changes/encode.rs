//! Events to bytes.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use forgebench_replica::{EventId, begin, write_block, write_bytes, write_number, write_signed};
use forgebench_tree::{Name, Names, NodeId};

use super::{LETTER, VALUE_SHIFT, code};
use crate::event::{Change, Key, NOTHING, Placement};
use crate::history::History;
use crate::values;

/// The events of these ranges, ascending, whose causes outside are known to who reads it.
pub fn encode(history: &History, names: &Names, ranges: &[Range<u32>]) -> Vec<u8> {
    let mut writer = Writer::new(history, Chosen::of(ranges));
    for (event, place) in ranges.iter().cloned().flatten().zip(0..) {
        writer.write(&history.event(event).change, place);
    }
    let mut runs = Vec::new();
    writer.write_runs(&mut runs, ranges);
    let mut head = Vec::new();
    let agents = &writer.agents.items;
    write_texts(&mut head, agents.iter().map(|&agent| history.agents.names()[agent as usize].as_str()));
    let texts: Vec<_> = writer.names.items.iter().map(|&name| names.text(name)).collect();
    write_texts(&mut head, texts.iter().map(|text| &**text));
    head.extend_from_slice(&runs);
    let mut bytes = begin(LETTER);
    for column in [&head, &writer.codes, &writer.references, &writer.name_column, &writer.values] {
        write_block(&mut bytes, column);
    }
    bytes
}

fn write_texts<'t>(bytes: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'t str>) {
    write_number(bytes, texts.len() as u64);
    for text in texts {
        write_bytes(bytes, text.as_bytes());
    }
}

struct Writer<'w> {
    history: &'w History,
    chosen: Chosen,
    names: Used<Name>,
    agents: Used<u32>,
    codes: Vec<u8>,
    references: Vec<u8>,
    name_column: Vec<u8>,
    values: Vec<u8>,
}

impl<'w> Writer<'w> {
    fn new(history: &'w History, chosen: Chosen) -> Self {
        Self {
            history,
            chosen,
            names: Used::default(),
            agents: Used::default(),
            codes: Vec::new(),
            references: Vec::new(),
            name_column: Vec::new(),
            values: Vec::new(),
        }
    }

    fn write(&mut self, change: &Change, place: u32) {
        let code = match change {
            Change::Create { kind, .. } => {
                self.name(*kind);
                code::CREATE
            }
            Change::Place(placement) => self.placement(*placement, place),
            Change::SetKind { node, kind } => {
                self.node(*node, place);
                self.name(*kind);
                code::SET_KIND
            }
            Change::Set { node, key, value } => {
                self.node(*node, place);
                let (code, name) = match key {
                    Key::Attribute(name) => (code::ATTRIBUTE, name),
                    Key::Mark(name) => (code::MARK, name),
                };
                self.name(*name);
                code | (values::write(&mut self.values, self.history.value(*value)) as u8) << VALUE_SHIFT
            }
        };
        self.codes.push(code);
    }

    fn placement(&mut self, placement: Placement, place: u32) -> u8 {
        self.node(placement.node, place);
        let Some(parent) = placement.parent else { return code::TAKE_OUT };
        self.node(parent, place);
        self.reference(placement.left, place);
        self.reference(placement.right, place);
        code::PLACE
    }

    fn node(&mut self, node: NodeId, place: u32) {
        self.reference(self.history.creation(node), place);
    }

    fn reference(&mut self, event: u32, place: u32) {
        if event == NOTHING {
            write_number(&mut self.references, 0);
        } else if let Some(other) = self.chosen.place(event) {
            write_number(&mut self.references, u64::from(place - other) << 1);
        } else {
            let id = self.history.agents.id(event);
            write_number(&mut self.references, self.agents.number(id.agent) << 1 | 1);
            write_number(&mut self.references, u64::from(id.sequence));
        }
    }

    fn name(&mut self, name: Name) {
        write_number(&mut self.name_column, self.names.number(name));
    }

    /// Who made the events when: agent, number of the first, how many, time of the first. Times of a run count on.
    fn write_runs(&mut self, bytes: &mut Vec<u8>, ranges: &[Range<u32>]) {
        let runs = runs(self.history, ranges);
        write_number(bytes, runs.len() as u64);
        let mut expected = HashMap::new();
        for (id, len, time) in runs {
            let (next, next_time) = expected.entry(id.agent).or_insert((0, 0));
            write_number(bytes, self.agents.number(id.agent));
            write_signed(bytes, i64::from(id.sequence) - *next);
            write_number(bytes, u64::from(len));
            write_signed(bytes, i64::from(time) - *next_time);
            *next = i64::from(id.sequence) + i64::from(len);
            *next_time = i64::from(time) + i64::from(len);
        }
    }
}

/// The first event, the number of events and the first time of each run of events whose times count on.
fn runs(history: &History, ranges: &[Range<u32>]) -> Vec<(EventId, u32, u32)> {
    let mut runs: Vec<(EventId, u32, u32)> = Vec::new();
    for (event, range) in ranges.iter().flat_map(|range| range.clone().map(move |event| (event, range))) {
        let stamp = history.event(event).stamp;
        match runs.last_mut() {
            Some((id, len, first)) if event > range.start && stamp.time == *first + *len && id.agent == stamp.agent => {
                *len += 1;
            }
            _ => runs.push((history.agents.id(event), 1, stamp.time)),
        }
    }
    runs
}

/// What was named, and the place of each.
struct Used<T> {
    items: Vec<T>,
    numbers: HashMap<T, u64>,
}

impl<T> Default for Used<T> {
    fn default() -> Self {
        Self { items: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Copy + Eq + Hash> Used<T> {
    /// The number of one, which gets one where it is new.
    fn number(&mut self, item: T) -> u64 {
        let next = self.items.len() as u64;
        let number = *self.numbers.entry(item).or_insert(next);
        if number == next {
            self.items.push(item);
        }
        number
    }
}

/// Events that are sent, in the order of the history.
struct Chosen {
    ranges: Vec<Range<u32>>,
    /// How many events stand before each range.
    before: Vec<u32>,
}

impl Chosen {
    fn of(ranges: &[Range<u32>]) -> Self {
        let before = ranges.iter().scan(0, |sum, range| {
            let before = *sum;
            *sum += range.end - range.start;
            Some(before)
        });
        Self { ranges: ranges.to_vec(), before: before.collect() }
    }

    /// The place of an event among them.
    fn place(&self, event: u32) -> Option<u32> {
        let at = self.ranges.partition_point(|range| range.end <= event);
        let range = self.ranges.get(at).filter(|range| range.start <= event)?;
        Some(self.before[at] + (event - range.start))
    }
}
