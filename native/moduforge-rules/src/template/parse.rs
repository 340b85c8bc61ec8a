//! `template/parse`: text to pieces, without evaluating them.

use forgebench_measure::{Failure, Workload};
use mf_expression::Variable;
use mf_template::{ParserError, TemplateRenderError, render};
use serde::Deserialize;

use super::source::{self, Source};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    expressions: usize,
}

/// The workload.
pub struct Parse {
    source: Source,
    unbalanced: String,
    context: Variable,
}

/// The parser is private and the lexer too, but a bracket too many at the very end makes `render` give up when both have
/// seen everything and nothing has been evaluated.
pub fn fails_at_its_end(template: &str) -> String {
    format!("{template}}}}}")
}

impl Workload for Parse {
    const ID: &'static str = "template/parse";
    type Params = Params;
    type Input = ();
    type Output = Result<Variable, TemplateRenderError>;

    fn new(params: Params) -> Result<Self, Failure> {
        let source = source::lines(params.expressions);
        let unbalanced = fails_at_its_end(&source.template);
        Ok(Self { source, unbalanced, context: source::context() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Result<Variable, TemplateRenderError> {
        render(&self.unbalanced, self.context.clone())
    }

    /// It stumbles over a closing bracket, and without the last one there is none to stumble over.
    fn verify(&mut self, parsed: Result<Variable, TemplateRenderError>) -> Result<(), Failure> {
        let stumbled = matches!(parsed, Err(TemplateRenderError::ParserError(ParserError::CloseBracket)));
        Failure::unless_equal("whether the last bracket was one too many", stumbled, true)?;
        let text = render(&self.source.template, self.context.clone()).map_err(|e| Failure::Error(e.to_string()))?;
        source::same_text(&text, &self.source.rendered)
    }
}
