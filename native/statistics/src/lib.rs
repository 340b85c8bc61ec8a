//! Samples, intervals, outliers and growth.
//!
//! All functions are pure: the same input gives the same output, and nothing is read or printed. The *launch*, a
//! fresh process that measured one case, is the unit of replication: samples of one launch share its memory layout
//! and its luck, so intervals are made from one estimate for each launch and never from pooled samples.
//!
//! Read in this order: [`Sample`] guards values, [`tukey`] counts outliers, [`launch_interval`] says how sure an
//! estimate is, [`growth_exponent`] how time grows with size, [`slope`] how memory grows with operations, [`drift`]
//! the same for one series whose readings depend on each other, [`noise`] how much launches differ.
//! Two sets of launches are compared by [`ratio_shift`] and [`mann_whitney`], duets of launches by [`paired_shift`] and
//! [`signed_rank`]; [`change_points`] reads histories.
//!
//! What others judge by is there too, for samples that are independent: [`modified_z_scores`] and [`gesd`] for outliers,
//! [`density`] and its modes, [`quantile_interval`], [`bootstrap_mean`], [`bootstrap_quantile`] and [`bootstrap_ratio`] for
//! intervals, [`welch`], [`paired_t`] and [`permutation_test`] for differences, [`effect_size`] for their size. What
//! resamples takes a seed, and gives the same for any number of threads.

#![forbid(unsafe_code)]

pub mod change_points;
mod density;
mod drift;
mod effect_size;
mod gesd;
mod growth;
mod interval;
mod kernel_cells;
mod launch_interval;
mod least_squares;
mod mann_whitney;
mod mean_bootstrap;
mod modified_z;
mod multiplicity;
mod noise;
mod paired_shift;
mod permutation;
mod quantile_bootstrap;
mod quantile_interval;
mod rank_counts;
mod ratio_bootstrap;
mod ratio_shift;
mod resampling;
mod sample;
mod selection;
mod signed_rank;
mod slope;
mod sort_keys;
mod spread;
mod student_t;
mod t_test;
mod ties;
mod tukey;

pub use density::{Density, DensityError, Mode, density};
pub use drift::drift;
pub use effect_size::{EffectSize, effect_size};
pub use gesd::{Gesd, GesdError, GesdStep, gesd};
pub use growth::{GrowthError, growth_exponent};
pub use interval::Interval;
pub use launch_interval::{IntervalError, launch_interval};
pub use mann_whitney::{MannWhitney, mann_whitney, mann_whitney_asymptotic};
pub use mean_bootstrap::{BootstrapMethod, bootstrap_mean};
pub use modified_z::modified_z_scores;
pub use multiplicity::{PValueError, benjamini_hochberg, holm};
pub use noise::{Noise, noise};
pub use paired_shift::paired_shift;
pub use permutation::{PermutationError, PermutationTest, paired_permutation_test, permutation_test};
pub use quantile_bootstrap::bootstrap_quantile;
pub use quantile_interval::{QuantileError, QuantileInterval, quantile_interval};
pub use ratio_bootstrap::bootstrap_ratio;
pub use ratio_shift::{RatioError, RatioShift, ratio_shift};
pub use resampling::{BootstrapError, Resampling};
pub use sample::{Sample, SampleError};
pub use signed_rank::signed_rank;
pub use slope::{Slope, SlopeError, slope};
pub use t_test::{TTest, TTestError, paired_t, welch};
pub use tukey::{TukeyFences, tukey};
