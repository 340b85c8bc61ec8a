//! Starting and stopping.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use crate::clock::{now_ns, thread_id};
use crate::error::SamplerError;
use crate::handler::{self, Target, on_signal};
use crate::image::StackImage;
use crate::log::Log;
use crate::recording::Recording;
use crate::signal;
use crate::thread_stack::own_stack;
use crate::timer::Timer;

/// Below this the handler, some microseconds each time, would be much of what it sees.
const MINIMUM_INTERVAL: Duration = Duration::from_micros(100);

/// How often to sample, and how much to keep.
#[derive(Debug, Clone, Copy)]
pub struct SamplerOptions {
    /// Time between two samples of a busy thread, at least 100 µs. 1 ms by default.
    pub interval: Duration,
    /// The most to copy of each stack, bytes; the outer callers of deeper ones are lost. 64 KiB by default.
    pub max_stack_bytes: usize,
    /// The most to keep of all samples, bytes; further ones are counted as lost. 256 MiB by default, taken from the
    /// system only as it is filled.
    pub max_bytes: usize,
}

impl Default for SamplerOptions {
    fn default() -> Self {
        Self { interval: Duration::from_millis(1), max_stack_bytes: 64 << 10, max_bytes: 256 << 20 }
    }
}

/// A sampler at work on the thread that started it; dropping it ends the work and forgets the samples.
///
/// It cannot leave its thread, because only there is it certain that no handler is at work when it ends:
///
/// ```compile_fail
/// fn leaves<T: Send>() {}
/// leaves::<forgebench_sampler::Sampler>();
/// ```
#[derive(Debug)]
pub struct Sampler {
    timer: ManuallyDrop<Timer>,
    target: NonNull<Target>,
    thread: i32,
}

impl Sampler {
    /// Samples the calling thread from now on.
    ///
    /// # Errors
    ///
    /// [`SamplerError`] if a sampler runs in this process already, the interval is too short, or the system has no
    /// signal, timer or memory to give.
    ///
    /// ```
    /// use forgebench_sampler::{Sampler, SamplerOptions};
    ///
    /// let sampler = Sampler::start(&SamplerOptions::default())?;
    /// assert!(Sampler::start(&SamplerOptions::default()).is_err());
    /// let recording = sampler.stop();
    /// assert_eq!(recording.lost(), 0);
    /// # Ok::<(), forgebench_sampler::SamplerError>(())
    /// ```
    pub fn start(options: &SamplerOptions) -> Result<Self, SamplerError> {
        if options.interval < MINIMUM_INTERVAL {
            let nanoseconds = |time: Duration| time.as_nanos() as u64;
            return Err(SamplerError::Interval {
                interval_ns: nanoseconds(options.interval),
                minimum_ns: nanoseconds(MINIMUM_INTERVAL),
            });
        }
        let stack = own_stack()?;
        let target = Target {
            log: Log::reserve(options.max_bytes)?,
            image: StackImage::new(stack.end, options.max_stack_bytes),
            stack,
            counted_cpu: AtomicU64::new(now_ns(libc::CLOCK_THREAD_CPUTIME_ID)),
        };
        let thread = thread_id();
        if !handler::claim(thread) {
            return Err(SamplerError::Running);
        }
        let target = NonNull::from(Box::leak(Box::new(target)));
        handler::aim(target.as_ptr());
        let timer = signal::install(on_signal).and_then(|signal| Timer::start(signal, thread, options.interval));
        match timer {
            Ok(timer) => Ok(Self { timer: ManuallyDrop::new(timer), target, thread }),
            Err(error) => {
                handler::release();
                // SAFETY: leaked above and no longer shown to the handler.
                drop(unsafe { Box::from_raw(target.as_ptr()) });
                Err(error)
            }
        }
    }

    /// Ends the work and returns what was seen.
    #[must_use]
    pub fn stop(self) -> Recording {
        let thread = self.thread;
        let mut sampler = ManuallyDrop::new(self);
        // SAFETY: `ManuallyDrop` keeps `drop`, the only other caller, from running.
        let Target { log, image, .. } = unsafe { sampler.end() };
        Recording { log, image_bytes: image.bytes(), thread }
    }

    /// # Safety
    ///
    /// Called at most once.
    unsafe fn end(&mut self) -> Target {
        // SAFETY: not dropped before, because this function runs once.
        unsafe { ManuallyDrop::drop(&mut self.timer) };
        handler::release();
        // SAFETY: leaked by `start`. A sampler stays on its thread, so no handler of that thread is at work now, and
        // later ones find no target.
        *unsafe { Box::from_raw(self.target.as_ptr()) }
    }
}

impl Drop for Sampler {
    fn drop(&mut self) {
        // SAFETY: `stop` keeps `drop` from running, so this is the first call.
        drop(unsafe { self.end() });
    }
}
