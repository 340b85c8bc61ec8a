//! Events as columns: who made them, what their authors knew, what they did. Texts stand elsewhere.

use std::ops::Range;

use forgebench_replica::{EventId, ReadError, Reader, write_bytes, write_number as write, write_signed};

use crate::history::History;
use crate::operations::{Kind, Operation};

/// What an event follows.
#[derive(Clone, Copy, Debug)]
pub enum Parent {
    /// An event of the same columns, by number.
    Inside(u32),
    /// Another event; the agent is a place in [`Columns::names`].
    Outside(EventId),
}

/// Columns that were read. Numbers of events count from 0, in columns.
#[derive(Debug, Default)]
pub struct Columns {
    /// Names of agents.
    pub names: Vec<String>,
    /// First event, its id, and number of events by one agent.
    pub agents: Vec<(u32, EventId, u32)>,
    /// First event, number of events in a line, and where the parents of the first end.
    pub lines: Vec<(u32, u32, usize)>,
    /// Parents of all lines.
    pub parents: Vec<Parent>,
    /// Operations; units count the inserted ones from 0.
    pub operations: Vec<Operation>,
    /// Number of events.
    pub events: u32,
    /// Number of units.
    pub units: u32,
}

/// Appends the events of these ranges, ascending, whose parents outside are known to who reads it.
pub fn write_columns(bytes: &mut Vec<u8>, history: &History, ranges: &[Range<u32>]) {
    let names = history.agents.names();
    write(bytes, names.len() as u64);
    for name in names {
        write_bytes(bytes, name.as_bytes());
    }
    write_agents(bytes, history, ranges);
    write_lines(bytes, history, ranges);
    write_operations(bytes, history, ranges);
}

fn write_agents(bytes: &mut Vec<u8>, history: &History, ranges: &[Range<u32>]) {
    let runs: Vec<_> = ranges.iter().flat_map(|range| history.agents.between(range.start, range.end)).collect();
    let mut expected = vec![0; history.agents.names().len()];
    write(bytes, runs.len() as u64);
    for (id, len) in runs {
        write(bytes, u64::from(id.agent));
        let next = &mut expected[id.agent as usize];
        write_signed(bytes, i64::from(id.sequence) - i64::from(*next));
        *next = id.sequence + len;
        write(bytes, u64::from(len));
    }
}

fn write_lines(bytes: &mut Vec<u8>, history: &History, ranges: &[Range<u32>]) {
    let runs: Vec<_> = ranges.iter().flat_map(|range| history.graph.between(range.start, range.end)).collect();
    write(bytes, runs.len() as u64);
    let mut number = 0;
    for (start, end) in runs {
        let parents = history.graph.parents_of(start);
        write(bytes, u64::from(end - start));
        write(bytes, parents.as_slice().len() as u64);
        for &parent in parents.as_slice() {
            if let Some(inside) = number_of(ranges, parent) {
                write(bytes, u64::from(number - inside) << 1);
            } else {
                let id = history.agents.id(parent);
                write(bytes, u64::from(id.agent) << 1 | 1);
                write(bytes, u64::from(id.sequence));
            }
        }
        number += end - start;
    }
}

/// The place of an event among those of the ranges.
fn number_of(ranges: &[Range<u32>], event: u32) -> Option<u32> {
    let mut before = 0;
    for range in ranges {
        if range.contains(&event) {
            return Some(before + (event - range.start));
        }
        before += range.end - range.start;
    }
    None
}

fn write_operations(bytes: &mut Vec<u8>, history: &History, ranges: &[Range<u32>]) {
    let runs: Vec<_> = ranges.iter().flat_map(|range| history.operations.between(range.start, range.end)).collect();
    write(bytes, runs.len() as u64);
    for operation in &runs {
        write(bytes, u64::from(operation.len) << 2 | operation.kind as u64);
    }
    let mut expected = 0;
    for operation in &runs {
        write_signed(bytes, i64::from(operation.position) - expected);
        expected = end_of(operation);
    }
}

