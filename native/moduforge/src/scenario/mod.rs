//! Workloads across the crates: what a user of all of them does in a working day.
//!
//! Everything that a workload opens, it closes: processes, ports, folders. A workload that is killed leaves no process
//! behind, and its folders to the system, which clears temporary files itself.

mod collaborate;
mod crash_recover;
mod desk;
mod edit_session;
mod followers;
mod mix;
mod open_edit_save;
mod script;
mod soak;
mod team;
mod trace;
mod world;

use forgebench_histogram::Histogram;
use forgebench_measure::{FigureValue, Registration};

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<edit_session::EditSession>(),
        Registration::of::<collaborate::Collaborate>(),
        Registration::of::<open_edit_save::OpenEditSave>(),
        Registration::of::<crash_recover::CrashRecover>(),
        Registration::of::<soak::Soak>(),
    ]
}

/// The value below which this share of what was recorded lies, as a figure in nanoseconds.
fn quantile(name: &'static str, recorded: &Histogram, share: f64) -> FigureValue {
    FigureValue { name, value: recorded.value_at_quantile(share) as f64 }
}

/// So many of so many, in percent.
fn percent(count: usize, of: usize) -> f64 {
    100.0 * count as f64 / of.max(1) as f64
}
