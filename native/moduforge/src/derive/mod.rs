//! Workloads over `moduforge-macros-derive`: what its derives generate against the same by hand.

mod article;
mod compile_time;
mod document;
mod emphasis;
mod items;
mod mark;
mod memory;
mod node;
mod types;

use forgebench_measure::{FigureValue, Registration};
use mf_model::Attrs;
use serde::Deserialize;
use serde_json::Value;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<node::DeriveNode>(),
        Registration::of::<mark::DeriveMark>(),
        Registration::of::<document::Document>(),
        Registration::of::<compile_time::CompileTime>(),
        Registration::of::<memory::DeriveMemory>(),
    ]
}

/// Who wrote the code that a case runs.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// The derive.
    Derive,
    /// We, as one would who does not know the derive.
    Hand,
}

/// Attributes of these names and values.
fn attrs<const N: usize>(pairs: [(&str, Value); N]) -> Attrs {
    let mut attrs = Attrs::default();
    for (name, value) in pairs {
        attrs.insert_mut(name.to_string(), value);
    }
    attrs
}

/// The share of attributes that did not come out, in per cent.
fn attributes_lost(kept: usize, declared: usize) -> FigureValue {
    FigureValue { name: "attributes-lost", value: 100.0 * (declared - kept) as f64 / declared as f64 }
}
