//! What the operating system says a stretch of a launch has used.

use std::collections::HashMap;
use std::fs;
use std::mem::MaybeUninit;
use std::thread::available_parallelism;

use crate::Clock;

/// A thread that was on a core for less than this share of the stretch did not take part in the work.
const RAN: f64 = 0.01;

/// What the process used between [`ResourceMeter::start`] and [`ResourceMeter::finish`], all of its threads. Child
/// processes are not in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resources {
    /// CPU time in user space, nanoseconds.
    pub user_ns: u64,
    /// CPU time in the kernel, nanoseconds.
    pub system_ns: u64,
    /// Time that went by, nanoseconds.
    pub wall_ns: u64,
    /// Threads that took part: on a core for at least 1 % of the time. Threads that had ended by the finish count as
    /// the fewest that could have used what the others did not; at least 1.
    pub threads: u32,
    /// Cores in use: as many as `threads`, at most those that the process may use (affinity and cgroup).
    pub cores: u32,
    /// Page faults that needed no storage.
    pub minor_faults: u64,
    /// Page faults that waited for storage.
    pub major_faults: u64,
    /// Times that a thread gave its core up to wait.
    pub voluntary_switches: u64,
    /// Times that a thread lost its core.
    pub involuntary_switches: u64,
    /// Bytes read and written; absent where the kernel does not say.
    pub io: Option<IoBytes>,
}

/// Bytes that passed `read` and `write`, and those of them that reached storage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IoBytes {
    /// Asked for by `read` and its kin: files, pipes, sockets.
    pub read: u64,
    /// Handed to `write` and its kin.
    pub written: u64,
    /// Fetched from storage.
    pub storage_read: u64,
    /// Sent towards storage.
    pub storage_written: u64,
}

/// Readings at the start of a stretch.
pub struct ResourceMeter {
    start_ns: u64,
    usage: libc::rusage,
    io: Option<IoBytes>,
    threads: HashMap<u32, u64>,
}

impl ResourceMeter {
    /// Reads everything once; some 100 µs, outside of what is timed.
    #[must_use]
    pub fn start() -> Self {
        // What this reads itself is read before the bytes are, and after them at the finish.
        let (threads, io) = (thread_times(), io_bytes());
        Self { usage: usage(), start_ns: Clock.now_ns(), io, threads }
    }

    /// What was used since the start.
    #[must_use]
    pub fn finish(&self) -> Resources {
        let wall_ns = Clock.now_ns() - self.start_ns;
        let (now, io) = (usage(), io_bytes());
        let counted = |count: fn(&libc::rusage) -> i64| (count(&now) - count(&self.usage)).max(0) as u64;
        let user_ns = nanoseconds(now.ru_utime).saturating_sub(nanoseconds(self.usage.ru_utime));
        let system_ns = nanoseconds(now.ru_stime).saturating_sub(nanoseconds(self.usage.ru_stime));
        let threads = threads_that_ran(&self.threads, &thread_times(), user_ns + system_ns, wall_ns);
        let most = available_parallelism().map_or(1, |cores| cores.get() as u32);
        Resources {
            user_ns,
            system_ns,
            wall_ns,
            threads,
            cores: threads.min(most),
            minor_faults: counted(|usage| usage.ru_minflt),
            major_faults: counted(|usage| usage.ru_majflt),
            voluntary_switches: counted(|usage| usage.ru_nvcsw),
            involuntary_switches: counted(|usage| usage.ru_nivcsw),
            io: self.io.zip(io).map(|(start, end)| end.since(start)),
        }
    }
}

impl IoBytes {
    fn since(self, start: Self) -> Self {
        Self {
            read: self.read.saturating_sub(start.read),
            written: self.written.saturating_sub(start.written),
            storage_read: self.storage_read.saturating_sub(start.storage_read),
            storage_written: self.storage_written.saturating_sub(start.storage_written),
        }
    }

    /// Reads the text of `/proc/PID/io` (proc(5)).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        Some(Self {
            read: field("rchar:")?,
            written: field("wchar:")?,
            storage_read: field("read_bytes:")?,
            storage_written: field("write_bytes:")?,
        })
    }
}

