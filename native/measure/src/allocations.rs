//! A global allocator that counts, while a switch is on.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering::Relaxed};

use crate::allocation_watch;

/// Bits of the switch: who wants to know of allocations. Timed launches leave all of them off.
/// No function that another crate may inline touches it, so that the allocator reaches it without a table.
static SWITCH: AtomicU8 = AtomicU8::new(0);
const COUNTED: u8 = 1;
const WATCHED: u8 = 2;
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static LIVE: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

/// The system's allocator with counters. The macro `workload_addon!` installs it; timed launches leave the switch
/// off, so that an allocation costs them one relaxed load more and nothing else.
pub struct CountingAllocator;

/// What the counters hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(C)]
pub struct AllocationCounts {
    /// Calls that asked for memory, reallocations included.
    pub allocations: u64,
    /// Bytes that were asked for.
    pub bytes: u64,
    /// Bytes live now that were asked for since counting began; negative where older memory was freed.
    pub live_bytes: i64,
    /// Highest `live_bytes` since the last [`AllocationCounts::reset_peak`].
    pub peak_bytes: i64,
}

impl AllocationCounts {
    /// Turns the switch on; a memory launch counts from before its set-up to its end.
    #[inline(never)]
    pub fn start() {
        SWITCH.fetch_or(COUNTED, Relaxed);
    }

    /// Turns the switch off: what is timed from here on is not counted.
    #[inline(never)]
    pub fn stop() {
        SWITCH.fetch_and(!COUNTED, Relaxed);
    }

    /// Reads all counters. They stay at zero where [`AllocationCounts::start`] was not called.
    #[must_use]
    pub fn now() -> Self {
        Self {
            allocations: ALLOCATIONS.load(Relaxed),
            bytes: BYTES.load(Relaxed),
            live_bytes: LIVE.load(Relaxed),
            peak_bytes: PEAK.load(Relaxed),
        }
    }

    /// Lets the peak begin again at what is live now.
    pub fn reset_peak() {
        PEAK.store(LIVE.load(Relaxed), Relaxed);
    }
}

/// Lets the watcher see each allocation, which is counted as well, or no longer.
#[inline(never)]
pub(crate) fn set_watched(watched: bool) {
    if watched {
        SWITCH.fetch_or(WATCHED, Relaxed);
    } else {
        SWITCH.fetch_and(!WATCHED, Relaxed);
    }
}

fn note(asked: usize, freed: usize) {
    if allocation_watch::is_apart() {
        return;
    }
    count(asked, freed);
    if SWITCH.load(Relaxed) & WATCHED != 0 {
        allocation_watch::pass(asked.saturating_sub(freed));
    }
}

fn count(asked: usize, freed: usize) {
    ALLOCATIONS.fetch_add(1, Relaxed);
    BYTES.fetch_add(asked.saturating_sub(freed) as u64, Relaxed);
    let difference = asked as i64 - freed as i64;
    let live = LIVE.fetch_add(difference, Relaxed) + difference;
    PEAK.fetch_max(live, Relaxed);
}

// SAFETY: every call is handed on to `System` unchanged; the counters touch no memory of the caller.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        unsafe { if is_off() { System.alloc(layout) } else { noted::alloc(layout) } }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc_zeroed`.
        unsafe { if is_off() { System.alloc_zeroed(layout) } else { noted::alloc_zeroed(layout) } }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::realloc`.
        unsafe { if is_off() { System.realloc(pointer, layout, size) } else { noted::realloc(pointer, layout, size) } }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `GlobalAlloc::dealloc`.
        unsafe { if is_off() { System.dealloc(pointer, layout) } else { noted::dealloc(pointer, layout) } }
    }
}

#[inline]
fn is_off() -> bool {
    SWITCH.load(Relaxed) == 0
}

/// The same while somebody wants to know. Functions of their own, so that the allocator saves no register for them while
/// nobody does; the caller keeps the contract of the method of `GlobalAlloc` with the same name.
mod noted {
    use super::{GlobalAlloc, LIVE, Layout, Relaxed, System, allocation_watch, note};

    #[cold]
    #[inline(never)]
    pub unsafe fn alloc(layout: Layout) -> *mut u8 {
        note(layout.size(), 0);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    #[cold]
    #[inline(never)]
    pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
        note(layout.size(), 0);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[cold]
    #[inline(never)]
    pub unsafe fn realloc(pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size, layout.size());
        // SAFETY: the caller keeps the contract.
        unsafe { System.realloc(pointer, layout, size) }
    }

    #[cold]
    #[inline(never)]
    pub unsafe fn dealloc(pointer: *mut u8, layout: Layout) {
        if !allocation_watch::is_apart() {
            LIVE.fetch_sub(layout.size() as i64, Relaxed);
        }
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}
