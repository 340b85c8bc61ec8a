//! A process as a workload: one execution is one sample.

use std::collections::HashMap;
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::Clock;
use crate::resources::nanoseconds;

/// What to execute.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandLine {
    /// Program and arguments; at least one.
    pub arguments: Vec<String>,
    /// Working folder.
    pub folder: PathBuf,
    /// Variables added to the environment.
    pub environment: HashMap<String, String>,
}

/// What one execution used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    /// From before the start until it was reaped, nanoseconds.
    pub wall_ns: u64,
    /// CPU time in user space of it and the children that it waited for, nanoseconds.
    pub user_ns: u64,
    /// The same in the kernel.
    pub system_ns: u64,
    /// Highest resident set, bytes; at least that of the caller, which Linux books to a process between fork and exec.
    pub max_rss_bytes: u64,
    /// Page faults that needed no storage.
    pub minor_faults: u64,
    /// Page faults that waited for storage.
    pub major_faults: u64,
    /// Times that a thread gave its core up to wait.
    pub voluntary_switches: u64,
    /// Times that a thread lost its core.
    pub involuntary_switches: u64,
    /// Its exit code, or minus the number of the signal that ended it.
    pub exit_code: i32,
}

/// Executes the command once without input; its output is thrown away. It dies with the thread that called.
///
/// Call it from a small process, as the program `forgebench-execute` is: forking a large one takes milliseconds, and
/// its resident set would count as the command's.
///
/// # Errors
/// What the operating system says where the program cannot be started.
pub fn execute(line: &CommandLine) -> io::Result<Execution> {
    let mut command = Command::new(&line.arguments[0]);
    command.args(&line.arguments[1..]).current_dir(&line.folder).envs(&line.environment);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // SAFETY: prctl is async-signal-safe, which is what a function between fork and exec has to be.
    unsafe { command.pre_exec(die_with_parent_thread) };
    let start = Clock.now_ns();
    let child = command.spawn()?;
    let (status, usage) = wait(child.id())?;
    let wall_ns = Clock.now_ns() - start;
    let exit_code = if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { -libc::WTERMSIG(status) };
    Ok(Execution {
        wall_ns,
        user_ns: nanoseconds(usage.ru_utime),
        system_ns: nanoseconds(usage.ru_stime),
        max_rss_bytes: usage.ru_maxrss as u64 * 1024,
        minor_faults: usage.ru_minflt as u64,
        major_faults: usage.ru_majflt as u64,
        voluntary_switches: usage.ru_nvcsw as u64,
        involuntary_switches: usage.ru_nivcsw as u64,
        exit_code,
    })
}

fn die_with_parent_thread() -> io::Result<()> {
    // SAFETY: PR_SET_PDEATHSIG takes a signal number and touches no memory (prctl(2)).
    match unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Reaps the process; `Child::wait` would not tell its resource usage.
fn wait(process: u32) -> io::Result<(libc::c_int, libc::rusage)> {
    let mut status = 0;
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    loop {
        // SAFETY: both pointers are valid for what wait4(2) writes; the process is a child of this one.
        let waited = unsafe { libc::wait4(process as libc::pid_t, &raw mut status, 0, usage.as_mut_ptr()) };
        if waited >= 0 {
            // SAFETY: wait4 has succeeded, so `usage` is filled; zeroed bytes would be a valid rusage too.
            return Ok((status, unsafe { usage.assume_init() }));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// Asks the kernel to kill this process when the thread that started it ends, and checks that it still lives.
///
/// # Errors
/// Where `parent` is no longer the parent: it died before the kernel was asked.
pub fn die_with_parent(parent: u32) -> io::Result<()> {
    die_with_parent_thread()?;
    if std::os::unix::process::parent_id() == parent {
        Ok(())
    } else {
        Err(io::Error::other(format!("process {parent} is no longer the parent of this one")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> CommandLine {
        let arguments = ["sh", "-c", script].map(str::to_owned).to_vec();
        CommandLine { arguments, folder: "/".into(), environment: HashMap::new() }
    }

    #[test]
    fn the_exit_code_and_the_wall_time_of_a_command_are_known() {
        let execution = execute(&shell("sleep 0.05; exit 3")).unwrap();
        assert_eq!(execution.exit_code, 3);
        assert!(execution.wall_ns >= 50_000_000, "{execution:?}");
    }

    #[test]
    fn a_killed_command_has_minus_its_signal() {
        assert_eq!(execute(&shell("kill -9 $$")).unwrap().exit_code, -libc::SIGKILL);
    }

    #[test]
    fn a_missing_program_is_an_error() {
        let mut line = shell("");
        line.arguments[0] = "/no/such/program".to_owned();
        assert_eq!(execute(&line).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
