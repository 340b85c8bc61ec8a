//! Everything that ever happened to a document, in the order in which this replica learned of it: causes come first.

use std::cmp::Ordering;
use std::ops::Range;

use forgebench_replica::{Agents, ReadError};
use forgebench_tree::{NodeId, Value};

use crate::event::{Change, Event, NOTHING, Placement, Stamp};

/// Events that a document can hold, and with them its nodes.
pub const MOST_EVENTS: u32 = 1 << 31;

/// All events, and who made them.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Who made each event.
    pub agents: Agents,
    events: Vec<Event>,
    /// The event that created each node, from the second on; the root was never created.
    creations: Vec<u32>,
    /// Values of attributes and marks, in the order of the events that set them.
    values: Vec<Value>,
    /// The time of the next event that is made here.
    next_time: u32,
}

/// The end of a history, to which it can be brought back.
pub struct Mark {
    events: usize,
    creations: usize,
    values: usize,
    names: usize,
    next_time: u32,
}

impl History {
    /// Number of events.
    pub fn len(&self) -> u32 {
        self.events.len() as u32
    }

    /// Number of nodes that were ever created, with the root.
    pub fn nodes(&self) -> u32 {
        self.creations.len() as u32 + 1
    }

    /// The id of the node that is created next.
    pub fn next_node(&self) -> Option<NodeId> {
        NodeId::new(self.nodes() + 1)
    }

    /// An event.
    pub fn event(&self, event: u32) -> &Event {
        &self.events[event as usize]
    }

    /// Where an event puts a node; events that do something else are nowhere in a list.
    pub fn placement(&self, event: u32) -> Option<&Placement> {
        match &self.events.get(event as usize)?.change {
            Change::Place(placement) => Some(placement),
            _ => None,
        }
    }

    /// The event that created a node; [`NOTHING`] for the root.
    pub fn creation(&self, node: NodeId) -> u32 {
        let place = (node.number() as usize).checked_sub(2);
        place.and_then(|place| self.creations.get(place)).copied().unwrap_or(NOTHING)
    }

    /// The events that an event names, which come before it; [`NOTHING`] where it names fewer than four.
    fn causes(&self, event: u32) -> [u32; 4] {
        match self.event(event).change {
            Change::Create { .. } => [NOTHING; 4],
            Change::Place(Placement { node, parent, left, right }) => {
                [self.creation(node), parent.map_or(NOTHING, |parent| self.creation(parent)), left, right]
            }
            Change::SetKind { node, .. } | Change::Set { node, .. } => [self.creation(node), NOTHING, NOTHING, NOTHING],
        }
    }

    /// Refuses events, in ascending ranges, that name others which are not among them.
    pub fn refuse_torn(&self, ranges: &[Range<u32>]) -> Result<(), ReadError> {
        let known = |event: u32| {
            let at = ranges.partition_point(|range| range.end <= event);
            event == NOTHING || ranges.get(at).is_some_and(|range| range.start <= event)
        };
        let causes = ranges.iter().cloned().flatten().flat_map(|event| self.causes(event));
        causes.filter(|&cause| !known(cause)).try_for_each(|cause| Err(self.agents.torn(cause)))
    }

    /// Adds what was done here, after everything else.
    pub fn make(&mut self, agent: u32, change: Change) -> u32 {
        self.push(Event { stamp: Stamp { time: self.next_time, agent }, change })
    }

    /// Adds an event whose causes are here.
    pub fn push(&mut self, event: Event) -> u32 {
        let number = self.len();
        if matches!(event.change, Change::Create { .. }) {
            push_slowly(&mut self.creations, number);
        }
        self.next_time = self.next_time.max(event.stamp.time + 1);
        self.agents.push(event.stamp.agent, 1);
        push_slowly(&mut self.events, event);
        number
    }

    /// Keeps the value of an event that is added next; gives its place.
    pub fn keep(&mut self, value: Option<Value>) -> u32 {
        let Some(value) = value else { return NOTHING };
        push_slowly(&mut self.values, value);
        self.values.len() as u32 - 1
    }

    /// The value at a place; none where an event removes one.
    pub fn value(&self, place: u32) -> Option<&Value> {
        self.values.get(place as usize)
    }

    /// Which event comes first for all replicas: by time, and by the names of their authors where they were made at once.
    pub fn compare(&self, first: u32, second: u32) -> Ordering {
        let [first, second] = [first, second].map(|event| self.events[event as usize].stamp);
        first.time.cmp(&second.time).then_with(|| self.name(first).cmp(self.name(second)))
    }

    /// Which of two neighbours stands first: by the names of their authors, and by time where one author made both.
    pub fn compare_authors(&self, first: u32, second: u32) -> Ordering {
        let [first, second] = [first, second].map(|event| self.events[event as usize].stamp);
        self.name(first).cmp(self.name(second)).then_with(|| first.time.cmp(&second.time))
    }

    fn name(&self, stamp: Stamp) -> &[u8] {
        self.agents.names()[stamp.agent as usize].as_bytes()
    }

    /// The end as it is now.
    pub fn mark(&self) -> Mark {
        Mark {
            events: self.events.len(),
            creations: self.creations.len(),
            values: self.values.len(),
            names: self.agents.names().len(),
            next_time: self.next_time,
        }
    }

    /// Forgets what was added since.
    pub fn truncate(&mut self, mark: &Mark) {
        self.events.truncate(mark.events);
        self.creations.truncate(mark.creations);
        self.values.truncate(mark.values);
        self.agents.truncate(mark.events as u32, mark.names);
        self.next_time = mark.next_time;
    }

    /// Bytes of memory, without those of texts.
    pub fn bytes(&self) -> usize {
        let events = self.events.capacity() * size_of::<Event>();
        let lists = self.creations.capacity() * size_of::<u32>() + self.values.capacity() * size_of::<Value>();
        self.agents.bytes() + events + lists
    }
}

/// A list of a long history grows by a quarter: doubling would leave half of it empty.
pub fn push_slowly<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 4 + 16);
    }
    list.push(item);
}
