//! Lets a profiler elsewhere in the process see a sample of this addon's allocations.
//!
//! Each addon has a copy of this crate, with counters of its own. A profiler finds the copies by the symbol
//! [`ALLOCATION_SWITCH`] that each exports, and gives all of them the same watcher.

use std::cell::Cell;
use std::ffi::CStr;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use crate::AllocationCounts;
use crate::allocations::set_watched;

/// The name of the exported function that returns a copy's [`AllocationSwitch`]. Its number goes up with any change of
/// that structure, so that a profiler and an addon of different versions do not misunderstand each other.
pub const ALLOCATION_SWITCH: &CStr = c"forgebench_allocation_switch_1";

/// Who watches. Both functions are called on the thread that allocates, from inside the allocator; they may allocate
/// themselves where [`uncounted`] is around that.
#[derive(Debug)]
#[repr(C)]
pub struct AllocationWatcher {
    /// How many bytes the calling thread allocates until its next sample; at least 1.
    pub gap: extern "C" fn() -> u64,
    /// Told of each sample: the bytes that one allocation asked for, or by which it grew; at least 1.
    pub sampled: extern "C" fn(u64),
}

/// One copy's switch.
#[derive(Debug)]
#[repr(C)]
pub struct AllocationSwitch {
    /// Gives the watcher, or takes it away with `None`. While there is one, all allocations are counted.
    pub watch: extern "C" fn(Option<&'static AllocationWatcher>),
    /// Reads the counters.
    pub counts: extern "C" fn() -> AllocationCounts,
}

static WATCHER: AtomicPtr<AllocationWatcher> = AtomicPtr::new(ptr::null_mut());

/// A thread that has not allocated under a watcher yet.
const UNBEGUN: u64 = u64::MAX;

thread_local! {
    /// Bytes until this thread's next sample. Each thread has its own, so that none waits for another.
    static LEFT: Cell<u64> = const { Cell::new(UNBEGUN) };
    static APART: Cell<bool> = const { Cell::new(false) };
}

/// The switch of this copy.
#[unsafe(no_mangle)]
pub extern "C" fn forgebench_allocation_switch_1() -> &'static AllocationSwitch {
    static HERE: AllocationSwitch = AllocationSwitch { watch, counts };
    &HERE
}

/// Runs `work`, whose allocations on this thread are neither counted nor watched: they are the profiler's own.
pub fn uncounted<T>(work: impl FnOnce() -> T) -> T {
    let before = APART.replace(true);
    let result = work();
    APART.set(before);
    result
}

pub(crate) fn is_apart() -> bool {
    APART.get()
}

/// Takes note of an allocation, and hands it to the watcher where it is a sample.
pub(crate) fn pass(bytes: usize) {
    // SAFETY: it is null, or points to a watcher that lives as long as the process.
    let Some(watcher) = (unsafe { WATCHER.load(Ordering::Acquire).as_ref() }) else { return };
    let bytes = bytes as u64;
    let left = match LEFT.get() {
        UNBEGUN => (watcher.gap)(),
        left => left,
    };
    if bytes < left {
        LEFT.set(left - bytes);
    } else {
        LEFT.set((watcher.gap)());
        (watcher.sampled)(bytes);
    }
}

extern "C" fn watch(watcher: Option<&'static AllocationWatcher>) {
    // The watcher is there before the first allocation is passed to it.
    let given = watcher.map_or(ptr::null_mut(), |watcher| ptr::from_ref(watcher).cast_mut());
    WATCHER.store(given, Ordering::Release);
    set_watched(watcher.is_some());
}

extern "C" fn counts() -> AllocationCounts {
    AllocationCounts::now()
}
