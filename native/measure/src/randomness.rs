//! Randomness that repeats: keys of hash maps decide how often they collide, and with them how many instructions run.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

static REPEATS: AtomicBool = AtomicBool::new(false);
static STATE: AtomicU64 = AtomicU64::new(0);

/// From here on `getrandom` gives the numbers of this seed, which are the same in every process.
pub(crate) fn repeat_from(seed: u64) {
    STATE.store(seed, Relaxed);
    REPEATS.store(true, Relaxed);
}

/// Takes the place of the C library's function in the program that this is linked into. The standard library asks it
/// for the keys of its hash maps, and asks in a way that lets performance measurements do just this. Without a seed the
/// kernel answers, as it does to the C library.
///
/// # Safety
///
/// `buffer` has room for `length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn getrandom(buffer: *mut u8, length: usize, flags: u32) -> isize {
    if !REPEATS.load(Relaxed) {
        // SAFETY: the arguments are handed on as they are.
        return unsafe { libc::syscall(libc::SYS_getrandom, buffer, length, flags) } as isize;
    }
    // SAFETY: the caller has made room for as many bytes.
    let bytes = unsafe { std::slice::from_raw_parts_mut(buffer, length) };
    for chunk in bytes.chunks_mut(8) {
        chunk.copy_from_slice(&next().to_le_bytes()[..chunk.len()]);
    }
    length as isize
}

/// `SplitMix64` (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
fn next() -> u64 {
    const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
    let state = STATE.fetch_add(GAMMA, Relaxed).wrapping_add(GAMMA);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
