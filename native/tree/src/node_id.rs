//! Which node is meant.

use std::fmt;
use std::num::NonZero;

/// The id of a node: a number from 1, given in the order of creation and never given twice. 0 is no node, so that an
/// optional id takes four bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZero<u32>);

impl NodeId {
    /// The node that every tree has.
    pub const ROOT: Self = Self(NonZero::<u32>::MIN);

    /// The id with this number; none for 0.
    pub fn new(number: u32) -> Option<Self> {
        NonZero::new(number).map(Self)
    }

    /// Its number, at least 1.
    pub fn number(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
