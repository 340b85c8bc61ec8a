//! How far a replica knows each agent.

use std::ops::Range;

use crate::number::{write, write_bytes};
use crate::{Agents, ReadError, after_begin, begin};

const WHAT: &str = "version";

/// For each agent how many of its events are known, which are always the first ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    entries: Vec<(String, u32)>,
}

impl Version {
    /// What a replica knows.
    pub fn of(agents: &Agents) -> Self {
        let known = agents.names().iter().zip(0..).map(|(name, agent)| (name.clone(), agents.known(agent)));
        let mut entries: Vec<_> = known.filter(|&(_, known)| known > 0).collect();
        entries.sort_unstable();
        Self { entries }
    }

    /// Agents with the number of their events, ascending by name.
    pub fn entries(&self) -> &[(String, u32)] {
        &self.entries
    }

    /// How many events of an agent are known.
    pub fn known(&self, name: &str) -> u32 {
        let found = self.entries.binary_search_by(|(other, _)| other.as_str().cmp(name));
        found.map_or(0, |at| self.entries[at].1)
    }

    /// Bytes for another replica.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = begin(b'v');
        write(&mut bytes, self.entries.len() as u64);
        for (name, known) in &self.entries {
            write_bytes(&mut bytes, name.as_bytes());
            write(&mut bytes, u64::from(*known));
        }
        bytes
    }

    /// Reads what `encode` wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut reader = after_begin(bytes, b'v', WHAT)?;
        let mut entries = Vec::new();
        for _ in 0..reader.count()? {
            entries.push((reader.name()?.to_owned(), reader.small()?));
        }
        reader.finish()?;
        if entries.is_sorted_by(|(first, _), (second, _)| first < second) {
            Ok(Self { entries })
        } else {
            Err(reader.malformed("its agents are not in order"))
        }
    }

    /// Ranges of the events, ascending, that a replica of this version lacks.
    pub fn lacks(&self, agents: &Agents) -> Vec<Range<u32>> {
        let names = agents.names().iter().zip(0..);
        let mut ranges: Vec<_> = names.flat_map(|(name, agent)| agents.after(agent, self.known(name))).collect();
        ranges.sort_unstable_by_key(|range| range.start);
        joined(ranges)
    }

    /// Refuses a version that knows more than is here.
    pub fn refuse_ahead(&self, agents: &Agents) -> Result<(), ReadError> {
        let here = |name: &str| agents.find(name).map_or(0, |agent| agents.known(agent));
        let ahead = self.entries.iter().find(|(name, known)| here(name) < *known);
        ahead.map_or(Ok(()), |(name, _)| Err(ReadError::Ahead { agent: name.clone(), sequence: here(name) }))
    }

    /// Ranges of the events, ascending, that a replica of this version knows.
    pub fn knows(&self, agents: &Agents) -> Result<Vec<Range<u32>>, ReadError> {
        self.refuse_ahead(agents)?;
        let known: Vec<u32> = agents.names().iter().map(|name| self.known(name)).collect();
        let mut event = 0;
        let runs = agents.between(0, agents.len()).map(|(id, len)| {
            let start = event;
            event += len;
            start..start + known[id.agent as usize].clamp(id.sequence, id.sequence + len) - id.sequence
        });
        Ok(joined(runs.filter(|range| !range.is_empty())))
    }
}

/// Ascending ranges, those that meet as one.
fn joined(ranges: impl IntoIterator<Item = Range<u32>>) -> Vec<Range<u32>> {
    let mut joined = Vec::<Range<u32>>::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => joined.push(range),
        }
    }
    joined
}
