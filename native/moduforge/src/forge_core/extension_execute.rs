//! `core/extension-execute`: a transaction is dispatched in an editor whose extensions watch it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use async_trait::async_trait;
use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::{Extension, Extensions, ForgeResult};
use mf_state::error::StateResult;
use mf_state::plugin::{Plugin, PluginMetadata, PluginSpec, PluginTrait};
use mf_state::{State, Transaction};
use serde::Deserialize;

use super::session::{PREFIX, Session};
use super::{options, types};
use crate::builders::{flat_pool, warm_shard_cache};

const NODES: usize = 100;
/// Each edit copies the history, which is no matter of extensions.
const HISTORY: usize = 1;
/// Pairs of transactions, with and without extensions, from which the overhead is told.
const PAIRS: usize = 2_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    extensions: usize,
}

/// How often extensions were asked: to let a transaction pass, and to append one.
#[derive(Debug, Default)]
struct Asked {
    to_filter: AtomicU64,
    to_append: AtomicU64,
}

#[derive(Debug)]
struct Watcher {
    number: usize,
    asked: Arc<Asked>,
}

#[async_trait]
impl PluginTrait for Watcher {
    fn metadata(&self) -> PluginMetadata {
        PluginMetadata {
            name: format!("watcher{}", self.number),
            version: "1.0.0".into(),
            description: "watches transactions".into(),
            author: String::new(),
            dependencies: vec![],
            conflicts: vec![],
            state_fields: vec![],
            tags: vec![],
        }
    }

    async fn filter_transaction(&self, _: &Transaction, _: &State) -> bool {
        self.asked.to_filter.fetch_add(1, Relaxed);
        true
    }

    async fn append_transaction(
        &self,
        _: &[Arc<Transaction>],
        _: &Arc<State>,
        _: &Arc<State>,
    ) -> StateResult<Option<Transaction>> {
        self.asked.to_append.fetch_add(1, Relaxed);
        Ok(None)
    }
}

/// The workload.
pub struct ExtensionExecute {
    extensions: usize,
    asked: Arc<Asked>,
    session: Session,
}

fn session(extensions: usize, asked: &Arc<Asked>) -> Result<Session, Failure> {
    let document = flat_pool(PREFIX, NODES);
    warm_shard_cache(&document);
    let extension = |number| {
        let tr = Arc::new(Watcher { number, asked: asked.clone() });
        let mut extension = Extension::new();
        extension.add_plugin(Arc::new(Plugin::new(PluginSpec { state_field: None, tr })));
        Extensions::E(extension)
    };
    let all = types().into_iter().chain((0..extensions).map(extension)).collect();
    Session::open(options(&document).extensions(all).build(), HISTORY)
}

/// The time that a tenth of all fall below. Half of the transactions wake a thread that looks at events, or they do
/// not, by chance: the middle of all lies in either half.
fn low(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}

fn time_one(session: &mut Session) -> f64 {
    let transaction = session.edit();
    let start = Instant::now();
    let result = session.dispatch(transaction);
    let elapsed = start.elapsed().as_nanos() as f64;
    result.expect("no extension objects");
    elapsed
}

impl ExtensionExecute {
    fn asked(&self) -> [u64; 2] {
        [self.asked.to_filter.load(Relaxed), self.asked.to_append.load(Relaxed)]
    }

    /// Nanoseconds that one extension adds to a transaction. Both editors are timed in turn, so that a machine that
    /// changes its pace touches both.
    fn overhead(&mut self) -> Result<f64, Failure> {
        let mut bare = session(0, &Arc::default())?;
        let (mut with, mut without) = (Vec::with_capacity(PAIRS), Vec::with_capacity(PAIRS));
        for pair in 0..PAIRS {
            // Who comes second may find a core busy with the events of the first.
            if pair % 2 == 0 {
                with.push(time_one(&mut self.session));
            }
            without.push(time_one(&mut bare));
            if pair % 2 == 1 {
                with.push(time_one(&mut self.session));
            }
        }
        Ok((low(with) - low(without)) / self.extensions as f64)
    }
}

impl Workload for ExtensionExecute {
    const ID: &'static str = "core/extension-execute";
    const HELD: usize = 1;
    type Params = Params;
    type Input = Transaction;
    type Output = ForgeResult<()>;

    fn new(params: Params) -> Result<Self, Failure> {
        let asked = Arc::default();
        let session = session(params.extensions, &asked)?;
        Ok(Self { extensions: params.extensions, asked, session })
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
        let before = self.asked();
        let transaction = self.input();
        let passed = self.run(transaction).is_ok();
        let after = self.asked();
        let asked = [after[0] - before[0], after[1] - before[1]];
        Failure::unless_equal("another transaction passed", passed, true)?;
        Failure::unless_equal("extensions asked to filter and to append", asked, [self.extensions as u64; 2])
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let overhead = self.overhead();
        // A second editor that cannot be opened leaves the figure out.
        overhead.map(|value| FigureValue { name: "overhead", value }).into_iter().collect()
    }
}
