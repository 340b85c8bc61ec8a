//! HDR histogram: batch recording, merge, quantiles, V2 encoding.
//!
//! An HDR histogram counts values in buckets whose width grows with the value, so that each value keeps a
//! fixed number of significant decimal digits over the whole range. The layout is that of
//! <https://hdrhistogram.github.io/HdrHistogram/>, bucket for bucket, so histograms can be exchanged.
//!
//! Read in this order: [`Histogram`] holds the counts, `layout` says which value falls into which bucket,
//! `batch` records many floating-point values at once, `encoding` is the V2 wire format.

#![forbid(unsafe_code)]

mod batch;
mod encoding;
mod histogram;
mod layout;
mod leb128;
mod quantile;

pub use batch::RecordError;
pub use encoding::DecodeError;
pub use histogram::Histogram;
pub use layout::{CreationError, VALUE_MAX};
