//! `model/mark`: a mark is added to a node, removed from it, or looked for among nodes.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_model::mark::Mark;
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_model::{Attrs, Node, NodePool};
use serde::Deserialize;

use crate::builders::{child_id, mark, root_id};

const PREFIX: &str = "mark";
/// Nodes that a search examines; the last of them alone has the wanted mark.
const NODES: usize = 256;

/// What is done.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// `Node::add_marks` of a mark that the node does not have.
    Add,
    /// `Node::remove_mark` of the mark in the middle.
    Remove,
    /// `query().by_mark().find_all()` over a document.
    Find,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    op: Op,
    marks: usize,
}

/// What came of it.
pub enum Answer {
    Node(Node),
    Ids(Vec<NodeId>),
}

/// The workload.
pub struct MarkChange {
    op: Op,
    node: Node,
    added: [Mark; 1],
    removed: [String; 1],
    pool: Arc<NodePool>,
}

impl Workload for MarkChange {
    const ID: &'static str = "model/mark";
    const HELD: usize = 256;
    type Params = Params;
    type Input = ();
    type Output = Answer;

    fn new(params: Params) -> Result<Self, Failure> {
        let names: Vec<String> = (0..params.marks).map(|k| format!("mark{k}")).collect();
        let marks: Vec<Mark> = names.iter().map(|name| mark(name)).collect();
        let marked = |order: usize, marks: Vec<Mark>| {
            Node::new(&child_id(PREFIX, order), "paragraph".into(), Attrs::default(), vec![], marks)
        };
        let mut children: Vec<Node> = (0..NODES).map(|order| marked(order, marks.clone())).collect();
        let wanted = marks.iter().cloned().chain([mark("wanted")]).collect();
        children[NODES - 1] = marked(NODES - 1, wanted);
        let ids = children.iter().map(|child| child.id.clone()).collect();
        let root = Node::new(&root_id(PREFIX), "doc".into(), Attrs::default(), ids, vec![]);
        Ok(Self {
            op: params.op,
            node: children[0].clone(),
            added: [mark("wanted")],
            removed: [names[params.marks / 2].clone()],
            pool: NodePool::from(NodeTree::from(root, children)),
        })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Answer {
        match self.op {
            Op::Add => Answer::Node(self.node.add_marks(&self.added)),
            Op::Remove => Answer::Node(self.node.remove_mark(&self.removed)),
            Op::Find => {
                let query = self.pool.query().by_mark("wanted");
                Answer::Ids(query.find_all().into_iter().map(|node| node.id.clone()).collect())
            }
        }
    }

    fn verify(&mut self, answer: Answer) -> Result<(), Failure> {
        let before: Vec<Mark> = self.node.marks.iter().cloned().collect();
        let expected: Vec<Mark> = match self.op {
            Op::Add => before.into_iter().chain(self.added.clone()).collect(),
            Op::Remove => before.into_iter().filter(|mark| mark.r#type != self.removed[0]).collect(),
            Op::Find => vec![],
        };
        match answer {
            Answer::Node(node) => {
                Failure::unless_equal("marks", node.marks.iter().cloned().collect::<Vec<_>>(), expected)
            }
            Answer::Ids(ids) => Failure::unless_equal("ids found", ids, vec![child_id(PREFIX, NODES - 1)]),
        }
    }

    fn operations(&self) -> u64 {
        match self.op {
            Op::Add | Op::Remove => 1,
            Op::Find => NODES as u64 + 1,
        }
    }
}
