//! A global allocator that counts, while a switch is on.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

static COUNTING: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static LIVE: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

/// The system's allocator with counters. The macro `workload_addon!` installs it; timed launches leave the switch
/// off, so that an allocation costs them one relaxed load more and nothing else.
pub struct CountingAllocator;

/// What the counters hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    pub fn start() {
        COUNTING.store(true, Relaxed);
    }

    /// Turns the switch off: what is timed from here on is not counted.
    pub fn stop() {
        COUNTING.store(false, Relaxed);
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

#[inline]
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
        if COUNTING.load(Relaxed) {
            count(layout.size(), 0);
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if COUNTING.load(Relaxed) {
            count(layout.size(), 0);
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if COUNTING.load(Relaxed) {
            count(size, layout.size());
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::realloc`.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if COUNTING.load(Relaxed) {
            LIVE.fetch_sub(layout.size() as i64, Relaxed);
        }
        // SAFETY: the caller keeps the contract of `GlobalAlloc::dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}
