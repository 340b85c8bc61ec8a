//! A recording of perf folded into a profile.

use crate::container::{Container, malformed};
use crate::error::PerfError;
use crate::perf_map::PerfMap;
use crate::process::{Files, NewMapping, Process};
use crate::profile::{Profile, Stack, Thread};
use crate::registers;
use crate::symboliser::Symboliser;
use framehop::{CacheNative, MayAllocateDuringUnwind};
use linux_perf_data::PerfFileRecord;
use linux_perf_event_reader::constants::{PERF_CONTEXT_KERNEL, PERF_CONTEXT_MAX};
use linux_perf_event_reader::{
    EventRecord, Mmap2Record, PerfEventAttr, RawDataU64, SampleFormat, SampleRecord, SamplingPolicy,
};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What to read of a recording, and where names are.
#[derive(Debug, Clone, Default)]
pub struct PerfOptions {
    /// Names of compiled JavaScript; `None` for `/tmp/perf-PID.map`, where node writes them.
    pub perf_map: Option<PathBuf>,
    /// First and last moment of the workload, nanoseconds of `CLOCK_MONOTONIC`
    /// (`process.hrtime.bigint()` in node, `perf record -k mono`); `None` for the whole recording.
    pub window: Option<(u64, u64)>,
    /// Folders whose JavaScript is forgebench's own.
    pub own_folders: Vec<String>,
}

/// Reads what `perf record --call-graph dwarf` saved.
///
/// Samples outside the window are left out; those whose stack could not be unwound are not: their
/// outermost frame is `[callers not recorded]`.
///
/// # Errors
///
/// [`PerfError`] if a file cannot be read, is damaged, or was recorded without stacks.
///
/// ```no_run
/// use forgebench_symbols::{PerfOptions, read_perf};
///
/// let profile = read_perf("perf.data".as_ref(), &PerfOptions::default())?;
/// println!("{}", serde_json::to_string(&profile).expect("plain data"));
/// # Ok::<(), forgebench_symbols::PerfError>(())
/// ```
pub fn read_perf(perf_data: &Path, options: &PerfOptions) -> Result<Profile, PerfError> {
    let container = Container::open(perf_data)?;
    let mut reader = container.reader(perf_data)?;
    let attribute = &reader.perf_file.event_attributes()[0].attr;
    require_stacks(attribute, perf_data)?;
    let interval = interval(attribute);
    let mut fold = Fold::new(options)?;
    while let Some(record) = reader
        .record_iter
        .next_record(&mut reader.perf_file)
        .map_err(|error| malformed(perf_data, error.to_string()))?
    {
        let PerfFileRecord::EventRecord { record, .. } = record else { continue };
        let record = record.parse().map_err(|error| malformed(perf_data, error.to_string()))?;
        fold.record(record, interval);
    }
    Ok(fold.finish(interval))
}

fn require_stacks(attribute: &PerfEventAttr, path: &Path) -> Result<(), PerfError> {
    let needed = [
        (SampleFormat::REGS_USER, "registers"),
        (SampleFormat::STACK_USER, "copies of the stack"),
        (SampleFormat::TID, "threads"),
        (SampleFormat::TIME, "times"),
    ];
    for (format, missing) in needed {
        if !attribute.sample_format.contains(format) {
            return Err(PerfError::NoStacks { path: path.to_owned(), missing });
        }
    }
    Ok(())
}

/// Nanoseconds between samples; perf turns a frequency of a clock into a period itself.
fn interval(attribute: &PerfEventAttr) -> u64 {
    match attribute.sampling_policy {
        SamplingPolicy::Frequency(frequency) => 1_000_000_000 / frequency.max(1),
        SamplingPolicy::Period(period) => period.get(),
        SamplingPolicy::NoSampling => 0,
    }
}

/// Weight and samples of each stack of one thread.
#[derive(Default)]
struct Seen {
    name: String,
    stacks: HashMap<Vec<u32>, (u64, u64)>,
}

struct Fold<'a> {
    options: &'a PerfOptions,
    /// The map that was asked for; otherwise each process has its own.
    map: Option<Rc<PerfMap>>,
    files: Files,
    processes: HashMap<i32, Process>,
    names: HashMap<i32, String>,
    threads: HashMap<(i32, i32), Seen>,
    symboliser: Symboliser,
    cache: CacheNative<MayAllocateDuringUnwind>,
    lost: u64,
}

impl<'a> Fold<'a> {
    fn new(options: &'a PerfOptions) -> Result<Self, PerfError> {
        let map = match &options.perf_map {
            Some(path) => {
                let text = std::fs::read(path).map_err(|source| PerfError::Map { path: path.clone(), source })?;
                Some(Rc::new(PerfMap::parse(&text)))
            }
            None => None,
        };
        Ok(Self {
            options,
            map,
            files: Files::new(),
            processes: HashMap::new(),
            names: HashMap::new(),
            threads: HashMap::new(),
            symboliser: Symboliser::new(options.own_folders.clone()),
            cache: CacheNative::new(),
            lost: 0,
        })
    }

