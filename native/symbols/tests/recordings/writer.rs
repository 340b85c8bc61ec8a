//! A small writer of `perf.data` files, so that tests know every byte of what they read.

use std::path::PathBuf;

const HEADER_SIZE: u64 = 104;
const ATTRIBUTE_SIZE: u64 = 128;
/// What each sample holds: address, thread, time, call chain, period, user registers, user stack.
const SAMPLE_TYPE: u64 = 1 | 2 | 4 | 32 | 256 | 4096 | 8192;
/// RBP, RSP and RIP.
const REGISTERS: u64 = 1 << 6 | 1 << 7 | 1 << 8;

/// A sample in user space.
pub struct Sample {
    pub thread: (i32, i32),
    pub time: u64,
    /// Kernel addresses above the user stack, leaf first.
    pub kernel: Vec<u64>,
    pub fp: u64,
    pub sp: u64,
    pub ip: u64,
    /// The copy of the stack from `sp` on.
    pub stack: Vec<u64>,
}

/// A recording under construction.
#[derive(Default)]
pub struct Recording {
    records: Vec<u8>,
}

impl Recording {
    fn record(&mut self, kind: u32, misc: u16, body: &[u8]) {
        let size = u16::try_from(body.len() + 8).expect("records are short");
        self.records.extend(kind.to_le_bytes());
        self.records.extend(misc.to_le_bytes());
        self.records.extend(size.to_le_bytes());
        self.records.extend(body);
    }

    pub fn comm(&mut self, pid: i32, tid: i32, name: &str) {
        let mut body = [pid.to_le_bytes(), tid.to_le_bytes()].concat();
        body.extend(name.as_bytes());
        body.resize(8 + (name.len() / 8 + 1) * 8, 0);
        // The time and thread that every record ends with.
        body.extend([0; 16]);
        self.record(3, 0, &body);
    }

    pub fn mapping(&mut self, pid: i32, start: u64, length: u64, path: &str) {
        const EXECUTABLE: u32 = 5;
        let mut body = [pid.to_le_bytes(), pid.to_le_bytes()].concat();
        for word in [start, length, 0] {
            body.extend(word.to_le_bytes());
        }
        body.extend([0; 24]);
        body.extend(EXECUTABLE.to_le_bytes());
        body.extend([0; 4]);
        body.extend(path.as_bytes());
        body.resize(64 + (path.len() / 8 + 1) * 8, 0);
        body.extend([0; 16]);
        self.record(10, 2, &body);
    }

    pub fn lost(&mut self, count: u64) {
        let mut body = [0_u64.to_le_bytes(), count.to_le_bytes()].concat();
        body.extend([0; 16]);
        self.record(2, 0, &body);
    }

    pub fn sample(&mut self, sample: &Sample) {
        const CONTEXT_KERNEL: u64 = (-128_i64).cast_unsigned();
        let mut words = vec![sample.ip];
        let (pid, tid) = sample.thread;
        words.push(u64::from(pid.cast_unsigned()) | u64::from(tid.cast_unsigned()) << 32);
        words.push(sample.time);
        words.push(1_000_000);
        if sample.kernel.is_empty() {
            words.push(0);
        } else {
            words.push(sample.kernel.len() as u64 + 1);
            words.push(CONTEXT_KERNEL);
            words.extend(&sample.kernel);
        }
        // Registers of a 64-bit program, in the order of their bits.
        words.extend([2, sample.fp, sample.sp, sample.ip]);
        words.push(sample.stack.len() as u64 * 8);
        words.extend(&sample.stack);
        words.push(sample.stack.len() as u64 * 8);
        let body: Vec<u8> = words.into_iter().flat_map(u64::to_le_bytes).collect();
        self.record(9, 2, &body);
    }

    /// The whole file.
    pub fn bytes(&self) -> Vec<u8> {
        let data_offset = HEADER_SIZE + ATTRIBUTE_SIZE;
        let mut bytes = b"PERFILE2".to_vec();
        let attribute_entry = ATTRIBUTE_SIZE;
        for word in [HEADER_SIZE, attribute_entry, HEADER_SIZE, ATTRIBUTE_SIZE, data_offset, self.records.len() as u64]
        {
            bytes.extend(word.to_le_bytes());
        }
        bytes.resize(HEADER_SIZE as usize, 0);
        bytes.extend(attribute());
        bytes.extend(&self.records);
        bytes
    }

    /// The file on disk, under a name of its own.
    pub fn save(&self, name: &str) -> PathBuf {
        save(name, &self.bytes())
    }
}

/// Writes a temporary file whose name no other test has.
pub fn save(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("forgebench-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).expect("the temporary folder is writable");
    path
}

/// `struct perf_event_attr` of `cpu-clock` with stacks, and an empty section of ids.
fn attribute() -> Vec<u8> {
    const SIZE: u32 = 112;
    const SOFTWARE: u32 = 1;
    const SAMPLE_ID_ALL: u64 = 1 << 18;
    let mut bytes = Vec::new();
    bytes.extend(SOFTWARE.to_le_bytes());
    bytes.extend(SIZE.to_le_bytes());
    for word in [0, 1_000_000, SAMPLE_TYPE, 0, SAMPLE_ID_ALL, 0, 0, 0, 0, REGISTERS] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.resize(ATTRIBUTE_SIZE as usize, 0);
    bytes
}
