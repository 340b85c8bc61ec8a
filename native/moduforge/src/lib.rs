//! Workloads over the crates of `ModuForge`-RS 0.7: what the benchmarks of `benches/*.bench.ts` do.
//!
//! Each crate has a module and a cargo feature of its own; `builders` makes the documents that they share, `checks`
//! compares documents with what they must hold, and `compiler` compiles what macros generate. A workload's id and
//! parameters stand in its file and in the definition; both lists are compared when they are loaded.

mod builders;
mod checks;
#[cfg(feature = "generated-code")]
mod compiler;
#[cfg(any(feature = "model", feature = "search", feature = "scenario"))]
mod resident;

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "collaboration")]
mod collaboration;
#[cfg(feature = "derive")]
mod derive;
#[cfg(feature = "file")]
mod file;
#[cfg(feature = "core")]
mod forge_core;
#[cfg(feature = "macros")]
mod macros;
#[cfg(feature = "model")]
mod model;
#[cfg(feature = "persistence")]
mod persistence;
#[cfg(feature = "scenario")]
mod scenario;
#[cfg(feature = "search")]
mod search;
#[cfg(feature = "state")]
mod state;
#[cfg(feature = "transform")]
mod transform;

use forgebench_measure::Registration;

/// All workloads of the crates that this build has the features of.
#[must_use]
pub fn workloads() -> Vec<Registration> {
    let mut all = Vec::new();
    #[cfg(feature = "model")]
    all.extend(model::workloads());
    #[cfg(feature = "transform")]
    all.extend(transform::workloads());
    #[cfg(feature = "state")]
    all.extend(state::workloads());
    #[cfg(feature = "core")]
    all.extend(forge_core::workloads());
    #[cfg(feature = "file")]
    all.extend(file::workloads());
    #[cfg(feature = "search")]
    all.extend(search::workloads());
    #[cfg(feature = "persistence")]
    all.extend(persistence::workloads());
    #[cfg(feature = "collaboration")]
    all.extend(collaboration::workloads());
    #[cfg(feature = "client")]
    all.extend(client::workloads());
    #[cfg(feature = "scenario")]
    all.extend(scenario::workloads());
    #[cfg(feature = "macros")]
    all.extend(macros::workloads());
    #[cfg(feature = "derive")]
    all.extend(derive::workloads());
    all
}
