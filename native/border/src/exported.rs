//! Panics in functions that JavaScript calls.

use std::any::type_name;
use std::panic::resume_unwind;

use forgebench_measure::catch_panic;

/// Runs the body of a function that JavaScript calls. Its panic goes on with a message for whoever called it; `catch_unwind` of
/// napi-derive makes an error of that.
///
/// The attribute `napi` of `forgebench-border-attribute` writes the call.
#[doc(hidden)]
#[inline]
pub fn exported<T, F: FnOnce() -> T>(body: F) -> T {
    catch_panic(body).unwrap_or_else(|panic| resume_unwind(Box::new(defect::<F>(&panic))))
}

/// Runs work that a function of the border hands to another thread; the error tells of a panic.
pub fn caught<T, F: FnOnce() -> T>(work: F) -> Result<T, String> {
    catch_panic(work).map_err(|panic| defect::<F>(&panic))
}

/// What a user can do about a panic: `F` is a closure, whose type names the function that it stands in.
#[cold]
fn defect<F>(panic: &str) -> String {
    let name = type_name::<F>().replace("::{{closure}}", "");
    let name = name.split_once("::").map_or(&*name, |(_crate, path)| path);
    format!("Cannot finish {name}: forgebench has a defect ({panic}); report it with what this was called with")
}
