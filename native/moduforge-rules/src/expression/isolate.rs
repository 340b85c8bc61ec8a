//! `expression/isolate`: text to answer, in an isolate of its own or in one that is used again.

use forgebench_measure::{Failure, Workload};
use mf_expression::{Isolate, IsolateError, Variable};
use serde::Deserialize;

use super::source;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    kind: Kind,
    isolate: Age,
    terms: usize,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Standard,
    Unary,
    Template,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Age {
    Fresh,
    Reused,
}

/// The workload.
pub struct RunIsolate {
    params: Params,
    text: &'static str,
    answer: Answer,
    context: Variable,
    reused: Isolate<'static>,
}

/// What an expression came to.
#[derive(PartialEq, Debug)]
enum Answer {
    Number(Option<i64>),
    Holds(bool),
    Text(String),
}

/// What the crate gave; making it an [`Answer`] is no part of the work.
pub enum Given {
    Value(Variable),
    Holds(bool),
}

impl RunIsolate {
    fn evaluate(kind: Kind, isolate: &mut Isolate<'static>, text: &'static str) -> Result<Given, IsolateError> {
        match kind {
            Kind::Unary => isolate.run_unary(text).map(Given::Holds),
            Kind::Standard | Kind::Template => isolate.run_standard(text).map(Given::Value),
        }
    }
}

impl Workload for RunIsolate {
    const ID: &'static str = "expression/isolate";
    const HELD: usize = 64;
    type Params = Params;
    type Input = ();
    type Output = Given;

    fn new(params: Params) -> Result<Self, Failure> {
        let (text, answer) = match params.kind {
            Kind::Standard => {
                let sum = source::sum(params.terms);
                (sum.text, Answer::Number(Some(sum.answer)))
            }
            Kind::Unary => (source::list(params.terms), Answer::Holds(true)),
            Kind::Template => {
                let (text, answer) = source::template_string(params.terms);
                (text, Answer::Text(answer))
            }
        };
        let context = source::context(params.terms);
        let reused = Isolate::with_environment(context.clone());
        Ok(Self { params, text, answer, context, reused })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Given {
        let kind = self.params.kind;
        match self.params.isolate {
            Age::Fresh => Self::evaluate(kind, &mut Isolate::with_environment(self.context.clone()), self.text),
            Age::Reused => Self::evaluate(kind, &mut self.reused, self.text),
        }
        .expect("the text is an expression over the context")
    }

    fn verify(&mut self, given: Given) -> Result<(), Failure> {
        let answer = match given {
            Given::Holds(holds) => Answer::Holds(holds),
            Given::Value(value) => match value.as_str() {
                Some(text) => Answer::Text(text.to_string()),
                None => Answer::Number(source::whole_number(&value)),
            },
        };
        Failure::unless_equal("answer", &answer, &self.answer)
    }
}
