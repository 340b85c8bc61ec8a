//! Workloads over `moduforge-transform`: steps, batches and chains of steps, and their inverses.

mod batch;
mod chain;
mod memory_complex;
mod step;
mod steps;
mod undo_redo;
mod validate;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<step::OneStep>(),
        Registration::of::<batch::Batch>(),
        Registration::of::<chain::Chain>(),
        Registration::of::<undo_redo::UndoRedo>(),
        Registration::of::<validate::Validate>(),
        Registration::of::<memory_complex::MemoryComplex>(),
    ]
}
