//! What `perf record` saved, read record by record.

use crate::container::{Container, malformed};
use crate::error::FoldError;
use crate::fold::{Fold, FoldOptions};
use crate::process::NewMapping;
use crate::profile::Profile;
use crate::raw_sample::RawSample;
use crate::registers;
use crate::waiting::Waiting;
use linux_perf_data::PerfFileRecord;
use linux_perf_event_reader::constants::{PERF_CONTEXT_KERNEL, PERF_CONTEXT_MAX};
use linux_perf_event_reader::{
    ContextSwitchRecord, EventRecord, Mmap2Record, PerfEventAttr, PerfEventType, RawDataU64, SampleFormat,
    SampleRecord, SamplingPolicy, SoftwareCounterType,
};
use std::borrow::Cow;
use std::path::Path;

/// Reads what `perf record --call-graph dwarf` saved.
///
/// Samples outside the window are left out; those whose stack could not be unwound are not: their
/// outermost frame is `[callers not recorded]`.
///
/// A recording of context switches (`-e context-switches -c 1 --switch-events`) becomes a profile of waiting: each
/// stack weighs the time until its thread ran again.
///
/// # Errors
///
/// [`FoldError`] if a file cannot be read, is damaged, or was recorded without stacks.
///
/// ```no_run
/// use forgebench_symbols::{FoldOptions, read_perf};
///
/// let profile = read_perf("perf.data".as_ref(), &FoldOptions::default())?;
/// println!("{}", serde_json::to_string(&profile).expect("plain data"));
/// # Ok::<(), forgebench_symbols::FoldError>(())
/// ```
pub fn read_perf(perf_data: &Path, options: &FoldOptions) -> Result<Profile, FoldError> {
    let container = Container::open(perf_data)?;
    let mut reader = container.reader(perf_data)?;
    let attribute = &reader.perf_file.event_attributes()[0].attr;
    require_stacks(attribute, perf_data)?;
    let interval = interval(attribute);
    let mut waiting = leaves_the_core(attribute).then(Waiting::default);
    let mut fold = Fold::new(options)?;
    while let Some(record) = reader
        .record_iter
        .next_record(&mut reader.perf_file)
        .map_err(|error| malformed(perf_data, error.to_string()))?
    {
        let PerfFileRecord::EventRecord { record, .. } = record else { continue };
        let common = record.common_data().unwrap_or_default();
        let record = record.parse().map_err(|error| malformed(perf_data, error.to_string()))?;
        match (&mut waiting, record) {
            (Some(waiting), EventRecord::Sample(sample)) => waiting.leaves(raw_sample(&sample, 0)),
            (Some(waiting), EventRecord::ContextSwitch(ContextSwitchRecord::In { .. })) => {
                waiting.returns(&mut fold, common.tid, common.timestamp);
            }
            (_, record) => take(&mut fold, record, interval),
        }
    }
    if let Some(waiting) = waiting {
        waiting.end(&mut fold, options.window);
        return Ok(fold.finish("perf-offcpu", "nanoseconds", 0));
    }
    Ok(fold.finish("perf", "nanoseconds", interval))
}

/// Whether each sample is a thread that leaves its core.
fn leaves_the_core(attribute: &PerfEventAttr) -> bool {
    matches!(attribute.type_, PerfEventType::Software(SoftwareCounterType::ContextSwitches))
}

fn require_stacks(attribute: &PerfEventAttr, path: &Path) -> Result<(), FoldError> {
    let needed = [
        (SampleFormat::REGS_USER, "registers"),
        (SampleFormat::STACK_USER, "copies of the stack"),
        (SampleFormat::TID, "threads"),
        (SampleFormat::TIME, "times"),
    ];
    for (format, missing) in needed {
        if !attribute.sample_format.contains(format) {
            return Err(FoldError::NoStacks { path: path.to_owned(), missing });
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

fn take(fold: &mut Fold, record: EventRecord, interval: u64) {
    match record {
        EventRecord::Mmap2(mapping) => take_mapping(fold, &mapping),
        EventRecord::Comm(comm) => {
            if comm.is_execve {
                fold.forget(comm.pid);
            }
            fold.name_thread(comm.tid, String::from_utf8_lossy(&comm.name.as_slice()).into_owned());
        }
        EventRecord::Fork(fork) => {
            fold.inherit_name(fork.ptid, fork.tid);
            if fork.pid != fork.ppid {
                fold.fork(fork.ppid, fork.pid);
            }
        }
        EventRecord::Lost(lost) => fold.lost += lost.count,
        EventRecord::Sample(sample) => {
            if let Some(sample) = raw_sample(&sample, interval) {
                fold.sample(&sample);
            }
        }
        _ => {}
    }
}

fn take_mapping(fold: &mut Fold, mapping: &Mmap2Record) {
    const EXECUTABLE: u32 = 4;
    if mapping.protection & EXECUTABLE != 0 {
        let path = mapping.path.as_slice();
        let path = String::from_utf8_lossy(&path);
        let range = mapping.address..mapping.address.saturating_add(mapping.length);
        fold.map(mapping.pid, NewMapping { range, offset: mapping.page_offset, path: &path });
    }
}

fn raw_sample<'a>(sample: &SampleRecord<'a>, interval: u64) -> Option<RawSample<'a>> {
    let (pid, tid, time) = (sample.pid?, sample.tid?, sample.timestamp?);
    let copy = sample.user_stack.as_ref().map(|(copy, used)| (copy.as_slice(), *used));
    let stack = copy.map(|(copy, used)| {
        let used = usize::try_from(used).unwrap_or(usize::MAX).min(copy.len());
        match copy {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..used]),
            Cow::Owned(bytes) => Cow::Owned(bytes[..used].to_vec()),
        }
    });
    Some(RawSample {
        pid,
        tid,
        time,
        weight: sample.period.unwrap_or(interval),
        kernel: kernel_addresses(sample.callchain),
        // Without a copy of the stack the registers lead nowhere.
        registers: stack.as_ref().and(sample.user_regs.as_ref()).and_then(registers::of_perf),
        stack: stack.unwrap_or_default(),
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
