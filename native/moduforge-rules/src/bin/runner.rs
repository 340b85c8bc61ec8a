//! The workloads over the rules crates of ModuForge-RS as a plain program: what `forgebench-moduforge-rules-runner list`
//! shows, it can verify, iterate and time.

use std::process::ExitCode;

use forgebench_measure::{CountingAllocator, run_program};

// Allocations cost the same here as in a timed launch of the addon.
#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    run_program(&forgebench_moduforge_rules::workloads())
}
