//! Samples folded into a profile, whoever took them.

use crate::elf::FileSource;
use crate::error::FoldError;
use crate::perf_map::PerfMap;
use crate::process::{Files, NewMapping, Process, Unwound};
use crate::profile::{Frame, Profile, Stack, Thread};
use crate::raw_sample::RawSample;
use crate::symboliser::Symboliser;
use framehop::{CacheNative, MayAllocateDuringUnwind};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What to read of a recording, and where names are.
#[derive(Debug, Clone, Default)]
pub struct FoldOptions {
    /// Names of compiled JavaScript; `None` for `perf-PID.map` in `perf_maps`.
    pub perf_map: Option<PathBuf>,
    /// Folder with the maps of processes; `None` for `/tmp`, where node writes them.
    pub perf_maps: Option<PathBuf>,
    /// Where mapped files lie now, by the path that the recording names; others lie at that path.
    pub files: HashMap<String, FileSource>,
    /// First and last moment of the workload, nanoseconds of `CLOCK_MONOTONIC`
    /// (`process.hrtime.bigint()` in node, `perf record -k mono`); `None` for the whole recording.
    pub window: Option<(u64, u64)>,
    /// Folders whose JavaScript is forgebench's own.
    pub own_folders: Vec<String>,
}

/// What samples of one stack stand for.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Amount {
    pub weight: u64,
    pub samples: u64,
    /// Calls to an allocator; `None` where it is not allocations that are sampled.
    pub calls: Option<f64>,
}

impl Amount {
    pub fn add(&mut self, other: Self) {
        self.weight += other.weight;
        self.samples += other.samples;
        if let Some(calls) = other.calls {
            *self.calls.get_or_insert(0.0) += calls;
        }
    }
}

/// The stacks of one thread.
#[derive(Default)]
struct Seen {
    name: String,
    stacks: HashMap<Vec<u32>, Amount>,
}

/// Samples counted by thread and stack, with what is known of their processes so far.
pub(crate) struct Fold<'a> {
    options: &'a FoldOptions,
    /// The map that was asked for; otherwise each process has its own.
    map: Option<Rc<PerfMap>>,
    files: Files<'a>,
    processes: HashMap<i32, Process>,
    names: HashMap<i32, String>,
    threads: HashMap<(i32, i32), Seen>,
    symboliser: Symboliser,
    cache: CacheNative<MayAllocateDuringUnwind>,
    /// Samples that the source had to drop.
    pub lost: u64,
}

impl<'a> Fold<'a> {
    pub fn new(options: &'a FoldOptions) -> Result<Self, FoldError> {
        let map = match &options.perf_map {
            Some(path) => {
                let text = std::fs::read(path).map_err(|source| FoldError::Map { path: path.clone(), source })?;
                Some(Rc::new(PerfMap::parse(&text)))
            }
            None => None,
        };
        Ok(Self {
            options,
            map,
            files: Files::new(&options.files),
            processes: HashMap::new(),
            names: HashMap::new(),
            threads: HashMap::new(),
            symboliser: Symboliser::new(options.own_folders.clone()),
            cache: CacheNative::new(),
            lost: 0,
        })
    }

    /// Names a thread.
    pub fn name_thread(&mut self, tid: i32, name: String) {
        self.names.insert(tid, name);
    }

    /// Gives a new thread the name of the one that made it.
    pub fn inherit_name(&mut self, from: i32, to: i32) {
        if let Some(name) = self.names.get(&from) {
            self.names.insert(to, name.clone());
        }
    }

    /// Forgets a process that began another program.
    pub fn forget(&mut self, pid: i32) {
        self.processes.remove(&pid);
    }

    /// A child that has a copy of its parent's memory.
    pub fn fork(&mut self, parent: i32, child: i32) {
        if let Some(parent) = self.processes.get(&parent) {
            let process = parent.fork(jit_of(self.map.as_ref(), self.options, child));
            self.processes.insert(child, process);
        }
    }

    /// Takes note of memory that is mapped for execution.
    pub fn map(&mut self, pid: i32, new: NewMapping) {
        let process =
            self.processes.entry(pid).or_insert_with(|| Process::new(jit_of(self.map.as_ref(), self.options, pid)));
        process.map_file(new, &mut self.files);
    }

    /// Counts a sample if it lies in the window.
    pub fn sample(&mut self, sample: &RawSample) {
        if self.options.window.is_some_and(|(first, last)| sample.time < first || sample.time > last) {
            return;
        }
        let frames = self.frames_of(sample);
        let amount = Amount { weight: sample.weight, samples: 1, calls: None };
        self.count((sample.pid, sample.tid), frames, amount);
    }

