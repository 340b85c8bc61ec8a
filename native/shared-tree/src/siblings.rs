//! The order of placements below one parent, also of those that no longer hold.

use std::cmp::Ordering;

use crate::blocks::{Blocks, MOST};
use crate::event::{NOTHING, Placement};
use crate::history::History;

/// Where a placement stands, or where one goes: a block and a place in it. Few placements are one block.
pub type Place = (usize, usize);

const END: Place = (usize::MAX, 0);

/// The placements below a parent in their order. Most nodes have few children, and need no more than a list.
#[derive(Clone, Debug)]
pub enum Siblings {
    /// No more than a block takes.
    Few(Vec<u32>),
    /// In blocks, so that finding one and inserting do not grow with their number.
    Many(Box<Blocks>),
}

impl Siblings {
    /// None.
    pub const NEW: Self = Self::Few(Vec::new());

    /// All in their order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.blocks()).flat_map(|block| self.block(block)).copied()
    }

    /// Those before one, from the nearest to the first.
    pub fn before(&self, event: u32) -> impl Iterator<Item = u32> + '_ {
        let (last, place) = self.find(event).unwrap_or_default();
        let (near, far) = (&self.block(last)[..place], (0..last).rev());
        near.iter().rev().chain(far.flat_map(|block| self.block(block).iter().rev())).copied()
    }

    /// The one behind a placement, or the first behind [`NOTHING`]; [`NOTHING`] at the end.
    pub fn next(&self, event: u32) -> u32 {
        self.at(self.behind(event)).map_or(NOTHING, |(_, next)| next)
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Few(list) => list.capacity() * size_of::<u32>(),
            Self::Many(blocks) => size_of::<Blocks>() + blocks.bytes(),
        }
    }

    /// Puts a placement where it belongs. All replicas come to the same list, whatever they learn first; source: `YjsMod` in
    /// josephg/reference-crdts.
    pub fn insert(&mut self, event: u32, placement: &Placement, history: &History) {
        let left = self.behind(placement.left);
        // What its author did not know stands here; most often there is nothing.
        let next = self.at(left).map_or(NOTHING, |(_, next)| next);
        let place = if next == placement.right { left } else { self.search(left, (event, placement), history) };
        match self {
            Self::Few(list) if list.len() < MOST => {
                // Most nodes have few children.
                if list.len() == list.capacity() {
                    list.reserve_exact(list.len() / 2 + 1);
                }
                list.insert(place.1, event);
            }
            Self::Few(list) => {
                let mut blocks = Blocks::new(std::mem::take(list));
                blocks.insert(place, event);
                *self = Self::Many(Box::new(blocks));
            }
            Self::Many(blocks) => blocks.insert(place, event),
        }
    }

    /// The place between both neighbours of a placement, among those that its author did not know.
    fn search(&self, left: Place, (event, placement): (u32, &Placement), history: &History) -> Place {
        let right = self.find_or(placement.right, END);
        let (mut place, mut at, mut previous, mut scanning) = (left, left, placement.left, false);
        while let Some((here, other)) = self.at(at).filter(|&(here, _)| here < right) {
            if !scanning {
                place = at;
            }
            at = (here.0, here.1 + 1);
            if let Some(seen) = history.placement(other) {
                match self.compare_left(seen.left, placement.left, previous) {
                    Ordering::Less => return place,
                    Ordering::Equal if seen.right == placement.right => {
                        if history.compare_authors(event, other).is_lt() {
                            return place;
                        }
                        scanning = false;
                    }
                    // While scanning, the placement may belong before those that have been passed.
                    Ordering::Equal => scanning = self.stands_before(seen.right, right, at),
                    Ordering::Greater => {}
                }
            }
            previous = other;
        }
        if scanning { place } else { at }
    }

    /// Which of two left neighbours stands first. What was inserted in a row names the one before it, which is `previous`.
    fn compare_left(&self, other: u32, left: u32, previous: u32) -> Ordering {
        match other {
            _ if other == left => Ordering::Equal,
            _ if other == previous => Ordering::Greater,
            _ => self.behind(other).cmp(&self.behind(left)),
        }
    }

    /// Whether a right neighbour stands before a place. What was inserted towards the front names the one behind it.
    fn stands_before(&self, event: u32, right: Place, behind: Place) -> bool {
        match self.at(behind) {
            Some((here, next)) if next == event => here < right,
            _ => self.find_or(event, END) < right,
        }
    }

    /// A place, or the begin of the next block where this one has ended, and what stands there; none at the end of all.
    fn at(&self, (block, place): Place) -> Option<(Place, u32)> {
        match self.block(block).get(place) {
            Some(&event) => Some(((block, place), event)),
            None => self.block(block + 1).first().map(|&event| ((block + 1, 0), event)),
        }
    }

    fn behind(&self, event: u32) -> Place {
        self.find(event).map_or((0, 0), |(block, place)| (block, place + 1))
    }

    fn find_or(&self, event: u32, otherwise: Place) -> Place {
        self.find(event).unwrap_or(otherwise)
    }

    fn find(&self, event: u32) -> Option<Place> {
        match self {
            _ if event == NOTHING => None,
            // From the end, because that is where lists grow.
            Self::Few(list) => list.iter().rposition(|&other| other == event).map(|place| (0, place)),
            Self::Many(blocks) => blocks.find(event),
        }
    }

    fn blocks(&self) -> usize {
        match self {
            Self::Few(_) => 1,
            Self::Many(blocks) => blocks.len(),
        }
    }

    /// A block; an empty one beyond the last.
    fn block(&self, block: usize) -> &[u32] {
        match self {
            Self::Few(list) if block == 0 => list,
            Self::Few(_) => &[],
            Self::Many(blocks) => blocks.block(block),
        }
    }
}
