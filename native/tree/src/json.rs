//! A document as JSON, in the shape that `ProseMirror` gives its own.
//!
//! A node is `{"type", "attrs", "marks", "text", "content"}`; what is empty is left out. The attribute `text` of a node of
//! kind `text` stands as its `text`. A mark is `{"type", "attrs"}`, its value being what `attrs` is.

use std::fmt::Write;
use std::sync::Arc;

use crate::node::Node;
use crate::walk::Siblings;
use crate::{Mark, Name, NodeId, Tree, TreeError, Value};

/// The kind of nodes that are text, and the attribute that holds it.
const TEXT: &str = "text";

impl Tree {
    /// A node and all below it as JSON.
    pub fn to_json(&self, from: NodeId) -> Result<String, TreeError> {
        let mut writer = Writer { json: String::new(), names: self.names.texts() };
        let start = self.get(from)?;
        writer.open(start);
        let mut path = vec![Siblings::of(&start.children)];
        let mut first = true;
        while let Some(siblings) = path.last_mut() {
            let Some(child) = siblings.next() else {
                let _ = path.pop();
                // A node whose list is over right after it was opened has none.
                writer.json.push_str(if first { "}" } else { "]}" });
                first = false;
                continue;
            };
            writer.json.push_str(if first { r#","content":["# } else { "," });
            let node = self.get(child)?;
            writer.open(node);
            path.push(Siblings::of(&node.children));
            first = true;
        }
        Ok(writer.json)
    }

    /// The attributes of a node as a JSON object, `{}` where there are none.
    pub fn attributes_json(&self, node: NodeId) -> Result<String, TreeError> {
        let mut writer = Writer { json: String::new(), names: self.names.texts() };
        writer.object(self.get(node)?.attributes().iter());
        Ok(writer.json)
    }

    /// The marks of a node as a JSON array of `{"type", "attrs"}`.
    pub fn marks_json(&self, node: NodeId) -> Result<String, TreeError> {
        let mut writer = Writer { json: String::new(), names: self.names.texts() };
        writer.list(self.get(node)?.marks());
        Ok(writer.json)
    }
}

struct Writer {
    json: String,
    /// By the number of the name.
    names: Vec<Arc<str>>,
}

impl Writer {
    /// A node up to its children.
    fn open(&mut self, node: &Node) {
        self.json.push_str(r#"{"type":"#);
        self.name(node.kind);
        let is_text = &*self.text(node.kind) == TEXT;
        let (texts, attributes): (Vec<_>, Vec<_>) = node
            .attributes()
            .iter()
            .partition(|(name, value)| is_text && matches!(value, Value::Text(_)) && &*self.text(*name) == TEXT);
        if !attributes.is_empty() {
            self.json.push_str(r#","attrs":"#);
            self.object(attributes.into_iter());
        }
        if !node.marks().is_empty() {
            self.json.push_str(r#","marks":"#);
            self.list(node.marks());
        }
        for (_, text) in texts {
            self.json.push_str(r#","text":"#);
            self.value(text);
        }
    }

    fn object<'v>(&mut self, attributes: impl Iterator<Item = &'v (Name, Value)>) {
        self.json.push('{');
        for (at, (name, value)) in attributes.enumerate() {
            self.separate(at);
            self.name(*name);
            self.json.push(':');
            self.value(value);
        }
        self.json.push('}');
    }

    fn list(&mut self, marks: &[Mark]) {
        self.json.push('[');
        for (at, mark) in marks.iter().enumerate() {
            self.separate(at);
            self.json.push_str(r#"{"type":"#);
            self.name(mark.name);
            if mark.value != Value::Null {
                self.json.push_str(r#","attrs":"#);
                self.value(&mark.value);
            }
            self.json.push('}');
        }
        self.json.push(']');
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.json.push_str("null"),
            Value::Bool(value) => self.json.push_str(if *value { "true" } else { "false" }),
            // Rust writes all digits of a large number and no exponent, which JSON takes.
            Value::Number(number) => write!(self.json, "{number}").unwrap_or_default(),
            Value::Text(text) => self.string(text),
            Value::Json(json) => self.json.push_str(json),
        }
    }

    fn name(&mut self, name: Name) {
        let text = self.text(name);
        self.string(&text);
    }

    fn text(&self, name: Name) -> Arc<str> {
        self.names.get(name.index()).cloned().unwrap_or_default()
    }

    fn string(&mut self, text: &str) {
        self.json.push_str(&serde_json::Value::from(text).to_string());
    }

    fn separate(&mut self, at: usize) {
        if at > 0 {
            self.json.push(',');
        }
    }
}
