//! Memory launches find what leaks, in both heaps, and take nothing else for a leak. The counters belong to the process,
//! so the tests take turns.

use std::hint::black_box;
use std::sync::{Mutex, OnceLock};

use forgebench_measure::{
    AllocationCounts, Case, CountingAllocator, Failure, MemoryMeasurement, MemoryOptions, Workload, bench,
    measure_memory,
};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

static TURN: Mutex<()> = Mutex::new(());
/// What the first set-up leaves to all others.
static CACHE: OnceLock<Vec<u8>> = OnceLock::new();

/// Bytes that each operation, and each set-up, takes and never gives back.
#[derive(Debug, Clone, Copy, Default)]
struct Leaks {
    rust_per_operation: usize,
    c_per_operation: usize,
    rust_per_set_up: usize,
    /// Taken by the first set-up alone, for all that follow.
    once: usize,
    /// Held by the output of each operation and given back with it.
    held: usize,
}

struct Leaky {
    leaks: Leaks,
    _state: Vec<u8>,
}

impl Workload for Leaky {
    const ID: &'static str = "test/leaky";
    type Params = ();
    type Input = ();
    type Output = Vec<u8>;

    fn new((): ()) -> Result<Self, Failure> {
        unreachable!("the tests make it themselves")
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Vec<u8> {
        leak(self.leaks.rust_per_operation);
        if self.leaks.c_per_operation > 0 {
            // SAFETY: the block is never used; that it is lost is the point.
            black_box(unsafe { libc::malloc(self.leaks.c_per_operation) });
        }
        black_box(vec![1; self.leaks.held])
    }
    fn verify(&mut self, _: Vec<u8>) -> Result<(), Failure> {
        Ok(())
    }
}

fn leak(bytes: usize) {
    if bytes > 0 {
        black_box(Box::leak(vec![0u8; bytes].into_boxed_slice()));
    }
}

/// A workload that keeps 100 kB while it lives.
fn count(leaks: Leaks, operations: Option<u64>) -> MemoryMeasurement {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    AllocationCounts::start();
    let mut make = || {
        leak(leaks.rust_per_set_up);
        if leaks.once > 0 {
            CACHE.get_or_init(|| vec![0; leaks.once]);
        }
        Ok(Box::new(bench(Leaky { leaks, _state: vec![0; 100_000] })) as Box<dyn Case>)
    };
    measure_memory(&mut make, &MemoryOptions { measure_ns: 200_000_000, operations }).unwrap()
}

/// A busy machine leaves time for fewer than the six rounds.
fn assert_rounds(measurement: &MemoryMeasurement, expected: i64) {
    let rounds = &measurement.left.as_ref().expect("set-up is short").rust_rounds;
    assert!((2..=6).contains(&rounds.len()) && rounds.iter().all(|&left| left == expected), "{measurement:?}");
}

/// The growth of the rest of the C heap, bytes for each operation.
fn c_growth(measurement: &MemoryMeasurement) -> f64 {
    let [first, .., last] = &measurement.live[..] else { panic!("{measurement:?}") };
    (last.c_bytes - first.c_bytes) / (last.operations - first.operations)
}

#[test]
fn a_workload_that_gives_everything_back_leaves_nothing() {
    let seen = count(Leaks { held: 5_000, ..Leaks::default() }, None);
    assert!(seen.growth_bytes.abs() < 1e-9, "{seen:?}");
    assert_rounds(&seen, 0);
    assert!((seen.retained_bytes - 5_000.0).abs() < 1.0 && (seen.peak_bytes - 5_000.0).abs() < 1.0, "{seen:?}");
    assert!(seen.live.iter().all(|point| (point.rust_bytes - 100_000.0).abs() < 2_000.0), "{seen:?}");
}

#[test]
fn a_leak_of_each_operation_is_growth_and_stays_after_teardown() {
    let seen = count(Leaks { rust_per_operation: 48, ..Leaks::default() }, None);
    assert!((seen.growth_bytes - 48.0).abs() < 0.5, "{}", seen.growth_bytes);
    let left = seen.left.unwrap();
    assert!(left.rust_rounds.iter().all(|&bytes| bytes >= 48), "{left:?}");
}

#[test]
fn a_leak_of_the_c_heap_is_growth_although_no_allocator_of_rust_sees_it() {
    let seen = count(Leaks { c_per_operation: 4_096, ..Leaks::default() }, Some(2_000));
    assert!(seen.growth_bytes.abs() < 1e-9, "{}", seen.growth_bytes);
    assert!((4_096.0..4_200.0).contains(&c_growth(&seen)), "{}", c_growth(&seen));
    let left = seen.left.unwrap();
    assert!(left.rounds.iter().all(|&bytes| bytes >= 4_096), "{left:?}");
}

#[test]
fn a_leak_of_each_set_up_is_no_growth_and_is_found_by_repeating_it() {
    let seen = count(Leaks { rust_per_set_up: 640, ..Leaks::default() }, None);
    assert!(seen.growth_bytes.abs() < 1e-9, "{}", seen.growth_bytes);
    assert_rounds(&seen, 640);
}

#[test]
fn a_cache_that_is_filled_once_is_no_leak_and_is_told_beside() {
    let seen = count(Leaks { once: 70_000, ..Leaks::default() }, None);
    assert_rounds(&seen, 0);
    assert!(seen.left.unwrap().first >= 70_000);
}

#[test]
fn an_endurance_launch_ends_at_its_operations_and_has_twenty_points_at_least() {
    let seen = count(Leaks::default(), Some(10_000));
    assert_eq!(seen.iterations, 10_000);
    assert!((20..=65).contains(&seen.live.len()), "{}", seen.live.len());
    assert!(seen.live[0].operations.abs() < 1e-9);
    assert!(seen.live.last().unwrap().operations > 9_000.0);
}

#[test]
fn what_is_held_is_resident_and_not_much_more() {
    let seen = count(Leaks { held: 16 << 20, ..Leaks::default() }, None);
    let held = seen.held.expect("Linux tells it");
    let ratio = held.resident_bytes as f64 / held.live_bytes as f64;
    assert!((0.9..1.5).contains(&ratio), "{held:?}");
}
