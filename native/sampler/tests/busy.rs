//! The sampler at work on threads of this test program.

use std::fs::File;
use std::hint::black_box;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use forgebench_sampler::{Sampler, SamplerError, SamplerOptions};
use forgebench_symbols::{FoldOptions, Origin, Profile};

/// One sampler serves the whole process, so tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Burns so much processor time, however little of a core a busy machine gives.
#[inline(never)]
fn busy_function(time: Duration) -> u64 {
    let end = cpu_ns() + time.as_nanos() as u64;
    let mut state = black_box(1_u64);
    while cpu_ns() < end {
        for _ in 0..20_000 {
            state = black_box(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
        }
    }
    state
}

/// Burns CPU at the bottom of `depth` frames.
#[inline(never)]
fn deep_function(depth: u32) -> u64 {
    let local = black_box([u64::from(depth); 16]);
    let below = if depth == 0 { busy_function(Duration::from_millis(2)) } else { deep_function(depth - 1) };
    below.wrapping_add(black_box(local)[0])
}

fn samples(profile: &Profile) -> u64 {
    profile.threads.iter().flat_map(|thread| &thread.stacks).map(|stack| stack.samples).sum()
}

/// Samples with a frame that contains `name`.
fn samples_in(profile: &Profile, name: &str) -> u64 {
    let has = |frames: &[u32]| frames.iter().any(|&frame| profile.frames[frame as usize].name.contains(name));
    let stacks = profile.threads.iter().flat_map(|thread| &thread.stacks);
    stacks.filter(|stack| has(&stack.frames)).map(|stack| stack.samples).sum()
}

#[test]
fn a_busy_function_is_found_by_name_below_its_caller() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let sampler = Sampler::start(&SamplerOptions::default()).expect("the platform can");
    black_box(busy_function(Duration::from_millis(500)));
    let profile = sampler.stop().fold(&FoldOptions::default()).expect("/proc is there");
    let all = samples(&profile);
    assert!(all > 50, "{all} samples");
    assert_eq!((profile.engine.as_str(), profile.unit.as_str(), profile.lost), ("native", "nanoseconds", 0));
    assert!(samples_in(&profile, "busy_function") * 10 >= all * 9);
    assert!(samples_in(&profile, "a_busy_function_is_found") * 10 >= all * 9);
    assert!(profile.frames.iter().any(|frame| frame.name.contains("busy_function") && frame.origin == Origin::Rust));
    assert_eq!(profile.threads[0].stacks.iter().map(|stack| stack.weight).sum::<u64>() / all, profile.interval);
}

#[test]
fn weights_add_up_to_the_cpu_time_however_much_the_thread_slept() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let sampler = Sampler::start(&SamplerOptions::default()).expect("the platform can");
    let start = cpu_ns();
    for _ in 0..20 {
        black_box(busy_function(Duration::from_millis(10)));
        thread::sleep(Duration::from_millis(10));
    }
    let used = cpu_ns() - start;
    let profile = sampler.stop().fold(&FoldOptions::default()).expect("/proc is there");
    let counted = profile.threads[0].stacks.iter().map(|stack| stack.weight).sum::<u64>();
    assert!(counted.abs_diff(used) < used / 5, "{counted} ns counted, {used} ns used");
    let all = samples(&profile);
    assert!(samples_in(&profile, "busy_function") * 20 >= all * 17, "{profile:?}");
}

#[test]
fn stacks_that_grow_and_shrink_are_put_together_whole() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let sampler = Sampler::start(&SamplerOptions::default()).expect("the platform can");
    for round in 0..150 {
        black_box(deep_function(round * 37 % 100));
    }
    let profile = sampler.stop().fold(&FoldOptions::default()).expect("/proc is there");
    let all = samples(&profile);
    assert!(all > 30, "{all} samples");
    assert_eq!(samples_in(&profile, "stacks_that_grow_and_shrink"), all);
    assert_eq!(samples_in(&profile, "[callers not recorded]"), 0);
}

#[test]
fn a_stack_deeper_than_what_is_copied_keeps_its_inner_frames() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let options = SamplerOptions { max_stack_bytes: 4096, ..Default::default() };
    let sampler = Sampler::start(&options).expect("the platform can");
    for _ in 0..100 {
        black_box(deep_function(200));
    }
    let profile = sampler.stop().fold(&FoldOptions::default()).expect("/proc is there");
    let all = samples(&profile);
    assert!(samples_in(&profile, "deep_function") * 10 >= all * 9);
    assert!(samples_in(&profile, "[callers not recorded]") * 10 >= all * 9);
}

#[test]
fn only_the_thread_that_started_it_is_sampled() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let sampler = Sampler::start(&SamplerOptions::default()).expect("the platform can");
    thread::spawn(|| black_box(busy_function(Duration::from_millis(200)))).join().expect("it does not panic");
    let profile = sampler.stop().fold(&FoldOptions::default()).expect("/proc is there");
    assert_eq!(samples_in(&profile, "busy_function"), 0);
}

#[test]
fn a_system_call_that_waits_goes_on_after_the_signal() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut ends = [0; 2];
    // SAFETY: the array has room for both ends, and each becomes the property of one file.
    let (mut reader, mut writer) = unsafe {
        assert_eq!(libc::pipe(ends.as_mut_ptr()), 0);
        (File::from_raw_fd(ends[0]), File::from_raw_fd(ends[1]))
    };
    let sampler = Sampler::start(&SamplerOptions::default()).expect("the platform can");
    let writing = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        writer.write_all(b"x").expect("the pipe is open");
    });
    // One bare `read`: std does not retry it, so an interruption would show.
    let count = reader.read(&mut [0; 8]).expect("it is not interrupted");
    let recording = sampler.stop();
    writing.join().expect("it does not panic");
    assert_eq!(count, 1);
    assert!(recording.samples().count() < 20, "{} samples of a thread that slept", recording.samples().count());
}

#[test]
fn a_second_start_is_refused_also_on_another_thread_until_the_first_one_stops() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let options = SamplerOptions::default();
    let first = Sampler::start(&options).expect("the platform can");
    assert!(matches!(Sampler::start(&options), Err(SamplerError::Running)));
    let other = thread::spawn(move || Sampler::start(&options).map(drop).is_err());
    assert!(other.join().expect("it does not panic"));
    drop(first);
    drop(Sampler::start(&options).expect("the first one has ended"));
}

#[test]
fn samples_that_find_no_room_are_counted() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let sampler = Sampler::start(&SamplerOptions { max_bytes: 8192, max_stack_bytes: 1024, ..Default::default() })
        .expect("the platform can");
    black_box(busy_function(Duration::from_millis(300)));
    let recording = sampler.stop();
    assert!(recording.samples().count() <= 8);
    assert!(recording.lost() > 20, "{} lost", recording.lost());
    let profile = recording.fold(&FoldOptions::default()).expect("/proc is there");
    assert_eq!(profile.lost, recording.lost());
}

#[test]
fn too_short_an_interval_is_refused_with_the_shortest_one() {
    let options = SamplerOptions { interval: Duration::from_nanos(10), ..Default::default() };
    let text = Sampler::start(&options).expect_err("it is too short").to_string();
    assert_eq!(text, "Cannot sample every 10 ns: that leaves the program no time; take at least 100000 ns");
}

fn cpu_ns() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid, exclusively borrowed timespec.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
