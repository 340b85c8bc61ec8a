//! What makes the text of one version into that of another: the units are compared, and not the letters.
//!
//! What both versions know up to a cut matters for neither. The events behind it that one of them knows are replayed by a
//! tracker, which is then brought to both versions: each unit is seen in both, in one, or in none. So a few new events of
//! a long document cost as much as they do when they are merged, unless text comes back that was deleted before the cut.

mod side;

use std::ops::Range;

use side::Side;

use forgebench_replica::Version;

use crate::document::TextDocument;
use crate::error::MergeError;
use crate::history::History;
use crate::tracker::{FIRST_OLD, Item, OutOfRange, Tracker};

/// A place at which two texts differ. Its position counts the text in which all patches before have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Where it begins.
    pub position: u32,
    /// Units that go.
    pub deleted: u32,
    /// Units that come.
    pub inserted: u32,
}

/// Patches by their place, with something between any two, and the text that they insert, one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patches {
    /// The patches.
    pub patches: Vec<Patch>,
    /// What they insert.
    pub text: Vec<u16>,
}

impl Patches {
    /// Those that make an empty text into this one.
    pub fn from_nothing(text: Vec<u16>) -> Self {
        let whole = Patch { position: 0, deleted: 0, inserted: text.len() as u32 };
        Self { patches: if text.is_empty() { Vec::new() } else { vec![whole] }, text }
    }
}

impl TextDocument {
    /// What makes the text of one version into that of another, or of the newest.
    pub fn patches(&self, from: &Version, to: Option<&Version>) -> Result<Patches, MergeError> {
        let history = self.history();
        let from = Side::of(from, history)?;
        let target = to.map_or_else(|| Ok(Side::all(history)), |to| Side::of(to, history))?;
        let Some(first) = from.first_difference(&target, history) else { return Ok(Patches::default()) };
        let Found { patches, units, .. } = Comparison::of(history, from, target, first)?.finish();
        let text = match to {
            Some(to) if units.iter().any(|units| units.start >= FIRST_OLD) => inserted(&patches, &self.text_at(to)?),
            _ => units.iter().flat_map(|units| &history.operations.text()[as_places(units)]).copied().collect(),
        };
        Ok(Patches { patches, text })
    }
}

/// What patches insert, out of the text that they make.
fn inserted(patches: &[Patch], text: &[u16]) -> Vec<u16> {
    let parts = patches.iter().map(|patch| &text[as_places(&(patch.position..patch.position + patch.inserted))]);
    parts.flatten().copied().collect()
}

fn as_places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Two versions, and a tracker that replays what one of them knows.
struct Comparison<'history> {
    history: &'history History,
    from: Side,
    to: Side,
    /// All that happened before is known to both, and to all events behind it.
    cut: u32,
    tracker: Tracker,
}

impl<'history> Comparison<'history> {
    /// Replays what one of the two knows; `first` is the first event that the other does not know.
    fn of(history: &'history History, mut from: Side, mut to: Side, first: u32) -> Result<Self, MergeError> {
        let end = from.end(&to, history);
        let cut = history.graph.cut_before(first, end);
        from.begin(cut, history)?;
        to.begin(cut, history)?;
        let mut tracker = Tracker::default();
        tracker.restart(from.heads(), history.operations.units_before(cut));
        let mut comparison = Self { history, from, to, cut, tracker };
        for (mut event, end) in history.graph.between(cut, end) {
            for (id, len) in history.agents.between(event, end) {
                comparison.replay(event, comparison.from.count(id, len), comparison.to.count(id, len))?;
                event += len;
            }
        }
        Ok(comparison)
    }

    /// Replays events in a row, of which the versions know so many.
    fn replay(&mut self, event: u32, in_from: u32, in_to: u32) -> Result<(), MergeError> {
        let history = self.history;
        self.from.advance(event, in_from, self.cut, history)?;
        self.to.advance(event, in_to, self.cut, history)?;
        let end = event + in_from.max(in_to);
        if end > event {
            self.tracker.prepare(history.graph.parents_of(event).as_slice(), history);
        }
        for operation in history.operations.between(event, end) {
            let applied = self.tracker.apply(&operation, history, None, &mut |_| {});
            applied.map_err(|OutOfRange| MergeError::OutOfRange)?;
        }
        Ok(())
    }

    /// Looks at all units in both versions.
    fn finish(mut self) -> Found {
        self.tracker.prepare(self.to.heads(), self.history);
        self.tracker.end_here();
        self.tracker.prepare(self.from.heads(), self.history);
        let mut found = Found::default();
        for item in self.tracker.items() {
            found.add(item);
        }
        found
    }
}

/// Patches so far.
#[derive(Default)]
struct Found {
    patches: Vec<Patch>,
    /// The units that they insert.
    units: Vec<Range<u32>>,
    /// Length of the new text so far.
    position: u32,
    /// Whether nothing stands behind the last patch yet.
    open: bool,
}

impl Found {
    fn add(&mut self, item: &Item) {
        let (before, after) = (item.seen(), item.left_at_end());
        if before == after {
            self.position += after;
            self.open &= after == 0;
            return;
        }
        if !self.open {
            self.patches.push(Patch { position: self.position, deleted: 0, inserted: 0 });
            self.open = true;
        }
        if let Some(patch) = self.patches.last_mut() {
            patch.deleted += before;
            patch.inserted += after;
        }
        self.position += after;
        if after > 0 {
            self.units.push(item.id..item.id + after);
        }
    }
}
