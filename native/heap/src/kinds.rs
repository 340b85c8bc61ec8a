//! Kinds of nodes and edges, by the names that a snapshot's own header gives them.

use serde::Serialize;

/// What a node is, as far as it matters who asks for memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClassKind {
    /// An object with a constructor, or one of C++.
    Object,
    /// A function with its variables.
    Closure,
    /// A string, in one piece, joined or cut out of another.
    String,
    /// Storage of V8's own behind arrays, maps and properties.
    Array,
    /// Another value of JavaScript: a symbol, a number, a regular expression.
    Value,
    /// What V8 keeps for itself: compiled code, feedback, shapes of objects.
    Internal,
}

impl ClassKind {
    /// By the name of the node's type; what later versions of V8 add is their own business.
    pub(crate) fn of(node_type: &str) -> Self {
        match node_type {
            "object" | "native" | "wasm object" => Self::Object,
            "closure" => Self::Closure,
            "string" | "concatenated string" | "sliced string" => Self::String,
            "array" => Self::Array,
            "number" | "symbol" | "bigint" | "regexp" => Self::Value,
            _ => Self::Internal,
        }
    }
}

/// How one node refers to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EdgeKind {
    /// A variable that a function has captured.
    Context,
    /// An index.
    Element,
    /// A named property.
    Property,
    /// A field of V8's own, with a name.
    Internal,
    /// A field of V8's own, with an index.
    Hidden,
    /// A reference that keeps nothing alive.
    Weak,
}

impl EdgeKind {
    /// By the name of the edge's type.
    pub(crate) fn of(edge_type: &str) -> Self {
        match edge_type {
            "context" => Self::Context,
            "element" => Self::Element,
            "property" | "shortcut" => Self::Property,
            "weak" => Self::Weak,
            "hidden" => Self::Hidden,
            _ => Self::Internal,
        }
    }

    /// Whether the edge has an index where others have a name. V8's shortcuts, too, have names.
    pub(crate) fn is_indexed(self) -> bool {
        matches!(self, Self::Element | Self::Hidden)
    }
}
