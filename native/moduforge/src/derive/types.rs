//! Which of the types that the derive itself names as supported it refuses.

use forgebench_measure::Failure;

use super::compile_time::Kind;
use crate::compiler::lines_refused;

/// `SUPPORTED_BASIC_TYPES` of the derive without `str` and `&str`, which no struct could own.
const SUPPORTED: [&str; 16] = [
    "String", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64",
    "bool",
];

/// The share of supported types that a field of a derived type cannot have, in per cent.
pub fn refused(kind: Kind) -> Result<f64, Failure> {
    let (derive, of_type) = match kind {
        Kind::Node => ("Node", "node_type"),
        Kind::Mark => ("Mark", "mark_type"),
    };
    let line = |(number, field): (usize, &&str)| {
        format!("#[derive(mf_derive::{derive})] #[{of_type} = \"t\"] pub struct T{number} {{ #[attr] pub f: {field} }}")
    };
    let lines: Vec<String> = SUPPORTED.iter().enumerate().map(line).collect();
    Ok(100.0 * lines_refused(lines)? as f64 / SUPPORTED.len() as f64)
}
