//! Nodes by their ids, in blocks that versions share.
//!
//! A radix tree over the bits of the id. Reading follows one pointer for each level; writing copies the blocks on the way
//! that another version holds too, and writes in place into those that it does not.

use std::sync::Arc;

use crate::NodeId;
use crate::node::Node;

/// Nodes of a leaf: 4. A larger one makes the first write to it dearer, a smaller one the arena deeper.
const LEAF_BITS: u32 = 2;
/// Blocks of a branch: 16, which takes as many bytes as a leaf.
const BRANCH_BITS: u32 = 4;

/// A block, or none where there is no node below.
type Link = Option<Arc<Block>>;
type Leaf = [Option<Node>; 1 << LEAF_BITS];
type Branch = [Link; 1 << BRANCH_BITS];

#[derive(Clone, Debug)]
enum Block {
    Leaf(Leaf),
    Branch(Branch),
}

/// All nodes of one version; its clone shares them.
#[derive(Clone, Debug)]
pub(crate) struct Arena {
    root: Link,
    /// Ids have so many bits at most: `LEAF_BITS` and a multiple of `BRANCH_BITS`, in [2, 34].
    bits: u32,
}

impl Default for Arena {
    fn default() -> Self {
        Self { root: None, bits: LEAF_BITS }
    }
}

impl Arena {
    pub(crate) fn get(&self, id: NodeId) -> Option<&Node> {
        let id = id.number();
        if self.is_beyond(id) {
            return None;
        }
        let (mut block, mut bits) = (self.root.as_deref()?, self.bits);
        loop {
            match block {
                Block::Leaf(leaf) => return leaf[digit(id, 0, LEAF_BITS)].as_ref(),
                Block::Branch(branch) => {
                    bits -= BRANCH_BITS;
                    block = branch[digit(id, bits, BRANCH_BITS)].as_deref()?;
                }
            }
        }
    }

    /// The node to be written to; blocks on the way become this version's own.
    pub(crate) fn get_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        let id = id.number();
        if self.is_beyond(id) {
            return None;
        }
        let (mut link, mut bits) = (&mut self.root, self.bits);
        loop {
            match Arc::make_mut(link.as_mut()?) {
                Block::Leaf(leaf) => return leaf[digit(id, 0, LEAF_BITS)].as_mut(),
                Block::Branch(branch) => {
                    bits -= BRANCH_BITS;
                    link = &mut branch[digit(id, bits, BRANCH_BITS)];
                }
            }
        }
    }

    pub(crate) fn insert(&mut self, id: NodeId, node: Node) {
        let id = id.number();
        while self.is_beyond(id) {
            self.raise();
        }
        let (mut link, mut bits) = (&mut self.root, self.bits);
        loop {
            match block_mut(link, bits) {
                Block::Leaf(leaf) => {
                    leaf[digit(id, 0, LEAF_BITS)] = Some(node);
                    return;
                }
                Block::Branch(branch) => {
                    bits -= BRANCH_BITS;
                    link = &mut branch[digit(id, bits, BRANCH_BITS)];
                }
            }
        }
    }

    /// Takes a node out; blocks without nodes go.
    pub(crate) fn remove(&mut self, id: NodeId) -> Option<Node> {
        let id = id.number();
        if self.is_beyond(id) {
            return None;
        }
        take(&mut self.root, id, self.bits)
    }

    /// Ids of all nodes that are not the same object in both, ascending.
    pub(crate) fn differences(&self, other: &Self) -> Vec<NodeId> {
        let (mut ours, mut theirs) = (self.clone(), other.clone());
        while ours.bits < theirs.bits {
            ours.raise();
        }
        while theirs.bits < ours.bits {
            theirs.raise();
        }
        let mut found = Vec::new();
        compare(ours.root.as_ref(), theirs.root.as_ref(), Place { first: 0, bits: ours.bits }, &mut found);
        found
    }

    /// Ids of all nodes, ascending.
    pub(crate) fn ids(&self) -> Vec<NodeId> {
        Self::default().differences(self)
    }

    fn is_beyond(&self, id: u32) -> bool {
        u64::from(id) >> self.bits != 0
    }

    /// One level more above.
    fn raise(&mut self) {
        if let Some(old) = self.root.take() {
            let mut branch = Branch::default();
            branch[0] = Some(old);
            self.root = Some(Arc::new(Block::Branch(branch)));
        }
        self.bits += BRANCH_BITS;
    }
}

/// `count` bits of an id, from the bit `from` on.
fn digit(id: u32, from: u32, count: u32) -> usize {
    (id >> from) as usize & ((1 << count) - 1)
}

/// The block of a place whose ids have so many bits, made where there is none.
fn block_mut(link: &mut Link, bits: u32) -> &mut Block {
    let new = || if bits == LEAF_BITS { Block::Leaf(Leaf::default()) } else { Block::Branch(Branch::default()) };
    Arc::make_mut(link.get_or_insert_with(|| Arc::new(new())))
}

fn take(link: &mut Link, id: u32, bits: u32) -> Option<Node> {
    let (node, empty) = match Arc::make_mut(link.as_mut()?) {
        Block::Leaf(leaf) => {
            let node = leaf[digit(id, 0, LEAF_BITS)].take();
            (node, leaf.iter().all(Option::is_none))
        }
        Block::Branch(branch) => {
            let bits = bits - BRANCH_BITS;
            let node = take(&mut branch[digit(id, bits, BRANCH_BITS)], id, bits);
            (node, branch.iter().all(Option::is_none))
        }
    };
    if empty {
        *link = None;
    }
    node
}

/// Which ids a block has: so many bits of them, from the first on.
#[derive(Clone, Copy)]
struct Place {
    first: u32,
    bits: u32,
}

fn compare(ours: Option<&Arc<Block>>, theirs: Option<&Arc<Block>>, place: Place, found: &mut Vec<NodeId>) {
    match (ours, theirs) {
        (None, None) => {}
        (Some(a), Some(b)) if Arc::ptr_eq(a, b) => {}
        _ if place.bits == LEAF_BITS => compare_leaves(leaf_of(ours), leaf_of(theirs), place.first, found),
        _ => {
            let bits = place.bits - BRANCH_BITS;
            for at in 0..1_u32 << BRANCH_BITS {
                let place = Place { first: place.first | at << bits, bits };
                compare(below(ours, at), below(theirs, at), place, found);
            }
        }
    }
}

fn compare_leaves(ours: &[Option<Node>], theirs: &[Option<Node>], first: u32, found: &mut Vec<NodeId>) {
    for at in 0..1_usize << LEAF_BITS {
        let same = match (ours.get(at).and_then(Option::as_ref), theirs.get(at).and_then(Option::as_ref)) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                a.kind == b.kind && a.parent == b.parent && a.shares_content(b) && a.children.is(&b.children)
            }
            _ => false,
        };
        if !same {
            found.extend(NodeId::new(first + at as u32));
        }
    }
}

fn leaf_of(link: Option<&Arc<Block>>) -> &[Option<Node>] {
    match link.map(AsRef::as_ref) {
        Some(Block::Leaf(leaf)) => leaf,
        _ => &[],
    }
}

fn below(link: Option<&Arc<Block>>, at: u32) -> Option<&Arc<Block>> {
    match link.map(AsRef::as_ref) {
        Some(Block::Branch(branch)) => branch[at as usize].as_ref(),
        _ => None,
    }
}
