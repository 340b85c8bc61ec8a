//! Bytes to events. Nothing of them is believed before it is checked.

use forgebench_replica::{EventId, ReadError, Reader, after_begin, read_block};
use forgebench_tree::{Name, Names, NodeId, Value};

use super::{LETTER, VALUE_SHIFT, code};
use crate::error::MergeError;
use crate::event::{Change, Event, Key, NOTHING, Placement, Stamp};
use crate::history::{History, MOST_EVENTS};
use crate::values::{self, ValueKind};

const WHAT: &str = "changes of a shared tree";

/// Adds the events that are not here yet. Where that fails, some may have been added: the caller takes them back.
pub fn decode(history: &mut History, names: &Names, bytes: &[u8]) -> Result<(), MergeError> {
    let mut reader = after_begin(bytes, LETTER, WHAT)?;
    let mut columns = Vec::with_capacity(5);
    for _ in 0..5 {
        columns.push(read_block(&mut reader)?);
    }
    reader.finish()?;
    let [mut head, codes, references, name_column, values] =
        [0, 1, 2, 3, 4].map(|at: usize| Reader::new(&columns[at], WHAT));
    let agents = read_texts(&mut head)?.into_iter().map(|name| history.agents.number(name)).collect();
    let texts = read_texts(&mut head)?;
    let mut decoder = Decoder {
        agents,
        interned: vec![None; texts.len()],
        texts,
        names,
        value: None,
        here: Vec::new(),
        history,
        codes,
        references,
        name_column,
        values,
    };
    decoder.read_runs(&mut head)?;
    head.finish()?;
    for column in [decoder.codes, decoder.references, decoder.name_column, decoder.values] {
        column.finish()?;
    }
    Ok(())
}

fn read_texts<'bytes>(reader: &mut Reader<'bytes>) -> Result<Vec<&'bytes str>, ReadError> {
    (0..reader.count()?).map(|_| reader.name()).collect()
}

struct Decoder<'d> {
    history: &'d mut History,
    names: &'d Names,
    /// Numbers of agents in the history.
    agents: Vec<u32>,
    texts: Vec<&'d str>,
    interned: Vec<Option<Name>>,
    /// The value that the event which is read sets; those of events that are here already are not kept.
    value: Option<Value>,
    /// The event here that each event of the columns is.
    here: Vec<u32>,
    codes: Reader<'d>,
    references: Reader<'d>,
    name_column: Reader<'d>,
    values: Reader<'d>,
}

