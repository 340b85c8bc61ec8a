//! Expected failures as data.

use forgebench_border_attribute::napi;
use forgebench_measure::Failure;

/// Why a workload has no result.
#[napi(object)]
pub struct BindingFailure {
    /// `wrong-answer`, `panic`, `error`, `setup`, `parameters` or `unknown-workload`.
    pub kind: String,
    /// What happened, as a person reads it.
    pub message: String,
}

impl From<Failure> for BindingFailure {
    fn from(failure: Failure) -> Self {
        Self { kind: failure.kind().to_owned(), message: failure.to_string() }
    }
}
