//! A signal that nobody else uses.

use std::mem::MaybeUninit;
use std::ptr;

use crate::error::SamplerError;

/// What the kernel calls.
pub(crate) type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);

/// The first real-time signal to try; lower ones are popular with debuggers and runtimes.
const FIRST_REAL_TIME: libc::c_int = 5;

/// Installs the handler on the first free signal and lets the calling thread receive it.
///
/// `SIGSTKFLT` comes first, because no kernel sends it and its number is below that of `SIGPROF`: of two pending
/// signals the kernel takes the lower one, whose handler here blocks the other. A real-time signal would be taken second,
/// on top of V8's handler, and see that one's first instruction instead of the program that both interrupted.
///
/// The handler stays installed for good: a signal of a deleted timer may still be under way, and the default action of
/// all these signals ends the process.
pub(crate) fn install(handler: Handler) -> Result<libc::c_int, SamplerError> {
    let signal = std::iter::once(libc::SIGSTKFLT)
        .chain(libc::SIGRTMIN() + FIRST_REAL_TIME..=libc::SIGRTMAX())
        .find(|&signal| disposition(signal).is_some_and(|now| now == libc::SIG_DFL || now == handler as usize))
        .ok_or(SamplerError::NoSignal)?;
    // SAFETY: all bytes zero is a valid sigaction: default action, empty mask, no flags.
    let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
    action.sa_sigaction = handler as usize;
    // Interrupted system calls go on by themselves, and a thread with a stack for signals uses it.
    action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART | libc::SA_ONSTACK;
    // SAFETY: both structures are valid; the handler has the signature that SA_SIGINFO asks for and is
    // async-signal-safe. All signals wait meanwhile, V8's SIGPROF among them: its handler would find ours on the stack.
    let installed = unsafe {
        libc::sigfillset(&raw mut action.sa_mask);
        libc::sigaction(signal, &raw const action, ptr::null_mut())
    };
    if installed != 0 {
        return Err(SamplerError::last("a signal handler"));
    }
    unblock(signal);
    Ok(signal)
}

/// How a signal is handled now.
fn disposition(signal: libc::c_int) -> Option<libc::sighandler_t> {
    let mut now = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: without a new action the call only writes the present one, whole, when it succeeds.
    unsafe { (libc::sigaction(signal, ptr::null(), now.as_mut_ptr()) == 0).then(|| now.assume_init().sa_sigaction) }
}

fn unblock(signal: libc::c_int) {
    let mut set = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: `sigemptyset` initialises the set before the others use it; only this thread's mask changes.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), signal);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, set.as_ptr(), ptr::null_mut());
    }
}
