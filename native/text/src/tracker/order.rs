//! Where an insertion stands among others at the same place that its author did not know.

use std::cmp::Ordering;

use super::{FIRST_OLD, Item, NOTHING, Place, Tracker};
use crate::history::History;

impl Tracker {
    /// The place of a new item between `place` and its right neighbour, and how many units in between are left at the end.
    ///
    /// All replicas come to the same order, whatever they learn first; source: `YjsMod` in josephg/reference-crdts.
    pub(super) fn place_among_others(&self, place: Place, item: &Item, history: &History) -> (Place, u32) {
        let left = self.right_behind(item.left);
        let right = self.rank_of_right(item.right);
        let (mut best, mut passed) = ((place, 0), 0);
        let mut scanning = false;
        let mut next = self.sequence.normalize(place);
        while let Some(at) = next {
            let other = self.sequence.at(at);
            if other.state > 0 {
                break;
            }
            match self.right_behind(other.left).cmp(&left) {
                Ordering::Less => break,
                Ordering::Greater => {}
                Ordering::Equal if other.right == item.right => {
                    if comes_first(item, other, history) {
                        break;
                    }
                    scanning = false;
                }
                Ordering::Equal => scanning = self.rank_of_right(other.right) < right,
            }
            passed += other.left_at_end();
            let behind = Place { item: at.item + 1, ..at };
            // While `scanning`, the item may belong before those that have been passed.
            if !scanning {
                best = (behind, passed);
            }
            next = self.sequence.normalize(behind);
        }
        best
    }

    /// Something that grows with the place right behind a unit.
    fn right_behind(&self, left: u32) -> (usize, usize, u32) {
        let place = if left == NOTHING { None } else { self.sequence.find_id(left) };
        place.map_or((0, 0, 0), |at| {
            let (leaf, item) = self.sequence.rank(at);
            (leaf, item, left - self.sequence.at(at).id + 1)
        })
    }

    fn rank_of_right(&self, right: u32) -> (usize, usize, u32) {
        let place = if right == NOTHING { None } else { self.sequence.find_id(right) };
        place.map_or((usize::MAX, usize::MAX, u32::MAX), |at| {
            let (leaf, item) = self.sequence.rank(at);
            (leaf, item, right - self.sequence.at(at).id)
        })
    }
}

/// By the names of the agents, and where one agent made both, by the numbers of the events.
fn comes_first(item: &Item, other: &Item, history: &History) -> bool {
    debug_assert!(item.id < FIRST_OLD && other.id < FIRST_OLD);
    let id = |item: &Item| history.agents.id(history.operations.inserted_by(item.id));
    let (ours, theirs) = (id(item), id(other));
    let name = |agent: u32| history.agents.names()[agent as usize].as_bytes();
    (name(ours.agent), ours.sequence) < (name(theirs.agent), theirs.sequence)
}
