//! What leaves the process: changes for other replicas, snapshots for disks.
//!
//! What is decoded may come from anybody: it is checked before it is believed.

mod changes;
mod columns;
mod snapshot;
mod units;

pub use changes::{decode_changes, encode_changes, encode_changes_until};
pub use snapshot::{Snapshot, encode_snapshot};
