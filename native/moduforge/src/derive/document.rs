//! `derive/document`: a document is built of values, each of which becomes a node by the derive or by hand.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_model::{Attrs, Node, NodePool};
use serde::Deserialize;

use super::article::{ATTRIBUTES, Article};
use super::{Written, attributes_lost};
use crate::builders::{child_id, root_id, settle_heap};
use crate::checks;

const PREFIX: &str = "derived";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    nodes: usize,
}

/// The workload.
pub struct Document {
    written: Written,
    articles: Vec<Article>,
    ids: Vec<NodeId>,
    /// Attributes that came out when the answer was checked.
    kept: usize,
}

impl Workload for Document {
    const ID: &'static str = "derive/document";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Arc<NodePool>;

    fn new(params: Params) -> Result<Self, Failure> {
        let ids: Vec<NodeId> = (0..params.nodes).map(|order| child_id(PREFIX, order)).collect();
        let articles: Vec<Article> = ids.iter().zip(0..).map(|(id, order)| Article::numbered(id, order)).collect();
        Ok(Self { written: params.written, kept: articles.len() * ATTRIBUTES, articles, ids })
    }

    fn input(&mut self) {
        settle_heap();
    }

    fn run(&mut self, (): ()) -> Arc<NodePool> {
        let nodes = self.articles.iter().map(|article| NodeTree(article.node(self.written), vec![])).collect();
        let root = Node::new(&root_id(PREFIX), "doc".into(), Attrs::default(), self.ids.clone(), vec![]);
        NodePool::from(NodeTree(root, nodes))
    }

    fn verify(&mut self, pool: Arc<NodePool>) -> Result<(), Failure> {
        Failure::unless_equal("number of nodes", pool.size(), self.articles.len() + 1)?;
        checks::children_in_order(&pool, &root_id(PREFIX), self.ids.iter().cloned())?;
        let mut kept = 0;
        for (id, article) in self.ids.iter().zip(&self.articles) {
            let node = pool.get_node(id).ok_or_else(|| Failure::WrongAnswer(format!("node {id} is absent")))?;
            Failure::unless_equal("parent", pool.parent_id(id), Some(&root_id(PREFIX)))?;
            kept += article.attributes_of(node)?;
        }
        self.kept = kept;
        match self.written {
            // What is lost is a figure, because it is always so.
            Written::Derive => Ok(()),
            Written::Hand => Failure::unless_equal("attributes", kept, self.articles.len() * ATTRIBUTES),
        }
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![attributes_lost(self.kept, self.articles.len() * ATTRIBUTES)]
    }
}