    fn record(&mut self, record: EventRecord, interval: u64) {
        match record {
            EventRecord::Mmap2(mapping) => self.mapping(&mapping),
            EventRecord::Comm(comm) => {
                let name = String::from_utf8_lossy(&comm.name.as_slice()).into_owned();
                if comm.is_execve {
                    self.processes.remove(&comm.pid);
                }
                self.names.insert(comm.tid, name);
            }
            EventRecord::Fork(fork) => {
                if let Some(name) = self.names.get(&fork.ptid) {
                    self.names.insert(fork.tid, name.clone());
                }
                if fork.pid != fork.ppid
                    && let Some(parent) = self.processes.get(&fork.ppid)
                {
                    let child = parent.fork(jit_of(self.map.as_ref(), fork.pid));
                    self.processes.insert(fork.pid, child);
                }
            }
            EventRecord::Lost(lost) => self.lost += lost.count,
            EventRecord::Sample(sample) => self.sample(&sample, interval),
            _ => {}
        }
    }

    fn mapping(&mut self, mapping: &Mmap2Record) {
        const EXECUTABLE: u32 = 4;
        let path = mapping.path.as_slice();
        let path = String::from_utf8_lossy(&path);
        // Anonymous memory (`//anon`) holds compiled JavaScript, which the perf map names.
        let is_file = (path.starts_with('/') && !path.starts_with("//")) || path == "[vdso]";
        if mapping.protection & EXECUTABLE == 0 || !is_file {
            return;
        }
        let range = mapping.address..mapping.address.saturating_add(mapping.length);
        let new = NewMapping { range, offset: mapping.page_offset, path: &path };
        let process =
            self.processes.entry(mapping.pid).or_insert_with(|| Process::new(jit_of(self.map.as_ref(), mapping.pid)));
        process.map(new, &mut self.files);
    }

    fn sample(&mut self, sample: &SampleRecord, interval: u64) {
        let (Some(pid), Some(tid), Some(time)) = (sample.pid, sample.tid, sample.timestamp) else {
            return;
        };
        if self.options.window.is_some_and(|(first, last)| time < first || time > last) {
            return;
        }
        let frames = self.frames_of(sample, pid);
        let thread = self.threads.entry((pid, tid)).or_default();
        if let Some(name) = self.names.get(&tid) {
            thread.name.clone_from(name);
        }
        let (weight, samples) = thread.stacks.entry(frames).or_default();
        *weight += sample.period.unwrap_or(interval);
        *samples += 1;
    }

    /// The frames of a sample, root first.
    fn frames_of(&mut self, sample: &SampleRecord, pid: i32) -> Vec<u32> {
        let mut leaf_first = Vec::new();
        for address in kernel_addresses(sample.callchain) {
            leaf_first.push(self.symboliser.resolve_kernel(address));
        }
        let start = sample.user_regs.as_ref().and_then(registers::start);
        let (Some(start), Some((stack, used))) = (start, &sample.user_stack) else {
            leaf_first.push(self.symboliser.lost_callers());
            return leaf_first.into_iter().rev().collect();
        };
        let stack = stack.as_slice();
        let used = usize::try_from(*used).unwrap_or(usize::MAX).min(stack.len());
        let process = self.processes.entry(pid).or_insert_with(|| Process::new(jit_of(self.map.as_ref(), pid)));
        let unwound = process.unwind(&start, &stack[..used], &mut self.cache);
        for address in unwound.addresses {
            for &(frame, line) in self.symboliser.resolve(process, address).iter().rev() {
                leaf_first.push(frame);
                if let Some(line) = line {
                    self.symboliser.frames.count_line(frame, line);
                }
            }
        }
        if !unwound.complete {
            leaf_first.push(self.symboliser.lost_callers());
        }
        leaf_first.into_iter().rev().collect()
    }

    fn finish(self, interval: u64) -> Profile {
        let frames = self.symboliser.frames.into_frames();
        let mut threads: Vec<Thread> = Vec::new();
        for ((pid, tid), seen) in self.threads {
            let mut stacks: Vec<Stack> =
                seen.stacks.into_iter().map(|(frames, (weight, samples))| Stack { frames, weight, samples }).collect();
            stacks.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.frames.cmp(&b.frames)));
            let main_of_node = pid == tid && self.processes.get(&pid).is_some_and(|process| process.jit.has_names());
            let javascript = main_of_node
                || stacks.iter().any(|stack| stack.frames.iter().any(|&frame| frames[frame as usize].is_javascript()));
            threads.push(Thread { name: seen.name, id: tid, javascript, stacks });
        }
        let weight = |thread: &Thread| thread.stacks.iter().map(|stack| stack.weight).sum::<u64>();
        threads.sort_by_key(|thread| (Reverse(thread.javascript), Reverse(weight(thread)), thread.id));
        Profile { engine: "perf".into(), unit: "nanoseconds".into(), interval, lost: self.lost, frames, threads }
    }
}

/// The map that was asked for, or the one that node wrote for this process.
fn jit_of(map: Option<&Rc<PerfMap>>, pid: i32) -> Rc<PerfMap> {
    map.cloned().unwrap_or_else(|| {
        let text = std::fs::read(format!("/tmp/perf-{pid}.map")).unwrap_or_default();
        Rc::new(PerfMap::parse(&text))
    })
}

/// The kernel part of a call chain, leaf first.
fn kernel_addresses(chain: Option<RawDataU64>) -> Vec<u64> {
    let mut addresses = Vec::new();
    let Some(chain) = chain else { return addresses };
    let mut in_kernel = false;
    for entry in (0..chain.len()).filter_map(|index| chain.get(index)) {
        if entry >= PERF_CONTEXT_MAX {
            in_kernel = entry == PERF_CONTEXT_KERNEL;
        } else if in_kernel {
            addresses.push(entry);
        }
    }
    addresses
}
