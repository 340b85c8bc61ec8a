//! Addresses to names, inlined frames and lines; stacks of native code and JavaScript merged.
//!
//! A profiler of V8 cannot see an addon, and a profiler of native code cannot name compiled
//! JavaScript. [`read_perf`] reads what `perf record --call-graph dwarf` saved, unwinds each sample
//! itself (DWARF rules in ELF files, frame pointers in code that V8 compiled), and names every
//! frame: JavaScript from the map that `node --perf-basic-prof` writes, the rest from symbol tables
//! and line tables. [`fold_own_process`] does the same with samples that a process took of itself. The
//! result is one [`Profile`] whose JSON is the one of `src/profile/profile.ts`.

mod container;
mod crate_names;
mod elf;
mod error;
mod fold;
mod frame_table;
mod jit_name;
mod kernel;
mod names;
mod own_allocations;
mod own_process;
mod perf;
mod perf_map;
mod process;
mod process_list;
mod profile;
mod raw_sample;
mod registers;
mod sources;
mod symboliser;
mod waiting;

pub use elf::{FileSource, build_id};
pub use error::FoldError;
pub use fold::FoldOptions;
pub use jit_name::{JitName, clean_jit_name};
pub use names::short_source;
pub use own_allocations::{AllocationSample, OwnUnwinder, fold_own_allocations};
pub use own_process::fold_own_process;
pub use perf::read_perf;
pub use perf_map::PerfMap;
pub use process::Unwound;
pub use process_list::{Recorded, RecordedProcess, list_processes};
pub use profile::{Frame, Origin, Profile, Stack, Thread};
pub use raw_sample::RawSample;
pub use registers::Registers;
