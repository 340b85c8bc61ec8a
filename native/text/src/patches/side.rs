//! A version that is compared with another: what it knows of each agent, and its heads.

use forgebench_replica::{EventId, ReadError, Version};

use crate::history::History;

/// One of the two versions.
pub struct Side {
    /// How many events of each agent it knows, by the agent's number here.
    known: Vec<u32>,
    /// Those of its events, as far as they were looked at, that have no child in it.
    heads: Vec<u32>,
}

impl Side {
    /// A version as a replica told it.
    pub fn of(version: &Version, history: &History) -> Result<Self, ReadError> {
        let agents = &history.agents;
        version.refuse_ahead(agents)?;
        let mut known = vec![0; agents.names().len()];
        for (name, count) in version.entries() {
            if let Some(agent) = agents.find(name) {
                known[agent as usize] = *count;
            }
        }
        Ok(Self { known, heads: Vec::new() })
    }

    /// The version that knows everything.
    pub fn all(history: &History) -> Self {
        let agents = 0..history.agents.names().len() as u32;
        Self { known: agents.map(|agent| history.agents.known(agent)).collect(), heads: Vec::new() }
    }

    /// How many of `len` events in a row by one agent it knows, which are the first.
    pub fn count(&self, first: EventId, len: u32) -> u32 {
        self.known[first.agent as usize].saturating_sub(first.sequence).min(len)
    }

    /// The first event that one of the two knows and the other does not.
    pub fn first_difference(&self, other: &Self, history: &History) -> Option<u32> {
        let pairs = (0..).zip(self.known.iter().zip(&other.known)).filter(|(_, (ours, theirs))| ours != theirs);
        let first = |(agent, (&ours, &theirs)): (u32, (&u32, &u32))| {
            history.agents.event(EventId { agent, sequence: ours.min(theirs) })
        };
        pairs.filter_map(first).min()
    }

    /// Where the events end of which one of the two knows any.
    pub fn end(&self, other: &Self, history: &History) -> u32 {
        let agents = &history.agents;
        let counts: Vec<u32> = self.known.iter().zip(&other.known).map(|(&ours, &theirs)| ours.max(theirs)).collect();
        // Most comparisons are with the newest version, which spares a search for each agent.
        if (0..).zip(&counts).all(|(agent, &count)| count == agents.known(agent)) {
            return history.operations.len();
        }
        let last = |(agent, &count): (u32, &u32)| agents.event(EventId { agent, sequence: count.checked_sub(1)? });
        (0..).zip(&counts).filter_map(last).max().map_or(0, |last| last + 1)
    }

    /// Begins at a cut, of which it has to know everything before.
    pub fn begin(&mut self, cut: u32, history: &History) -> Result<(), ReadError> {
        for (agent, &known) in (0..).zip(&self.known) {
            let unknown = history.agents.event(EventId { agent, sequence: known });
            if let Some(event) = unknown.filter(|&event| event < cut) {
                return Err(history.agents.torn(event));
            }
        }
        self.heads = history.graph.parents_of(cut).as_slice().to_vec();
        Ok(())
    }

    /// Goes over `count` events in a row that it knows, from `event` on; it has to know their parents.
    pub fn advance(&mut self, event: u32, count: u32, cut: u32, history: &History) -> Result<(), ReadError> {
        if count == 0 {
            return Ok(());
        }
        let parents = history.graph.parents_of(event);
        for &parent in parents.as_slice() {
            if parent >= cut && self.count(history.agents.id(parent), 1) == 0 {
                return Err(history.agents.torn(parent));
            }
        }
        self.heads.retain(|head| !parents.as_slice().contains(head));
        self.heads.push(event + count - 1);
        Ok(())
    }

    /// Its events without a child in it, once all were gone over.
    pub fn heads(&self) -> &[u32] {
        &self.heads
    }
}
