//! Panics become failures.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, Once, PoisonError};

use crate::Failure;

/// The message of the latest panic and its place. Another thread may have panicked since, so the message is compared.
static LAST_PANIC: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Runs `work`; a panic comes back as [`Failure::Panic`] with its message, file and line.
///
/// ```
/// use forgebench_measure::{Failure, guarded};
///
/// let failure = guarded(|| -> Result<(), Failure> { panic!("no such node") }).unwrap_err();
/// assert!(failure.to_string().starts_with("The workload panicked: no such node at "));
/// ```
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // A case that panicked is never used again, so broken invariants cannot be seen.
    catch_panic(work).unwrap_or_else(|panic| Err(Failure::Panic(panic)))
}

/// Runs `work`; a panic comes back as its message, file and line. What `work` was changing may be half changed then.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    remember_panics();
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let message = message_of(&*payload);
        match LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some((last, place)) if last == message => last + &place,
            _ => message.to_owned(),
        }
    })
}

/// A value that is refused once a panic has left it half changed, as a poisoned lock is.
///
/// ```
/// use forgebench_measure::{Whole, catch_panic};
///
/// let mut list = Whole::new(vec![1]);
/// assert_eq!(list.change(|list| list.push(2)), Some(()));
/// let panic = catch_panic(|| list.change(|list| list[5] = 0)).unwrap_err();
/// assert!(panic.starts_with("index out of bounds: the len is 2 but the index is 5 at "));
/// assert_eq!(list.read(), None);
/// assert_eq!(list.change(|list| list.push(3)), None);
/// ```
#[derive(Debug)]
pub struct Whole<T> {
    value: T,
    /// Set while the value is changed; where it is still set afterwards, nobody has finished.
    is_changing: bool,
}

impl<T> Whole<T> {
    /// A value that nobody has changed yet.
    pub fn new(value: T) -> Self {
        Self { value, is_changing: false }
    }

    /// The value; none after a panic in `change`.
    pub fn read(&self) -> Option<&T> {
        (!self.is_changing).then_some(&self.value)
    }

    /// Changes the value; none, and nothing is done, after a panic in `change`.
    pub fn change<R>(&mut self, work: impl FnOnce(&mut T) -> R) -> Option<R> {
        if self.is_changing {
            return None;
        }
        self.is_changing = true;
        let done = work(&mut self.value);
        self.is_changing = false;
        Some(done)
    }
}

fn remember_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let message = message_of(info.payload());
            let place = info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
            // Nobody catches "panic in a function that cannot unwind" and "panic in a destructor during cleanup": the process ends.
            if message.starts_with("panic in a ") {
                usual(info);
            }
            *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some((message.to_owned(), place));
        }));
    });
}

fn message_of(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
    text.unwrap_or("(a value that is no text)")
}
