//! Workloads over `moduforge-rules-template`: texts with expressions in double braces.

mod interpolate;
mod memory;
mod parse;
mod render;
mod source;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<render::Render>(),
        Registration::of::<interpolate::Interpolate>(),
        Registration::of::<parse::Parse>(),
        Registration::of::<memory::Memory>(),
    ]
}
