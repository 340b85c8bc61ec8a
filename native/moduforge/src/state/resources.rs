//! `state/resources`: resources are put into a shared store and read back, from one or two threads.

use std::thread;

use forgebench_measure::{Failure, Workload};
use mf_state::ops::GlobalResourceManager;
use mf_state::resource::Resource;
use serde::Deserialize;

/// Resources that each thread puts and reads in an iteration: starting the threads then costs less than 1 %.
const PAIRS: usize = 100_000;

/// Which store.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Store {
    /// `ResourceTable`, by name.
    Table,
    /// `GothamState`, by type; one type is one key.
    Gotham,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    store: Store,
    keys: usize,
    threads: usize,
}

#[derive(Debug, Clone)]
struct Number(u64);

impl Resource for Number {}

/// The workload.
pub struct Resources {
    params: Params,
    manager: GlobalResourceManager,
    names: Vec<String>,
}

impl Resources {
    /// The sum of what was read. Threads write the same values, so that what they read does not depend on who was
    /// first.
    fn put_and_read(&self) -> u64 {
        let keys = self.names.len();
        let table = |k: usize| {
            let (key, name) = (k % keys, &self.names[k % keys]);
            self.manager.resource_table.add(name.clone(), Number(key as u64));
            self.manager.resource_table.get::<Number>(name.clone()).map(|number| number.0)
        };
        let gotham = |_: usize| {
            self.manager.gotham_state.put(Number(1));
            self.manager.gotham_state.get::<Number>().map(|number| number.0)
        };
        match self.params.store {
            Store::Table => (0..PAIRS).filter_map(table).sum(),
            Store::Gotham => (0..PAIRS).filter_map(gotham).sum(),
        }
    }
}

impl Workload for Resources {
    const ID: &'static str = "state/resources";
    type Params = Params;
    type Input = ();
    type Output = Vec<u64>;

    fn new(params: Params) -> Result<Self, Failure> {
        if matches!(params.store, Store::Gotham) && params.keys != 1 {
            return Err(Failure::setup("GothamState holds one resource of each type: keys must be 1"));
        }
        let names = (0..params.keys).map(|k| format!("resource{k}")).collect();
        Ok(Self { params, manager: GlobalResourceManager::new(), names })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<u64> {
        if self.params.threads == 1 {
            return vec![self.put_and_read()];
        }
        let shared = &*self;
        thread::scope(|scope| {
            let threads: Vec<_> = (0..shared.params.threads).map(|_| scope.spawn(|| shared.put_and_read())).collect();
            threads.into_iter().map(|thread| thread.join().expect("stores do not panic")).collect()
        })
    }

    fn verify(&mut self, sums: Vec<u64>) -> Result<(), Failure> {
        let keys = self.params.keys;
        let (sum, held) = match self.params.store {
            Store::Table => ((0..PAIRS).map(|k| (k % keys) as u64).sum(), keys.min(PAIRS)),
            Store::Gotham => (PAIRS as u64, 0),
        };
        Failure::unless_equal("sum of what each thread read", sums, vec![sum; self.params.threads])?;
        Failure::unless_equal("resources in the table", self.manager.resource_table.len(), held)
    }

    fn operations(&self) -> u64 {
        (PAIRS * self.params.threads) as u64
    }
}
