//! The N-API functions that every workload addon exports, and [`workload_addon!`], which makes an addon of a list
//! of workloads.
//!
//! ```ignore
//! // src/lib.rs of a cdylib whose only dependencies are forgebench-border and the crate under test
//! forgebench_border::workload_addon!(workloads());
//! ```
//!
//! No logic lives here: wire types convert, expected failures are data (`failure`), and long work runs as an
//! `AsyncTask` off the JavaScript thread. `profile` alone runs on it, so that one stack holds both languages.

#![allow(clippy::needless_pass_by_value, reason = "N-API hands its arguments over by value")]
// Clippy's `--all-targets` compiles a test of this crate, in which N-API registers nothing.
#![cfg_attr(test, allow(dead_code, reason = "what only JavaScript calls looks unused there"))]

mod exported;
mod failure;
mod figures;
mod listing;
mod memory;
mod profile;
mod resources;
mod tasks;
mod time;

pub use exported::caught;
#[doc(hidden)]
pub use exported::exported;
pub use forgebench_measure as measure;
#[doc(hidden)]
pub use napi;
pub use resources::{BindingIo, BindingResources};
pub use time::BindingTurns;

// The attribute `napi` names this crate from wherever it stands.
extern crate self as forgebench_border;

use forgebench_measure::{Case, Failure, Registration, find};

unsafe extern "Rust" {
    /// Defined by [`workload_addon!`] in the addon that this crate is linked into.
    fn forgebench_workloads() -> Vec<Registration>;
}

/// Makes the crate a workload addon: lists the workloads that the expression gives, a `Vec<Registration>`, and
/// installs the counting allocator.
#[macro_export]
macro_rules! workload_addon {
    ($workloads:expr) => {
        #[global_allocator]
        static ALLOCATOR: $crate::measure::CountingAllocator = $crate::measure::CountingAllocator;

        #[unsafe(no_mangle)]
        extern "Rust" fn forgebench_workloads() -> Vec<$crate::measure::Registration> {
            $workloads
        }

        // Names the border's exports, so that the linker keeps the code that registers them with Node.js.
        #[doc(hidden)]
        #[used]
        static KEEP_BORDER: fn() = $crate::keep;
    };
}

/// Referenced by [`workload_addon!`] so that this crate is linked whole.
#[doc(hidden)]
pub fn keep() {}

fn registrations() -> Vec<Registration> {
    // SAFETY: `workload_addon!` defines this symbol with exactly this signature, or the addon does not link.
    unsafe { forgebench_workloads() }
}

fn make_case(id: &str, parameters: &str) -> Result<Box<dyn Case>, Failure> {
    let registrations = registrations();
    let registration = find(&registrations, id)?;
    let parameters = serde_json::from_str(parameters)
        .map_err(|e| Failure::Parameters { id: registration.id, reason: e.to_string() })?;
    registration.case(parameters)
}
