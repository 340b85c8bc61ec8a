//! `expression/cache`: one expression evaluated again and again, compiled before or every time.

use forgebench_measure::{Failure, Workload};
use mf_expression::expression::Standard;
use mf_expression::vm::VM;
use mf_expression::{Expression, Isolate, Variable, compile_expression, evaluate_expression};
use serde::Deserialize;

use super::source::{self, Source};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    how: How,
    terms: usize,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum How {
    /// The caller keeps what was compiled.
    Precompiled,
    /// An isolate that has run the same text before.
    Isolate,
    /// `evaluate_expression`, with everything new each time.
    Interpreted,
}

/// The workload.
pub struct Cache {
    how: How,
    source: Source,
    context: Variable,
    expression: Expression<Standard>,
    machine: VM,
    isolate: Isolate<'static>,
}

impl Workload for Cache {
    const ID: &'static str = "expression/cache";
    type Params = Params;
    type Input = ();
    type Output = Variable;

    fn new(params: Params) -> Result<Self, Failure> {
        let source = source::sum(params.terms);
        let context = source::context(params.terms);
        Ok(Self {
            how: params.how,
            source,
            expression: compile_expression(source.text).map_err(Failure::setup)?,
            machine: VM::new(),
            isolate: Isolate::with_environment(context.clone()),
            context,
        })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Variable {
        match self.how {
            How::Precompiled => self.expression.evaluate_with(self.context.clone(), &mut self.machine),
            How::Isolate => self.isolate.run_standard(self.source.text),
            How::Interpreted => evaluate_expression(self.source.text, self.context.clone()),
        }
        .expect("the text is an expression over the context")
    }

    fn verify(&mut self, value: Variable) -> Result<(), Failure> {
        Failure::unless_equal("value", source::whole_number(&value), Some(self.source.answer))
    }
}
