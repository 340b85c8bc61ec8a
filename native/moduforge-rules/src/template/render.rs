//! `template/render`: text with expressions in it, to text.

use std::time::{Duration, Instant};

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_expression::Variable;
use mf_template::render;
use serde::Deserialize;

use super::parse::fails_at_its_end;
use super::source::{self, Source};

/// Bytes of a template that takes a second or so.
const LONG: usize = 4_000_000;
/// Pairs of a rendering and a parsing that their share is taken from: the middle one of up to 21, within this time.
const PAIRS: usize = 21;
const PATIENCE: Duration = Duration::from_millis(100);

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    expressions: usize,
}

/// The workload.
pub struct Render {
    source: Source,
    context: Variable,
}

impl Workload for Render {
    const ID: &'static str = "template/render";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = Variable;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { source: source::lines(params.expressions), context: source::context() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Variable {
        render(&self.source.template, self.context.clone()).expect("the template is balanced")
    }

    fn verify(&mut self, text: Variable) -> Result<(), Failure> {
        source::same_text(&text, &self.source.rendered)
    }

    /// Nothing for a template that takes a second: its share is that of a smaller one, and asking takes as long again.
    fn figures(&mut self) -> Vec<FigureValue> {
        if self.source.template.len() > LONG {
            return vec![];
        }
        let unbalanced = fails_at_its_end(&self.source.template);
        let start = Instant::now();
        let mut shares = Vec::with_capacity(PAIRS);
        while shares.is_empty() || (shares.len() < PAIRS && start.elapsed() < PATIENCE) {
            let whole = time(|| render(&self.source.template, self.context.clone()));
            let parsing = time(|| render(&unbalanced, self.context.clone()));
            shares.push(100.0 * parsing.as_secs_f64() / whole.as_secs_f64());
        }
        shares.sort_by(f64::total_cmp);
        vec![FigureValue { name: "parse-share", value: shares[shares.len() / 2] }]
    }
}

/// What `work` takes; what it made is dropped afterwards.
fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let output = work();
    let elapsed = start.elapsed();
    drop(output);
    elapsed
}
