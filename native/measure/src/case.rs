//! A workload with its parameters fixed, and the loops that run it.

use std::any::TypeId;
#[cfg(not(miri))]
use std::arch::asm;
use std::hint::black_box;
use std::mem;

use crate::{AllocationCounts, Clock, Failure, FigureValue, Workload, start_counting, stop_counting};

/// What one timed batch took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// Nanoseconds between the clock readings, the loop's own cost included.
    pub elapsed_ns: u64,
    /// Pairs of clock readings that the batch was divided into.
    pub chunks: u64,
}

/// How the loop around an iteration looks; each shape has an overhead of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopShape {
    /// Nothing to make before and nothing to drop after an iteration.
    Plain,
    /// Inputs are taken from a vector and outputs kept in one until the clock has stopped.
    Held,
}

/// What one iteration asked of the allocator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IterationCounts {
    /// Calls to the allocator inside the body.
    pub allocations: u64,
    /// Bytes asked for inside the body.
    pub bytes: u64,
    /// Highest live bytes above those at the start of the body.
    pub peak_bytes: i64,
    /// Live bytes that the output holds: after the body less before it.
    pub retained_bytes: i64,
}

/// What the iteration took whose answer was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Nanoseconds of the run.
    pub ns: u64,
    /// What it asked of the allocator; nothing where the switch of the counters was off.
    pub counts: IterationCounts,
}

/// A case that can be run without knowing its workload's type.
pub trait Case {
    /// Runs one iteration and checks its answer; tells what the run alone took.
    fn verify(&mut self) -> Result<Verified, Failure>;
    /// Times `iterations` together.
    fn time_batch(&mut self, iterations: u64) -> Batch;
    /// Times each of `iterations` alone and hands its nanoseconds to `record`.
    fn time_each(&mut self, iterations: u64, record: &mut dyn FnMut(u64));
    /// Runs `iterations` without a clock, for profilers.
    fn iterate(&mut self, iterations: u64);
    /// How many iterations to count where about `wanted` are asked for: whole chunks, and few of them.
    fn countable(&self, wanted: u64) -> u64;
    /// Runs `iterations` with requests to count instructions around what is timed elsewhere.
    fn iterate_counted(&mut self, iterations: u64);
    /// Runs one iteration between readings of the allocation counters; calls `while_held` before the output is dropped.
    fn count(&mut self, while_held: &mut dyn FnMut()) -> IterationCounts;
    /// Operations of one iteration.
    fn operations(&self) -> u64;
    /// The shape of its loop.
    fn shape(&self) -> LoopShape;
    /// The workload's own figures.
    fn figures(&mut self) -> Vec<FigureValue>;
}

/// Wraps a workload as a [`Case`].
pub fn bench<W: Workload>(workload: W) -> impl Case {
    Bench { workload, inputs: Vec::new(), outputs: Vec::new() }
}

struct Bench<W: Workload> {
    workload: W,
    inputs: Vec<W::Input>,
    outputs: Vec<W::Output>,
}

impl<W: Workload> Bench<W> {
    const SHAPE: LoopShape = if mem::size_of::<W::Input>() == 0 && !mem::needs_drop::<W::Output>() {
        LoopShape::Plain
    } else {
        LoopShape::Held
    };

    /// Plain loops conjure their inputs, which is possible for `()` alone.
    fn is_plain() -> bool {
        Self::SHAPE == LoopShape::Plain && TypeId::of::<W::Input>() == TypeId::of::<()>()
    }

    /// Runs at most `HELD` iterations and returns how many and, if timed, how long they took.
    fn chunk(&mut self, left: u64) -> (u64, u64) {
        let size = left.min(W::HELD as u64);
        untimed_inputs(&mut self.workload, &mut self.inputs, size);
        let elapsed = timed_held(&mut self.workload, &mut self.inputs, &mut self.outputs);
        untimed_drop(&mut self.outputs);
        (size, elapsed)
    }
}

impl<W: Workload> Case for Bench<W> {
    fn verify(&mut self) -> Result<Verified, Failure> {
        let input = self.workload.input();
        AllocationCounts::reset_peak();
        let (before, start) = (AllocationCounts::now(), Clock.now_ns());
        let output = self.workload.run(input);
        let (ns, after) = (Clock.now_ns() - start, AllocationCounts::now());
        let counts = between(before, after);
        self.workload.verify(output).map(|()| Verified { ns, counts })
    }

    fn time_batch(&mut self, iterations: u64) -> Batch {
        if Self::is_plain() {
            return Batch { elapsed_ns: timed_plain(&mut self.workload, iterations), chunks: 1 };
        }
        let mut batch = Batch { elapsed_ns: 0, chunks: 0 };
        let mut left = iterations;
        while left > 0 {
            let (done, elapsed) = self.chunk(left);
            left -= done;
            batch.elapsed_ns += elapsed;
            batch.chunks += 1;
        }
        batch
    }

    fn time_each(&mut self, iterations: u64, record: &mut dyn FnMut(u64)) {
        for _ in 0..iterations {
            let input = self.workload.input();
            let start = Clock.now_ns();
            let output = opaque(&mut self.workload).run(black_box(input));
            let elapsed = Clock.now_ns() - start;
            drop(black_box(output));
            record(elapsed);
        }
    }

