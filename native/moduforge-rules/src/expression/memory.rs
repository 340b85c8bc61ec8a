//! `expression/memory`: what each further expression holds while all are kept.

use forgebench_measure::{Failure, Workload};
use mf_expression::expression::Standard;
use mf_expression::{Expression, Isolate, Variable, compile_expression};
use serde::Deserialize;

use super::source::{self, Source};
use super::tree;

const TERMS: usize = 2;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keep: Keep,
    expressions: usize,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Keep {
    /// Its bytecode.
    Compiled,
    /// An isolate of its own that has run it once.
    Isolate,
}

/// The workload.
pub struct Memory {
    keep: Keep,
    context: Variable,
    sources: Vec<Source>,
}

/// What was kept.
pub enum Kept {
    Compiled(Vec<Expression<Standard>>),
    Isolates(Vec<(Isolate<'static>, Variable)>),
}

impl Memory {
    fn isolate(&self, source: &Source) -> (Isolate<'static>, Variable) {
        let mut isolate = Isolate::with_environment(self.context.clone());
        let value = isolate.run_standard(source.text).expect("the text is an expression over the context");
        (isolate, value)
    }
}

impl Workload for Memory {
    const ID: &'static str = "expression/memory";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Kept;

    fn new(params: Params) -> Result<Self, Failure> {
        let sources = (0..params.expressions).map(|k| source::sum_from(k * TERMS, TERMS)).collect();
        Ok(Self { keep: params.keep, context: source::context(TERMS), sources })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Kept {
        let sources = self.sources.iter();
        match self.keep {
            Keep::Compiled => Kept::Compiled(
                sources.map(|source| compile_expression(source.text).expect("the text is an expression")).collect(),
            ),
            Keep::Isolate => Kept::Isolates(sources.map(|source| self.isolate(source)).collect()),
        }
    }

    fn verify(&mut self, kept: Kept) -> Result<(), Failure> {
        let values: Vec<Option<i64>> = match kept {
            Kept::Compiled(all) => all.iter().map(|each| tree::value_of_bytecode(each.bytecode())).collect(),
            Kept::Isolates(all) => all.iter().map(|(_, value)| source::whole_number(value)).collect(),
        };
        Failure::unless_equal("number of expressions", values.len(), self.sources.len())?;
        for (value, source) in values.into_iter().zip(&self.sources) {
            Failure::unless_equal(source.text, value, Some(source.answer))?;
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        self.sources.len() as u64
    }
}
