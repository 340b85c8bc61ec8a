//! `search/filter`: documents by a property other than their text.

use forgebench_measure::{Failure, Workload};
use mf_search::backend_sqlite::{SearchQuery, SqliteBackend};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::{id, is_heading, section};
use super::{runtime, standing};

/// Which property.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The type of the node, which has an index.
    Kind,
    /// The beginning of its path.
    Path,
    /// A mark that it bears.
    Mark,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    corpus: usize,
    by: By,
}

/// The workload.
pub struct Filter {
    params: Params,
    runtime: Runtime,
    index: SqliteBackend,
}

impl Filter {
    /// The last section of the corpus.
    fn last_section(&self) -> String {
        section(self.params.corpus - 1)
    }
}

impl Workload for Filter {
    const ID: &'static str = "search/filter";
    const HELD: usize = 64;
    type Params = Params;
    type Input = SearchQuery;
    type Output = Vec<String>;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let index = standing(&runtime, params.corpus)?;
        Ok(Self { params, runtime, index })
    }

    /// A limit that no answer reaches: `SQLite` stops looking once it is reached.
    fn input(&mut self) -> SearchQuery {
        let all = SearchQuery { limit: self.params.corpus + 1, ..SearchQuery::default() };
        match self.params.by {
            By::Kind => SearchQuery { node_type: Some("heading".into()), ..all },
            By::Path => SearchQuery { path_prefix: Some(format!("/root/{}/", self.last_section())), ..all },
            By::Mark => SearchQuery { marks: vec!["bold".into()], ..all },
        }
    }

    fn run(&mut self, query: SearchQuery) -> Vec<String> {
        self.runtime.block_on(self.index.search_ids(query)).expect("the index is intact")
    }

    fn verify(&mut self, mut ids: Vec<String>) -> Result<(), Failure> {
        let last = self.last_section();
        let wanted = |order: &usize| match self.params.by {
            By::Kind | By::Mark => is_heading(*order),
            By::Path => section(*order) == last,
        };
        let mut expected: Vec<String> = (0..self.params.corpus).filter(wanted).map(id).collect();
        ids.sort();
        expected.sort();
        Failure::unless_equal("answers", ids, expected)
    }
}
