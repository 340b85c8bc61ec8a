//! `template/interpolate`: values of expressions into one text, by a template or by hand.

use std::fmt::Write;

use forgebench_measure::{Failure, Workload};
use mf_expression::expression::Standard;
use mf_expression::vm::VM;
use mf_expression::{Expression, IsolateError, Variable, compile_expression};
use mf_template::render;
use serde::Deserialize;

use super::source::{self, Source};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    by: By,
    expressions: usize,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum By {
    Template,
    /// The same expressions, compiled once and written one after another.
    Hand,
}

/// The workload.
pub struct Interpolate {
    by: By,
    source: Source,
    context: Variable,
    compiled: Vec<Expression<Standard>>,
    machine: VM,
}

/// The text of either.
pub enum Text {
    Rendered(Variable),
    Written(String),
}

impl Interpolate {
    fn write(&mut self) -> Result<String, IsolateError> {
        let mut text = String::new();
        for expression in &self.compiled {
            let value = expression.evaluate_with(self.context.clone(), &mut self.machine)?;
            let _ = write!(text, "{value}");
        }
        Ok(text)
    }
}

impl Workload for Interpolate {
    const ID: &'static str = "template/interpolate";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = Text;

    fn new(Params { by, expressions }: Params) -> Result<Self, Failure> {
        let compiled = (0..expressions).map(|k| compile_expression(&source::expression(k)));
        let compiled = compiled.collect::<Result<_, _>>().map_err(Failure::setup)?;
        let source = source::places(expressions);
        Ok(Self { by, source, context: source::context(), compiled, machine: VM::new() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Text {
        match self.by {
            By::Template => {
                let rendered = render(&self.source.template, self.context.clone());
                Text::Rendered(rendered.expect("the template is balanced"))
            }
            By::Hand => Text::Written(self.write().expect("the expressions fit the context")),
        }
    }

    fn verify(&mut self, text: Text) -> Result<(), Failure> {
        match text {
            Text::Rendered(text) => source::same_text(&text, &self.source.rendered),
            Text::Written(text) => source::same_text(&Variable::String(text.into()), &self.source.rendered),
        }
    }
}
