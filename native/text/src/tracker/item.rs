//! Units that stay together in the sequence.

/// Units of the document at the cut before the history have ids from here on, by their place at that time.
pub const FIRST_OLD: u32 = 1 << 30;

/// Stands for the begin of the document on the left of a unit, and for its end on the right.
pub const NOTHING: u32 = u32::MAX;

/// Units with ids in a row that share everything.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Id of the first unit: its number among all ever inserted, or its old place.
    pub id: u32,
    /// Number of units.
    pub len: u32,
    /// What the first unit was inserted behind; the others follow each other.
    pub left: u32,
    /// What all were inserted before.
    pub right: u32,
    /// 0: not yet inserted at the prepared version. 1: there. More: deleted one time less.
    pub state: u32,
    /// Whether it is deleted at the end.
    pub gone: bool,
}

impl Item {
    /// Units that are seen at the prepared version.
    pub fn seen(&self) -> u32 {
        if self.state == 1 { self.len } else { 0 }
    }

    /// Units that are left at the end.
    pub fn left_at_end(&self) -> u32 {
        if self.gone { 0 } else { self.len }
    }

    /// Whether a unit is one of these.
    pub fn holds(&self, id: u32) -> bool {
        id.wrapping_sub(self.id) < self.len
    }
}