    fn iterate(&mut self, iterations: u64) {
        let _ = self.time_batch(iterations);
    }

    fn countable(&self, wanted: u64) -> u64 {
        if Self::is_plain() {
            return wanted.max(1);
        }
        let chunk = wanted.clamp(1, W::HELD as u64);
        chunk * wanted.div_ceil(chunk).clamp(1, COUNTED_CHUNKS)
    }

    fn iterate_counted(&mut self, iterations: u64) {
        if Self::is_plain() {
            counted(|| timed_plain(&mut self.workload, iterations));
            return;
        }
        let mut left = iterations;
        while left > 0 {
            let size = left.min(W::HELD as u64);
            untimed_inputs(&mut self.workload, &mut self.inputs, size);
            self.outputs.reserve(self.inputs.len());
            counted(|| timed_held(&mut self.workload, &mut self.inputs, &mut self.outputs));
            untimed_drop(&mut self.outputs);
            left -= size;
        }
    }

    fn count(&mut self, while_held: &mut dyn FnMut()) -> IterationCounts {
        let input = self.workload.input();
        AllocationCounts::reset_peak();
        let before = AllocationCounts::now();
        let output = black_box(&mut self.workload).run(black_box(input));
        let after = AllocationCounts::now();
        while_held();
        drop(black_box(output));
        between(before, after)
    }

    fn operations(&self) -> u64 {
        self.workload.operations()
    }

    fn shape(&self) -> LoopShape {
        if Self::is_plain() { LoopShape::Plain } else { LoopShape::Held }
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        self.workload.figures()
    }
}

/// Callgrind translates all code anew whenever counting starts or stops.
const COUNTED_CHUNKS: u64 = 16;

fn counted(timed: impl FnOnce() -> u64) {
    start_counting();
    timed();
    stop_counting();
}

/// What was asked for between two readings, the peak of which began anew at the first.
fn between(before: AllocationCounts, after: AllocationCounts) -> IterationCounts {
    IterationCounts {
        allocations: after.allocations - before.allocations,
        bytes: after.bytes - before.bytes,
        peak_bytes: after.peak_bytes - before.live_bytes,
        retained_bytes: after.live_bytes - before.live_bytes,
    }
}

/// Makes the inputs of a chunk. Its name stands in flame graphs: what is below it is not in the figures.
#[inline(never)]
fn untimed_inputs<W: Workload>(workload: &mut W, inputs: &mut Vec<W::Input>, count: u64) {
    inputs.extend((0..count).map(|_| workload.input()));
}

/// Drops the outputs of a chunk. Its name stands in flame graphs: what is below it is not in the figures.
#[inline(never)]
fn untimed_drop<T>(outputs: &mut Vec<T>) {
    outputs.clear();
}

/// The plain loop. Never inlined, so that calibration and measurement run the same machine code around a body.
#[inline(never)]
pub(crate) fn timed_plain<W: Workload>(workload: &mut W, iterations: u64) -> u64 {
    let start = Clock.now_ns();
    for _ in 0..iterations {
        // SAFETY: the caller has checked that `W::Input` is `()`, which is valid without a byte.
        let input: W::Input = unsafe { mem::zeroed() };
        black_box(opaque(workload).run(input));
    }
    Clock.now_ns() - start
}

/// The loop that takes inputs from a vector and keeps outputs alive until the clock has stopped.
#[inline(never)]
pub(crate) fn timed_held<W: Workload>(
    workload: &mut W,
    inputs: &mut Vec<W::Input>,
    outputs: &mut Vec<W::Output>,
) -> u64 {
    let count = inputs.len();
    outputs.reserve(count);
    // The compiler must not know what the inputs are, nor that nobody reads the outputs.
    let inputs = black_box(inputs);
    let start = Clock.now_ns();
    for (slot, input) in outputs.spare_capacity_mut().iter_mut().zip(inputs.drain(..)) {
        slot.write(opaque(workload).run(input));
    }
    let elapsed = Clock.now_ns() - start;
    // SAFETY: the loop has written exactly `count` outputs: `reserve` made that many slots, `drain` gave that many inputs.
    unsafe { outputs.set_len(outputs.len() + count) };
    black_box(outputs);
    elapsed
}

/// Makes the compiler forget what it knows of the workload, so that no turn of a loop can be moved out of it. The
/// pointer stays in a register; `black_box` would send it through memory, which takes 0.2 to 1.5 ns by the luck of the
/// stack's address.
#[inline]
fn opaque<T>(workload: &mut T) -> &mut T {
    #[cfg_attr(miri, expect(unused_mut, reason = "Miri knows no machine code, and forgets nothing"))]
    let mut pointer: *mut T = workload;
    // SAFETY: the text is empty, so the pointer is what it was, and it is borrowed from `workload` as before.
    unsafe {
        #[cfg(not(miri))]
        asm!("/* {0} */", inout(reg) pointer, options(nostack, preserves_flags));
        &mut *pointer
    }
}

#[cfg(test)]
mod tests;
