//! Workloads over `moduforge-macros-derive`: what its derives generate against the same by hand.

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![]
}
