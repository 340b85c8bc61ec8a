//! A timer that signals one thread.

use std::mem::MaybeUninit;
use std::ptr;
use std::time::Duration;

use crate::error::SamplerError;

/// A timer of the kernel, deleted when dropped. A pointer makes it stay on its thread.
#[derive(Debug)]
pub(crate) struct Timer(libc::timer_t);

impl Timer {
    /// Signals `thread` of this process every `interval` of `CLOCK_MONOTONIC` from now on.
    pub fn start(signal: libc::c_int, thread: i32, interval: Duration) -> Result<Self, SamplerError> {
        // SAFETY: all bytes zero is a valid sigevent, a structure of numbers and pointers that nothing follows.
        let mut event: libc::sigevent = unsafe { MaybeUninit::zeroed().assume_init() };
        event.sigev_notify = libc::SIGEV_THREAD_ID;
        event.sigev_signo = signal;
        event.sigev_notify_thread_id = thread;
        let mut timer = ptr::null_mut();
        // SAFETY: both pointers are valid; the timer is read only after success.
        if unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, &raw mut event, &raw mut timer) } != 0 {
            return Err(SamplerError::last("a timer"));
        }
        let timer = Self(timer);
        let time =
            libc::timespec { tv_sec: interval.as_secs() as libc::time_t, tv_nsec: interval.subsec_nanos().into() };
        let setting = libc::itimerspec { it_interval: time, it_value: time };
        // SAFETY: the timer exists and the setting is valid; nothing is asked back.
        if unsafe { libc::timer_settime(timer.0, 0, &raw const setting, ptr::null_mut()) } != 0 {
            return Err(SamplerError::last("to arm a timer"));
        }
        Ok(timer)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // SAFETY: the timer was created by this value and is deleted once.
        unsafe { libc::timer_delete(self.0) };
    }
}
