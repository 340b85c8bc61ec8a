//! The heap of the C library, which every language of the process shares: databases, compressors and script engines
//! in C allocate there without passing the counting allocator.

use std::sync::OnceLock;

type Mallinfo = unsafe extern "C" fn() -> libc::mallinfo2;

/// Bytes that `malloc` has handed out and not got back, in all arenas and in mappings, its rounding and headers among
/// them; `None` where the C library does not say (glibc does since 2.33).
///
/// Blocks that a thread keeps for its next calls count as handed out, so a process that wants exact differences is
/// started with `GLIBC_TUNABLES=glibc.malloc.tcache_count=0`, as launches of kind `memory` are.
#[must_use]
pub fn c_heap_bytes() -> Option<i64> {
    static FOUND: OnceLock<Option<Mallinfo>> = OnceLock::new();
    let mallinfo = (*FOUND.get_or_init(find))?;
    // SAFETY: mallinfo2 takes nothing, and locks each arena while it counts.
    let info = unsafe { mallinfo() };
    Some((info.uordblks + info.hblkhd) as i64)
}

/// Looked up by name, so that an addon still loads where the C library is older.
fn find() -> Option<Mallinfo> {
    // SAFETY: the name ends in a zero byte; what glibc exports under it has this type.
    unsafe {
        let symbol = libc::dlsym(libc::RTLD_DEFAULT, c"mallinfo2".as_ptr());
        (!symbol.is_null()).then(|| std::mem::transmute::<*mut libc::c_void, Mallinfo>(symbol))
    }
}

/// Returns freed pages to the system; otherwise what is made next would move into them and seem to need none.
pub(crate) fn give_free_pages_back() {
    // SAFETY: malloc_trim works on free blocks alone.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So large that what other tests of this process allocate meanwhile does not matter; nothing touches its pages.
    const BLOCK: usize = 1 << 30;
    const OTHERS: i64 = 1 << 26;

    #[test]
    fn a_block_counts_from_malloc_to_free() {
        let before = c_heap_bytes().expect("the tests run on glibc");
        // SAFETY: the block is freed once and not used afterwards.
        unsafe {
            let block = std::hint::black_box(libc::malloc(BLOCK));
            assert!(!block.is_null());
            let held = c_heap_bytes().unwrap() - before;
            libc::free(block);
            assert!((held - BLOCK as i64).abs() < OTHERS, "{held}");
        }
        assert!((c_heap_bytes().unwrap() - before).abs() < OTHERS);
    }
}
