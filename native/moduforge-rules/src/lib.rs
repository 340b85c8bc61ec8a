//! Workloads over the rules crates of `ModuForge`-RS 0.5: expressions, templates and decisions.

#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "expression")]
mod expression;
#[cfg(feature = "template")]
mod template;

use forgebench_measure::Registration;

/// All workloads of the crates that this build has the features of.
#[must_use]
pub fn workloads() -> Vec<Registration> {
    let mut all = Vec::new();
    #[cfg(feature = "engine")]
    all.extend(engine::workloads());
    #[cfg(feature = "expression")]
    all.extend(expression::workloads());
    #[cfg(feature = "template")]
    all.extend(template::workloads());
    all
}
