//! `client/tree-map`: a tree is written into a shared document, or read out of one.

use forgebench_measure::{Failure, Workload};
use mf_collab_client::AwarenessRef;
use mf_collab_client::utils::Utils;
use mf_model::NodePool;
use mf_model::tree::Tree;
use serde::Deserialize;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

use super::documents::{empty, holds, share};
use crate::builders::{flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "mapped";

/// Which way.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    ToShared,
    ToTree,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
    direction: Direction,
}

/// The workload.
pub struct TreeMap {
    params: Params,
    runtime: Runtime,
    tree: Arc<NodePool>,
    shared: AwarenessRef,
}

/// What came out of it.
pub enum Mapped {
    Shared(AwarenessRef),
    Tree(Box<Tree>),
}

impl Workload for TreeMap {
    const ID: &'static str = "client/tree-map";
    const HELD: usize = 4;
    type Params = Params;
    type Input = AwarenessRef;
    type Output = Mapped;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
        let tree = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&tree);
        let shared = empty();
        if params.direction == Direction::ToTree {
            share(&runtime, &shared, &tree)?;
        }
        Ok(Self { params, runtime, tree, shared })
    }

    /// A tree is written into an empty document: one that was written before keeps what was deleted.
    fn input(&mut self) -> AwarenessRef {
        match self.params.direction {
            Direction::ToShared => empty(),
            Direction::ToTree => self.shared.clone(),
        }
    }

    fn run(&mut self, document: AwarenessRef) -> Mapped {
        match self.params.direction {
            Direction::ToShared => {
                let mapping = Utils::apply_tree_to_yrs(document.clone(), self.tree.get_inner());
                self.runtime.block_on(mapping).expect("every node has a converter");
                Mapped::Shared(document)
            }
            Direction::ToTree => {
                let document = document.blocking_read();
                Mapped::Tree(Box::new(Utils::apply_yrs_to_tree(document.doc()).expect("every node is in the document")))
            }
        }
    }

    fn verify(&mut self, mapped: Mapped) -> Result<(), Failure> {
        match mapped {
            Mapped::Shared(document) => holds(document.blocking_read().doc(), PREFIX, self.params.nodes, 1),
            Mapped::Tree(tree) => checks::flat_document(&NodePool::new(Arc::new(*tree)), PREFIX, self.params.nodes),
        }
    }
}
