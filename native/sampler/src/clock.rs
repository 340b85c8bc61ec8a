//! Clocks in a form that a signal handler may use.

/// Nanoseconds of a clock of the kernel. Async-signal-safe: POSIX lists `clock_gettime`, and it cannot fail here, so
/// that `errno` stays as it is.
pub(crate) fn now_ns(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid, exclusively borrowed timespec; Linux has both clocks that are asked for.
    unsafe { libc::clock_gettime(clock, &raw mut time) };
    (time.tv_sec as u64).wrapping_mul(1_000_000_000).wrapping_add(time.tv_nsec as u64)
}

/// The kernel's id of the calling thread. Async-signal-safe: a bare system call that never fails.
pub(crate) fn thread_id() -> i32 {
    // SAFETY: `gettid` takes nothing and touches no memory. `libc::gettid` needs a newer C library.
    unsafe { libc::syscall(libc::SYS_gettid) as i32 }
}
