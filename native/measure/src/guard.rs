//! Panics of a workload become failures.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, Once, PoisonError};

use crate::Failure;

static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs `work`; a panic comes back as [`Failure::Panic`] with its message, file and line.
///
/// ```
/// use forgebench_measure::{Failure, guarded};
///
/// let failure = guarded(|| -> Result<(), Failure> { panic!("no such node") }).unwrap_err();
/// assert!(failure.to_string().starts_with("The workload panicked: no such node at "));
/// ```
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    remember_panics();
    // A case that panicked is never used again, so broken invariants cannot be seen.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = last_panic().unwrap_or_else(|| "without a message".to_owned());
        Err(Failure::Panic(message))
    })
}

fn remember_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(|info| {
            let payload = info.payload();
            let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
            let message = text.unwrap_or("(a value that is no text)");
            let place = info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
            *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{message}{place}"));
        }));
    });
}

fn last_panic() -> Option<String> {
    LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take()
}
