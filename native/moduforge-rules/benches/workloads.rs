//! The workloads for those who live in cargo: `cargo bench -- FILTER`.

use std::process::ExitCode;

use forgebench_measure::{CountingAllocator, run_benches};

// Allocations cost the same here as in a timed launch of the addon.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    run_benches(&forgebench_moduforge_rules::workloads(), include_str!("cases.json"))
}
