//! The sampler of allocations at work on this test program, whose allocator counts.

use std::hint::black_box;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use forgebench_measure::{AllocationCounts, CountingAllocator};
use forgebench_sampler::{AllocationRecording, AllocationSampler, SamplerError};
use forgebench_symbols::{FoldOptions, Origin, Profile, Stack};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// One sampler serves the whole process, so tests take turns.
static TURN: Mutex<()> = Mutex::new(());
const INTERVAL: u64 = 4096;

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[inline(never)]
fn small_blocks(count: usize) {
    for _ in 0..count {
        black_box(Vec::<u8>::with_capacity(black_box(64)));
    }
}

#[inline(never)]
fn large_blocks(count: usize) {
    for _ in 0..count {
        black_box(Vec::<u8>::with_capacity(black_box(100_000)));
    }
}

fn stacks(profile: &Profile) -> impl Iterator<Item = &Stack> {
    profile.threads.iter().flat_map(|thread| &thread.stacks)
}

/// Bytes and calls of the stacks with a frame that contains `name`.
fn totals_of(profile: &Profile, name: &str) -> (f64, f64) {
    let has = |stack: &&Stack| stack.frames.iter().any(|&frame| profile.frames[frame as usize].name.contains(name));
    stacks(profile).filter(has).fold((0.0, 0.0), |(bytes, calls), stack| {
        (bytes + stack.weight as f64, calls + stack.calls.expect("allocations are told") as f64)
    })
}

/// Whether `seen` is `expected` within four standard errors of so many samples.
fn agrees(seen: f64, expected: f64, samples: f64) -> bool {
    (seen / expected - 1.0).abs() <= 4.0 / samples.sqrt()
}

fn watch(work: impl FnOnce()) -> AllocationRecording {
    let sampler = AllocationSampler::start(INTERVAL).expect("none runs");
    work();
    sampler.stop()
}

fn fold(recording: &AllocationRecording) -> Profile {
    recording.fold(&FoldOptions::default()).expect("/proc is there")
}

#[test]
fn functions_have_their_bytes_and_calls_whatever_the_size_of_their_blocks() {
    let _turn = turn();
    let recording = watch(|| {
        small_blocks(200_000);
        large_blocks(500);
    });
    let profile = fold(&recording);
    assert_eq!((profile.engine.as_str(), profile.unit.as_str(), profile.interval), ("rust-alloc", "bytes", INTERVAL));
    let (bytes, calls) = totals_of(&profile, "small_blocks");
    let samples = 200_000.0 * 64.0 / INTERVAL as f64;
    assert!(agrees(bytes, 200_000.0 * 64.0, samples), "{bytes} bytes");
    assert!(agrees(calls, 200_000.0, samples), "{calls} calls");
    assert_eq!(totals_of(&profile, "large_blocks"), (500.0 * 100_000.0, 500.0), "each is a sample");
}

#[test]
fn samples_stand_for_what_the_counters_counted() {
    let _turn = turn();
    let mut words = Vec::new();
    let recording = watch(|| {
        for length in 0..20_000 {
            words.push("x".repeat(length % 300));
        }
    });
    let (counted, estimated) = (recording.counted(), recording.sampled());
    let samples = recording.samples().count() as f64;
    assert!(samples > 300.0, "{samples} samples");
    assert!(agrees(estimated.bytes, counted.bytes, samples), "{estimated:?} of {counted:?}");
    // An empty string asks for nothing, and growing the vector is few calls.
    assert!(counted.calls > 19_900.0 && counted.bytes > 20_000.0 * 149.0, "{counted:?}");
}

#[test]
fn stacks_end_with_the_caller_of_the_allocator_and_reach_their_root() {
    let _turn = turn();
    let profile = fold(&watch(|| small_blocks(100_000)));
    let name = |frame: u32| profile.frames[frame as usize].name.as_str();
    for stack in stacks(&profile).filter(|stack| stack.frames.iter().any(|&frame| name(frame).contains("small_blocks")))
    {
        let leaf = stack.frames.last().map_or("", |&frame| name(frame));
        assert!(!leaf.contains("__rust") && !leaf.contains("forgebench"), "ends with {leaf}");
        assert_ne!(name(stack.frames[0]), "[callers not recorded]");
    }
    let found = profile.frames.iter().find(|frame| frame.name.contains("small_blocks")).expect("it was sampled");
    assert_eq!(found.origin, Origin::Rust);
    assert!(found.file.as_deref().is_some_and(|file| file.ends_with("tests/allocations.rs")) && found.line.is_some());
}

#[test]
fn all_threads_are_sampled_also_those_that_begin_later() {
    let _turn = turn();
    let recording = watch(|| {
        let threads: Vec<_> = (0..4).map(|_| thread::spawn(|| small_blocks(50_000))).collect();
        for thread in threads {
            thread.join().expect("it does not panic");
        }
    });
    let profile = fold(&recording);
    let (bytes, _) = totals_of(&profile, "small_blocks");
    assert!(agrees(bytes, 200_000.0 * 64.0, 3125.0), "{bytes} bytes");
    assert!(profile.threads.iter().filter(|thread| !thread.stacks.is_empty()).count() >= 4);
}

#[test]
fn only_the_window_is_folded() {
    let _turn = turn();
    let recording = watch(|| small_blocks(50_000));
    let times: Vec<u64> = recording.samples().map(|sample| sample.time).collect();
    let middle = times[times.len() / 2];
    let profile = recording.fold(&FoldOptions { window: Some((middle, u64::MAX)), ..FoldOptions::default() });
    let seen: u64 = stacks(&profile.expect("/proc is there")).map(|stack| stack.samples).sum();
    assert_eq!(seen as usize, times.iter().filter(|&&time| time >= middle).count());
}

#[test]
fn a_second_start_is_refused_until_the_first_one_ends_and_nothing_is_counted_afterwards() {
    let _turn = turn();
    let first = AllocationSampler::start(INTERVAL).expect("none runs");
    assert!(matches!(AllocationSampler::start(INTERVAL), Err(SamplerError::Running)));
    drop(first);
    assert_eq!(AllocationSampler::start(INTERVAL).expect("the first one has ended").stop().lost(), 0);
    let before = AllocationCounts::now();
    small_blocks(1000);
    assert_eq!(AllocationCounts::now(), before);
}

#[test]
fn too_short_an_interval_is_refused_with_the_shortest_one() {
    let text = AllocationSampler::start(10).err().expect("it is too short").to_string();
    assert_eq!(text, "Cannot sample an allocation every 10 bytes: that leaves the program no time; take at least 1024");
}

#[test]
fn the_program_itself_is_among_what_is_watched() {
    let _turn = turn();
    let program = std::env::current_exe().expect("it runs");
    assert_eq!(watch(|| {}).files(), [program.to_string_lossy()]);
}
