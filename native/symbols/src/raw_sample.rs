//! A sample before it is unwound, in the one form that every source of samples gives.

use crate::registers::Registers;
use std::borrow::Cow;

/// One moment of one thread.
#[derive(Debug, Clone)]
pub struct RawSample<'a> {
    /// The process.
    pub pid: i32,
    /// The thread.
    pub tid: i32,
    /// When, nanoseconds of `CLOCK_MONOTONIC`.
    pub time: u64,
    /// What it stands for, nanoseconds of CPU time.
    pub weight: u64,
    /// Return addresses in the kernel, leaf first; empty where the source cannot see them.
    pub kernel: Vec<u64>,
    /// Where the program was; `None` where the source could not tell.
    pub registers: Option<Registers>,
    /// Copy of the stack from the stack pointer upwards.
    pub stack: Cow<'a, [u8]>,
}