/// Highest resident set of this process so far, bytes.
#[must_use]
pub fn max_rss_bytes() -> u64 {
    usage().ru_maxrss as u64 * 1024
}

/// Resident bytes that no file stands behind: heaps and stacks, but no code.
pub(crate) fn anonymous_rss_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let text = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(text.trim().strip_suffix("kB")?.trim().parse::<i64>().ok()? * 1024)
}

fn threads_that_ran(start: &HashMap<u32, u64>, end: &HashMap<u32, u64>, cpu_ns: u64, wall_ns: u64) -> u32 {
    let wall = wall_ns.max(1) as f64;
    let times: Vec<u64> =
        end.iter().map(|(id, &ns)| ns.saturating_sub(start.get(id).copied().unwrap_or_default())).collect();
    let living = times.iter().filter(|&&ns| ns as f64 >= RAN * wall).count() as u32;
    let ended_ns = cpu_ns.saturating_sub(times.iter().sum()) as f64;
    let ended = if ended_ns >= RAN * wall { (ended_ns / wall).ceil() as u32 } else { 0 };
    (living + ended).max(1)
}

/// Time that each living thread was on a core so far, nanoseconds. Empty where the kernel keeps no such account.
fn thread_times() -> HashMap<u32, u64> {
    let Ok(tasks) = fs::read_dir("/proc/self/task") else { return HashMap::new() };
    tasks
        .flatten()
        .filter_map(|task| {
            let id = task.file_name().to_str()?.parse().ok()?;
            // A thread may end between the listing and this.
            let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
            Some((id, text.split(' ').next()?.parse().ok()?))
        })
        .collect()
}

fn io_bytes() -> Option<IoBytes> {
    IoBytes::parse(&fs::read_to_string("/proc/self/io").ok()?)
}

fn usage() -> libc::rusage {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the pointer is valid for a rusage, and RUSAGE_SELF cannot fail with a valid pointer (getrusage(2)).
    unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    }
}

pub(crate) fn nanoseconds(time: libc::timeval) -> u64 {
    time.tv_sec as u64 * 1_000_000_000 + time.tv_usec as u64 * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_below_one_percent_did_not_take_part_and_ended_ones_are_counted_by_what_they_used() {
        let start = HashMap::from([(1, 5_000), (2, 100)]);
        let end = HashMap::from([(1, 5_900), (2, 105), (3, 990)]);
        assert_eq!(threads_that_ran(&start, &end, 1_895, 1_000), 2);
        // 2,105 ns that no living thread has used need three threads at least.
        assert_eq!(threads_that_ran(&start, &end, 4_000, 1_000), 5);
        assert_eq!(threads_that_ran(&start, &start, 0, 1_000), 1);
    }

    #[test]
    fn a_thread_that_spins_makes_a_core_busy_and_one_that_sleeps_does_not() {
        let time = std::time::Duration::from_millis(50);
        let meter = ResourceMeter::start();
        let sleeper = std::thread::spawn(move || std::thread::sleep(2 * time));
        let start = Clock.now_ns();
        while Clock.now_ns() - start < 50_000_000 {}
        let seen = meter.finish();
        sleeper.join().unwrap();
        // Other tests of this process may run meanwhile, and a busy machine takes its share.
        assert!(seen.wall_ns >= 50_000_000 && seen.threads >= 1 && seen.cores <= seen.threads, "{seen:?}");
        assert!(seen.user_ns + seen.system_ns > 5_000_000, "{seen:?}");
    }

    #[test]
    fn the_bytes_of_proc_io_are_read_by_name() {
        let text =
            "rchar: 10\nwchar: 20\nsyscr: 1\nsyscw: 2\nread_bytes: 30\nwrite_bytes: 40\ncancelled_write_bytes: 5\n";
        let expected = IoBytes { read: 10, written: 20, storage_read: 30, storage_written: 40 };
        assert_eq!(IoBytes::parse(text), Some(expected));
        assert_eq!(IoBytes::parse("rchar: 10\n"), None);
    }
}
