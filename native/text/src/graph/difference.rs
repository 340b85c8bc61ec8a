//! What one version knows and another does not.

use std::cmp::Ordering;
use std::ops::Range;

use super::Graph;

/// Who knows an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
    Both,
}

/// Events that only one of two versions knows, as ranges from the latest to the earliest.
#[derive(Debug, Default)]
pub struct Difference {
    /// What the first version knows beyond the second.
    pub first: Vec<Range<u32>>,
    /// What the second version knows beyond the first.
    pub second: Vec<Range<u32>>,
}

impl Difference {
    fn clear(&mut self) {
        self.first.clear();
        self.second.clear();
    }

    fn add(&mut self, side: Side, events: Range<u32>) {
        match side {
            Side::First => push_before(&mut self.first, events),
            Side::Second => push_before(&mut self.second, events),
            Side::Both => {}
        }
    }
}

/// Joins with the last range where the two touch.
fn push_before(ranges: &mut Vec<Range<u32>>, events: Range<u32>) {
    if events.is_empty() {
        return;
    }
    match ranges.last_mut() {
        Some(last) if last.start == events.end => last.start = events.start,
        _ => ranges.push(events),
    }
}

/// Events that are still to be looked at, ascending; a walk seldom has more than four.
#[derive(Default)]
pub struct Walk {
    waiting: Vec<(u32, Side)>,
    /// How many of them only one version is known to know.
    one_sided: usize,
}

impl Walk {
    fn clear(&mut self) {
        self.waiting.clear();
        self.one_sided = 0;
    }

    /// So few are put in order quicker by neighbours that change places than by a search and a move.
    #[inline]
    fn add(&mut self, event: u32, side: Side) {
        let mut at = self.waiting.len();
        while at > 0 && self.waiting[at - 1].0 > event {
            at -= 1;
        }
        if let Some((other, known)) = at.checked_sub(1).map(|before| &mut self.waiting[before])
            && *other == event
        {
            if *known != side {
                self.one_sided -= usize::from(*known != Side::Both);
                *known = Side::Both;
            }
            return;
        }
        self.one_sided += usize::from(side != Side::Both);
        self.waiting.push((event, side));
        for place in (at + 1..self.waiting.len()).rev() {
            self.waiting.swap(place - 1, place);
        }
    }

    #[inline]
    fn pop(&mut self) -> Option<(u32, Side)> {
        let last = self.waiting.pop()?;
        self.one_sided -= usize::from(last.1 != Side::Both);
        Some(last)
    }
}

impl Graph {
    /// Compares two versions; `walk` and `difference` are room that is used again.
    pub fn difference(&self, first: &[u32], second: &[u32], walk: &mut Walk, difference: &mut Difference) {
        difference.clear();
        walk.clear();
        for &event in first {
            walk.add(event, Side::First);
        }
        for &event in second {
            walk.add(event, Side::Second);
        }
        while walk.one_sided > 0 {
            let Some((mut event, mut side)) = walk.pop() else { return };
            let run = self.run_of(event);
            let start = self.runs[run].event;
            // Others that stand in the same run: what lies above them is known to this side alone.
            while let Some(&(below, other)) = walk.waiting.last() {
                if below < start {
                    break;
                }
                walk.pop();
                if other != side {
                    difference.add(side, below + 1..event + 1);
                    (event, side) = (below, Side::Both);
                }
            }
            difference.add(side, start..event + 1);
            for &parent in self.parents(run) {
                walk.add(parent, side);
            }
        }
    }

    /// Whether each event of a version is known to another, and the other way round.
    pub fn compare(&self, first: &[u32], second: &[u32]) -> Option<Ordering> {
        let mut difference = Difference::default();
        self.difference(first, second, &mut Walk::default(), &mut difference);
        match (difference.first.is_empty(), difference.second.is_empty()) {
            (true, true) => Some(Ordering::Equal),
            (false, true) => Some(Ordering::Greater),
            (true, false) => Some(Ordering::Less),
            (false, false) => None,
        }
    }
}
