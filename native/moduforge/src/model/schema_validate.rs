//! `model/schema-validate`: a document checked against its schema, and its hierarchy against itself.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::schema::Schema;
use mf_model::{Node, NodePool, Tree};
use serde::Deserialize;

use crate::builders::{child_id, flat_pool, para, root_id, schema, warm_shard_cache};

const PREFIX: &str = "validate";

/// What is checked.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// `NodeDefinition::check_content` of the document's children.
    Content,
    /// `NodeDefinition::check_attrs` of each paragraph.
    Attributes,
    /// `NodePool::validate_hierarchy`.
    Hierarchy,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    check: Check,
    nodes: usize,
}

/// The workload.
pub struct SchemaValidate {
    params: Params,
    pool: Arc<NodePool>,
    children: Vec<Node>,
    schema: Arc<Schema>,
}

impl SchemaValidate {
    /// Number of nodes that passed.
    fn passed(&self) -> usize {
        let factory = self.schema.factory();
        let definition = |name| factory.node_definition(name).expect("the schema has the type");
        match self.params.check {
            Check::Content => {
                let valid = definition("doc").check_content(&self.children, &self.schema);
                if valid { self.children.len() } else { 0 }
            }
            Check::Attributes => {
                let paragraph = definition("paragraph");
                self.children.iter().map(|child| paragraph.check_attrs(&child.attrs)).count()
            }
            Check::Hierarchy => self.pool.validate_hierarchy().map_or(0, |()| self.children.len()),
        }
    }
}

impl Workload for SchemaValidate {
    const ID: &'static str = "model/schema-validate";
    type Params = Params;
    type Input = ();
    type Output = usize;

    fn new(params: Params) -> Result<Self, Failure> {
        let pool = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&pool);
        let children = (0..params.nodes).filter_map(|order| pool.get_node(&child_id(PREFIX, order)).cloned()).collect();
        Ok(Self { params, pool, children, schema: schema() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> usize {
        self.passed()
    }

    fn verify(&mut self, passed: usize) -> Result<(), Failure> {
        Failure::unless_equal("nodes that passed", passed, self.params.nodes)?;
        if matches!(self.params.check, Check::Hierarchy) {
            Failure::unless_equal("a stray child is noticed", stray_child_noticed(&self.pool), true)?;
        }
        Ok(())
    }
}

/// Whether the hierarchy fails once the root forgets a child that still names it as its parent.
fn stray_child_noticed(pool: &NodePool) -> bool {
    let mut tree: Tree = pool.get_inner().as_ref().clone();
    let root = root_id(PREFIX);
    let stray = para("validate_stray", 0);
    let before = tree.get_node(&root).cloned();
    tree.add_node(&root, &vec![stray]).expect("the root exists");
    tree.update_node(before.expect("the root exists")).expect("the root exists");
    NodePool::new(Arc::new(tree)).validate_hierarchy().is_err()
}
