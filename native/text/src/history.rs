//! Everything that ever happened to a document: who, after what, and what.

use forgebench_replica::Agents;

use crate::graph::Graph;
use crate::operations::Operations;

/// The event graph: three columns over the same events.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Who made each event.
    pub agents: Agents,
    /// What each event's author knew.
    pub graph: Graph,
    /// What each event did.
    pub operations: Operations,
}

/// The end of a history, to which it can be brought back.
pub struct Mark {
    events: u32,
    names: usize,
    frontier: Vec<u32>,
}

impl History {
    /// The end as it is now.
    pub fn mark(&self) -> Mark {
        Mark {
            events: self.operations.len(),
            names: self.agents.names().len(),
            frontier: self.graph.frontier().to_vec(),
        }
    }

    /// Forgets what was added since.
    pub fn truncate(&mut self, mark: &Mark) {
        self.operations.truncate(mark.events);
        self.graph.truncate(mark.events, &mark.frontier);
        self.agents.truncate(mark.events, mark.names);
    }

    /// Says that the last events, which are operations already, were made by this agent after everything else.
    pub fn attribute(&mut self, agent: u32) {
        let len = self.operations.len() - self.graph.len();
        if len > 0 {
            self.graph.push_after_all(len);
            self.agents.push(agent, len);
        }
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        self.agents.bytes() + self.graph.bytes() + self.operations.bytes()
    }
}
