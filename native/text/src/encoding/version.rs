//! How far a replica knows each agent.

use super::number::{write, write_bytes};
use super::{after_begin, begin};
use crate::error::MergeError;
use crate::history::History;

const WHAT: &str = "version";

/// For each agent how many of its events are known, which are always the first ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    entries: Vec<(String, u32)>,
}

impl Version {
    /// What a history knows.
    pub fn of(history: &History) -> Self {
        let agents = &history.agents;
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
    pub fn decode(bytes: &[u8]) -> Result<Self, MergeError> {
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
}