/// Where the cursor stands after an operation, and where the next one probably begins.
fn end_of(operation: &Operation) -> i64 {
    i64::from(operation.lowest()) + if operation.kind == Kind::Insert { i64::from(operation.len) } else { 0 }
}

impl Columns {
    /// Reads what `write_columns` wrote, and checks that the columns agree in length and that numbers are in range.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        let mut columns = Self::default();
        for _ in 0..reader.count()? {
            columns.names.push(reader.name()?.to_owned());
        }
        columns.read_agents(reader)?;
        columns.read_lines(reader)?;
        columns.read_operations(reader)?;
        reader.finish()?;
        Ok(columns)
    }

    fn read_agents(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let mut expected = vec![0_i64; self.names.len()];
        for _ in 0..reader.count()? {
            let agent = self.read_agent(reader.small()?, reader)?;
            let next = &mut expected[agent as usize];
            let sequence = next.saturating_add(reader.signed()?);
            let len = reader.small()?;
            *next = sequence.saturating_add(i64::from(len));
            if sequence < 0 || *next > i64::from(u32::MAX >> 1) {
                return Err(reader.malformed("an event has an impossible number"));
            }
            self.agents.push((self.events, EventId { agent, sequence: sequence as u32 }, len));
            self.events = lengthen(self.events, len, reader)?;
        }
        Ok(())
    }

    fn read_agent(&self, agent: u32, reader: &Reader<'_>) -> Result<u32, ReadError> {
        let known = (agent as usize) < self.names.len();
        known.then_some(agent).ok_or_else(|| reader.malformed("an agent has no name"))
    }

    fn read_lines(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let mut number = 0;
        for _ in 0..reader.count()? {
            let len = reader.small()?;
            for _ in 0..reader.count()? {
                let code = reader.number()?;
                let parent = if code & 1 == 0 {
                    let back = code >> 1;
                    let inside = u64::from(number).checked_sub(back).filter(|_| back > 0);
                    Parent::Inside(inside.ok_or_else(|| reader.malformed("an event follows a later one"))? as u32)
                } else {
                    let agent = self.read_agent((code >> 1).min(u64::from(u32::MAX)) as u32, reader)?;
                    Parent::Outside(EventId { agent, sequence: reader.small()? })
                };
                self.parents.push(parent);
            }
            self.lines.push((number, len, self.parents.len()));
            number = lengthen(number, len, reader)?;
        }
        if number == self.events { Ok(()) } else { Err(reader.malformed("its columns differ in length")) }
    }

    fn read_operations(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let mut events = 0;
        for _ in 0..reader.count()? {
            let code = reader.number()?;
            let kind = Kind::from_bits((code & 3) as u32).ok_or_else(|| reader.malformed("an operation is unknown"))?;
            let len = (code >> 2).min(u64::from(u32::MAX)) as u32;
            self.operations.push(Operation { event: events, len, kind, position: 0, unit: self.units });
            events = lengthen(events, len, reader)?;
            self.units += if kind == Kind::Insert { len } else { 0 };
        }
        let mut expected = 0_i64;
        for operation in &mut self.operations {
            let position = expected.saturating_add(reader.signed()?);
            let (len, most) = (i64::from(operation.len), i64::from(u32::MAX >> 1));
            let room = if operation.kind == Kind::Backspace { position + 1 >= len } else { position + len <= most };
            if !(0..most).contains(&position) || !room {
                return Err(reader.malformed("an operation is out of range"));
            }
            operation.position = position as u32;
            expected = end_of(operation);
        }
        if events == self.events { Ok(()) } else { Err(reader.malformed("its columns differ in length")) }
    }
}

/// A sum below 2^31 of runs that are not empty.
fn lengthen(events: u32, len: u32, reader: &Reader<'_>) -> Result<u32, ReadError> {
    let sum = events.checked_add(len).filter(|&sum| len > 0 && sum < 1 << 31);
    sum.ok_or_else(|| reader.malformed("it has an empty run or too many events"))
}
