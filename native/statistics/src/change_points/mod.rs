//! When the level of a series changed.
//!
//! [`change_points`] is what the tool uses.

mod spikes;
mod step_test;
mod steps;

pub use spikes::without_spikes;
pub use steps::{ChangePoint, Reading, change_points};
