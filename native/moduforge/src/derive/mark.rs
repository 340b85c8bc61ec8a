//! `derive/mark`: a value becomes a mark, a mark a value, and a type a definition; by `#[derive(Mark)]` and by hand.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::mark::Mark as Definition;
use mf_model::mark::Mark;
use serde::Deserialize;

use super::emphasis::{ATTRIBUTES, Emphasis, Made};
use super::{Written, attributes_lost};

/// What is done.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Op {
    ToMark,
    FromMark,
    Definition,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    op: Op,
}

/// What came of it.
pub enum Answer {
    Made(Made),
    Emphasis(Emphasis),
    Definition(Definition),
}

/// The workload.
pub struct DeriveMark {
    params: Params,
    emphasis: Emphasis,
    mark: Mark,
    /// Values that came out when the answer was checked.
    kept: usize,
}

impl Workload for DeriveMark {
    const ID: &'static str = "derive/mark";
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Answer;

    fn new(params: Params) -> Result<Self, Failure> {
        let emphasis = Emphasis::example();
        let mark = emphasis.mark_by_hand();
        Ok(Self { params, emphasis, mark, kept: ATTRIBUTES })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Answer {
        let written = self.params.written;
        match self.params.op {
            Op::ToMark => Answer::Made(self.emphasis.make(written)),
            Op::FromMark => Answer::Emphasis(Emphasis::read(&self.mark, written).expect("the mark is an emphasis")),
            Op::Definition => Answer::Definition(Emphasis::definition(written)),
        }
    }

    fn verify(&mut self, answer: Answer) -> Result<(), Failure> {
        match answer {
            Answer::Made(made) => {
                self.kept = self.emphasis.values_in(&made)?;
                match self.params.written {
                    // What is lost is a figure, because it is always so.
                    Written::Derive => Ok(()),
                    Written::Hand => Failure::unless_equal("values", self.kept, ATTRIBUTES),
                }
            }
            Answer::Emphasis(emphasis) => {
                Failure::unless_equal("emphasis", &emphasis, &self.emphasis)?;
                let other = Mark { r#type: "link".into(), attrs: self.mark.attrs.clone() };
                Failure::unless_equal("refused", Emphasis::read(&other, self.params.written).is_err(), true)
            }
            Answer::Definition(definition) => Emphasis::check_definition(&definition),
        }
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![attributes_lost(self.kept, ATTRIBUTES)]
    }
}
