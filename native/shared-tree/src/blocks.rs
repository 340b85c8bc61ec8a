//! Many placements below one parent, in blocks that know where they stand.

use std::collections::HashMap;

use crate::siblings::Place;

/// Placements of a block at most.
pub const MOST: usize = 128;

/// Placements in their order, at least one in each block.
#[derive(Clone, Debug)]
pub struct Blocks {
    /// Blocks in their order, each with its number.
    order: Vec<(u32, Vec<u32>)>,
    /// Where the block with a number stands.
    places: Vec<u32>,
    /// The number of the block of each placement.
    owners: HashMap<u32, u32>,
}

impl Blocks {
    /// What was one block.
    pub fn new(list: Vec<u32>) -> Self {
        let owners = list.iter().map(|&event| (event, 0)).collect();
        Self { order: vec![(0, list)], places: vec![0], owners }
    }

    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// A block; an empty one beyond the last.
    pub fn block(&self, block: usize) -> &[u32] {
        self.order.get(block).map_or(&[], |(_, list)| list)
    }

    /// Where a placement stands.
    pub fn find(&self, event: u32) -> Option<Place> {
        let block = self.places[*self.owners.get(&event)? as usize] as usize;
        self.block(block).iter().position(|&other| other == event).map(|place| (block, place))
    }

    /// Puts a placement before what is at a place, or at the end of its block.
    pub fn insert(&mut self, (mut block, mut place): Place, event: u32) {
        if self.block(block).len() >= MOST {
            self.split(block, place);
            let left = self.block(block).len();
            if place > left || left == MOST {
                (block, place) = (block + 1, place - left);
            }
        }
        let (number, list) = &mut self.order[block];
        list.insert(place, event);
        let _ = self.owners.insert(event, *number);
    }

    /// Divides a full block. A list that grows at its end leaves full blocks behind.
    fn split(&mut self, block: usize, place: usize) {
        let number = self.places.len() as u32;
        let list = &mut self.order[block].1;
        let right = list.split_off(if place == MOST { MOST } else { MOST / 2 });
        for &event in &right {
            let _ = self.owners.insert(event, number);
        }
        self.places.push(0);
        self.order.insert(block + 1, (number, right));
        for (at, (number, _)) in self.order.iter().enumerate().skip(block + 1) {
            self.places[*number as usize] = at as u32;
        }
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        let lists: usize = self.order.iter().map(|(_, list)| list.capacity() * size_of::<u32>()).sum();
        let blocks = self.order.capacity() * size_of::<(u32, Vec<u32>)>() + self.places.capacity() * size_of::<u32>();
        // A table of this kind has an eighth of its places empty, and a byte for each.
        lists + blocks + self.owners.capacity() * 10
    }
}
