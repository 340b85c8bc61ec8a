//! Workloads.

use forgebench_measure::Registration;

pub fn workloads() -> Vec<Registration> {
    vec![]
}
