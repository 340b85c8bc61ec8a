//! What code that `ModuForge`'s macros generate has in scope, and where its compiled form lies.
//!
//! The macros name crates by paths such as `mf_core::node::Node`, so that whoever uses them needs all of these. The
//! compile-time benchmarks give the compiler this one crate, and it finds those behind it by the hashes that are
//! written in it, whatever else lies in the same folder.

pub use {async_trait, mf_core, mf_derive, mf_macro, mf_model, mf_state, mf_transform, serde_json};

/// The path of the compiler that this crate was compiled with.
pub const COMPILER: &str = env!("FORGEBENCH_RUSTC");

/// The machine that it was compiled for, such as `x86_64-unknown-linux-gnu`.
pub const TRIPLE: &str = env!("FORGEBENCH_TRIPLE");

/// The folder in which it and the crates behind it lie.
pub const CRATES: &str = env!("FORGEBENCH_CRATES");

/// The folder of the procedural macros, which run inside the compiler.
pub const HOST_CRATES: &str = env!("FORGEBENCH_HOST_CRATES");
