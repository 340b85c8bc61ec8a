//! Recordings of perf, folded into the one profile model.

use std::path::PathBuf;

use forgebench_border_attribute::napi;
use forgebench_symbols::{FileSource, FoldOptions, list_processes, read_perf};
use napi::Error;
use napi::bindgen_prelude::AsyncTask;

use crate::work::{WorkTask, reason, work_task};

/// What to read of a recording.
#[napi(object)]
pub struct BindingPerfOptions {
    /// Names of compiled JavaScript; `perf-PID.map` in `perfMaps` where it is absent.
    pub perf_map: Option<String>,
    /// Folder with the maps of processes; `/tmp` where it is absent.
    pub perf_maps: Option<String>,
    /// Mapped files that lie elsewhere now.
    pub files: Option<Vec<BindingMappedFile>>,
    /// First moment of the workload, nanoseconds of `CLOCK_MONOTONIC`; from the first sample on where it is absent.
    pub start_ns: Option<f64>,
    /// Last moment of the workload; to the last sample where it is absent.
    pub end_ns: Option<f64>,
    /// Folders whose JavaScript is forgebench's own.
    pub own_folders: Vec<String>,
}

/// A mapped file that lies elsewhere than where it was recorded.
#[napi(object)]
pub struct BindingMappedFile {
    /// The path in the recording.
    pub path: String,
    /// The file or a copy of it.
    pub binary: String,
    /// The file with its symbols and lines, where they were taken out of the binary.
    pub symbols: Option<String>,
}

impl BindingMappedFile {
    fn source(self) -> (String, FileSource) {
        let source = FileSource { binary: self.binary.into(), symbols: self.symbols.map(PathBuf::from) };
        (self.path, source)
    }
}

/// A process of a recording; times are nanoseconds of the recording's clock.
#[napi(object)]
pub struct BindingRecordedProcess {
    pub pid: i32,
    /// The process that made it; absent for one that was there before.
    pub parent: Option<i32>,
    /// The kernel's name of the program that it ran last.
    pub name: String,
    pub start_ns: Option<f64>,
    pub end_ns: Option<f64>,
}

/// What a recording tells beside its samples.
#[napi(object)]
pub struct BindingRecorded {
    pub processes: Vec<BindingRecordedProcess>,
    /// Paths of the files that were mapped for execution.
    pub files: Vec<String>,
}

/// Lists the processes of a recording, and the files whose code they mapped.
#[napi]
pub fn list_recorded(recording: String) -> napi::Result<BindingRecorded> {
    let recorded = list_processes(recording.as_ref()).map_err(|e| Error::from_reason(e.to_string()))?;
    let processes = recorded.processes.into_iter().map(|process| BindingRecordedProcess {
        pid: process.pid,
        parent: process.parent,
        name: process.name,
        start_ns: process.start_ns.map(|time| time as f64),
        end_ns: process.end_ns.map(|time| time as f64),
    });
    Ok(BindingRecorded { processes: processes.collect(), files: recorded.files })
}

/// The build id of an ELF file in hexadecimal; null where it has none, or is no such file.
#[napi]
pub fn build_id(file: String) -> Option<String> {
    forgebench_symbols::build_id(file.as_ref())
}

/// Reads a recording of `perf record --call-graph dwarf -k mono`; the JSON is a `Profile` of `src/profile/profile.ts`.
#[napi(ts_return_type = "Promise<string>")]
pub fn fold_perf(recording: String, options: BindingPerfOptions) -> AsyncTask<WorkTask<String>> {
    let start = options.start_ns.map_or(0, |start| start as u64);
    let end = options.end_ns.map_or(u64::MAX, |end| end as u64);
    let options = FoldOptions {
        perf_map: options.perf_map.map(PathBuf::from),
        perf_maps: options.perf_maps.map(PathBuf::from),
        files: options.files.unwrap_or_default().into_iter().map(BindingMappedFile::source).collect(),
        window: Some((start, end)),
        own_folders: options.own_folders,
    };
    work_task(move || {
        let profile = read_perf(recording.as_ref(), &options).map_err(reason)?;
        serde_json::to_string(&profile).map_err(reason)
    })
}
