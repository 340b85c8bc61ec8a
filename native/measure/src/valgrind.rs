//! What a program may ask of valgrind while it runs under it: to count instructions from here on, and to stop.
//!
//! A request is a sequence of instructions that does nothing on a processor and that valgrind knows (valgrind.h and
//! callgrind.h, "client requests"). It is written here because the headers are there only where valgrind is installed, and
//! addons and runners are built where it is not.

use std::arch::asm;

/// `VG_USERREQ_TOOL_BASE('C', 'T')`: requests to callgrind.
const CALLGRIND: usize = 0x4354_0000;
const START_INSTRUMENTATION: usize = CALLGRIND + 4;
const STOP_INSTRUMENTATION: usize = CALLGRIND + 5;

/// Counts the instructions of all threads from here on; nothing happens outside of callgrind.
pub fn start_counting() {
    request(START_INSTRUMENTATION);
}

/// Stops counting; what was counted stays and more may be added to it.
pub fn stop_counting() {
    request(STOP_INSTRUMENTATION);
}

#[cfg(target_arch = "x86_64")]
fn request(code: usize) {
    let arguments = [code, 0, 0, 0, 0, 0];
    // SAFETY: `rdi` is rotated by 128 bits in all and `rbx` exchanged with itself, so both keep their values; valgrind
    // reads the six words and writes its answer to `rdx`.
    unsafe {
        asm!(
            "rol rdi, 3", "rol rdi, 13", "rol rdi, 61", "rol rdi, 51", "xchg rbx, rbx",
            in("rax") arguments.as_ptr(), inout("rdx") 0usize => _,
        );
    }
}

#[cfg(target_arch = "aarch64")]
fn request(code: usize) {
    let arguments = [code, 0, 0, 0, 0, 0];
    // SAFETY: `x12` is rotated by 128 bits in all and `x10` joined with itself, so both keep their values; valgrind reads
    // the six words and writes its answer to `x3`.
    unsafe {
        asm!(
            "ror x12, x12, #3", "ror x12, x12, #13", "ror x12, x12, #51", "ror x12, x12, #61", "orr x10, x10, x10",
            in("x4") arguments.as_ptr(), inout("x3") 0usize => _,
        );
    }
}

/// Nothing is counted where no sequence is known; whoever reads the count says so.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn request(_code: usize) {}
