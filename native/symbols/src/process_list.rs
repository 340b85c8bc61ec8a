//! Which processes and files a recording saw.

use crate::container::{Container, malformed};
use crate::error::FoldError;
use linux_perf_data::PerfFileRecord;
use linux_perf_event_reader::EventRecord;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A process of a recording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordedProcess {
    /// The kernel's id.
    pub pid: i32,
    /// The process that made it; `None` for one that was there before.
    pub parent: Option<i32>,
    /// The kernel's name of the program that it ran last.
    pub name: String,
    /// When it was made, nanoseconds of the recording's clock.
    pub start_ns: Option<u64>,
    /// When its last thread ended.
    pub end_ns: Option<u64>,
}

/// What a recording tells beside its samples.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// Processes in the order of their ids.
    pub processes: Vec<RecordedProcess>,
    /// Paths of the files that were mapped for execution.
    pub files: Vec<String>,
}

/// Lists the processes of a recording, and the files whose code they mapped.
///
/// # Errors
///
/// [`FoldError`] if the file cannot be read or is damaged.
///
/// ```no_run
/// let recorded = forgebench_symbols::list_processes("perf.data".as_ref())?;
/// for process in recorded.processes {
///     println!("{} {}", process.pid, process.name);
/// }
/// # Ok::<(), forgebench_symbols::FoldError>(())
/// ```
pub fn list_processes(perf_data: &Path) -> Result<Recorded, FoldError> {
    let container = Container::open(perf_data)?;
    let mut reader = container.reader(perf_data)?;
    let mut processes = BTreeMap::new();
    let mut files = BTreeSet::new();
    while let Some(record) = reader
        .record_iter
        .next_record(&mut reader.perf_file)
        .map_err(|error| malformed(perf_data, error.to_string()))?
    {
        let PerfFileRecord::EventRecord { record, .. } = record else { continue };
        let record = record.parse().map_err(|error| malformed(perf_data, error.to_string()))?;
        if let EventRecord::Mmap2(mapping) = &record {
            let path = mapping.path.as_slice();
            if path.starts_with(b"/") && !path.starts_with(b"//") {
                files.insert(String::from_utf8_lossy(&path).into_owned());
            }
        }
        take(&mut processes, &record);
    }
    Ok(Recorded { processes: processes.into_values().collect(), files: files.into_iter().collect() })
}

fn take(processes: &mut BTreeMap<i32, RecordedProcess>, record: &EventRecord) {
    match record {
        EventRecord::Fork(fork) if fork.pid != fork.ppid => {
            let name = of(processes, fork.ppid).name.clone();
            let (parent, start_ns) = (Some(fork.ppid), Some(fork.timestamp));
            processes.insert(fork.pid, RecordedProcess { pid: fork.pid, parent, name, start_ns, end_ns: None });
        }
        EventRecord::Comm(comm) if comm.pid == comm.tid => {
            of(processes, comm.pid).name = String::from_utf8_lossy(&comm.name.as_slice()).into_owned();
        }
        EventRecord::Exit(exit) => of(processes, exit.pid).end_ns = Some(exit.timestamp),
        _ => {}
    }
}

fn of(processes: &mut BTreeMap<i32, RecordedProcess>, pid: i32) -> &mut RecordedProcess {
    processes.entry(pid).or_insert_with(|| RecordedProcess { pid, ..RecordedProcess::default() })
}
