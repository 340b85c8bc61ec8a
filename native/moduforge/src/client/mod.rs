//! Workloads over `moduforge-collaboration-client`: the mapping between trees and shared documents, and the provider
//! against a real server in this process.

mod connect;
mod documents;
mod memory;
mod sync;
mod transaction_map;
mod tree_map;
mod visitors;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<connect::Connect>(),
        Registration::of::<sync::Sync>(),
        Registration::of::<tree_map::TreeMap>(),
        Registration::of::<transaction_map::TransactionMap>(),
        Registration::of::<memory::Memory>(),
    ]
}
