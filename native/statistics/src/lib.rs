//! Samples, intervals, outliers and growth.
//!
//! All functions are pure: the same input gives the same output, and nothing is read or printed. The *launch*, a
//! fresh process that measured one case, is the unit of replication: samples of one launch share its memory layout
//! and its luck, so intervals are made from one estimate for each launch and never from pooled samples.
//!
//! Read in this order: [`Sample`] guards values, [`tukey`] counts outliers, [`launch_interval`] says how sure an
//! estimate is, [`growth_exponent`] how time grows with size, [`slope`] how memory grows with operations, [`drift`]
//! the same for one series whose readings depend on each other, [`noise`] how much launches differ.
//! Two sets of launches are compared by [`ratio_shift`] and [`mann_whitney`]; [`change_points`] reads histories.

#![forbid(unsafe_code)]

pub mod change_points;
mod drift;
mod growth;
mod interval;
mod launch_interval;
mod least_squares;
mod mann_whitney;
mod multiplicity;
mod noise;
mod ratio_shift;
mod sample;
mod slope;
mod student_t;
mod tukey;

pub use drift::drift;
pub use growth::{GrowthError, growth_exponent};
pub use interval::Interval;
pub use launch_interval::{IntervalError, launch_interval};
pub use mann_whitney::{MannWhitney, mann_whitney};
pub use multiplicity::{benjamini_hochberg, holm};
pub use noise::{Noise, noise};
pub use ratio_shift::{RatioError, RatioShift, ratio_shift};
pub use sample::{Sample, SampleError};
pub use slope::{Slope, SlopeError, slope};
pub use tukey::{TukeyFences, tukey};
