//! `macros/compile-time`: what each use of a macro adds to a compilation, against the same by hand.

use forgebench_measure::{Failure, FigureValue, Workload};
use serde::Deserialize;

use super::documented;
use super::items::{self, Item};
use super::written::Written;
use crate::compiler::Generated;

/// What an item is.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Node,
    Extension,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    kind: Kind,
    items: usize,
}

/// The workload.
pub struct CompileTime {
    written: Written,
    item: Item,
    generated: Generated,
}

impl Workload for CompileTime {
    const ID: &'static str = "macros/compile-time";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = ();

    fn new(params: Params) -> Result<Self, Failure> {
        let item = match params.kind {
            Kind::Node => items::node(params.written),
            Kind::Extension => items::extension(params.written),
        };
        let generated = Generated::new(item.source, params.items)?;
        Ok(Self { written: params.written, item, generated })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) {
        self.generated.compile();
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        self.generated.holds(self.item.function)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let per_item = self.generated.per_item().map(|value| FigureValue { name: "per-item", value });
        let refused = match self.written {
            Written::Macro => documented::refused().ok(),
            Written::Hand => None,
        };
        let refused = refused.map(|value| FigureValue { name: "macros-refused", value });
        per_item.into_iter().chain(refused).collect()
    }
}
