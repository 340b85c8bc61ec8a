//! What the operating system says a launch has used.

use std::mem::MaybeUninit;

/// CPU time of the whole process, all threads, nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CpuTime {
    /// In user space.
    pub user_ns: u64,
    /// In the kernel.
    pub system_ns: u64,
}

impl CpuTime {
    /// CPU time used since the process began.
    #[must_use]
    pub fn now() -> Self {
        let usage = usage();
        Self { user_ns: nanoseconds(usage.ru_utime), system_ns: nanoseconds(usage.ru_stime) }
    }

    /// What was used since `start`.
    #[must_use]
    pub fn since(start: Self) -> Self {
        let now = Self::now();
        Self { user_ns: now.user_ns - start.user_ns, system_ns: now.system_ns - start.system_ns }
    }
}

/// Highest resident set of this process so far, bytes.
#[must_use]
pub fn max_rss_bytes() -> u64 {
    usage().ru_maxrss as u64 * 1024
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
