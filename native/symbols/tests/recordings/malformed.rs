//! Damaged recordings give an error or a profile, never a panic or an abort.

use crate::writer::{Recording, Sample, save};
use forgebench_symbols::{FoldError, FoldOptions, read_perf};
use std::path::Path;

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

fn sound() -> Vec<u8> {
    let mut recording = Recording::default();
    recording.comm(10, 10, "node");
    recording.mapping(10, 0x40_0000, 0x10_0000, "[vdso]");
    recording.lost(1);
    for time in 1..=3 {
        recording.sample(&Sample {
            thread: (10, 10),
            time,
            kernel: vec![u64::MAX >> 1],
            fp: 0x7fff_0008,
            sp: 0x7fff_0000,
            ip: 0x44_0000,
            stack: vec![0x44_1000, 0x7fff_0018, 0x44_2000, 0, 0],
        });
    }
    recording.bytes()
}

fn reading(path: &Path, bytes: &[u8]) -> Result<(), FoldError> {
    std::fs::write(path, bytes).expect("the temporary folder is writable");
    read_perf(path, &FoldOptions::default()).map(drop)
}

#[test]
fn a_recording_cut_anywhere_is_refused() {
    let bytes = sound();
    let path = save("cut-anywhere", &bytes);
    reading(&path, &bytes).expect("the whole file is sound");
    for length in 0..bytes.len() {
        assert!(matches!(reading(&path, &bytes[..length]), Err(FoldError::Malformed { .. })), "cut at {length}");
    }
    std::fs::remove_file(path).expect("the test wrote it");
}

#[test]
fn no_change_of_some_bytes_makes_reading_panic() {
    const ODD: [u8; 6] = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
    let bytes = sound();
    let path = save("changed", &bytes);
    let mut random = Random(1);
    for _ in 0..4000 {
        let mut changed = bytes.clone();
        for _ in 0..=random.below(4) {
            let at = random.below(changed.len());
            let length = 1 + random.below(8);
            let value = ODD[random.below(ODD.len())];
            for byte in changed.iter_mut().skip(at).take(length) {
                *byte = if random.below(2) == 0 { value } else { random.below(256) as u8 };
            }
        }
        let _ = reading(&path, &changed);
    }
    std::fs::remove_file(path).expect("the test wrote it");
}

#[test]
fn every_single_byte_may_be_any_of_its_extremes() {
    let bytes = sound();
    let path = save("extremes", &bytes);
    for at in 0..bytes.len() {
        for value in [0, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = value;
            let _ = reading(&path, &changed);
        }
    }
    std::fs::remove_file(path).expect("the test wrote it");
}

#[test]
fn what_is_no_recording_says_so() {
    let path = save("text", &[b'x'; 300]);
    let error = read_perf(&path, &FoldOptions::default()).unwrap_err();
    assert!(error.to_string().contains("does not begin as"), "{error}");
    std::fs::remove_file(path).expect("the test wrote it");
}
