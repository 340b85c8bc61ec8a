//! `core/middleware-chain`: a transaction is dispatched through a chain of middleware.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use async_trait::async_trait;
use forgebench_measure::{Failure, Workload};
use mf_core::ForgeResult;
use mf_core::middleware::{Middleware, MiddlewareStack};
use mf_state::{State, Transaction};
use serde::Deserialize;

use super::options;
use super::session::{PREFIX, Session};
use crate::builders::{flat_pool, warm_shard_cache};

const NODES: usize = 100;
/// Each edit copies the history, which is no matter of middleware.
const HISTORY: usize = 1;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    length: usize,
}

/// How often the links of a chain were called.
#[derive(Default)]
struct Calls {
    before: AtomicU64,
    after: AtomicU64,
}

struct Link {
    number: usize,
    calls: Arc<Calls>,
}

#[async_trait]
impl Middleware for Link {
    fn name(&self) -> String {
        format!("link{}", self.number)
    }

    async fn before_dispatch(&self, _: &mut Transaction) -> ForgeResult<()> {
        self.calls.before.fetch_add(1, Relaxed);
        Ok(())
    }

    async fn after_dispatch(&self, _: Option<Arc<State>>, _: &[Arc<Transaction>]) -> ForgeResult<Option<Transaction>> {
        self.calls.after.fetch_add(1, Relaxed);
        Ok(None)
    }
}

/// The workload.
pub struct MiddlewareChain {
    length: usize,
    calls: Arc<Calls>,
    session: Session,
}

impl MiddlewareChain {
    fn calls(&self) -> [u64; 2] {
        [self.calls.before.load(Relaxed), self.calls.after.load(Relaxed)]
    }
}

impl Workload for MiddlewareChain {
    const ID: &'static str = "core/middleware-chain";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Transaction;
    type Output = ForgeResult<()>;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, NODES);
        warm_shard_cache(&document);
        let calls = Arc::<Calls>::default();
        let mut stack = MiddlewareStack::new();
        for number in 0..params.length {
            stack.add(Link { number, calls: calls.clone() });
        }
        let options = options(&document).middleware_stack(stack).build();
        Ok(Self { length: params.length, calls, session: Session::open(options, HISTORY)? })
    }

    fn input(&mut self) -> Transaction {
        self.session.edit()
    }

    fn run(&mut self, transaction: Transaction) -> ForgeResult<()> {
        self.session.dispatch(transaction)
    }

    fn verify(&mut self, result: ForgeResult<()>) -> Result<(), Failure> {
        Failure::unless_equal("the transaction passed", result.is_ok(), true)?;
        self.session.verify_edit(0)?;
        // One more, so that the answer does not depend on how many there were.
        let before = self.calls();
        let transaction = self.input();
        let passed = self.run(transaction).is_ok();
        let after = self.calls();
        let calls = [after[0] - before[0], after[1] - before[1]];
        Failure::unless_equal("another transaction passed", passed, true)?;
        Failure::unless_equal("calls before and after it", calls, [self.length as u64; 2])
    }
}
