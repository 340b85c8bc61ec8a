//! The children of a node, in their order, in blocks that versions share.
//!
//! None and one child, which most nodes have, take no memory of their own. More stand in a B+ tree that counts, so that
//! inserting, removing and finding the n-th child take logarithmic time however many there are.

use std::sync::Arc;

use crate::NodeId;

/// Children of a leaf, and blocks of a branch, at most.
const MOST: usize = 64;

/// The list of a node's children.
#[derive(Clone, Debug, Default)]
pub(crate) enum Children {
    #[default]
    None,
    One(NodeId),
    /// How many there are, at least two, and where.
    Many(u32, Arc<Block>),
}

/// A part of a list.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Leaf(Vec<NodeId>),
    Branch(Vec<Part>),
}

/// A block with the number of children in it, at least 1.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    len: u32,
    pub(crate) block: Arc<Block>,
}

impl Children {
    pub(crate) fn len(&self) -> u32 {
        match self {
            Self::None => 0,
            Self::One(_) => 1,
            Self::Many(len, _) => *len,
        }
    }

    /// Whether both are the same object, or as small.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::One(ours), Self::One(theirs)) => ours == theirs,
            (Self::Many(_, ours), Self::Many(_, theirs)) => Arc::ptr_eq(ours, theirs),
            _ => false,
        }
    }

    /// Where a child stands.
    pub(crate) fn position(&self, child: NodeId) -> Option<u32> {
        match self {
            Self::None => None,
            Self::One(only) => (*only == child).then_some(0),
            Self::Many(_, block) => block.position(child),
        }
    }

    /// The child with `index` others before it.
    pub(crate) fn get(&self, index: u32) -> Option<NodeId> {
        match self {
            Self::None => None,
            Self::One(only) => (index == 0).then_some(*only),
            Self::Many(len, block) => (index < *len).then(|| block.get(index)).flatten(),
        }
    }

    /// Puts a child where `index` others stand before it; at most [`Children::len`].
    pub(crate) fn insert(&mut self, index: u32, child: NodeId) {
        debug_assert!(index <= self.len(), "the caller has compared it");
        match self {
            Self::None => *self = Self::One(child),
            Self::One(only) => {
                let list = if index == 0 { vec![child, *only] } else { vec![*only, child] };
                *self = Self::Many(2, Arc::new(Block::Leaf(list)));
            }
            Self::Many(len, block) => {
                *len += 1;
                if let Some(right) = Arc::make_mut(block).insert(index, child) {
                    let left = Part { len: *len - right.len, block: Arc::clone(block) };
                    *block = Arc::new(Block::Branch(vec![left, right]));
                }
            }
        }
    }

    /// Takes out the child at a place below [`Children::len`].
    pub(crate) fn remove(&mut self, index: u32) {
        debug_assert!(index < self.len(), "the caller has found it");
        match self {
            Self::None | Self::One(_) => *self = Self::None,
            Self::Many(len, block) => {
                *len -= 1;
                Arc::make_mut(block).remove(index);
                block.only_part().into_iter().for_each(|part| *block = part);
                if let (1, Block::Leaf(list)) = (*len, &**block) {
                    *self = list.first().map_or(Self::None, |&only| Self::One(only));
                }
            }
        }
    }
}

impl Block {
    fn get(&self, index: u32) -> Option<NodeId> {
        match self {
            Self::Leaf(list) => list.get(index as usize).copied(),
            Self::Branch(parts) => {
                let (at, index) = find_within(parts, index);
                parts[at].block.get(index)
            }
        }
    }

    fn position(&self, child: NodeId) -> Option<u32> {
        match self {
            Self::Leaf(list) => list.iter().position(|&each| each == child).map(|at| at as u32),
            Self::Branch(parts) => {
                let mut before = 0;
                for part in parts {
                    if let Some(at) = part.block.position(child) {
                        return Some(before + at);
                    }
                    before += part.len;
                }
                None
            }
        }
    }

    /// Inserts; where the block is full it is divided, and its right part given back.
    fn insert(&mut self, index: u32, child: NodeId) -> Option<Part> {
        match self {
            Self::Leaf(list) if list.len() < MOST => {
                list.insert(index as usize, child);
                None
            }
            Self::Leaf(list) => {
                let index = index as usize;
                // A list that grows at its end leaves full blocks behind.
                let mut right = list.split_off(if index == MOST { MOST } else { MOST / 2 });
                let half = list.len();
                if index <= half && half < MOST {
                    list.insert(index, child);
                } else {
                    right.insert(index - half, child);
                }
                Some(Part { len: right.len() as u32, block: Arc::new(Self::Leaf(right)) })
            }
            Self::Branch(parts) => {
                let (at, index) = find(parts, index);
                let part = &mut parts[at];
                part.len += 1;
                if let Some(right) = Arc::make_mut(&mut part.block).insert(index, child) {
                    part.len -= right.len;
                    parts.insert(at + 1, right);
                }
                (parts.len() > MOST).then(|| {
                    let right = parts.split_off(MOST / 2);
                    Part { len: right.iter().map(|part| part.len).sum(), block: Arc::new(Self::Branch(right)) }
                })
            }
        }
    }

    fn remove(&mut self, index: u32) {
        match self {
            Self::Leaf(list) => {
                let _ = list.remove(index as usize);
            }
            Self::Branch(parts) => {
                let (at, index) = find_within(parts, index);
                parts[at].len -= 1;
                if parts[at].len == 0 {
                    let _ = parts.remove(at);
                } else {
                    Arc::make_mut(&mut parts[at].block).remove(index);
                    join(parts, at);
                }
            }
        }
    }

    /// The block that stands alone in this one.
    fn only_part(&self) -> Option<Arc<Self>> {
        match self {
            Self::Branch(parts) if parts.len() == 1 => Some(Arc::clone(&parts[0].block)),
            _ => None,
        }
    }
}

/// The part before whose end a place lies, or at it, and the place in it.
fn find(parts: &[Part], index: u32) -> (usize, u32) {
    seek(parts, index, |index, len| index <= len)
}

/// The part that holds a child, and where.
fn find_within(parts: &[Part], index: u32) -> (usize, u32) {
    seek(parts, index, |index, len| index < len)
}

fn seek(parts: &[Part], mut index: u32, here: fn(u32, u32) -> bool) -> (usize, u32) {
    for (at, part) in parts.iter().enumerate() {
        if here(index, part.len) {
            return (at, index);
        }
        index -= part.len;
    }
    unreachable!("the number of children was compared")
}

/// Joins a leaf with the one after it where both together are half full, so that removing leaves no trail of crumbs.
fn join(parts: &mut Vec<Part>, at: usize) {
    let Some([left, right]) = parts.get(at..at + 2) else { return };
    let (Block::Leaf(first), Block::Leaf(second)) = (&*left.block, &*right.block) else { return };
    if first.len() + second.len() > MOST / 2 {
        return;
    }
    let list = [first.as_slice(), second.as_slice()].concat();
    parts[at] = Part { len: list.len() as u32, block: Arc::new(Block::Leaf(list)) };
    let _ = parts.remove(at + 1);
}
