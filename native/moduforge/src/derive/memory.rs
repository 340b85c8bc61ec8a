//! `derive/memory`: what nodes hold that the derive built, and those by hand.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_model::Node;
use serde::Deserialize;

use super::article::{ATTRIBUTES, Article};
use super::{Written, attributes_lost};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    nodes: usize,
}

/// The workload.
pub struct DeriveMemory {
    written: Written,
    articles: Vec<Article>,
    /// Attributes that came out when the answer was checked.
    kept: usize,
}

impl Workload for DeriveMemory {
    const ID: &'static str = "derive/memory";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<Node>;

    fn new(params: Params) -> Result<Self, Failure> {
        let articles: Vec<Article> =
            (0..params.nodes).map(|order| Article::numbered(&format!("article_{order}"), order)).collect();
        Ok(Self { written: params.written, kept: articles.len() * ATTRIBUTES, articles })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Node> {
        self.articles.iter().map(|article| article.node(self.written)).collect()
    }

    fn verify(&mut self, nodes: Vec<Node>) -> Result<(), Failure> {
        Failure::unless_equal("nodes", nodes.len(), self.articles.len())?;
        let kept: Result<usize, Failure> =
            nodes.iter().zip(&self.articles).map(|(node, article)| article.attributes_of(node)).sum();
        self.kept = kept?;
        match self.written {
            // What is lost is a figure, because it is always so.
            Written::Derive => Ok(()),
            Written::Hand => Failure::unless_equal("attributes", self.kept, self.articles.len() * ATTRIBUTES),
        }
    }

    fn operations(&self) -> u64 {
        self.articles.len() as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![attributes_lost(self.kept, self.articles.len() * ATTRIBUTES)]
    }
}
