//! Starting, sampling and stopping.
//!
//! A sample is taken inside an allocator, on the thread that allocates. Unlike in a signal, locks and memory may be used
//! there, as long as the sampler's own allocations are kept apart: they would be sampled in turn.

use std::cell::Cell;
use std::ops::Range;
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use forgebench_measure::{AllocationWatcher, uncounted};
use forgebench_symbols::Registers;

use crate::allocation_recording::{AllocationRecording, AllocationTotals};
use crate::allocation_switches::{Found, find};
use crate::clock::{now_ns, thread_id};
use crate::error::SamplerError;
use crate::registers::here;
use crate::sample_gap;
use crate::thread_stack::own_stack;

/// Below this the sampler would take more time than the program.
const MINIMUM_INTERVAL: u64 = 1024;
/// The most to copy of each stack; the outer callers of deeper ones are lost.
const MAX_STACK_BYTES: usize = 64 << 10;

static WATCHER: AllocationWatcher = AllocationWatcher { gap, sampled };
static RECORDING: Mutex<Option<AllocationRecording>> = Mutex::new(None);
/// Bytes between two samples, for `gap`, which takes no lock.
static INTERVAL: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// Bounds of this thread's stack: looked up at its first sample, and empty where the system does not tell.
    static STACK: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// A sampler of allocations at work in this process; dropping it ends the work and forgets the samples.
pub struct AllocationSampler {
    /// What is watched, with its counters at the start; `None` once it was stopped.
    switches: Option<Vec<(Found, AllocationTotals)>>,
}

impl AllocationSampler {
    /// Samples one allocation every `interval` bytes in the mean, at least 1024, on all threads from now on. It sees the
    /// libraries and addons that are open now and whose global allocator is [`forgebench_measure::CountingAllocator`].
    ///
    /// # Errors
    ///
    /// [`SamplerError`] if a sampler of allocations runs in this process already, the interval is too short, or the
    /// system hides what is mapped.
    ///
    /// ```
    /// use forgebench_sampler::AllocationSampler;
    ///
    /// let sampler = AllocationSampler::start(65_536)?;
    /// assert!(AllocationSampler::start(65_536).is_err());
    /// assert_eq!(sampler.stop().lost(), 0);
    /// # Ok::<(), forgebench_sampler::SamplerError>(())
    /// ```
    pub fn start(interval: u64) -> Result<Self, SamplerError> {
        if interval < MINIMUM_INTERVAL {
            return Err(SamplerError::AllocationInterval { interval, minimum: MINIMUM_INTERVAL });
        }
        let found = find();
        let files = found.iter().map(|each| each.file.clone()).collect();
        let recording = AllocationRecording::new(interval, files)?;
        let mut running = lock();
        if running.is_some() {
            return Err(SamplerError::Running);
        }
        *running = Some(recording);
        drop(running);
        INTERVAL.store(interval, Ordering::Relaxed);
        sample_gap::seed(now_ns(libc::CLOCK_MONOTONIC));
        // From the first switch on, allocations of this thread call the sampler, which takes the lock.
        let switches = found.into_iter().map(|each| {
            let before = totals(&each);
            (each.switch.watch)(Some(&WATCHER));
            (each, before)
        });
        Ok(Self { switches: Some(uncounted(|| switches.collect())) })
    }

    /// Ends the work and returns what was seen.
    ///
    /// # Panics
    ///
    /// Never: a sampler owns the recording until it is stopped.
    #[must_use]
    pub fn stop(mut self) -> AllocationRecording {
        let counted = switch_off(&self.switches.take().unwrap_or_default());
        let mut recording = lock().take().expect("the sampler that runs owns it");
        recording.counted = counted;
        recording
    }
}

impl Drop for AllocationSampler {
    fn drop(&mut self) {
        if let Some(switches) = self.switches.take() {
            switch_off(&switches);
            drop(lock().take());
        }
    }
}

/// Ends watching; returns what was counted since the start.
fn switch_off(switches: &[(Found, AllocationTotals)]) -> AllocationTotals {
    let mut counted = AllocationTotals::default();
    for (each, before) in switches {
        (each.switch.watch)(None);
        let now = totals(each);
        counted.bytes += now.bytes - before.bytes;
        counted.calls += now.calls - before.calls;
    }
    counted
}

fn totals(found: &Found) -> AllocationTotals {
    let counts = (found.switch.counts)();
    AllocationTotals { bytes: counts.bytes as f64, calls: counts.allocations as f64 }
}

fn lock() -> MutexGuard<'static, Option<AllocationRecording>> {
    RECORDING.lock().unwrap_or_else(PoisonError::into_inner)
}

extern "C" fn gap() -> u64 {
    sample_gap::draw(INTERVAL.load(Ordering::Relaxed) as f64)
}

extern "C" fn sampled(bytes: u64) {
    let registers = here();
    uncounted(|| record(&registers, bytes));
}

fn record(registers: &Registers, bytes: u64) {
    let time = now_ns(libc::CLOCK_MONOTONIC);
    let stack = copy_of_stack(registers.sp as usize);
    // Where another thread has stopped the sampler meanwhile, nobody wants the sample.
    if let Some(recording) = lock().as_mut() {
        match stack {
            Some(stack) => recording.add((time, thread_id()), (registers, &stack), bytes),
            None => recording.lose(),
        }
    }
}

/// This thread's stack from `sp` on; `None` where its bounds are not known, or it runs on another stack.
fn copy_of_stack(sp: usize) -> Option<Vec<u8>> {
    let bounds = bounds_of_stack();
    let length = bounds.contains(&sp).then(|| (bounds.end - sp).min(MAX_STACK_BYTES))?;
    let mut copy = Vec::with_capacity(length);
    // SAFETY: from the stack pointer of a caller to the end of its stack all is mapped; what is read below the frames of
    // this function is not changed meanwhile by this thread, to which it belongs. The bytes are copied without meaning
    // into memory of that length, all of which is then initialised.
    unsafe {
        ptr::copy_nonoverlapping(ptr::with_exposed_provenance::<u8>(sp), copy.as_mut_ptr(), length);
        copy.set_len(length);
    }
    Some(copy)
}

fn bounds_of_stack() -> Range<usize> {
    let (start, end) = STACK.get().unwrap_or_else(|| {
        let bounds = own_stack().map_or((0, 0), |range| (range.start, range.end));
        STACK.set(Some(bounds));
        bounds
    });
    start..end
}
