//! When the level of a series changed.
//!
//! [`change_points`] is what the tool uses. The others are known from elsewhere, to compare with and for series of other
//! kinds: [`e_divisive`], [`hunter`], [`pelt`] and [`potts`].

mod detector_error;
mod e_divisive;
mod energy;
mod hunter;
mod pelt;
mod potts;
mod potts_criterion;
mod ranked;
mod shuffle;
mod spikes;
mod step_test;
mod steps;

pub use detector_error::DetectorError;
pub use e_divisive::{EDivisive, SecondPart, e_divisive};
pub use hunter::{Hunter, hunter};
pub use pelt::pelt;
pub use potts::potts;
pub use potts_criterion::potts_by_criterion;
pub use spikes::without_spikes;
pub use steps::{ChangePoint, Reading, change_points};
