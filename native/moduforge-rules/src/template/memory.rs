//! `template/memory`: what renderings ask of the allocator, and what the texts hold that are kept.

use forgebench_measure::{Failure, Workload};
use mf_expression::Variable;
use mf_template::render;
use serde::Deserialize;

use super::source::{self, Source};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    expressions: usize,
}

/// The workload.
pub struct Memory {
    expressions: usize,
    source: Source,
    context: Variable,
}

impl Workload for Memory {
    const ID: &'static str = "template/memory";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Variable;

    fn new(Params { expressions }: Params) -> Result<Self, Failure> {
        Ok(Self { expressions, source: source::lines(expressions), context: source::context() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Variable {
        render(&self.source.template, self.context.clone()).expect("the template is balanced")
    }

    fn verify(&mut self, text: Variable) -> Result<(), Failure> {
        source::same_text(&text, &self.source.rendered)
    }

    fn operations(&self) -> u64 {
        self.expressions as u64
    }
}
