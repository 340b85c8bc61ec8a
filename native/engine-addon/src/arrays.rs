//! Arrays for JavaScript, copied into memory of V8's own.
//!
//! An array over memory of ours costs less where it is long, but a finalizer frees it, and finalizers wait for the event loop: a program
//! that reads a log or walks a document in one go would keep every array that it ever got. Its making takes twice as long as that of
//! a short copy, too.

use napi::bindgen_prelude::{Float64ArraySlice, Uint8ArraySlice, Uint32ArraySlice};
use napi::{Env, Result};

/// Bytes.
pub fn bytes<'env>(env: &'env Env, content: &[u8]) -> Result<Uint8ArraySlice<'env>> {
    Uint8ArraySlice::copy_from(env, content)
}

/// Whole numbers.
pub fn words<'env>(env: &'env Env, content: &[u32]) -> Result<Uint32ArraySlice<'env>> {
    Uint32ArraySlice::copy_from(env, content)
}

/// Floats.
pub fn floats<'env>(env: &'env Env, content: &[f64]) -> Result<Float64ArraySlice<'env>> {
    Float64ArraySlice::copy_from(env, content)
}
