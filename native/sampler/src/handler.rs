//! What runs inside the signal.
//!
//! # Async-signal-safety
//!
//! The handler may interrupt anything, `malloc` with its lock held and V8 in the middle of a garbage collection. It
//! therefore takes no lock, allocates nothing, touches no thread-local and cannot panic or unwind (no indexing, no
//! unchecked arithmetic; a panic would abort at the border of `extern "C"`). It calls `clock_gettime`, `memcpy` and the
//! bare system call `gettid`, which POSIX or the kernel declare safe; Rust binds them when the library is loaded
//! (`-z now`), so that no call enters the dynamic linker. None of them can fail, so `errno` survives. It writes to
//! atomics and to memory that was mapped before; a page touched for the first time is the kernel's affair.
//!
//! All signals are blocked meanwhile, so that it never interrupts itself.

use std::ops::Range;
use std::ptr;
use std::sync::atomic::{AtomicI32, AtomicPtr, AtomicU64, Ordering};

use crate::clock::{now_ns, thread_id};
use crate::image::StackImage;
use crate::log::{Entry, Log};
use crate::registers::running;

/// What the handler works on.
#[derive(Debug)]
pub(crate) struct Target {
    pub log: Log,
    /// Addresses of the sampled thread's stack.
    pub stack: Range<usize>,
    pub image: StackImage,
    /// CPU time of the thread at the last entry.
    pub counted_cpu: AtomicU64,
}

/// The thread that is sampled; 0 for none. Whoever changes it from 0 owns the two statics until it is 0 again.
static OWNER: AtomicI32 = AtomicI32::new(0);
/// The owner's target; null for none.
static TARGET: AtomicPtr<Target> = AtomicPtr::new(ptr::null_mut());

/// Makes `thread` the owner; false if there is one.
pub(crate) fn claim(thread: i32) -> bool {
    OWNER.compare_exchange(0, thread, Ordering::SeqCst, Ordering::SeqCst).is_ok()
}

/// Shows the handler its target.
pub(crate) fn aim(target: *mut Target) {
    TARGET.store(target, Ordering::SeqCst);
}

/// Ends what [`claim`] began. Called by the owner itself, so that no handler is at work on the target afterwards.
pub(crate) fn release() {
    TARGET.store(ptr::null_mut(), Ordering::SeqCst);
    OWNER.store(0, Ordering::SeqCst);
}

/// Takes one sample.
pub(crate) extern "C" fn on_signal(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // A signal that anyone sent to another thread must not touch a target that its owner may be freeing.
    if OWNER.load(Ordering::SeqCst) != thread_id() {
        return;
    }
    // SAFETY: the owner frees the target only after `release`, and this thread is the owner: while the handler runs,
    // the owner's other code does not.
    let Some(target) = (unsafe { TARGET.load(Ordering::SeqCst).as_ref() }) else { return };
    // SAFETY: with SA_SIGINFO the kernel passes the interrupted thread's context, valid until the handler returns.
    let Some(registers) = (unsafe { context.cast::<libc::ucontext_t>().as_ref() }).and_then(running) else { return };
    let cpu = now_ns(libc::CLOCK_THREAD_CPUTIME_ID);
    let weight = cpu.saturating_sub(target.counted_cpu.swap(cpu, Ordering::Relaxed));
    let time = now_ns(libc::CLOCK_MONOTONIC);
    let sp = registers.sp as usize;
    // On another stack, such as one for signals, nothing is read, because its bounds are not known.
    let above = if target.stack.contains(&sp) { target.stack.end.saturating_sub(sp) } else { 0 };
    // SAFETY: from the stack pointer to the end of its stack all is mapped, and it holds still while its thread is in
    // this handler, whose own frames lie below. The bytes are copied without meaning. Handlers of one thread with all
    // signals blocked never overlap, and only the owner comes this far.
    unsafe {
        let shared_bytes = if above > 0 { target.image.shared_bytes(sp) } else { None };
        let stack_bytes = above.min(target.image.bytes()).saturating_sub(shared_bytes.unwrap_or(0));
        let entry = Entry { time, weight, registers, stack_bytes, shared_bytes };
        let logged = target.log.push(entry, ptr::with_exposed_provenance(sp));
        // What is not in the log must not be in the image either, or later stacks could not be put together.
        if let (true, Some(shared)) = (logged, shared_bytes) {
            target.image.remember(sp, shared);
        }
    }
}
