//! `client/transaction-map`: the steps of a transaction are repeated in a shared document.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_collab_client::AwarenessRef;
use mf_collab_client::utils::Utils;
use mf_collab_client::yrs::{Any, ReadTxn, StateVector, Transact};
use mf_model::NodePool;
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_state::{State, StateConfig, Transaction};
use mf_transform::node_step::MoveNodeStep;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use super::documents::{empty, section_id, sectioned, share, shared_attribute};
use crate::builders::{child_id, para, root_id, schema};
use crate::collaboration::rooms::apply;

const PREFIX: &str = "transaction";
/// Two sections; a step of kind `move` takes a paragraph of the first to the second.
const NODES: usize = 200;
const MOVABLE: usize = 100;
const ADDED: &str = "added";

/// What each step does.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Attribute,
    /// A paragraph more in a section.
    Add,
    /// A paragraph more under the root.
    AddToRoot,
    Move,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    kind: Kind,
    /// At most 100 of kind `move`.
    steps: usize,
}

/// The workload.
pub struct TransactionMap {
    params: Params,
    runtime: Runtime,
    /// The shared document before the transaction, as an update.
    before: Vec<u8>,
    transaction: Transaction,
    /// The document after the transaction, as the local user sees it.
    local: Arc<NodePool>,
    /// Steps that other users will never see, percent.
    lost: f64,
}

/// The value that step `k` sets.
fn written(k: usize) -> usize {
    NODES + k
}

impl Params {
    /// Adds step `k` to the transaction.
    fn step(&self, transaction: &mut Transaction, k: usize) -> Result<(), Failure> {
        let added = || vec![NodeTree(para(&child_id(ADDED, k), k), vec![])];
        let (first, second) = (section_id(PREFIX, 0), section_id(PREFIX, 1));
        let done = match self.kind {
            Kind::Attribute => {
                let values = [("order".to_string(), json!(written(k)))].into_iter().collect();
                transaction.set_node_attribute(child_id(PREFIX, k % NODES), values)
            }
            Kind::Add => transaction.add_node(first, added()),
            Kind::AddToRoot => transaction.add_node(root_id(PREFIX), added()),
            Kind::Move => {
                let step = MoveNodeStep::new(first, second, child_id(PREFIX, k), None);
                transaction.step(Arc::new(step))
            }
        };
        done.map_err(Failure::setup)
    }

    /// The node that step `k` touches.
    fn touched(&self, k: usize) -> NodeId {
        match self.kind {
            Kind::Attribute => child_id(PREFIX, k % NODES),
            Kind::Add | Kind::AddToRoot => child_id(ADDED, k),
            Kind::Move => child_id(PREFIX, k),
        }
    }
}

impl TransactionMap {
    /// Steps whose node looks otherwise in the tree that other users read, or is not in it.
    fn lost_in(&self, tree: &NodePool) -> usize {
        let same = |id: &NodeId| {
            let order = |pool: &NodePool| pool.get_node(id).and_then(|node| node.attrs.get_safe("order").cloned());
            order(tree) == order(&self.local) && tree.parent_id(id) == self.local.parent_id(id)
        };
        (0..self.params.steps).filter(|&k| !same(&self.params.touched(k))).count()
    }
}

impl Workload for TransactionMap {
    const ID: &'static str = "client/transaction-map";
    const HELD: usize = 1;
    type Params = Params;
    type Input = AwarenessRef;
    type Output = AwarenessRef;

    fn new(params: Params) -> Result<Self, Failure> {
        if params.kind == Kind::Move && params.steps > MOVABLE {
            return Err(Failure::setup(format!("only {MOVABLE} paragraphs can be moved")));
        }
        let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
        let document = sectioned(PREFIX, NODES);
        let shared = empty();
        share(&runtime, &shared, &document)?;
        let before = shared.blocking_read().doc().transact().encode_diff_v1(&StateVector::default());
        let config = StateConfig {
            schema: Some(schema()),
            doc: Some(document),
            stored_marks: None,
            plugins: None,
            resource_manager: None,
        };
        let state = Arc::new(runtime.block_on(State::create(config)).map_err(Failure::setup)?);
        let mut transaction = state.tr();
        for k in 0..params.steps {
            params.step(&mut transaction, k)?;
        }
        let local = transaction.doc();
        Ok(Self { params, runtime, before, transaction, local, lost: 0.0 })
    }

    /// A document as it was before: one that had the transaction already would grow with every iteration.
    fn input(&mut self) -> AwarenessRef {
        let document = empty();
        apply(document.blocking_read().doc(), &self.before);
        document
    }

    fn run(&mut self, document: AwarenessRef) -> AwarenessRef {
        let mapping = Utils::apply_transaction_to_yrs(document.clone(), &self.transaction);
        self.runtime.block_on(mapping).expect("steps without a converter are only logged");
        document
    }

    /// Attributes and added nodes are in the shared document, whether or not the tree read from it shows them.
    fn verify(&mut self, document: AwarenessRef) -> Result<(), Failure> {
        let document = document.blocking_read();
        for k in self.params.steps.saturating_sub(NODES)..self.params.steps {
            let order = match self.params.kind {
                Kind::Attribute => written(k),
                Kind::Add | Kind::AddToRoot | Kind::Move => k,
            };
            let seen = shared_attribute(document.doc(), &self.params.touched(k), "order");
            Failure::unless_equal("what a step wrote", seen, Some(Any::BigInt(order as i64)))?;
        }
        let tree = Utils::apply_yrs_to_tree(document.doc()).map_err(|e| Failure::WrongAnswer(e.to_string()))?;
        let lost = self.lost_in(&NodePool::new(Arc::new(tree)));
        self.lost = 100.0 * lost as f64 / self.params.steps as f64;
        Failure::unless_equal("attributes are lost", self.params.kind == Kind::Attribute && lost > 0, false)
    }

    fn operations(&self) -> u64 {
        self.params.steps as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![FigureValue { name: "lost", value: self.lost }]
    }
}
