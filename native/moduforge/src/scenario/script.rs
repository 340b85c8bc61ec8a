//! Edits of a text as changes of a document whose paragraphs are its lines.

use std::sync::Arc;

use forgebench_measure::Failure;
use mf_model::node_definition::NodeTree;
use mf_model::types::NodeId;
use mf_model::{Attrs, Node, NodePool};
use mf_state::Transaction;
use mf_transform::TransformResult;
use serde_json::{Value, json};

use super::trace::{Patch, Trace};
use crate::builders::root_id;

/// The ids of the document begin so.
pub const PREFIX: &str = "script";
/// What a new line takes of the distance to the next: lines are mostly typed one below the other.
const SHARE: f64 = 1.0 / 16.0;

/// A paragraph: its place among the others and its text. The crate has no step that adds a node between others, and
/// moving one within its parent lists it twice, so that paragraphs say themselves where they stand.
#[derive(Clone)]
pub struct Line {
    pub id: NodeId,
    place: f64,
    text: Vec<char>,
}

/// A step of an edit.
pub enum Change {
    Write(NodeId, String),
    Add(Vec<Line>),
    Remove(Vec<NodeId>),
}

/// The edits of a trace, each as the changes that make it.
pub struct Script {
    pub edits: Vec<Vec<Change>>,
}

/// The lines while a script is written.
struct Draft {
    lines: Vec<Line>,
    made: usize,
}

impl Line {
    fn node(&self) -> Node {
        let mut attrs = Attrs::default();
        attrs.insert_mut("order".into(), json!(self.place));
        attrs.insert_mut("text".into(), json!(String::from_iter(&self.text)));
        Node::new(&self.id, "paragraph".into(), attrs, vec![], vec![])
    }
}

impl Change {
    /// Ids of the paragraphs that it writes, adds or removes.
    pub fn touched(&self) -> Vec<NodeId> {
        match self {
            Self::Write(id, _) => vec![id.clone()],
            Self::Add(lines) => lines.iter().map(|line| line.id.clone()).collect(),
            Self::Remove(ids) => ids.clone(),
        }
    }

    /// Adds the change to a transaction.
    pub fn make(&self, transaction: &mut Transaction) -> TransformResult<()> {
        match self {
            Self::Write(id, text) => {
                let values = [("text".to_string(), json!(text))].into_iter().collect();
                transaction.set_node_attribute(id.clone(), values)
            }
            Self::Add(lines) => {
                let nodes = lines.iter().map(|line| NodeTree(line.node(), vec![])).collect();
                transaction.add_node(root_id(PREFIX), nodes)
            }
            Self::Remove(ids) => transaction.remove_node(root_id(PREFIX), ids.clone()),
        }
    }
}

impl Script {
    pub fn of(trace: &Trace) -> Result<Self, Failure> {
        let mut draft = Draft::new();
        let edits = trace.edits.iter().map(|patch| draft.edit(patch)).collect::<Result<_, _>>()?;
        Ok(Self { edits })
    }

    /// The document before the first edit: one empty paragraph.
    pub fn document() -> Arc<NodePool> {
        let line = Draft::new().lines.remove(0);
        let root = Node::new(&root_id(PREFIX), "doc".into(), Attrs::default(), vec![line.id.clone()], vec![]);
        NodePool::from(NodeTree(root, vec![NodeTree(line.node(), vec![])]))
    }
}

/// The text that a document holds.
pub fn text_of(document: &NodePool) -> Result<String, Failure> {
    let wrong = |what: &str| Failure::WrongAnswer(what.to_string());
    let ids = document.children(&root_id(PREFIX)).ok_or_else(|| wrong("the root has gone"))?;
    let mut lines = Vec::new();
    for id in &ids {
        let node = document.get_node(id).ok_or_else(|| wrong("a paragraph has gone"))?;
        let place = node.attrs.get_safe("order").and_then(Value::as_f64).ok_or_else(|| wrong("no place"))?;
        let text = node.attrs.get_safe("text").and_then(Value::as_str).ok_or_else(|| wrong("no text"))?;
        lines.push((place, text.to_owned()));
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(lines.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n"))
}

/// Two texts are equal; where they are not, the first difference is named, and neither is printed.
pub fn unless_same(what: &str, seen: &str, expected: &str) -> Result<(), Failure> {
    Failure::unless_equal(&format!("length of {what}"), seen.len(), expected.len())?;
    let differs = seen.bytes().zip(expected.bytes()).position(|(a, b)| a != b);
    Failure::unless_equal(&format!("first difference in {what}"), differs, None)
}

impl Draft {
    fn new() -> Self {
        let mut draft = Self { lines: vec![], made: 0 };
        let first = draft.line(0.0, vec![]);
        draft.lines.push(first);
        draft
    }

    fn line(&mut self, place: f64, text: Vec<char>) -> Line {
        self.made += 1;
        Line { id: format!("{PREFIX}_{}", self.made).into(), place, text }
    }

    /// The line that holds a place of the text, and the place in it. The place before a line break is its line's.
    fn find(&self, mut at: usize) -> Result<(usize, usize), Failure> {
        for (number, line) in self.lines.iter().enumerate() {
            if at <= line.text.len() {
                return Ok((number, at));
            }
            at -= line.text.len() + 1;
        }
        Err(Failure::Setup("an edit lies behind the end of the text".into()))
    }

    fn edit(&mut self, Patch(at, deleted, inserted): &Patch) -> Result<Vec<Change>, Failure> {
        let (first, start) = self.find(*at)?;
        let (last, end) = self.find(at + deleted)?;
        let mut text: Vec<char> = self.lines[first].text[..start].to_vec();
        text.extend(inserted.chars());
        text.extend_from_slice(&self.lines[last].text[end..]);
        let mut parts = text.split(|c| *c == '\n').map(<[char]>::to_vec);
        self.lines[first].text = parts.next().unwrap_or_default();
        let first_text = String::from_iter(&self.lines[first].text);
        let mut changes = vec![Change::Write(self.lines[first].id.clone(), first_text)];
        let removed: Vec<NodeId> = self.lines.drain(first + 1..=last).map(|line| line.id).collect();
        if !removed.is_empty() {
            changes.push(Change::Remove(removed));
        }
        let added = self.insert_after(first, parts.collect())?;
        if !added.is_empty() {
            changes.push(Change::Add(added));
        }
        Ok(changes)
    }

    fn insert_after(&mut self, before: usize, texts: Vec<Vec<char>>) -> Result<Vec<Line>, Failure> {
        let mut added = Vec::with_capacity(texts.len());
        let mut place = self.lines[before].place;
        let next = self.lines.get(before + 1).map(|line| line.place);
        for text in texts {
            let step = next.map_or(1.0, |next| (next - place) * SHARE);
            if place + step <= place {
                return Err(Failure::Setup("no number is left between two paragraphs".into()));
            }
            place += step;
            added.push(self.line(place, text));
        }
        let after = before + 1;
        self.lines.splice(after..after, added.iter().cloned());
        Ok(added)
    }
}
