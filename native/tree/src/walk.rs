//! Nodes in the order of the document.

use std::slice;

use crate::NodeId;
use crate::arena::Arena;
use crate::children::{Block, Children, Part};

/// A node and all below it, each before its children. Depth costs memory, not stack.
#[derive(Clone, Debug)]
pub struct Walk<'t> {
    arena: &'t Arena,
    start: Option<NodeId>,
    below: Siblings<'t>,
}

impl<'t> Walk<'t> {
    pub(crate) fn new(arena: &'t Arena, start: NodeId) -> Self {
        Self { arena, start: Some(start), below: Siblings::default() }
    }
}

impl Iterator for Walk<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = self.start.take().or_else(|| self.below.next())?;
        if let Some(node) = self.arena.get(id) {
            self.below.push(&node.children);
        }
        Some(id)
    }
}

/// Lists of children, the last one first; alone it is the iterator over the children of one node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Siblings<'t>(Vec<Frame<'t>>);

#[derive(Clone, Debug)]
enum Frame<'t> {
    One(NodeId),
    Leaf(slice::Iter<'t, NodeId>),
    Branch(slice::Iter<'t, Part>),
}

impl<'t> Siblings<'t> {
    pub(crate) fn of(children: &'t Children) -> Self {
        let mut siblings = Self::default();
        siblings.push(children);
        siblings
    }

    /// Children that come before all that are left.
    fn push(&mut self, children: &'t Children) {
        match children {
            Children::None => {}
            Children::One(only) => self.0.push(Frame::One(*only)),
            Children::Many(_, block) => self.0.push(Frame::of(block)),
        }
    }
}

impl Iterator for Siblings<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        loop {
            match self.0.last_mut()? {
                Frame::One(only) => {
                    let only = *only;
                    let _ = self.0.pop();
                    return Some(only);
                }
                Frame::Leaf(list) => match list.next() {
                    Some(&child) => return Some(child),
                    None => drop(self.0.pop()),
                },
                Frame::Branch(parts) => match parts.next() {
                    Some(part) => self.0.push(Frame::of(&part.block)),
                    None => drop(self.0.pop()),
                },
            }
        }
    }
}

impl<'t> Frame<'t> {
    fn of(block: &'t Block) -> Self {
        match block {
            Block::Leaf(list) => Self::Leaf(list.iter()),
            Block::Branch(parts) => Self::Branch(parts.iter()),
        }
    }
}
