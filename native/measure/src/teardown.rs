//! What a workload leaves behind when it is dropped.

use std::thread::sleep;
use std::time::Duration;

use crate::live_series::Heaps;
use crate::{Case, Clock, Failure};

/// Rounds of set-up, iterations and teardown. The interval from the least to the most of six values covers their
/// median with 97 % (Conover, "Practical Nonparametric Statistics", 1999, section 3.2).
const ROUNDS: usize = 6;
/// Fewer differences say nothing of how they vary.
const FEWEST: usize = 2;
/// A round runs this share of the iterations that were counted.
const SHARE: u64 = 20;
/// Threads and tasks that were told to end may still hold what they had.
const PATIENCE_NS: u64 = 200_000_000;
const PAUSE: Duration = Duration::from_millis(1);
/// Readings that have to agree.
const CALM: u32 = 3;

/// Bytes that are still held after teardown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBytes {
    /// After the first teardown, more than before the set-up: caches and tables that are made once are in it.
    pub first: i64,
    /// What each further round of set-up, iterations and teardown left above the round before, both heaps together.
    pub rounds: Vec<i64>,
    /// The part of Rust in each.
    pub rust_rounds: Vec<i64>,
}

/// Repeats set-up and teardown for at most `limit_ns`. `None` where the time is too short for two rounds.
pub(crate) fn repeat_teardown(
    make: &mut dyn FnMut() -> Result<Box<dyn Case>, Failure>,
    (before, counted): (Heaps, u64),
    (limit_ns, set_up_ns): (u64, u64),
) -> Result<Option<LeftBytes>, Failure> {
    let start = Clock.now_ns();
    let first = settle().sum() - before.sum();
    if set_up_ns.saturating_mul(FEWEST as u64) > limit_ns {
        return Ok(None);
    }
    let mut left = LeftBytes { first, rounds: Vec::with_capacity(ROUNDS), rust_rounds: Vec::with_capacity(ROUNDS) };
    let mut level = settle();
    let iterations = (counted / SHARE).max(1);
    while left.rounds.len() < ROUNDS && (left.rounds.len() < FEWEST || Clock.now_ns() - start < limit_ns) {
        let began = Clock.now_ns();
        let mut case = make()?;
        for _ in 0..iterations {
            let _ = case.count(&mut || {});
            if Clock.now_ns() - began > limit_ns / ROUNDS as u64 {
                break;
            }
        }
        drop(case);
        let now = settle();
        left.rounds.push(now.sum() - level.sum());
        left.rust_rounds.push(now.rust - level.rust);
        level = now;
    }
    Ok(Some(left))
}

/// Waits until both heaps are calm, for a moment at most.
pub(crate) fn settle() -> Heaps {
    let start = Clock.now_ns();
    let (mut heaps, mut same) = (Heaps::now(), 0);
    while same < CALM && Clock.now_ns() - start < PATIENCE_NS {
        sleep(PAUSE);
        let now = Heaps::now();
        same = if now == heaps { same + 1 } else { 0 };
        heaps = now;
    }
    heaps
}
