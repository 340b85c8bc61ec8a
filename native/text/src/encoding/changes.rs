//! Events that another replica lacks.

use std::ops::Range;

use forgebench_replica::{EventId, ReadError, Reader, Version, after_begin, begin, read_block, write_block};

use super::columns::{Columns, Parent, write_columns};
use super::units;
use crate::error::MergeError;
use crate::history::History;
use crate::operations::{Kind, MOST_UNITS, Operation};

const WHAT: &str = "changes";

/// All events that a version does not know.
pub fn encode_changes(history: &History, version: &Version) -> Vec<u8> {
    encode(history, &version.lacks(&history.agents))
}

/// All events that a version knows.
pub fn encode_changes_until(history: &History, version: &Version) -> Result<Vec<u8>, MergeError> {
    Ok(encode(history, &version.knows(&history.agents)?))
}

fn encode(history: &History, ranges: &[Range<u32>]) -> Vec<u8> {
    let (mut columns, mut text) = (Vec::new(), Vec::new());
    write_columns(&mut columns, history, ranges);
    for range in ranges {
        let operations = &history.operations;
        let (from, to) = (operations.units_before(range.start), operations.units_before(range.end));
        text.extend_from_slice(&operations.text()[from as usize..to as usize]);
    }
    let mut bytes = begin(b'c');
    write_block(&mut bytes, &columns);
    write_block(&mut bytes, &units::to_bytes(&text));
    bytes
}

/// Adds the events of changes that are not here yet. Where that fails, some may have been added: the caller takes them back.
pub fn decode_changes(history: &mut History, bytes: &[u8]) -> Result<(), MergeError> {
    let mut reader = after_begin(bytes, b'c', WHAT)?;
    let columns = read_block(&mut reader)?;
    let text = read_block(&mut reader)?;
    reader.finish()?;
    let columns = Columns::read(&mut Reader::new(&columns, WHAT))?;
    let text = units::from_bytes(&text).filter(|text| text.len() == columns.units as usize);
    let text = text.ok_or_else(|| reader.malformed("its text does not fit to its operations"))?;
    add_columns(history, &columns, Some(&text))
}

/// Adds the events of columns that are not here yet; their text may come later.
pub fn add_columns(history: &mut History, columns: &Columns, text: Option<&[u16]>) -> Result<(), MergeError> {
    let (units, events) = (history.operations.units(), history.operations.len());
    let full = u64::from(units) + u64::from(columns.units) > MOST_UNITS as u64;
    if full || u64::from(events) + u64::from(columns.events) > crate::document::MOST_EVENTS {
        return Err(MergeError::Full);
    }
    let agents = columns.names.iter().map(|name| history.agents.number(name)).collect();
    let parents = Vec::new();
    let mut joiner =
        Joiner { first_event: events, all_new: true, next_operation: 0, agents, history, columns, text, parents };
    let mut line = 0;
    for &(mut start, mut id, len) in &columns.agents {
        let end = start + len;
        while start < end {
            let (first, length, _) = columns.lines[line];
            let piece_end = end.min(first + length);
            joiner.add(line, start, piece_end, id)?;
            id.sequence += piece_end - start;
            start = piece_end;
            line += usize::from(piece_end == first + length);
        }
    }
    Ok(())
}

/// Joins columns to a history.
struct Joiner<'join> {
    history: &'join mut History,
    columns: &'join Columns,
    text: Option<&'join [u16]>,
    /// Numbers of agents in the history.
    agents: Vec<u32>,
    /// The event that the first one of the columns is here, as long as all are new.
    first_event: u32,
    all_new: bool,
    /// The operation that may hold the next event.
    next_operation: usize,
    /// Room for the parents of an event.
    parents: Vec<u32>,
}

impl Joiner<'_> {
    /// Adds events of one agent in one line, as far as they are not here.
    fn add(&mut self, line: usize, start: u32, end: u32, id: EventId) -> Result<(), MergeError> {
        let agent = self.agents[id.agent as usize];
        let known = self.history.agents.known(agent);
        if id.sequence > known {
            return Err(self.missing(agent, known));
        }
        let new = end.min(start + (known - id.sequence));
        self.all_new &= new == start;
        if new == end {
            return Ok(());
        }
        self.parents.clear();
        if new > start {
            let before = self.here(agent, id.sequence + (new - start) - 1)?;
            self.parents.push(before);
        } else {
            self.find_parents(line, start)?;
        }
        self.history.graph.push(&self.parents, end - new);
        self.history.agents.push(agent, end - new);
        self.add_operations(new, end);
        Ok(())
    }

    /// Fills `parents` with those of an event here, ascending.
    fn find_parents(&mut self, line: usize, event: u32) -> Result<(), MergeError> {
        let (first, _, parents_end) = self.columns.lines[line];
        if event > first {
            let before = self.inside(event - 1)?;
            self.parents.push(before);
            return Ok(());
        }
        let from = if line == 0 { 0 } else { self.columns.lines[line - 1].2 };
        for parent in &self.columns.parents[from..parents_end] {
            let parent = match *parent {
                Parent::Inside(event) => self.inside(event)?,
                Parent::Outside(id) => self.here(self.agents[id.agent as usize], id.sequence)?,
            };
            self.parents.push(parent);
        }
        self.parents.sort_unstable();
        self.parents.dedup();
        Ok(())
    }

    /// The event here that an earlier one of the columns is.
    fn inside(&self, event: u32) -> Result<u32, MergeError> {
        if self.all_new {
            return Ok(self.first_event + event);
        }
        let runs = &self.columns.agents;
        let (start, id, _) = runs[runs.partition_point(|&(start, ..)| start <= event) - 1];
        self.here(self.agents[id.agent as usize], id.sequence + (event - start))
    }

    fn here(&self, agent: u32, sequence: u32) -> Result<u32, MergeError> {
        let event = self.history.agents.event(EventId { agent, sequence });
        event.ok_or_else(|| self.missing(agent, self.history.agents.known(agent)))
    }

    fn missing(&self, agent: u32, sequence: u32) -> MergeError {
        ReadError::Missing { agent: self.history.agents.names()[agent as usize].clone(), sequence }.into()
    }

    fn add_operations(&mut self, from: u32, to: u32) {
        let operations = &self.columns.operations;
        while let Some(operation) = operations.get(self.next_operation).filter(|operation| operation.event < to) {
            let end = operation.event + operation.len;
            if end > from {
                let part =
                    operation.slice(from.saturating_sub(operation.event), operation.len.min(to - operation.event));
                self.add_operation(&part);
            }
            if end > to {
                return;
            }
            self.next_operation += 1;
        }
    }

    fn add_operation(&mut self, operation: &Operation) {
        if let (Kind::Insert, Some(text)) = (operation.kind, self.text) {
            let from = operation.unit as usize;
            self.history.operations.push_text(&text[from..from + operation.len as usize]);
        }
        self.history.operations.push(operation);
    }
}
