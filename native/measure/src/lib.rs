//! The sampling loop of forgebench: what is timed, how it is timed, and what that timing costs.
//!
//! Read in this order: [`Workload`] is what a benchmark's author writes, [`Registration`] lists the workloads of one
//! addon, [`Case`] is a workload with its parameters fixed, [`measure`] times a case, [`measure_memory`] counts its
//! allocations.
//!
//! This crate knows nothing of Node.js; the crate `border` carries it across.

mod allocation_watch;
mod allocations;
mod benches;
mod c_heap;
mod case;
mod clock;
mod command;
mod core_pin;
mod guard;
mod instructions;
mod live_series;
mod measurement;
mod memory;
mod operation_counts;
mod overhead;
mod pairs_needed;
mod process_tree;
mod randomness;
mod registration;
mod resources;
mod runner;
mod span;
mod steadiness;
mod teardown;
mod turns;
mod valgrind;
mod warm_up;
mod workload;

pub use allocation_watch::{
    ALLOCATION_SWITCH, AllocationSwitch, AllocationWatcher, forgebench_allocation_switch_1, uncounted,
};
pub use allocations::{AllocationCounts, CountingAllocator};
pub use benches::run_benches;
pub use c_heap::c_heap_bytes;
pub use case::{Batch, Case, IterationCounts, LoopShape, Verified, bench};
pub use clock::{Clock, ClockPrecision};
pub use command::{CommandLine, Execution, die_with_parent, execute};
pub use guard::{Whole, catch_panic, guarded};
pub use instructions::{CountedIterations, count_instructions, iterations_to_count};
pub use live_series::LivePoint;
pub use measurement::{MeasureOptions, Measurement, measure, measure_in_turn};
pub use memory::{Held, LeftBytes, MemoryMeasurement, MemoryOptions, measure_memory};
pub use operation_counts::OperationCounts;
pub use overhead::Overhead;
pub use process_tree::{ProcessTree, process_tree};
pub use registration::{Registration, find};
pub use resources::{IoBytes, ResourceMeter, Resources, max_rss_bytes};
pub use runner::run_program;
pub use span::{ProfileSpan, iterate_for};
pub use steadiness::{Steadiness, steadiness};
pub use turns::Turns;
pub use valgrind::{start_counting, stop_counting};
pub use warm_up::WarmUp;
pub use workload::{Failure, FigureValue, NoParams, Workload};
