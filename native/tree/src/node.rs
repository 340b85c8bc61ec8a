//! What the arena holds of each node.

use std::sync::Arc;

use crate::children::Children;
use crate::{Mark, Name, NodeId, Value};

/// A node. Its clone is two pointers and two numbers, because whoever writes to a block of the arena for the first time
/// clones all nodes in it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Name,
    /// None for the root, and until a node is inserted.
    pub(crate) parent: Option<NodeId>,
    pub(crate) children: Children,
    /// None where there are neither attributes nor marks.
    content: Option<Arc<Content>>,
}

/// Attributes and marks, in the order in which they were set; there are few of each, so they are looked through.
#[derive(Clone, Debug, Default)]
struct Content {
    attributes: Vec<(Name, Value)>,
    marks: Vec<Mark>,
}

impl Node {
    pub(crate) fn new(kind: Name) -> Self {
        Self { kind, parent: None, children: Children::default(), content: None }
    }

    pub(crate) fn attributes(&self) -> &[(Name, Value)] {
        self.content.as_ref().map_or(&[], |content| &content.attributes)
    }

    pub(crate) fn marks(&self) -> &[Mark] {
        self.content.as_ref().map_or(&[], |content| &content.marks)
    }

    pub(crate) fn attribute(&self, name: Name) -> Option<&Value> {
        self.attributes().iter().find(|(each, _)| *each == name).map(|(_, value)| value)
    }

    pub(crate) fn mark(&self, name: Name) -> Option<&Mark> {
        self.marks().iter().find(|mark| mark.name == name)
    }

    pub(crate) fn set_attribute(&mut self, name: Name, value: Value) {
        let attributes = &mut self.content_mut().attributes;
        match attributes.iter_mut().find(|(each, _)| *each == name) {
            Some((_, old)) => *old = value,
            None => push_exactly(attributes, (name, value)),
        }
    }

    pub(crate) fn remove_attribute(&mut self, name: Name) {
        if self.attribute(name).is_some() {
            self.content_mut().attributes.retain(|(each, _)| *each != name);
        }
    }

    pub(crate) fn add_mark(&mut self, mark: Mark) {
        let marks = &mut self.content_mut().marks;
        match marks.iter_mut().find(|each| each.name == mark.name) {
            Some(old) => *old = mark,
            None => push_exactly(marks, mark),
        }
    }

    pub(crate) fn remove_mark(&mut self, name: Name) {
        if self.mark(name).is_some() {
            self.content_mut().marks.retain(|mark| mark.name != name);
        }
    }

    /// Whether attributes and marks are the same object.
    pub(crate) fn shares_content(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Some(ours), Some(theirs)) => Arc::ptr_eq(ours, theirs),
            (None, None) => true,
            _ => false,
        }
    }

    fn content_mut(&mut self) -> &mut Content {
        Arc::make_mut(self.content.get_or_insert_default())
    }
}

/// Grows by one place: a vector's own growth would begin with four, and a node has one or two attributes.
fn push_exactly<T>(list: &mut Vec<T>, item: T) {
    list.reserve_exact(1);
    list.push(item);
}
