//! The engine's N-API border: statistics, profiles and processes for the front end, and workloads of known length.
//!
//! No logic lives here: wire types convert, and that is all.

#![allow(clippy::needless_pass_by_value, reason = "N-API hands its arguments over by value")]
// Clippy's `--all-targets` compiles a test of this crate, in which N-API registers nothing.
#![cfg_attr(test, allow(dead_code, reason = "what only JavaScript calls looks unused there"))]

mod allocations;
mod arrays;
mod change_points;
mod comparison;
mod counting;
mod density;
mod differences;
mod floats;
mod heap;
mod histograms;
mod intervals;
mod process;
mod profiles;
mod resources;
mod sample;
mod sampler;
mod shared_tree;
mod statistics;
mod text;
mod tree;
mod turns;
mod work;
mod yjs;

forgebench_border::workload_addon!(forgebench_self_workloads::workloads());
