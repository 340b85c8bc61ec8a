//! `search/concurrent-query`: many clients query one index.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_search::backend_sqlite::SqliteBackend;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::corpus;
use super::query::{LIMIT, Term, for_word};
use super::{ranking, runtime, standing};

const DOCUMENTS: usize = 8_000;
/// Queries of an iteration over all clients.
const QUERIES: usize = 512;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Clients at once, each asking again once it was answered; divides 512.
    clients: usize,
}

/// The workload.
pub struct ConcurrentQuery {
    clients: usize,
    runtime: Runtime,
    index: Arc<SqliteBackend>,
    asked: u64,
    failed: u64,
}

/// Asks so many times; the last answer, and the number of queries that failed.
async fn ask(index: Arc<SqliteBackend>, queries: usize) -> (Vec<String>, u64) {
    let (mut last, mut failed) = (Vec::new(), 0);
    for _ in 0..queries {
        match index.search_ids(for_word(Term::Rare.word())).await {
            Ok(ids) => last = ids,
            Err(_) => failed += 1,
        }
    }
    (last, failed)
}

impl Workload for ConcurrentQuery {
    const ID: &'static str = "search/concurrent-query";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<Vec<String>>;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let index = Arc::new(standing(&runtime, DOCUMENTS)?);
        Ok(Self { clients: params.clients, runtime, index, asked: 0, failed: 0 })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Vec<String>> {
        let each = QUERIES / self.clients;
        let answers = self.runtime.block_on(async {
            let clients: Vec<_> = (0..self.clients).map(|_| tokio::spawn(ask(self.index.clone(), each))).collect();
            let mut answers = Vec::with_capacity(clients.len());
            for client in clients {
                answers.push(client.await.expect("clients do not panic"));
            }
            answers
        });
        self.asked += QUERIES as u64;
        self.failed += answers.iter().map(|(_, failed)| failed).sum::<u64>();
        answers.into_iter().map(|(last, _)| last).collect()
    }

    fn verify(&mut self, answers: Vec<Vec<String>>) -> Result<(), Failure> {
        Failure::unless_equal("clients", answers.len(), self.clients)?;
        let documents = corpus(DOCUMENTS);
        for ids in answers {
            let orders = ids.iter().map(|id| ranking::order_of(id)).collect::<Result<Vec<_>, _>>()?;
            ranking::check(&orders, Term::Rare.word(), &documents, LIMIT)?;
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        QUERIES as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let value = self.failed as f64 / self.asked.max(1) as f64 * 100.0;
        vec![FigureValue { name: "error-rate", value }]
    }
}
