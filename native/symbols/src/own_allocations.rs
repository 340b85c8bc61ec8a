//! Allocations of the calling process: unwound where they happen, named afterwards.

use crate::error::FoldError;
use crate::fold::{Amount, FoldOptions};
use crate::own_process::{ThreadNames, fold_of_this_process, for_each_mapping};
use crate::process::{Files, Process, Rules, Unwound, unwind};
use crate::profile::{Frame, Profile};
use crate::registers::Registers;
use framehop::{CacheNative, MayAllocateDuringUnwind};
use std::collections::HashMap;

/// Unwinds stacks of its own process while that runs. It may move between threads.
pub struct OwnUnwinder {
    rules: Rules,
    cache: CacheNative<MayAllocateDuringUnwind>,
}

impl OwnUnwinder {
    /// Reads the rules of all files that are mapped now; in what is mapped later, stacks end early.
    ///
    /// # Errors
    ///
    /// [`FoldError::Mappings`] if the system hides what is mapped.
    pub fn new() -> Result<Self, FoldError> {
        let (sources, mut process) = (HashMap::new(), Process::default());
        let mut files = Files::new(&sources);
        for_each_mapping(|mapping| process.map_file(mapping, &mut files))?;
        Ok(Self { rules: process.rules, cache: CacheNative::new() })
    }

    /// The addresses of a stack, of which `stack` is a copy from the stack pointer upwards.
    pub fn unwind(&mut self, start: &Registers, stack: &[u8]) -> Unwound {
        unwind(&self.rules, start, stack, &mut self.cache)
    }
}

/// One allocation that stands for others of its kind.
#[derive(Debug, Clone, Copy)]
pub struct AllocationSample<'a> {
    /// The thread.
    pub tid: i32,
    /// When, nanoseconds of `CLOCK_MONOTONIC`.
    pub time: u64,
    /// Where, as [`OwnUnwinder::unwind`] told.
    pub stack: &'a Unwound,
    /// Bytes that it stands for.
    pub bytes: f64,
    /// Calls to the allocator that it stands for; at least 1.
    pub calls: f64,
}

/// Names and counts allocations of the calling process, in bytes; stacks end with the function that called the allocator.
///
/// # Errors
///
/// As [`fold_own_process`](crate::fold_own_process).
///
/// ```
/// use forgebench_symbols::{AllocationSample, FoldOptions, Unwound, fold_own_allocations};
///
/// let stack = Unwound { addresses: vec![0x10], complete: true };
/// let sample = AllocationSample { tid: 1, time: 5, stack: &stack, bytes: 64.0, calls: 4.0 };
/// let profile = fold_own_allocations([sample, sample], (0, 64), &FoldOptions::default())?;
/// assert_eq!((profile.unit.as_str(), profile.interval), ("bytes", 64));
/// let stack = &profile.threads[0].stacks[0];
/// assert_eq!((stack.weight, stack.calls, stack.samples), (128, Some(8), 2));
/// # Ok::<(), forgebench_symbols::FoldError>(())
/// ```
pub fn fold_own_allocations<'a>(
    samples: impl IntoIterator<Item = AllocationSample<'a>>,
    (lost, interval): (u64, u64),
    options: &FoldOptions,
) -> Result<Profile, FoldError> {
    let mut amounts: HashMap<(i32, &Unwound), (f64, Amount)> = HashMap::new();
    for sample in samples {
        if options.window.is_none_or(|(first, last)| (first..=last).contains(&sample.time)) {
            let (bytes, amount) = amounts.entry((sample.tid, sample.stack)).or_default();
            *bytes += sample.bytes;
            amount.add(Amount { weight: 0, samples: 1, calls: Some(sample.calls) });
        }
    }
    let mut fold = fold_of_this_process(options)?;
    fold.lost = lost;
    let (pid, mut threads) = (std::process::id().cast_signed(), ThreadNames::default());
    for ((tid, stack), (bytes, amount)) in amounts {
        threads.name(&mut fold, tid);
        let amount = Amount { weight: bytes.round() as u64, ..amount };
        fold.unwound((pid, tid), stack, amount, is_allocator);
    }
    Ok(fold.finish("rust-alloc", "bytes", interval))
}

/// Whether a frame belongs to the way from the function that allocates to the sampler.
fn is_allocator(frame: &Frame) -> bool {
    const ALLOCATORS: [&str; 4] = ["__rust_alloc", "__rust_realloc", "__rust_alloc_zeroed", "__rg_"];
    const OURS: [&str; 3] = ["forgebench_measure::alloc", "forgebench_sampler::", "CountingAllocator as core::alloc"];
    let name = frame.name.as_str();
    OURS.iter().any(|part| name.contains(part))
        || ALLOCATORS.iter().any(|part| name.rsplit("::").next().is_some_and(|last| last.starts_with(part)))
}
