//! `derive/node`: a value becomes a node, a node a value, and a type a definition; by `#[derive(Node)]` and by hand.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::node::Node as Definition;
use mf_model::node::Node;
use serde::Deserialize;

use super::article::{ATTRIBUTES, Article};
use super::{Written, attributes_lost};

/// What is done.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Op {
    ToNode,
    FromNode,
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
    Node(Node),
    Article(Article),
    Definition(Definition),
}

/// The workload.
pub struct DeriveNode {
    params: Params,
    article: Article,
    /// By hand, so that it has its attributes.
    node: Node,
    /// Attributes that came out when the answer was checked.
    kept: usize,
}

impl Workload for DeriveNode {
    const ID: &'static str = "derive/node";
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Answer;

    fn new(params: Params) -> Result<Self, Failure> {
        let article = Article::numbered("article_1", 1);
        let node = article.node(Written::Hand);
        Ok(Self { params, article, node, kept: ATTRIBUTES })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Answer {
        let written = self.params.written;
        match self.params.op {
            Op::ToNode => Answer::Node(self.article.node(written)),
            Op::FromNode => Answer::Article(Article::read(&self.node, written).expect("the node is an article")),
            Op::Definition => Answer::Definition(Article::definition(written)),
        }
    }

    fn verify(&mut self, answer: Answer) -> Result<(), Failure> {
        match answer {
            Answer::Node(node) => {
                self.kept = self.article.attributes_of(&node)?;
                match self.params.written {
                    // What is lost is a figure, because it is always so.
                    Written::Derive => Ok(()),
                    Written::Hand => Failure::unless_equal("attributes", self.kept, ATTRIBUTES),
                }
            }
            Answer::Article(article) => {
                Failure::unless_equal("article", &article, &self.article)?;
                let other = Node::new("n", "paragraph".into(), self.node.attrs.clone(), vec![], vec![]);
                Failure::unless_equal("refused", Article::read(&other, self.params.written).is_err(), true)
            }
            Answer::Definition(definition) => Article::check_definition(&definition),
        }
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![attributes_lost(self.kept, ATTRIBUTES)]
    }
}
