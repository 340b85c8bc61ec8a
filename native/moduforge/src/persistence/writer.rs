//! A process that appends events and says which are stored, until it is killed.

use std::convert::Infallible;
use std::ffi::{CStr, OsStr};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use forgebench_measure::Failure;
use mf_persistence::api::PersistedEvent;
use serde::Deserialize;

use super::database::{Database, Mode};
use super::folder::Folder;

/// Names the folder to write into; a workload that finds it in its environment is the writer.
const VARIABLE: &str = "FORGEBENCH_PERSISTENCE_WRITER";
/// In Node.js, the addon is loaded into another Node.js, which is asked for the same case.
const IN_NODE: &str = "require(process.argv[1]).verify(process.argv[2], process.argv[3])";

/// What a killed writer has left.
pub struct Remains {
    pub folder: Folder,
    /// The lsns of events that it knew to be stored.
    pub acknowledged: Vec<i64>,
}

impl Remains {
    /// How many acknowledged events are not in the database.
    pub fn lost(&self) -> Result<usize, Failure> {
        #[derive(Deserialize)]
        struct Row {
            lsn: i64,
        }
        let database = Database::open(self.folder.copied()?, Mode::Async)?;
        let rows: Vec<Row> = database.query("SELECT lsn FROM events ORDER BY lsn")?;
        let is_stored = |lsn: i64| rows.binary_search_by_key(&lsn, |row| row.lsn).is_ok();
        Ok(self.acknowledged.iter().filter(|&&lsn| !is_stored(lsn)).count())
    }
}

/// The folder that this process was started to write into. Such a process goes when the one that started it has gone.
pub fn asked_to_write() -> Option<PathBuf> {
    let folder = std::env::var_os(VARIABLE).map(PathBuf::from)?;
    // SAFETY: prctl sets which signal this process gets, and touches no memory of ours.
    let _ = unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
    Some(folder)
}

/// Appends the events that `next` makes one after the other, and writes the lsn of each to the standard output once it
/// is stored. It returns where something fails: nobody reads any longer, at the latest. The reason is the last line, as
/// far as anybody reads it.
pub fn write_until_killed(folder: PathBuf, next: impl FnMut(usize) -> PersistedEvent) -> Result<Infallible, Failure> {
    append_for_ever(folder, next).inspect_err(|failure| {
        let _ = writeln!(io::stdout(), "{failure}");
    })
}

fn append_for_ever(folder: PathBuf, mut next: impl FnMut(usize) -> PersistedEvent) -> Result<Infallible, Failure> {
    let database = Database::open(Folder::existing(folder), Mode::Async)?;
    let mut output = io::stdout().lock();
    for k in 0.. {
        let lsn = database.append(next(k))?;
        writeln!(output, "{lsn}").and_then(|()| output.flush()).map_err(Failure::setup)?;
    }
    unreachable!("no disk holds all numbers")
}

/// Starts a writer and kills it when it has acknowledged `events` of them, while it writes the next one. It is this
/// program again, told to set the same case up: a fork of a process with threads could not go on by itself.
pub fn kill_while_writing(id: &str, parameters: &str, events: usize) -> Result<Remains, Failure> {
    let folder = Folder::new()?;
    let mut child = command(id, parameters)?
        .env(VARIABLE, folder.path())
        // What profiles this process is not there for that one.
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Failure::setup)?;
    let acknowledged = acknowledged(&mut child, events);
    // Where it is already dead, the reason is in its status.
    let _ = child.kill();
    let status = child.wait().map_err(Failure::setup)?;
    let acknowledged = acknowledged.map_err(Failure::setup)?;
    if status.signal() == Some(libc::SIGKILL) && acknowledged.len() >= events {
        Ok(Remains { folder, acknowledged })
    } else {
        let count = acknowledged.len();
        let how = if status.signal().is_some() { "was killed" } else { "ended by itself" };
        Err(Failure::Setup(format!("the writer {how} after {count} of {events} events: {status}")))
    }
}

/// Kills the writer when it has said so many lines, and reads what it had said until then.
fn acknowledged(child: &mut Child, events: usize) -> io::Result<Vec<i64>> {
    let output = child.stdout.take().expect("its output is a pipe");
    let mut lsns = Vec::with_capacity(events);
    for line in BufReader::new(output).lines() {
        let line = line?;
        lsns.push(line.parse().map_err(|_| io::Error::other(format!("the writer said \"{line}\"")))?);
        if lsns.len() == events {
            child.kill()?;
        }
    }
    Ok(lsns)
}

fn command(id: &str, parameters: &str) -> Result<Command, Failure> {
    let mut command = Command::new(std::env::current_exe().map_err(Failure::setup)?);
    let code = own_file()?;
    if code.extension() == Some(OsStr::new("node")) {
        command.args(["-e", IN_NODE]).arg(code);
    } else {
        command.arg("verify");
    }
    command.args([id, parameters]);
    Ok(command)
}

/// The file that this code was loaded from: the addon or the runner.
fn own_file() -> Result<PathBuf, Failure> {
    let mut found = std::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: the address is that of a function, and `found` is valid for what dladdr(3) writes.
    let success = unsafe { libc::dladdr(own_file as *const libc::c_void, found.as_mut_ptr()) };
    // SAFETY: zeroed bytes are a valid Dl_info, and dladdr has filled it where it succeeded.
    let found = unsafe { found.assume_init() };
    if success == 0 || found.dli_fname.is_null() {
        return Err(Failure::Setup("the file that holds this code is unknown".into()));
    }
    // SAFETY: dladdr gives the name as a string that lives as long as the object is loaded.
    let name = unsafe { CStr::from_ptr(found.dli_fname) };
    Ok(Path::new(OsStr::from_bytes(name.to_bytes())).to_path_buf())
}
