//! What replicas of one document tell each other, whatever the document is.
//!
//! Each replica edits under the name of an agent, and numbers what that agent does from 0: that is the name of an [`EventId`]
//! everywhere. A [`Version`] says how many events of each agent a replica knows, and [`Agents`] keeps who made which of them.
//!
//! What leaves the process begins with `FBT`, a letter for what it is and the number of the format. Numbers are LEB128. What is
//! read may come from anybody: a [`Reader`] never reads beyond the end, and memory grows with the bytes that are there, not
//! with what they promise.
//!
//! ```
//! use forgebench_replica::{Agents, Version};
//!
//! let mut agents = Agents::default();
//! let alice = agents.number("alice");
//! agents.push(alice, 3);
//! let version = Version::of(&agents);
//! assert_eq!(version.known("alice"), 3);
//! assert_eq!(Version::decode(&version.encode())?, version);
//! # Ok::<(), forgebench_replica::ReadError>(())
//! ```

#![forbid(unsafe_code)]

mod agents;
mod block;
mod error;
mod number;
mod version;

pub use agents::{Agents, EventId};
pub use block::{read as read_block, write as write_block};
pub use error::ReadError;
pub use number::{Reader, write as write_number, write_bytes, write_signed};
pub use version::Version;

/// Number of the format.
const FORMAT: u8 = 1;

/// The first bytes of something.
pub fn begin(letter: u8) -> Vec<u8> {
    vec![b'F', b'B', b'T', letter, FORMAT]
}

/// What follows the first bytes of `what`.
pub fn after_begin<'bytes>(bytes: &'bytes [u8], letter: u8, what: &'static str) -> Result<Reader<'bytes>, ReadError> {
    let rest = bytes.strip_prefix(begin(letter).as_slice()).ok_or(ReadError::Unknown(what))?;
    Ok(Reader::new(rest, what))
}
