//! Memory that the handler fills: reserved before, never grown, without locks.

use std::ptr::{self, NonNull};
use std::slice;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use forgebench_symbols::Registers;

use crate::error::SamplerError;

/// What precedes each copied stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `CLOCK_MONOTONIC`, nanoseconds.
    pub time: u64,
    /// CPU time since the last entry, nanoseconds.
    pub weight: u64,
    pub registers: Registers,
    /// Bytes of stack that follow the entry.
    pub stack_bytes: usize,
    /// Bytes at the end of the stack that are those of the [image](crate::image); `None` if the image has no part in it.
    pub shared_bytes: Option<usize>,
}

const HEAD: usize = size_of::<Entry>();

/// Entries one after the other, each followed by its stack. When it is full, further ones are counted and dropped:
/// overwriting the oldest would lose the beginning of the workload instead of its end, and need a second position.
#[derive(Debug)]
pub(crate) struct Log {
    start: NonNull<u8>,
    capacity: usize,
    used: AtomicUsize,
    lost: AtomicU64,
}

// SAFETY: the mapping belongs to this value alone, like the memory of a box.
unsafe impl Send for Log {}
// SAFETY: `&self` allows no unsynchronised write: `push` demands a single writer and publishes with release, and all
// readers acquire what was published.
unsafe impl Sync for Log {}

impl Log {
    /// Reserves address space; pages are taken when they are first written.
    pub fn reserve(capacity: usize) -> Result<Self, SamplerError> {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        // Miri knows no address space without memory behind it.
        let unreserved = if cfg!(miri) { 0 } else { libc::MAP_NORESERVE };
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | unreserved;
        // SAFETY: a new anonymous mapping at an address that the kernel chooses replaces nothing.
        let start = unsafe { libc::mmap(ptr::null_mut(), capacity, protection, flags, -1, 0) };
        if start == libc::MAP_FAILED {
            return Err(SamplerError::last("memory for the samples"));
        }
        let start = NonNull::new(start.cast()).ok_or_else(|| SamplerError::last("memory for the samples"))?;
        Ok(Self { start, capacity, used: AtomicUsize::new(0), lost: AtomicU64::new(0) })
    }

    /// Adds an entry and a copy of its stack, or counts it as lost and returns false. Async-signal-safe: it writes to reserved memory
    /// and to atomics, and its one call is `memcpy`.
    ///
    /// # Safety
    ///
    /// `entry.stack_bytes` bytes are readable at `stack`, and no other call runs at the same time.
    pub unsafe fn push(&self, entry: Entry, stack: *const u8) -> bool {
        let used = self.used.load(Ordering::Relaxed);
        let end = used.checked_add(HEAD).and_then(|end| end.checked_add(entry.stack_bytes));
        let Some(end) = end.filter(|end| *end <= self.capacity) else {
            self.lost.fetch_add(1, Ordering::Relaxed);
            return false;
        };
        // SAFETY: `used..end` lies in the mapping, nobody else writes there, and nobody reads there before `used`
        // says so. The caller vouches for the stack.
        unsafe {
            let at = self.start.as_ptr().add(used);
            at.cast::<Entry>().write_unaligned(entry);
            ptr::copy_nonoverlapping(stack, at.add(HEAD), entry.stack_bytes);
        }
        self.used.store(end, Ordering::Release);
        true
    }

    /// Entries that found no room.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// All entries with their stacks, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = (Entry, &[u8])> {
        let used = self.used.load(Ordering::Acquire);
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= used {
                return None;
            }
            // SAFETY: `push` wrote an entry at `at` and its stack behind it before it published `used`, and bytes
            // below `used` are never written again.
            let (entry, stack) = unsafe {
                let head = self.start.as_ptr().add(at);
                let entry = head.cast::<Entry>().read_unaligned();
                (entry, slice::from_raw_parts(head.add(HEAD), entry.stack_bytes))
            };
            at += HEAD + entry.stack_bytes;
            Some((entry, stack))
        })
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        // SAFETY: exactly what `reserve` mapped; whoever drops the log holds no reference into it any more.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.capacity) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(log: &Log, time: u64, stack: &[u8]) {
        let registers = Registers { ip: 1, sp: 2, fp: 3, lr: 4 };
        let entry = Entry { time, weight: 10, registers, stack_bytes: stack.len(), shared_bytes: None };
        // SAFETY: the length is the slice's, and tests push from one thread.
        unsafe { log.push(entry, stack.as_ptr()) };
    }

    #[test]
    fn entries_come_back_in_order_with_stacks_of_any_length() {
        let log = Log::reserve(1 << 16).unwrap();
        let stacks: Vec<Vec<u8>> = (0..20).map(|length| vec![length; usize::from(length)]).collect();
        for (time, stack) in stacks.iter().enumerate() {
            push(&log, time as u64, stack);
        }
        let seen: Vec<_> = log.entries().map(|(entry, stack)| (entry.time, stack.to_vec())).collect();
        assert_eq!(seen, (0..20).zip(stacks).collect::<Vec<_>>());
        assert_eq!(log.lost(), 0);
    }

    #[test]
    fn what_does_not_fit_is_counted_and_later_smaller_ones_still_fit() {
        let log = Log::reserve(2 * HEAD + 8).unwrap();
        push(&log, 1, &[1; 8]);
        push(&log, 2, &[2; 8]);
        push(&log, 3, &[]);
        push(&log, 4, &[]);
        assert_eq!(log.entries().map(|(entry, _)| entry.time).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(log.lost(), 2);
    }

    #[test]
    fn an_absurd_length_is_lost_and_harmless() {
        let log = Log::reserve(4096).unwrap();
        let registers = Registers { ip: 0, sp: 0, fp: 0, lr: 0 };
        let entry = Entry { time: 0, weight: 0, registers, stack_bytes: usize::MAX, shared_bytes: None };
        // SAFETY: nothing is read, because the entry cannot fit.
        assert!(!unsafe { log.push(entry, ptr::null()) });
        assert_eq!((log.entries().count(), log.lost()), (0, 1));
    }
}
