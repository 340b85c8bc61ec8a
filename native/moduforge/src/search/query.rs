//! `search/query`: a full-text query, its answers in the order of their rank.

use forgebench_measure::{Failure, Workload};
use mf_search::backend_sqlite::{SearchQuery, SqliteBackend};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::{COMMON, NONE, RARE, corpus};
use super::{ranking, runtime, standing};

/// Answers of a page.
pub const LIMIT: usize = 20;

/// How many documents have the word.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Four in a thousand.
    Rare,
    /// Every third.
    Common,
    /// None.
    None,
}

impl Term {
    /// The word that is asked for.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rare => RARE,
            Self::Common => COMMON,
            Self::None => NONE,
        }
    }
}

/// A query for the first page of documents with a word.
pub fn for_word(word: &str) -> SearchQuery {
    SearchQuery { text: Some(word.into()), limit: LIMIT, ..SearchQuery::default() }
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    corpus: usize,
    term: Term,
}

/// The workload.
pub struct Query {
    params: Params,
    runtime: Runtime,
    index: SqliteBackend,
}

impl Workload for Query {
    const ID: &'static str = "search/query";
    const HELD: usize = 64;
    type Params = Params;
    type Input = SearchQuery;
    type Output = Vec<String>;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let index = standing(&runtime, params.corpus)?;
        Ok(Self { params, runtime, index })
    }

    fn input(&mut self) -> SearchQuery {
        for_word(self.params.term.word())
    }

    fn run(&mut self, query: SearchQuery) -> Vec<String> {
        self.runtime.block_on(self.index.search_ids(query)).expect("the index is intact")
    }

    fn verify(&mut self, ids: Vec<String>) -> Result<(), Failure> {
        let orders = ids.iter().map(|id| ranking::order_of(id)).collect::<Result<Vec<_>, _>>()?;
        ranking::check(&orders, self.params.term.word(), &corpus(self.params.corpus), LIMIT)
    }
}
