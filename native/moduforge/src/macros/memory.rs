//! `macros/memory`: what definitions hold that `node!` and `mark!` built, and those by hand.

use forgebench_measure::{Failure, Workload};
use mf_core::mark::Mark;
use mf_core::node::Node;
use serde::Deserialize;

use super::schema::{check_mark, check_node, mark, node};
use super::written::Written;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    /// Pairs of a node's and a mark's definition.
    definitions: usize,
}

/// The workload.
pub struct MacroMemory {
    params: Params,
}

impl Workload for MacroMemory {
    const ID: &'static str = "macros/memory";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<(Node, Mark)>;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { params })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<(Node, Mark)> {
        let written = self.params.written;
        let pair = |_| (node(written, "paragraph", "text*"), mark(written, "link"));
        (0..self.params.definitions).map(pair).collect()
    }

    fn verify(&mut self, pairs: Vec<(Node, Mark)>) -> Result<(), Failure> {
        Failure::unless_equal("definitions", pairs.len(), self.params.definitions)?;
        for (node, mark) in &pairs {
            Failure::unless_equal("names", (node.name.as_str(), mark.name.as_str()), ("paragraph", "link"))?;
            check_node(node.r#type.attrs.as_ref())?;
            check_mark(mark.r#type.attrs.as_ref())?;
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        2 * self.params.definitions as u64
    }
}
