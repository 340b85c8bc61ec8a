//! The sampling loop of forgebench: what is timed, how it is timed, and what that timing costs.
//!
//! Read in this order: [`Workload`] says what a benchmark's author writes, [`Registration`] lists
//! workloads of one addon, [`Case`] is a workload with its parameters fixed, [`measure`] times a case,
//! [`measure_memory`] counts its allocations.
//!
//! This crate knows nothing of Node.js; the crate `border` carries it across.

mod workload;
mod registration;
mod case;
mod clock;
mod overhead;
mod warm_up;
mod measurement;
mod resources;
mod allocations;
mod memory;
mod guard;

pub use allocations::{AllocationCounts, CountingAllocator};
pub use case::{Case, bench};
pub use clock::{Clock, ClockPrecision};
pub use guard::guarded;
pub use measurement::{Measurement, MeasureOptions, measure};
pub use memory::{MemoryMeasurement, MemoryOptions, measure_memory};
pub use overhead::Overhead;
pub use registration::{Registration, find};
pub use resources::CpuTime;
pub use warm_up::WarmUp;
pub use workload::{Failure, FigureValue, Workload};
