//! `search/index`: documents into an empty index.

use forgebench_measure::{Failure, Workload};
use mf_search::backend_sqlite::{IndexMutation, SearchQuery, SqliteBackend};
use mf_search::model::IndexDoc;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::{corpus, id};
use super::{empty, runtime, wait_until_closed};

/// How documents get into the index.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// All in one transaction, `rebuild_all`.
    Rebuild,
    /// Each in a transaction of its own, `apply` of one addition.
    Single,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    documents: usize,
    via: Via,
}

/// The workload.
pub struct Index {
    via: Via,
    runtime: Runtime,
    documents: Vec<IndexDoc>,
}

impl Workload for Index {
    const ID: &'static str = "search/index";
    const HELD: usize = 1;
    type Params = Params;
    type Input = (SqliteBackend, Vec<IndexDoc>);
    type Output = SqliteBackend;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { via: params.via, runtime: runtime()?, documents: corpus(params.documents) })
    }

    fn input(&mut self) -> (SqliteBackend, Vec<IndexDoc>) {
        wait_until_closed();
        (empty(&self.runtime).expect("Cannot write the index"), self.documents.clone())
    }

    fn run(&mut self, (index, documents): (SqliteBackend, Vec<IndexDoc>)) -> SqliteBackend {
        let indexed = self.runtime.block_on(async {
            match self.via {
                Via::Rebuild => index.rebuild_all(documents).await,
                Via::Single => {
                    for document in documents {
                        index.apply(vec![IndexMutation::Add(document)]).await?;
                    }
                    Ok(())
                }
            }
        });
        indexed.expect("Cannot write the index");
        index
    }

    /// The index has all documents, and gives each text back.
    fn verify(&mut self, index: SqliteBackend) -> Result<(), Failure> {
        let all = SearchQuery {
            sort_by: Some("order_i64".into()),
            sort_asc: true,
            limit: self.documents.len() + 1,
            ..SearchQuery::default()
        };
        let seen = self.runtime.block_on(index.search_docs(all)).map_err(Failure::setup)?;
        Failure::unless_equal("number of documents", seen.len(), self.documents.len())?;
        for (order, (seen, written)) in seen.iter().zip(&self.documents).enumerate() {
            Failure::unless_equal("id", &seen.node_id, &id(order))?;
            Failure::unless_equal("text", &seen.text, &written.text)?;
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        self.documents.len() as u64
    }
}
