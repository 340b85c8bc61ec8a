//! Which events knew of which: runs of events with the parents of each run.

mod difference;
mod spans;

use std::cell::Cell;

use crate::search::last_begun;

pub use difference::{Difference, Walk};
pub use spans::Span;

/// Events in a row, each the only parent of the next. A run ends where the next begins.
#[derive(Clone, Copy, Debug)]
struct GraphRun {
    event: u32,
    /// Where its parents begin, and end where those of the next begin.
    parents: u32,
    /// The same for the heads beside it.
    others: u32,
}

/// The events of a document in the order in which it learned of them, which is one in which parents come first.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    runs: Vec<GraphRun>,
    /// Parents of all runs, ascending within each.
    parents: Vec<u32>,
    /// Of each run the events that had no child when it began and are not its parents.
    others: Vec<u32>,
    /// Number of events.
    len: u32,
    /// Events without a child, ascending: the version of the document.
    frontier: Vec<u32>,
    /// Where the last search ended.
    near: Cell<usize>,
}

impl Graph {
    /// Number of events.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Events without a child, ascending.
    pub fn frontier(&self) -> &[u32] {
        &self.frontier
    }

    /// Number of runs.
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// Adds `len` events in a row, the first of which follows these parents, ascending.
    pub fn push(&mut self, parents: &[u32], len: u32) {
        let last = self.len + len - 1;
        if self.len > 0 && parents == [self.len - 1] {
            // The event before is a head: it is the latest.
            self.frontier.pop();
            self.frontier.push(last);
            self.len += len;
            return;
        }
        let (at, others) = (self.parents.len() as u32, self.others.len() as u32);
        self.runs.push(GraphRun { event: self.len, parents: at, others });
        self.parents.extend_from_slice(parents);
        self.frontier.retain(|head| !parents.contains(head));
        self.others.extend_from_slice(&self.frontier);
        self.frontier.push(last);
        self.len += len;
    }

    /// Adds `len` events that follow everything.
    pub fn push_after_all(&mut self, len: u32) {
        let parents = self.frontier.clone();
        self.push(&parents, len);
    }

    /// Parents of one event, ascending.
    pub fn parents_of(&self, event: u32) -> Parents<'_> {
        let run = self.run_of(event);
        if self.runs[run].event < event { Parents::Before(event - 1) } else { Parents::OfRun(self.parents(run)) }
    }

    /// First events and lengths of runs in [from, to), cut off at both ends.
    pub fn between(&self, from: u32, to: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let first = self.runs.partition_point(|run| run.event <= from).saturating_sub(1);
        let inside = (first..self.runs.len()).take_while(move |&run| self.runs[run].event < to);
        inside.map(move |run| (self.runs[run].event.max(from), self.end(run).min(to)))
    }

    /// Forgets all events from this one on; `frontier` are the heads of what is left.
    pub fn truncate(&mut self, event: u32, frontier: &[u32]) {
        let kept = self.runs.partition_point(|run| run.event < event);
        if let Some(&cut) = self.runs.get(kept) {
            self.parents.truncate(cut.parents as usize);
            self.others.truncate(cut.others as usize);
            self.runs.truncate(kept);
        }
        self.len = event;
        self.frontier = frontier.to_vec();
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        let numbers = self.parents.capacity() + self.others.capacity() + self.frontier.capacity();
        self.runs.capacity() * size_of::<GraphRun>() + numbers * size_of::<u32>()
    }

    fn run_of(&self, event: u32) -> usize {
        let place = last_begun(self.runs.len(), self.near.get(), |place| self.runs[place].event <= event);
        self.near.set(place);
        place
    }

    fn end(&self, run: usize) -> u32 {
        self.runs.get(run + 1).map_or(self.len, |next| next.event)
    }

    fn parents(&self, run: usize) -> &[u32] {
        let end = self.runs.get(run + 1).map_or(self.parents.len(), |next| next.parents as usize);
        &self.parents[self.runs[run].parents as usize..end]
    }

    fn others(&self, run: usize) -> &[u32] {
        let end = self.runs.get(run + 1).map_or(self.others.len(), |next| next.others as usize);
        &self.others[self.runs[run].others as usize..end]
    }
}

/// Parents of an event: those of its run, or the event before it.
#[derive(Clone, Copy, Debug)]
pub enum Parents<'graph> {
    /// The event stands inside a run.
    Before(u32),
    /// The event begins a run.
    OfRun(&'graph [u32]),
}

impl Parents<'_> {
    /// The parents, ascending.
    pub fn as_slice(&self) -> &[u32] {
        match self {
            Self::Before(event) => std::slice::from_ref(event),
            Self::OfRun(parents) => parents,
        }
    }
}
