//! Who made which event: names of agents, and the numbers that events have everywhere.

use std::collections::HashMap;

use crate::ReadError;
use std::ops::Range;

/// The name that an event has everywhere: the agent's number in this document, and how many events that agent made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId {
    /// Place of the agent in [`Agents::names`].
    pub agent: u32,
    /// Counts the agent's events from 0.
    pub sequence: u32,
}

/// Events in a row by one agent. A run ends where the next begins.
#[derive(Clone, Copy, Debug)]
struct AgentRun {
    event: u32,
    id: EventId,
}

/// Agents of a document and their events.
#[derive(Clone, Debug, Default)]
pub struct Agents {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// For each agent the runs of its events, as places in `runs`, and the number of its events.
    owns: Vec<(Vec<u32>, u32)>,
    runs: Vec<AgentRun>,
    /// Number of events.
    len: u32,
}

impl Agents {
    /// The number of an agent, which gets one where it is new.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        self.owns.push((Vec::new(), 0));
        number
    }

    /// The number of an agent that is known.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// Number of events.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Names by number.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many events of an agent are here; they are the first ones.
    pub fn known(&self, agent: u32) -> u32 {
        self.owns[agent as usize].1
    }

    /// Refuses what came under an agent's name beyond the events that it had made itself.
    pub fn refuse_others(&self, agent: u32, made: u32) -> Result<(), ReadError> {
        if self.known(agent) == made { Ok(()) } else { Err(ReadError::SameAgent(self.names[agent as usize].clone())) }
    }

    /// Says that events of a version build on this one, which the version does not know.
    pub fn torn(&self, event: u32) -> ReadError {
        let EventId { agent, sequence } = self.id(event);
        ReadError::Torn { agent: self.names[agent as usize].clone(), sequence }
    }

    /// The next `len` events are by this agent.
    pub fn push(&mut self, agent: u32, len: u32) {
        let (own, known) = &mut self.owns[agent as usize];
        if self.runs.last().is_none_or(|last| last.id.agent != agent) {
            own.push(self.runs.len() as u32);
            self.runs.push(AgentRun { event: self.len, id: EventId { agent, sequence: *known } });
        }
        *known += len;
        self.len += len;
    }

    /// Who made an event.
    pub fn id(&self, event: u32) -> EventId {
        let run = self.runs[self.runs.partition_point(|run| run.event <= event) - 1];
        EventId { agent: run.id.agent, sequence: run.id.sequence + (event - run.event) }
    }

    /// The event with this name, where it is here.
    pub fn event(&self, id: EventId) -> Option<u32> {
        let (own, known) = self.owns.get(id.agent as usize)?;
        if id.sequence >= *known {
            return None;
        }
        let after = own.partition_point(|&place| self.runs[place as usize].id.sequence <= id.sequence);
        let run = self.runs[own[after - 1] as usize];
        Some(run.event + (id.sequence - run.id.sequence))
    }

    /// Who made the events in [from, to): the first id and the length of each run.
    pub fn between(&self, from: u32, to: u32) -> impl Iterator<Item = (EventId, u32)> + '_ {
        let mut event = from;
        let mut place = self.runs.partition_point(|run| run.event <= from).saturating_sub(1);
        std::iter::from_fn(move || {
            if event >= to {
                return None;
            }
            let run = self.runs[place];
            let end = self.runs.get(place + 1).map_or(self.len, |next| next.event).min(to);
            let id = EventId { agent: run.id.agent, sequence: run.id.sequence + (event - run.event) };
            let len = end - event;
            (event, place) = (end, place + 1);
            Some((id, len))
        })
    }

    /// Ranges, ascending, of an agent's events from its number `known` on.
    pub fn after(&self, agent: u32, known: u32) -> impl Iterator<Item = Range<u32>> + '_ {
        let (own, len) = &self.owns[agent as usize];
        let first = own.partition_point(|&place| self.runs[place as usize].id.sequence <= known).saturating_sub(1);
        let runs = if known < *len { &own[first..] } else { &[] };
        runs.iter().map(move |&place| {
            let run = self.runs[place as usize];
            let end = self.runs.get(place as usize + 1).map_or(self.len, |next| next.event);
            run.event + known.saturating_sub(run.id.sequence)..end
        })
    }

    /// Forgets all events from this one on, and agents beyond the first `names`.
    pub fn truncate(&mut self, event: u32, names: usize) {
        while let Some(last) = self.runs.last() {
            let (own, known) = &mut self.owns[last.id.agent as usize];
            if last.event < event {
                *known = last.id.sequence + (event - last.event).min(self.len - last.event);
                break;
            }
            *known = last.id.sequence;
            own.pop();
            self.len = last.event;
            self.runs.pop();
        }
        self.len = event;
        for name in self.names.drain(names..) {
            self.numbers.remove(&name);
        }
        self.owns.truncate(names);
    }

    /// Bytes of memory, nearly.
    pub fn bytes(&self) -> usize {
        let names: usize = self.names.iter().map(|name| 2 * (name.len() + size_of::<String>()) + 8).sum();
        let owned: usize = self.owns.iter().map(|(own, _)| own.capacity() * size_of::<u32>()).sum();
        names + owned + self.runs.capacity() * size_of::<AgentRun>()
    }
}
