//! `search/rebuild`: the index service takes a whole document of nodes into the index.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::NodePool;
use mf_search::backend_sqlite::{SearchQuery, SqliteBackend};
use mf_search::service::{IndexEvent, IndexService, RebuildScope};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::{empty, runtime, wait_until_closed};
use crate::builders::{child_id, flat_pool, root_id, warm_shard_cache};

const PREFIX: &str = "rebuild";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
}

/// The workload.
pub struct Rebuild {
    nodes: usize,
    runtime: Runtime,
    document: Arc<NodePool>,
}

impl Workload for Rebuild {
    const ID: &'static str = "search/rebuild";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Arc<SqliteBackend>;
    type Output = Arc<SqliteBackend>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&document);
        Ok(Self { nodes: params.nodes, runtime: runtime()?, document })
    }

    fn input(&mut self) -> Arc<SqliteBackend> {
        wait_until_closed();
        Arc::new(empty(&self.runtime).expect("Cannot write the index"))
    }

    fn run(&mut self, index: Arc<SqliteBackend>) -> Arc<SqliteBackend> {
        let event = IndexEvent::Rebuild { pool: self.document.clone(), scope: RebuildScope::Full };
        self.runtime.block_on(IndexService::new(index.clone()).handle(event)).expect("Cannot write the index");
        index
    }

    /// Every paragraph stands in the index with its text, its parent and the path to it.
    fn verify(&mut self, index: Arc<SqliteBackend>) -> Result<(), Failure> {
        let paragraphs = SearchQuery {
            node_type: Some("paragraph".into()),
            sort_by: Some("order_i64".into()),
            sort_asc: true,
            limit: self.nodes + 1,
            ..SearchQuery::default()
        };
        let seen = self.runtime.block_on(index.search_docs(paragraphs)).map_err(Failure::setup)?;
        Failure::unless_equal("number of paragraphs", seen.len(), self.nodes)?;
        for (order, seen) in seen.into_iter().enumerate() {
            let (id, root) = (child_id(PREFIX, order).to_string(), root_id(PREFIX).to_string());
            Failure::unless_equal("text", seen.text, Some(format!("lorem {order}")))?;
            Failure::unless_equal("parent", seen.parent_id.as_ref(), Some(&root))?;
            Failure::unless_equal("path", seen.path, vec![root, id.clone()])?;
            Failure::unless_equal("id", seen.node_id, id)?;
        }
        Ok(())
    }
}
