//! Samples one thread of its own process, so that a profile of JavaScript and Rust in one stack needs no `perf`.
//!
//! A timer signals the thread; the handler copies registers and what changed of the stack into memory that was
//! reserved before, and does nothing else. Unwinding and naming happen after the end, in the code of
//! `forgebench-symbols` that also reads recordings of perf. The signal is one that nobody else uses: `SIGPROF` belongs to
//! V8's own profiler, and two profilers on one signal steal each other's samples.
//!
//! The timer runs on `CLOCK_MONOTONIC`. The thread's CPU clock would fit better, but the kernel checks such timers at
//! its tick only: at 250 Hz a timer of 1 ms signals every 4 ms. So the handler drops the moments at which the thread
//! slept, and weighs each sample by the CPU time since the one before.
//!
//! [`AllocationSampler`] samples what addons allocate instead: their counting allocators call it, on every thread, and it
//! unwinds the stack there and then.
//!
//! Linux on `x86_64` and aarch64. Only `x86_64` was ever run: the registers of aarch64 follow the kernel's headers, and
//! there the moments asleep inside a restarted system call are kept, with next to no weight.

mod allocation_recording;
mod allocation_sampler;
mod allocation_switches;
mod clock;
mod error;
mod handler;
mod image;
mod log;
mod recording;
mod registers;
mod sample_gap;
mod sampler;
mod signal;
mod thread_stack;
mod timer;

pub use allocation_recording::{AllocationRecording, AllocationTotals};
pub use allocation_sampler::AllocationSampler;
pub use error::SamplerError;
pub use recording::Recording;
pub use sampler::{Sampler, SamplerOptions};
