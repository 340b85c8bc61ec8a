//! Memory that the process holds, for what the allocation counters cannot see: fragments, and libraries in C.

/// Bytes of the resident set; `None` where the system does not say.
pub fn resident_bytes() -> Option<i64> {
    let pages: i64 = std::fs::read_to_string("/proc/self/statm").ok()?.split_whitespace().nth(1)?.parse().ok()?;
    // SAFETY: sysconf reads a constant of the system and touches no memory of ours.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    Some(pages * page)
}

/// Returns to the system what was freed earlier; otherwise what is made next would move into those pages and seem to
/// need none.
pub fn give_free_pages_back() {
    // SAFETY: malloc_trim works on free blocks alone.
    unsafe { libc::malloc_trim(0) };
}

/// Bytes that are in use of those that the system's allocator has given out, to libraries in C as well.
#[cfg(feature = "scenario")]
pub fn heap_bytes() -> f64 {
    // SAFETY: mallinfo2 only reads what the allocator knows of itself.
    let info = unsafe { libc::mallinfo2() };
    (info.uordblks + info.hblkhd) as f64
}
