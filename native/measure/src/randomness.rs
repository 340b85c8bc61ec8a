//! Randomness that repeats: keys of hash maps decide how often they collide, and with them how many instructions run.

use std::ffi::CStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The variable that names the seed of what is random in a runner.
const VARIABLE: &CStr = c"FORGEBENCH_SEED";

/// Takes the place of the C library's function in the program that this is linked into. The standard library asks it
/// for the keys of its hash maps, and asks in a way that lets performance measurements do just this. Where the environment
/// names a seed, its numbers are the same in every process; otherwise the kernel answers, as it does to the C library. Miri has
/// one of its own and takes no other.
///
/// # Safety
///
/// `buffer` has room for `length` bytes.
#[cfg_attr(not(miri), unsafe(no_mangle))]
#[cfg_attr(miri, expect(dead_code, reason = "nobody calls it by its name"))]
unsafe extern "C" fn getrandom(buffer: *mut u8, length: usize, flags: u32) -> isize {
    // A thread's keys are drawn with its first hash map, which may be one that is made before `main` does anything.
    static STATE: OnceLock<Option<AtomicU64>> = OnceLock::new();
    let Some(state) = STATE.get_or_init(|| seed().map(AtomicU64::new)) else {
        // SAFETY: the arguments are handed on as they are.
        return unsafe { libc::syscall(libc::SYS_getrandom, buffer, length, flags) } as isize;
    };
    // SAFETY: the caller has made room for as many bytes.
    let bytes = unsafe { std::slice::from_raw_parts_mut(buffer, length) };
    for chunk in bytes.chunks_mut(8) {
        chunk.copy_from_slice(&next(state).to_le_bytes()[..chunk.len()]);
    }
    length as isize
}

/// Read without `std::env`, which takes a lock and allocates: whoever draws keys may hold either.
fn seed() -> Option<u64> {
    // SAFETY: the name ends with a zero; nobody changes the environment of a runner but its `main`, before all threads.
    let value = unsafe { libc::getenv(VARIABLE.as_ptr()) };
    if value.is_null() {
        return None;
    }
    // SAFETY: what `getenv` returns ends with a zero and is not changed meanwhile.
    unsafe { CStr::from_ptr(value) }.to_str().ok()?.parse().ok()
}

/// `SplitMix64` (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
fn next(state: &AtomicU64) -> u64 {
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    let state = state.fetch_add(GAMMA, Relaxed).wrapping_add(GAMMA);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
