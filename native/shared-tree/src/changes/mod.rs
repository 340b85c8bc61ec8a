//! Events for another replica, and for the disk.
//!
//! Four columns, each a block: what events do, which other events they name, names of kinds and attributes, values. Before them
//! stands who made the events when, in runs. An event names another by its distance where that is among those that are
//! sent, and by its agent and number otherwise; a node is named by the event that created it.

mod decode;
mod encode;

pub use decode::decode;
pub use encode::encode;

/// Begins the bytes.
const LETTER: u8 = b't';

/// What an event does; what its value is stands [`VALUE_SHIFT`] bits above.
mod code {
    pub const CREATE: u8 = 0;
    pub const PLACE: u8 = 1;
    pub const TAKE_OUT: u8 = 2;
    pub const SET_KIND: u8 = 3;
    pub const ATTRIBUTE: u8 = 4;
    pub const MARK: u8 = 5;
}

/// Bits of a code below those of its value.
const VALUE_SHIFT: u8 = 4;
