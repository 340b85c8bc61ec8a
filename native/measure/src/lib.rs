//! The sampling loop of forgebench: what is timed, how it is timed, and what that timing costs.
//!
//! Read in this order: [`Workload`] is what a benchmark's author writes, [`Registration`] lists the workloads of one
//! addon, [`Case`] is a workload with its parameters fixed, [`measure`] times a case, [`measure_memory`] counts its
//! allocations.
//!
//! This crate knows nothing of Node.js; the crate `border` carries it across.

mod allocations;
mod benches;
mod case;
mod clock;
mod command;
mod guard;
mod measurement;
mod memory;
mod overhead;
mod registration;
mod resources;
mod runner;
mod span;
mod steadiness;
mod warm_up;
mod workload;

pub use allocations::{AllocationCounts, CountingAllocator};
pub use benches::run_benches;
pub use case::{Batch, Case, IterationCounts, LoopShape, bench};
pub use clock::{Clock, ClockPrecision};
pub use command::{CommandLine, Execution, die_with_parent, execute};
pub use guard::guarded;
pub use measurement::{MeasureOptions, Measurement, measure};
pub use memory::{MemoryMeasurement, MemoryOptions, measure_memory};
pub use overhead::Overhead;
pub use registration::{Registration, find};
pub use resources::{CpuTime, max_rss_bytes};
pub use runner::run_program;
pub use span::{ProfileSpan, iterate_for};
pub use steadiness::{Steadiness, steadiness};
pub use warm_up::WarmUp;
pub use workload::{Failure, FigureValue, NoParams, Workload};
