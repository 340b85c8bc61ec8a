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
        let from = |known: u32, sequence, len| known.clamp(sequence, sequence + len) - sequence;
        self.ranges(agents, |known, sequence, len| from(known, sequence, len)..len)
    }

    /// Ranges of the events, ascending, that a replica of this version knows.
    pub fn knows(&self, agents: &Agents) -> Result<Vec<Range<u32>>, ReadError> {
        for (name, known) in &self.entries {
            let here = agents.find(name).map_or(0, |agent| agents.known(agent));
            if here < *known {
                return Err(ReadError::Missing { agent: name.clone(), sequence: here });
            }
        }
        Ok(self.ranges(agents, |known, sequence, len| 0..known.clamp(sequence, sequence + len) - sequence))
    }

    /// Events of which `choose` picks offsets in each run of an agent, given how many this version knows, and the first event's
    /// number and the length of the run.
    fn ranges(&self, agents: &Agents, choose: impl Fn(u32, u32, u32) -> Range<u32>) -> Vec<Range<u32>> {
        let known: Vec<u32> = agents.names().iter().map(|name| self.known(name)).collect();
        let (mut ranges, mut event) = (Vec::<Range<u32>>::new(), 0);
        for (id, len) in agents.between(0, agents.len()) {
            let chosen = choose(known[id.agent as usize], id.sequence, len);
            let chosen = event + chosen.start..event + chosen.end;
            match ranges.last_mut() {
                Some(last) if last.end == chosen.start => last.end = chosen.end,
                _ if chosen.is_empty() => {}
                _ => ranges.push(chosen),
            }
            event += len;
        }
        ranges
    }
}
