//! What a recording with known stacks must become.

use crate::writer::{Recording, Sample, save};
use forgebench_symbols::{FoldError, FoldOptions, Origin, Profile, read_perf};

const MAP: &[u8] = b"1000 100 JS:~main file:///app/main.js:1:1\n\
    2000 100 JS:*hot file:///app/node_modules/lib/hot.js:7:3\n\
    3000 100 BytecodeHandler:Add\n";
const STACK: u64 = 0x7fff_0000;

/// `hot`, called by `main`, which nobody called.
fn hot_in_main(time: u64) -> Sample {
    Sample {
        thread: (10, 10),
        time,
        kernel: vec![],
        fp: STACK + 8,
        sp: STACK,
        ip: 0x2010,
        // A local variable, then the frame of `hot`, then the frame of `main` with the end mark.
        stack: vec![99, STACK + 24, 0x1010, 0, 0],
    }
}

fn read(name: &str, recording: &Recording, window: Option<(u64, u64)>) -> Profile {
    let path = recording.save(name);
    let map = save(&format!("{name}.map"), MAP);
    let options = FoldOptions { perf_map: Some(map.clone()), window, ..FoldOptions::default() };
    let profile = read_perf(&path, &options).expect("the recording is sound");
    for file in [path, map] {
        std::fs::remove_file(file).expect("the test wrote it");
    }
    profile
}

fn names(profile: &Profile, thread: usize, stack: usize) -> Vec<&str> {
    let frames = &profile.threads[thread].stacks[stack].frames;
    frames.iter().map(|&index| profile.frames[index as usize].name.as_str()).collect()
}

#[test]
fn compiled_javascript_is_unwound_by_frame_pointers_and_named_by_the_map() {
    let mut recording = Recording::default();
    recording.comm(10, 10, "node");
    recording.sample(&hot_in_main(5));
    recording.sample(&hot_in_main(6));
    let profile = read("named", &recording, None);
    assert_eq!(names(&profile, 0, 0), ["main", "hot"]);
    let thread = &profile.threads[0];
    assert_eq!((thread.name.as_str(), thread.id, thread.javascript), ("node", 10, true));
    assert_eq!((thread.stacks[0].samples, thread.stacks[0].weight), (2, 2_000_000));
    let hot = profile.frames.iter().find(|frame| frame.name == "hot").unwrap();
    assert_eq!((hot.origin, hot.line), (Origin::NodeModules, Some(7)));
    assert_eq!((hot.file.as_deref(), hot.tier.as_deref()), (Some("/app/node_modules/lib/hot.js"), Some("optimised")));
    assert_eq!(profile.interval, 1_000_000);
}

#[test]
fn only_samples_of_the_window_are_counted_its_ends_included() {
    let mut recording = Recording::default();
    for time in 1..=9 {
        recording.sample(&hot_in_main(time));
    }
    let profile = read("window", &recording, Some((3, 6)));
    assert_eq!(profile.threads[0].stacks[0].samples, 4);
}

#[test]
fn the_function_on_whose_frame_the_interpreter_runs_is_not_skipped() {
    let mut recording = Recording::default();
    // The handler has no frame: the frame pointer is that of `main`, whose return address into its
    // own code lies on top of the stack.
    recording.sample(&Sample { ip: 0x3010, stack: vec![0x1020, STACK + 24, 0x2010, 0, 0], ..hot_in_main(1) });
    assert_eq!(names(&read("frameless", &recording, None), 0, 0), ["hot", "main", "Add"]);
}

#[test]
fn a_stack_that_breaks_off_counts_and_says_so() {
    let mut recording = Recording::default();
    recording.sample(&hot_in_main(1));
    recording.sample(&Sample { stack: vec![99], ..hot_in_main(2) });
    recording.sample(&Sample { ip: 0x9999, stack: vec![], ..hot_in_main(3) });
    let profile = read("cut", &recording, None);
    let stacks: Vec<_> = (0..3).map(|stack| names(&profile, 0, stack)).collect();
    assert!(stacks.contains(&vec!["[callers not recorded]", "hot"]));
    assert!(stacks.contains(&vec!["[callers not recorded]", "[unknown]"]));
    assert!((profile.javascript_caller_share().unwrap() - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn kernel_frames_stand_above_the_javascript_that_entered_the_kernel() {
    let mut recording = Recording::default();
    recording.sample(&Sample { kernel: vec![u64::MAX >> 1], ..hot_in_main(1) });
    let profile = read("kernel", &recording, None);
    let names = names(&profile, 0, 0);
    assert_eq!(names[..2], ["main", "hot"]);
    let leaf = profile.threads[0].stacks[0].frames[2];
    assert_eq!(profile.frames[leaf as usize].origin, Origin::Kernel);
}

#[test]
fn samples_that_perf_dropped_are_told() {
    let mut recording = Recording::default();
    recording.lost(17);
    recording.sample(&hot_in_main(1));
    assert_eq!(read("lost", &recording, None).lost, 17);
}

#[test]
fn threads_stay_apart_and_javascript_comes_first() {
    let mut recording = Recording::default();
    for time in 1..=3 {
        recording.sample(&Sample { thread: (10, 11), ip: 0x9999, fp: 0, stack: vec![], ..hot_in_main(time) });
    }
    recording.sample(&hot_in_main(4));
    let profile = read("threads", &recording, None);
    let threads: Vec<_> = profile.threads.iter().map(|thread| (thread.id, thread.javascript)).collect();
    assert_eq!(threads, [(10, true), (11, false)]);
}

#[test]
fn a_missing_recording_is_named_with_its_remedy() {
    let error = read_perf("/no/perf.data".as_ref(), &FoldOptions::default()).unwrap_err();
    assert!(matches!(error, FoldError::Open { .. }));
    assert!(error.to_string().contains("\"/no/perf.data\""), "{error}");
    assert!(error.to_string().contains("record it again"), "{error}");
}
