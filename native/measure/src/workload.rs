//! What an author of a benchmark writes.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// How a piece of work under test is set up, done once, and checked.
///
/// One *iteration* is: [`input`](Self::input) (not timed), [`run`](Self::run) (timed), drop of the output
/// (not timed). Inputs are made and outputs dropped in batches outside the timed part, so setup and
/// teardown of an iteration never enter a figure.
///
/// ```
/// use forgebench_measure::{Failure, Workload};
///
/// #[derive(serde::Deserialize, serde::Serialize)]
/// #[serde(deny_unknown_fields)]
/// struct Size { length: usize }
///
/// struct Reverse { template: Vec<u32> }
///
/// impl Workload for Reverse {
///     const ID: &'static str = "example/reverse";
///     type Params = Size;
///     type Input = Vec<u32>;
///     type Output = Vec<u32>;
///
///     fn new(size: Size) -> Result<Self, Failure> {
///         Ok(Self { template: (0..size.length as u32).collect() })
///     }
///     fn input(&mut self) -> Vec<u32> { self.template.clone() }
///     fn run(&mut self, mut input: Vec<u32>) -> Vec<u32> { input.reverse(); input }
///     fn verify(&mut self, output: Vec<u32>) -> Result<(), Failure> {
///         Failure::unless_equal("first element", output[0], self.template.len() as u32 - 1)
///     }
/// }
/// ```
pub trait Workload: Sized + 'static {
    /// The id of the benchmark, `suite/name`, the same as in its definition.
    const ID: &'static str;

    /// How many inputs and outputs may be alive at once; in [1, 1 000 000]. Lower it where one output is large.
    const HELD: usize = 1024;

    /// A struct with one field for each parameter and `#[serde(deny_unknown_fields)]`; `NoParams` where there are none.
    type Params: DeserializeOwned + 'static;
    /// What one iteration consumes. `()` where nothing has to be made for it.
    type Input: 'static;
    /// What one iteration makes; it is dropped outside the timed part.
    type Output: 'static;

    /// Builds everything that iterations share.
    fn new(params: Self::Params) -> Result<Self, Failure>;

    /// Makes the input of one iteration.
    fn input(&mut self) -> Self::Input;

    /// The timed body. It must leave the workload in a state in which the next iteration costs the same.
    fn run(&mut self, input: Self::Input) -> Self::Output;

    /// Checks the answer of one iteration. It is called before anything is timed.
    fn verify(&mut self, output: Self::Output) -> Result<(), Failure>;

    /// How many operations one iteration does; at least 1. Figures are per operation.
    fn operations(&self) -> u64 {
        1
    }

    /// Further figures that this workload knows after it was measured, such as tasks lost.
    fn figures(&mut self) -> Vec<FigureValue> {
        Vec::new()
    }
}

/// A figure of the workload's own; the definition of the benchmark says its unit and its reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureValue {
    /// The name under which the definition declares it, such as `tasks-lost`.
    pub name: &'static str,
    /// The value, in the unit that the definition declares.
    pub value: f64,
}

/// Why a launch has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The id is not registered in this addon; the definition and the addon disagree.
    #[error("Cannot find workload \"{0}\" in this addon: it is not registered")]
    UnknownWorkload(String),
    /// The JSON does not fit the parameter struct of the workload.
    #[error("Cannot read parameters of \"{id}\": {reason}")]
    Parameters {
        /// The workload's id.
        id: &'static str,
        /// What serde said.
        reason: String,
    },
    /// The workload could not be set up on this machine.
    #[error("Cannot set up the workload: {0}")]
    Setup(String),
    /// The workload ran and its answer is wrong.
    #[error("Wrong answer: {0}")]
    WrongAnswer(String),
    /// The workload reported an error of its own while it ran.
    #[error("The workload failed: {0}")]
    Error(String),
    /// The workload panicked.
    #[error("The workload panicked: {0}")]
    Panic(String),
}

impl Failure {
    /// `Ok` where both are equal, otherwise a wrong answer that names `what` and shows both.
    #[expect(clippy::needless_pass_by_value, reason = "callers compare values that they have just made")]
    pub fn unless_equal<T: PartialEq + std::fmt::Debug>(what: &str, seen: T, expected: T) -> Result<(), Self> {
        if seen == expected {
            Ok(())
        } else {
            Err(Self::WrongAnswer(format!("{what} is {seen:?}, expected {expected:?}")))
        }
    }

    /// A setup failure from any error.
    pub fn setup(error: impl std::fmt::Display) -> Self {
        Self::Setup(error.to_string())
    }

    /// The short word that stands in records: `panic`, `wrong-answer`, `error` …
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::UnknownWorkload(_) => "unknown-workload",
            Self::Parameters { .. } => "parameters",
            Self::Setup(_) => "setup",
            Self::WrongAnswer(_) => "wrong-answer",
            Self::Error(_) => "error",
            Self::Panic(_) => "panic",
        }
    }
}

/// The parameters of a workload that has none.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}
