//! Workloads over `moduforge-persistence`: events, snapshots and recovery in a database of `SQLite`.
//!
//! The crate's API is asynchronous and each connection to the database has a thread of its own: each workload owns a
//! runtime and blocks on it. Databases lie in folders below the system's folder for temporary files.

mod append;
pub(crate) mod bytes;
pub(crate) mod checked;
mod corruption;
mod crash_recover;
pub(crate) mod database;
pub(crate) mod events;
pub(crate) mod folder;
mod load;
mod notify;
pub(crate) mod recover;
mod serialize;
mod snapshot;
pub(crate) mod writer;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<recover::Recover>(),
        Registration::of::<serialize::Serialize>(),
        Registration::of::<append::Append>(),
        Registration::of::<append::AppendBatch>(),
        Registration::of::<load::Load>(),
        Registration::of::<snapshot::Write>(),
        Registration::of::<snapshot::Read>(),
        Registration::of::<notify::Notify>(),
        Registration::of::<crash_recover::CrashRecover>(),
        Registration::of::<corruption::Corruption>(),
        Registration::of::<recover::MemoryRecover>(),
    ]
}
