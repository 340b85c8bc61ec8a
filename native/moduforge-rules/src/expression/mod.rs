//! Workloads over `moduforge-rules-expression`: from text to tokens, tree, bytecode and answer.
//!
//! A `Variable` cannot leave its thread; each workload makes its own on the thread that uses it.

mod cache;
mod compile;
mod context;
mod custom_function;
mod isolate;
mod lex;
mod memory;
mod parse;
mod source;
mod tree;
mod variable;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<lex::Lex>(),
        Registration::of::<parse::Parse>(),
        Registration::of::<compile::Compile>(),
        Registration::of::<isolate::RunIsolate>(),
        Registration::of::<custom_function::CustomFunction>(),
        Registration::of::<variable::Resolve>(),
        Registration::of::<context::Context>(),
        Registration::of::<cache::Cache>(),
        Registration::of::<memory::Memory>(),
    ]
}
