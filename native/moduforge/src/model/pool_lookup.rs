//! `model/pool-lookup`: nodes by id, with the global shard cache warm or cold, from one or two threads.

use std::sync::Arc;
use std::thread;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_model::types::NodeId;
use mf_model::{Node, NodePool, Tree};
use serde::Deserialize;

use crate::builders::{child_id, flat_pool, warm_shard_cache};

const PREFIX: &str = "lookup";
/// Ids of a document that is dropped.
const DROPPED: &str = "dropped";
const DROPPED_NODES: usize = 1_000;
/// Lookups of each thread where the cache is warm: starting the threads then costs less than 1 %.
const WARM_LOOKUPS: usize = 100_000;

/// The state of the process-wide cache from ids to shards, which never forgets an id by itself.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Cache {
    /// It knows every id.
    Warm,
    /// It was emptied: each lookup is the first of its id.
    Cold,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    nodes: usize,
    cache: Cache,
    threads: usize,
}

/// The workload.
pub struct PoolLookup {
    params: Params,
    pool: Arc<NodePool>,
    /// Ids out of order, so that neighbours in memory are not looked up together.
    ids: Vec<NodeId>,
    rounds: usize,
}

impl PoolLookup {
    /// The sum of the addresses of all nodes found, `rounds` times over. An address says which node was found
    /// without reading the node, which would be a cache miss that a lookup does not have.
    fn look_up(&self) -> usize {
        let address = |id: &NodeId| self.pool.get_node(id).map_or(0, address_of);
        let round = || self.ids.iter().map(address).fold(0, usize::wrapping_add);
        (0..self.rounds).map(|_| round()).fold(0, usize::wrapping_add)
    }
}

fn address_of(node: &Node) -> usize {
    std::ptr::from_ref(node) as usize
}

impl Workload for PoolLookup {
    const ID: &'static str = "model/pool-lookup";
    // The cache is emptied before each iteration, so no two may be prepared together.
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<usize>;

    fn new(params: Params) -> Result<Self, Failure> {
        let nodes = params.nodes;
        let pool = flat_pool(PREFIX, nodes);
        warm_shard_cache(&pool);
        // 7919 is a prime that divides no size, so the stride meets each id once.
        let ids = (0..nodes).map(|k| child_id(PREFIX, k * 7919 % nodes)).collect();
        let rounds = match params.cache {
            Cache::Warm => (WARM_LOOKUPS / nodes).max(1),
            Cache::Cold => 1,
        };
        Ok(Self { params, pool, ids, rounds })
    }

    fn input(&mut self) {
        if matches!(self.params.cache, Cache::Cold) {
            Tree::clear_shard_cache();
        }
    }

    fn run(&mut self, (): ()) -> Vec<usize> {
        if self.params.threads == 1 {
            return vec![self.look_up()];
        }
        let shared = &*self;
        thread::scope(|scope| {
            let threads: Vec<_> = (0..shared.params.threads).map(|_| scope.spawn(|| shared.look_up())).collect();
            threads.into_iter().map(|thread| thread.join().expect("lookups do not panic")).collect()
        })
    }

    fn verify(&mut self, sums: Vec<usize>) -> Result<(), Failure> {
        // The shards themselves, which the cache has no part in; the root was not looked up.
        let nodes = self.pool.get_inner().nodes.iter().flat_map(|shard| shard.values());
        let children = nodes.filter(|node| &node.id != self.pool.root_id());
        let sum = children.map(address_of).fold(0, usize::wrapping_add).wrapping_mul(self.rounds);
        Failure::unless_equal("sum of addresses found by each thread", sums, vec![sum; self.params.threads])?;
        for id in &self.ids {
            Failure::unless_equal("id of the node found", self.pool.get_node(id).map(|node| &node.id), Some(id))?;
        }
        Failure::unless_equal("an id that is absent", self.pool.get_node(&"lookup_absent".into()), None)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let pool = flat_pool(DROPPED, DROPPED_NODES);
        let before = Tree::shard_cache_stats().0;
        warm_shard_cache(&pool);
        drop(pool);
        // The root is looked up too.
        let kept = Tree::shard_cache_stats().0.saturating_sub(before) as f64 / (DROPPED_NODES + 1) as f64;
        vec![FigureValue { name: "ids-kept", value: 100.0 * kept }]
    }

    fn operations(&self) -> u64 {
        (self.rounds * self.ids.len() * self.params.threads) as u64
    }
}
