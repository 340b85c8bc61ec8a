//! `engine/concurrent`: threads that evaluate one shared decision.

use std::sync::Arc;
use std::thread;

use forgebench_measure::{Failure, Workload};
use mf_engine::model::DecisionContent;
use mf_engine::{Decision, Variable};
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::graphs::content;
use super::table::{FeeTable, Order};
use super::{evaluate, runtime};

const TABLE: FeeTable = FeeTable { rows: 100 };
/// Decisions of an iteration over all threads: starting the threads is then below 1 %.
const DECISIONS: u64 = 512;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Threads; divides 512.
    threads: u64,
}

/// The workload.
pub struct Concurrent {
    threads: u64,
    content: Arc<DecisionContent>,
    /// One for each thread, because futures of the crate cannot leave theirs.
    runtimes: Vec<Runtime>,
}

/// The orders of thread `thread`; every row of the table is asked for equally often.
fn orders(thread: u64, threads: u64) -> impl Iterator<Item = Order> {
    (thread..DECISIONS).step_by(threads as usize).map(|number| Order::for_row(number % TABLE.rows))
}

/// Decides all orders of one thread; returns the sum of their fees, because results cannot leave their thread.
fn decide(runtime: &Runtime, content: Arc<DecisionContent>, orders: impl Iterator<Item = Order>) -> u64 {
    let decision = Decision::from(content);
    orders.map(|order| fee(&evaluate(runtime, &decision, &Variable::from(order.json())).result)).sum()
}

fn fee(result: &Variable) -> u64 {
    let fee = result.dot("fee").and_then(|fee| fee.as_number()).expect("every order has a fee");
    fee.to_string().parse().expect("fees are whole numbers")
}

impl Workload for Concurrent {
    const ID: &'static str = "engine/concurrent";
    type Params = Params;
    type Input = ();
    type Output = Vec<u64>;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtimes = (0..params.threads).map(|_| runtime()).collect::<Result<_, _>>()?;
        Ok(Self { threads: params.threads, content: Arc::new(content(TABLE.model())?), runtimes })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<u64> {
        let (threads, content) = (self.threads, &self.content);
        thread::scope(|scope| {
            let start =
                |(thread, runtime)| scope.spawn(move || decide(runtime, content.clone(), orders(thread, threads)));
            let running: Vec<_> = (0..).zip(&self.runtimes).map(start).collect();
            running.into_iter().map(|thread| thread.join().expect("threads do not panic")).collect()
        })
    }

    fn verify(&mut self, sums: Vec<u64>) -> Result<(), Failure> {
        let fee = |order| TABLE.answer(order).map_or(0, |(_, fee)| fee);
        let expected: Vec<u64> = (0..self.threads).map(|thread| orders(thread, self.threads).map(fee).sum()).collect();
        Failure::unless_equal("sums of fees", sums, expected)
    }

    fn operations(&self) -> u64 {
        DECISIONS
    }
}
