//! `model/tree-build`: a document of paragraphs under one root.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::node_definition::NodeTree;
use mf_model::{Attrs, Node, NodePool, Tree};
use serde::Deserialize;

use crate::builders::{flat, root_id};
use crate::checks;

const PREFIX: &str = "build";

/// How the document comes to be.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// `NodePool::from` over the whole.
    Pool,
    /// `Tree::add` for one paragraph after the other.
    Add,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
    via: Via,
}

/// What an iteration builds from; both ways consume it.
pub enum Source {
    Whole(NodeTree),
    Parts(Tree, Vec<NodeTree>),
}

/// The workload.
pub struct TreeBuild {
    params: Params,
    template: NodeTree,
    root: Tree,
}

impl Workload for TreeBuild {
    const ID: &'static str = "model/tree-build";
    // A document of 100 000 nodes is 100 MB.
    const HELD: usize = 1;
    type Params = Params;
    type Input = Source;
    type Output = Arc<NodePool>;

    fn new(params: Params) -> Result<Self, Failure> {
        let root = Node::new(&root_id(PREFIX), "doc".into(), Attrs::default(), vec![], vec![]);
        Ok(Self { template: flat(PREFIX, params.nodes), root: Tree::new(root), params })
    }

    fn input(&mut self) -> Source {
        match self.params.via {
            Via::Pool => Source::Whole(self.template.clone()),
            Via::Add => Source::Parts(self.root.clone(), self.template.1.clone()),
        }
    }

    fn run(&mut self, source: Source) -> Arc<NodePool> {
        match source {
            Source::Whole(whole) => NodePool::from(whole),
            Source::Parts(mut tree, parts) => {
                let root = tree.root_id.clone();
                for part in parts {
                    tree.add(&root, vec![part]).expect("the root exists");
                }
                NodePool::new(Arc::new(tree))
            }
        }
    }

    fn verify(&mut self, pool: Arc<NodePool>) -> Result<(), Failure> {
        checks::flat_document(&pool, PREFIX, self.params.nodes)
    }
}
