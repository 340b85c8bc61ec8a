//! Recordings written by the tests themselves, sound and damaged.

mod known;
mod malformed;
mod writer;
