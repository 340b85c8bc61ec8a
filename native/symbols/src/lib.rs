//! Addresses to names, inlined frames and lines; stacks of native code and JavaScript merged.
//!
//! A profiler of V8 cannot see an addon, and a profiler of native code cannot name compiled
//! JavaScript. [`read_perf`] reads what `perf record --call-graph dwarf` saved, unwinds each sample
//! itself (DWARF rules in ELF files, frame pointers in code that V8 compiled), and names every
//! frame: JavaScript from the map that `node --perf-basic-prof` writes, the rest from symbol tables
//! and line tables. The result is one [`Profile`] whose JSON is the one of `src/profile/profile.ts`.

mod container;
mod elf;
mod error;
mod fold;
mod frame_table;
mod jit_name;
mod kernel;
mod names;
mod perf_map;
mod process;
mod profile;
mod registers;
mod symboliser;

pub use error::PerfError;
pub use fold::{PerfOptions, read_perf};
pub use jit_name::{JitName, clean_jit_name};
pub use names::short_source;
pub use perf_map::PerfMap;
pub use profile::{Frame, Origin, Profile, Stack, Thread};
