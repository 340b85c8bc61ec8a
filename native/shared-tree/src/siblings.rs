//! The order of placements below one parent, also of those that no longer hold.

use std::cmp::Ordering;

use crate::event::{NOTHING, Placement};
use crate::history::History;

/// Puts a placement into the list of its parent. All replicas come to the same list, whatever they learn first; source: `YjsMod`
/// in josephg/reference-crdts.
pub fn insert(list: &mut Vec<u32>, event: u32, placement: &Placement, history: &History) {
    let left = behind(list, placement.left);
    // What its author did not know stands here; most often there is nothing.
    let right = if list.get(left).copied().unwrap_or(NOTHING) == placement.right {
        left
    } else {
        before(list, placement.right).max(left)
    };
    let at = place(list, left, right, (event, history));
    // Most nodes have few children.
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 2 + 1);
    }
    list.insert(at, event);
}

fn place(list: &[u32], left: usize, right: usize, (event, history): (u32, &History)) -> usize {
    let (mut place, mut scanning) = (left, false);
    for at in left..right {
        if !scanning {
            place = at;
        }
        let Some(other) = history.placement(list[at]) else { continue };
        let (other_left, other_right) = (behind(list, other.left), before(list, other.right));
        match other_left.cmp(&left) {
            Ordering::Less => return place,
            Ordering::Equal if other_right == right => {
                if history.compare_authors(event, list[at]).is_lt() {
                    return place;
                }
                scanning = false;
            }
            // While scanning, the placement may belong before those that have been passed.
            Ordering::Equal => scanning = other_right < right,
            Ordering::Greater => {}
        }
    }
    if scanning { place } else { right }
}

fn behind(list: &[u32], event: u32) -> usize {
    if event == NOTHING { 0 } else { find(list, event).map_or(0, |at| at + 1) }
}

fn before(list: &[u32], event: u32) -> usize {
    if event == NOTHING { list.len() } else { find(list, event).unwrap_or(list.len()) }
}

/// Where a placement stands. From the end, because that is where lists grow.
pub fn find(list: &[u32], event: u32) -> Option<usize> {
    list.iter().rposition(|&other| other == event)
}
