//! Nodes that have something in common.

use crate::node::Node;
use crate::{Name, NodeId, Tree, TreeError, Value};

/// What nodes are asked for; each field that is set has to fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// They are of this kind.
    pub kind: Option<Name>,
    /// They have this attribute; with this value where one is given.
    pub attribute: Option<(Name, Option<Value>)>,
    /// They have a mark of this name.
    pub mark: Option<Name>,
}

impl Tree {
    /// Nodes that fit, among a node and all below it, in the order of the document. There is no index: all are looked at.
    pub fn query<'t>(&'t self, from: NodeId, query: &'t Query) -> Result<impl Iterator<Item = NodeId> + 't, TreeError> {
        Ok(self.walk(from)?.filter(|&id| self.nodes.get(id).is_some_and(|node| query.fits(node))))
    }
}

impl Query {
    fn fits(&self, node: &Node) -> bool {
        let kind = self.kind.is_none_or(|kind| node.kind == kind);
        let mark = || self.mark.is_none_or(|name| node.mark(name).is_some());
        let attribute = || match &self.attribute {
            None => true,
            Some((name, None)) => node.attribute(*name).is_some(),
            Some((name, Some(value))) => node.attribute(*name) == Some(value),
        };
        kind && mark() && attribute()
    }
}