impl Decoder<'_> {
    fn read_runs(&mut self, head: &mut Reader<'_>) -> Result<(), MergeError> {
        let mut expected = vec![(0_i64, 0_i64); self.agents.len()];
        for _ in 0..head.count()? {
            let place = head.small()? as usize;
            let agent = *self.agents.get(place).ok_or_else(|| head.malformed("an agent has no name"))?;
            let (next, next_time) = &mut expected[place];
            let sequence = next.saturating_add(head.signed()?);
            let len = head.small()?;
            let time = next_time.saturating_add(head.signed()?);
            (*next, *next_time) = (sequence.saturating_add(i64::from(len)), time.saturating_add(i64::from(len)));
            let most = i64::from(MOST_EVENTS);
            if sequence < 0 || time < 0 || *next > most || *next_time > most {
                return Err(head.malformed("an event has an impossible number or time").into());
            }
            for offset in 0..len {
                let id = EventId { agent, sequence: sequence as u32 + offset };
                self.read_event(id, time as u32 + offset)?;
            }
        }
        Ok(())
    }

    fn read_event(&mut self, id: EventId, time: u32) -> Result<(), MergeError> {
        let stamp = Stamp { time, agent: id.agent };
        let known = self.history.agents.known(id.agent);
        if id.sequence > known {
            return Err(self.missing(id.agent).into());
        }
        // What is known already is read like the rest, for the columns stand behind it.
        let mut change = self.read_change(stamp)?;
        if let Some(event) = self.history.agents.event(id) {
            self.here.push(event);
            return Ok(());
        }
        if self.history.len() >= MOST_EVENTS {
            return Err(MergeError::Full);
        }
        self.check_time(id, time)?;
        if let Change::Set { value, .. } = &mut change {
            *value = self.history.keep(self.value.take());
        }
        self.here.push(self.history.push(Event { stamp, change }));
        Ok(())
    }

    /// What an agent did is not all here.
    fn missing(&self, agent: u32) -> ReadError {
        let name = self.history.agents.names()[agent as usize].clone();
        ReadError::Missing { agent: name, sequence: self.history.agents.known(agent) }
    }

    /// Nobody can have counted further than there are events, and everybody counts on.
    fn check_time(&self, id: EventId, time: u32) -> Result<(), MergeError> {
        let last = id.sequence.checked_sub(1).map(|sequence| EventId { sequence, ..id });
        let last = last.and_then(|id| self.history.agents.event(id));
        let grows = last.is_none_or(|last| self.history.event(last).stamp.time < time);
        if !grows {
            return Err(self.codes.malformed("an agent's events are not in the order of their times").into());
        }
        if time > self.history.len() { Err(MergeError::Early) } else { Ok(()) }
    }

    fn read_change(&mut self, stamp: Stamp) -> Result<Change, MergeError> {
        let [byte] = self.codes.array()?;
        let value = byte >> VALUE_SHIFT;
        Ok(match byte & ((1 << VALUE_SHIFT) - 1) {
            code::CREATE => {
                let kind = self.name()?;
                Change::Create { node: self.history.next_node().ok_or(MergeError::Full)?, kind }
            }
            code::PLACE => Change::Place(self.placement(stamp)?),
            code::TAKE_OUT => {
                let node = self.node(stamp)?;
                Change::Place(self.placed(Placement { node, parent: None, left: NOTHING, right: NOTHING })?)
            }
            code::SET_KIND => Change::SetKind { node: self.node(stamp)?, kind: self.name()? },
            code::ATTRIBUTE => self.set(stamp, Key::Attribute, value)?,
            code::MARK => self.set(stamp, Key::Mark, value)?,
            _ => return Err(self.codes.malformed("an event does something unknown").into()),
        })
    }

    fn set(&mut self, stamp: Stamp, key: impl Fn(Name) -> Key, value: u8) -> Result<Change, ReadError> {
        let (node, key) = (self.node(stamp)?, key(self.name()?));
        let kind = ValueKind::from_bits(value).ok_or_else(|| self.values.malformed("a value is of an unknown kind"))?;
        self.value = values::read(&mut self.values, kind)?;
        Ok(Change::Set { node, key, value: NOTHING })
    }

    fn placement(&mut self, stamp: Stamp) -> Result<Placement, ReadError> {
        let (node, parent) = (self.node(stamp)?, self.node(stamp)?);
        let [left, right] = [self.reference(stamp)?, self.reference(stamp)?];
        let beside = |event: u32| {
            event == NOTHING || self.history.placement(event).is_some_and(|other| other.parent == Some(parent))
        };
        if !beside(left) || !beside(right) {
            return Err(self.references.malformed("a node is put beside one that is elsewhere"));
        }
        self.placed(Placement { node, parent: Some(parent), left, right })
    }

    fn placed(&self, placement: Placement) -> Result<Placement, ReadError> {
        let is_root = placement.node == NodeId::ROOT;
        if is_root { Err(self.references.malformed("the root is moved")) } else { Ok(placement) }
    }

    fn node(&mut self, stamp: Stamp) -> Result<NodeId, ReadError> {
        let event = self.reference(stamp)?;
        if event == NOTHING {
            return Ok(NodeId::ROOT);
        }
        match self.history.event(event).change {
            Change::Create { node, .. } => Ok(node),
            _ => Err(self.references.malformed("a node is named that nobody created")),
        }
    }

    /// An event that comes before one with this stamp.
    fn reference(&mut self, stamp: Stamp) -> Result<u32, ReadError> {
        let number = self.references.number()?;
        let event = match (number & 1, number >> 1) {
            (0, 0) => return Ok(NOTHING),
            (0, distance) => {
                let place = (self.here.len() as u64).checked_sub(distance);
                place.map(|place| self.here[place as usize])
            }
            (_, agent) => match self.agents.get(agent as usize).copied() {
                Some(agent) => {
                    let sequence = self.references.small()?;
                    let event = self.history.agents.event(EventId { agent, sequence });
                    Some(event.ok_or_else(|| self.missing(agent))?)
                }
                None => None,
            },
        };
        let event = event.filter(|&event| self.history.event(event).stamp.time < stamp.time);
        event.ok_or_else(|| self.references.malformed("an event names one that does not come before it"))
    }

    fn name(&mut self) -> Result<Name, ReadError> {
        let number = self.name_column.small()? as usize;
        let text = self.texts.get(number).ok_or_else(|| self.name_column.malformed("a name is missing"))?;
        Ok(*self.interned[number].get_or_insert_with(|| self.names.intern(text)))
    }
}