    /// Counts samples of a stack that is unwound already, without the inner frames that `is_ours` names.
    pub fn unwound(&mut self, thread: (i32, i32), unwound: &Unwound, amount: Amount, is_ours: fn(&Frame) -> bool) {
        let mut frames = self.frames_at(thread.0, unwound, amount.samples, Vec::new());
        while frames.last().is_some_and(|&index| is_ours(self.symboliser.frames.get(index))) {
            frames.pop();
        }
        self.count(thread, frames, amount);
    }

    fn count(&mut self, (pid, tid): (i32, i32), frames: Vec<u32>, amount: Amount) {
        let thread = self.threads.entry((pid, tid)).or_default();
        if let Some(name) = self.names.get(&tid) {
            thread.name.clone_from(name);
        }
        thread.stacks.entry(frames).or_default().add(amount);
    }

    /// Counts the part of a wait, from the sample's time to `until`, that lies in the window.
    pub fn wait(&mut self, mut sample: RawSample, until: u64) {
        let (first, last) = self.options.window.unwrap_or((0, u64::MAX));
        let (from, until) = (sample.time.max(first), until.min(last));
        if from < until {
            (sample.time, sample.weight) = (from, until - from);
            self.sample(&sample);
        }
    }

    /// The frames of a sample, root first.
    fn frames_of(&mut self, sample: &RawSample) -> Vec<u32> {
        let pid = sample.pid;
        let kernel: Vec<u32> = sample.kernel.iter().map(|&address| self.symboliser.resolve_kernel(address)).collect();
        let process =
            self.processes.entry(pid).or_insert_with(|| Process::new(jit_of(self.map.as_ref(), self.options, pid)));
        let unwound = sample.registers.map(|start| process.unwind(&start, &sample.stack, &mut self.cache));
        self.frames_at(pid, &unwound.unwrap_or_default(), 1, kernel)
    }

    /// The frames of unwound addresses, root first; `leaf_first` are those further in.
    fn frames_at(&mut self, pid: i32, unwound: &Unwound, samples: u64, mut leaf_first: Vec<u32>) -> Vec<u32> {
        let process =
            self.processes.entry(pid).or_insert_with(|| Process::new(jit_of(self.map.as_ref(), self.options, pid)));
        for &address in &unwound.addresses {
            for &(frame, line) in self.symboliser.resolve(process, address).iter().rev() {
                leaf_first.push(frame);
                if let Some(line) = line {
                    self.symboliser.frames.count_line(frame, line, samples);
                }
            }
        }
        if !unwound.complete {
            leaf_first.push(self.symboliser.lost_callers());
        }
        leaf_first.into_iter().rev().collect()
    }

    /// What the samples stand for, divided by their number: the real interval of a busy thread.
    pub fn mean_weight(&self) -> Option<u64> {
        let counts = self.threads.values().flat_map(|thread| thread.stacks.values());
        let (weight, samples) = counts.fold((0, 0), |sum, each| (sum.0 + each.weight, sum.1 + each.samples));
        weight.checked_div(samples)
    }

    /// The profile, with the name of what took the samples, and what weights and interval are.
    pub fn finish(self, engine: &str, unit: &str, interval: u64) -> Profile {
        let frames = self.symboliser.frames.into_frames();
        let mut threads: Vec<Thread> = Vec::new();
        for ((pid, tid), seen) in self.threads {
            let to_stack = |(frames, Amount { weight, samples, calls }): (Vec<u32>, Amount)| Stack {
                frames,
                weight,
                samples,
                calls: calls.map(|calls| calls.round() as u64),
            };
            let mut stacks: Vec<Stack> = seen.stacks.into_iter().map(to_stack).collect();
            stacks.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.frames.cmp(&b.frames)));
            let main_of_node = pid == tid && self.processes.get(&pid).is_some_and(|process| process.jit.has_names());
            let javascript = main_of_node
                || stacks.iter().any(|stack| stack.frames.iter().any(|&frame| frames[frame as usize].is_javascript()));
            threads.push(Thread { name: seen.name, id: tid, process: Some(pid), javascript, stacks });
        }
        let weight = |thread: &Thread| thread.stacks.iter().map(|stack| stack.weight).sum::<u64>();
        threads.sort_by_key(|thread| (Reverse(thread.javascript), Reverse(weight(thread)), thread.id));
        Profile { engine: engine.into(), unit: unit.into(), interval, lost: self.lost, frames, threads }
    }
}

/// The map that was asked for, or the one that node wrote for this process.
fn jit_of(map: Option<&Rc<PerfMap>>, options: &FoldOptions, pid: i32) -> Rc<PerfMap> {
    map.cloned().unwrap_or_else(|| {
        let folder = options.perf_maps.as_deref().unwrap_or(Path::new("/tmp"));
        let text = std::fs::read(folder.join(format!("perf-{pid}.map"))).unwrap_or_default();
        Rc::new(PerfMap::parse(&text))
    })
}
