//! What a process and its descendants use at a moment, read from outside: the points of a time line.

use std::fs;

use crate::IoBytes;

/// Clock ticks of `/proc/PID/stat` are hundredths of a second on every Linux (`sysconf(_SC_CLK_TCK)`).
const TICK_NS: u64 = 10_000_000;
/// Fields of `/proc/PID/stat` after the name, counted from its state (proc(5)).
const USER_TICKS: usize = 11;
const SYSTEM_TICKS: usize = 12;
const THREADS: usize = 17;
const RESIDENT_PAGES: usize = 21;

/// Sums over a process and its descendants that live now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProcessTree {
    /// Processes that were found; 0 where the process has ended.
    pub processes: u32,
    /// Their threads.
    pub threads: u32,
    /// CPU time since each began, nanoseconds in steps of 10 ms; that of ended processes is not in it.
    pub cpu_ns: u64,
    /// Resident memory, bytes; pages that two share count twice.
    pub resident_bytes: u64,
    /// Bytes read and written so far.
    pub io: IoBytes,
}

/// Reads `/proc` for a process and all its descendants. Takes some 20 µs for each process and 5 µs for each of its
/// threads, and nothing of the processes themselves.
#[must_use]
pub fn process_tree(root: u32) -> ProcessTree {
    let mut tree = ProcessTree::default();
    let mut waiting = vec![root];
    while let Some(process) = waiting.pop() {
        add(&mut tree, process);
        waiting.extend(children(process));
    }
    tree
}

/// What has ended meanwhile is left out.
fn add(tree: &mut ProcessTree, process: u32) {
    let Some(stat) = read(&format!("/proc/{process}/stat")) else { return };
    // The name stands in parentheses and may hold anything, parentheses among it.
    let Some((_, rest)) = stat.rsplit_once(')') else { return };
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
    tree.processes += 1;
    tree.threads += field(THREADS) as u32;
    tree.cpu_ns += (field(USER_TICKS) + field(SYSTEM_TICKS)) * TICK_NS;
    tree.resident_bytes += field(RESIDENT_PAGES) * page_bytes();
    let io = read(&format!("/proc/{process}/io")).and_then(|text| IoBytes::parse(&text)).unwrap_or_default();
    tree.io.read += io.read;
    tree.io.written += io.written;
    tree.io.storage_read += io.storage_read;
    tree.io.storage_written += io.storage_written;
}

/// A child belongs to the thread that started it.
fn children(process: u32) -> Vec<u32> {
    let Ok(tasks) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let texts = tasks.flatten().filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    texts.flat_map(|text| text.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>()).collect()
}

fn read(path: &str) -> Option<String> {
    // Names of programs need not be UTF-8.
    fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn page_bytes() -> u64 {
    // SAFETY: sysconf reads a constant of the system and touches no memory of ours.
    unsafe { libc::sysconf(libc::_SC_PAGESIZE) as u64 }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_process_and_its_children_are_found_with_what_they_use() {
        let mut child = Command::new("sh").args(["-c", "sleep 5 & wait"]).spawn().unwrap();
        let start = crate::Clock.now_ns();
        let alone = loop {
            let tree = process_tree(child.id());
            if tree.processes == 2 || crate::Clock.now_ns() - start > 2_000_000_000 {
                break tree;
            }
        };
        let own = process_tree(std::process::id());
        assert_eq!((alone.processes, alone.threads), (2, 2), "{alone:?}");
        // Linux counts pages in lots of up to 64 for each core, so small processes may show none.
        assert!(own.resident_bytes > 1_000_000 && own.processes >= 3 && own.io.read > 0, "{alone:?} {own:?}");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_process_that_has_ended_is_nothing() {
        let mut child = Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        assert_eq!(process_tree(child.id()), ProcessTree::default());
    }
}
