//! What the sampler of allocations saw.

use std::collections::HashMap;

use forgebench_symbols::{
    AllocationSample, FoldError, FoldOptions, OwnUnwinder, Profile, Registers, Unwound, fold_own_allocations,
};

use crate::sample_gap::stands_for;

/// Samples that are kept, and addresses in all distinct stacks together: 64 MB each.
const MOST_SAMPLES: usize = 1 << 21;
const MOST_ADDRESSES: usize = 1 << 23;

struct Taken {
    time: u64,
    tid: i32,
    /// Index of its stack.
    stack: u32,
    bytes: u64,
}

/// Bytes and calls over a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct AllocationTotals {
    /// Bytes asked for.
    pub bytes: f64,
    /// Calls to the allocator.
    pub calls: f64,
}

/// Samples of allocations, with their stacks as addresses. It may move to another thread to be folded there.
pub struct AllocationRecording {
    pub(crate) interval: u64,
    pub(crate) files: Vec<String>,
    pub(crate) counted: AllocationTotals,
    samples: Vec<Taken>,
    stacks: Vec<Unwound>,
    indices: HashMap<Unwound, u32>,
    addresses: usize,
    lost: u64,
    unwinder: OwnUnwinder,
}

impl AllocationRecording {
    pub(crate) fn new(interval: u64, files: Vec<String>) -> Result<Self, FoldError> {
        Ok(Self {
            interval,
            files,
            counted: AllocationTotals::default(),
            samples: Vec::new(),
            stacks: Vec::new(),
            indices: HashMap::new(),
            addresses: 0,
            lost: 0,
            unwinder: OwnUnwinder::new()?,
        })
    }

    /// Adds a sample, or counts it as lost where there is no more room.
    pub(crate) fn add(&mut self, (time, tid): (u64, i32), (start, stack): (&Registers, &[u8]), bytes: u64) {
        let unwound = self.unwinder.unwind(start, stack);
        match self.index(unwound) {
            Some(stack) if self.samples.len() < MOST_SAMPLES => self.samples.push(Taken { time, tid, stack, bytes }),
            _ => self.lost += 1,
        }
    }

    /// Counts a sample whose stack nobody knows.
    pub(crate) fn lose(&mut self) {
        self.lost += 1;
    }

    fn index(&mut self, stack: Unwound) -> Option<u32> {
        if let Some(&known) = self.indices.get(&stack) {
            return Some(known);
        }
        if self.addresses > MOST_ADDRESSES {
            return None;
        }
        self.addresses += stack.addresses.len();
        let index = self.stacks.len() as u32;
        self.stacks.push(stack.clone());
        self.indices.insert(stack, index);
        Some(index)
    }

    /// Files of the allocators that were watched.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// What the counters of those allocators counted from start to stop.
    #[must_use]
    pub fn counted(&self) -> AllocationTotals {
        self.counted
    }

    /// What the samples say of the same stretch of time. Both agree within a share of some times `1 / √samples`.
    #[must_use]
    pub fn sampled(&self) -> AllocationTotals {
        self.samples().fold(AllocationTotals::default(), |sum, sample| AllocationTotals {
            bytes: sum.bytes + sample.bytes,
            calls: sum.calls + sample.calls,
        })
    }

    /// The samples, oldest first.
    pub fn samples(&self) -> impl Iterator<Item = AllocationSample<'_>> {
        self.samples.iter().map(|&Taken { time, tid, stack, bytes }| {
            let calls = stands_for(bytes, self.interval as f64);
            AllocationSample { tid, time, stack: &self.stacks[stack as usize], bytes: bytes as f64 * calls, calls }
        })
    }

    /// Samples that found no room, or whose stack could not be found.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Names all samples of the window. The process must be the one that was sampled.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the map of JavaScript names or of this process cannot be read.
    pub fn fold(&self, options: &FoldOptions) -> Result<Profile, FoldError> {
        fold_own_allocations(self.samples(), (self.lost, self.interval), options)
    }
}
