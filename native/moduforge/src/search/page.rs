//! `search/page`: a page of all documents, further and further back.

use forgebench_measure::{Failure, Workload};
use mf_search::backend_sqlite::{SearchQuery, SqliteBackend};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::id;
use super::{runtime, standing};

const DOCUMENTS: usize = 8_000;
const LIMIT: usize = 20;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Documents before the page; at most 7 980.
    offset: usize,
}

/// The workload.
pub struct Page {
    offset: usize,
    runtime: Runtime,
    index: SqliteBackend,
}

impl Workload for Page {
    const ID: &'static str = "search/page";
    const HELD: usize = 64;
    type Params = Params;
    type Input = SearchQuery;
    type Output = Vec<String>;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let index = standing(&runtime, DOCUMENTS)?;
        Ok(Self { offset: params.offset, runtime, index })
    }

    fn input(&mut self) -> SearchQuery {
        SearchQuery {
            sort_by: Some("order_i64".into()),
            sort_asc: true,
            limit: LIMIT,
            offset: self.offset,
            ..SearchQuery::default()
        }
    }

    fn run(&mut self, query: SearchQuery) -> Vec<String> {
        self.runtime.block_on(self.index.search_ids(query)).expect("the index is intact")
    }

    fn verify(&mut self, ids: Vec<String>) -> Result<(), Failure> {
        let expected: Vec<String> = (self.offset..self.offset + LIMIT).map(id).collect();
        Failure::unless_equal("the page", ids, expected)
    }
}
