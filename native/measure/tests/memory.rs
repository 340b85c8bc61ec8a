//! What a memory launch says of workloads whose use of memory is known. One test alone stands in this file: the counters
//! are those of the whole process, so a second one would be counted too.

use std::hint::black_box;

use forgebench_measure::{
    AllocationCounts, CountingAllocator, Failure, MemoryMeasurement, MemoryOptions, Workload, bench, measure_memory,
};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Makes `held` bytes as its output and leaves `leaked` bytes behind.
struct Allocate {
    held: usize,
    leaked: usize,
}

impl Workload for Allocate {
    const ID: &'static str = "test/allocate";
    type Params = ();
    type Input = ();
    type Output = Vec<u8>;

    fn new((): ()) -> Result<Self, Failure> {
        Ok(Self { held: 0, leaked: 0 })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Vec<u8> {
        if self.leaked > 0 {
            // Memory that nobody looks at would not even be asked for.
            black_box(Box::leak(vec![1u8; self.leaked].into_boxed_slice()));
        }
        black_box(vec![1u8; self.held])
    }
    fn verify(&mut self, output: Vec<u8>) -> Result<(), Failure> {
        Failure::unless_equal("its length", output.len(), self.held)
    }
}

/// Nanoseconds to count for; short and long ones fill the points of the line differently.
const DURATIONS: [u64; 3] = [1, 1_000_000, 30_000_000];

#[test]
fn growth_is_exactly_what_each_operation_leaves_behind() {
    AllocationCounts::start();
    for measure_ns in DURATIONS {
        let clean = measured(Allocate { held: 4096, leaked: 0 }, measure_ns);
        assert!(clean.growth_bytes.abs() < 1e-9, "{clean:?}");
        assert_figures(&clean, [1.0, 4096.0, 4096.0, 4096.0]);

        let leaking = measured(Allocate { held: 24, leaked: 1000 }, measure_ns);
        assert!((leaking.growth_bytes - 1000.0).abs() < 1e-6, "{leaking:?}");
        assert_figures(&leaking, [2.0, 1024.0, 1024.0, 1024.0]);
    }
}

fn measured(workload: Allocate, measure_ns: u64) -> MemoryMeasurement {
    measure_memory(&mut bench(workload), &MemoryOptions { measure_ns }).unwrap()
}

/// Calls, bytes asked for, peak and what the output and the leak hold, all of one operation.
fn assert_figures(seen: &MemoryMeasurement, expected: [f64; 4]) {
    let figures = [seen.allocations, seen.allocated_bytes, seen.peak_bytes, seen.retained_bytes];
    for (figure, expected) in figures.into_iter().zip(expected) {
        assert!((figure - expected).abs() < 1e-9, "{seen:?}");
    }
}
