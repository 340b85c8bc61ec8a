//! HDR histogram: batch recording, merge, quantiles, rank tests, encoding.
//!
//! An HDR histogram counts values in buckets whose width grows with the value, so that each value keeps a
//! fixed number of significant decimal digits over the whole range. The layout is that of
//! <https://hdrhistogram.github.io/HdrHistogram/>, bucket for bucket, so histograms can be exchanged.
//!
//! Read in this order: [`Histogram`] holds the counts, [`Layout`] says which value falls into which bucket,
//! `batch` records many floating-point values at once, `encoding` is the V2 wire format; [`shared`] does the same and more for
//! counts that JavaScript owns.

#![deny(unsafe_code)]

mod batch;
#[cfg(feature = "shared")]
mod compressed;
mod count;
mod encoding;
mod header;
mod histogram;
mod layout;
mod leb128;
mod quantile;
#[cfg(feature = "shared")]
pub mod shared;
mod simd;
#[cfg(feature = "shared")]
mod zlib;

pub use batch::RecordError;
pub use encoding::{DecodeError, Decoded};
pub use histogram::Histogram;
pub use layout::{CreationError, Layout, VALUE_MAX};
