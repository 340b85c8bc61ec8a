//! What an attribute or a mark may hold.

use std::sync::Arc;

/// The value of an attribute or a mark.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// JSON's null.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A text.
    Text(Arc<str>),
    /// The JSON of an object or an array; compared as text. [`Value::json`] checks it.
    Json(Arc<str>),
}

impl Value {
    /// An object or an array from its JSON; none where it is neither, or is nested more than 127 deep.
    pub fn json(text: &str) -> Option<Self> {
        let structured = text.starts_with(['{', '[']);
        let valid = structured && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        valid.then(|| Self::Json(text.into()))
    }

    /// Any value from its JSON; none where it is no JSON, or is nested more than 127 deep.
    pub fn from_json(text: &str) -> Option<Self> {
        Some(match serde_json::from_str(text).ok()? {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(value),
            serde_json::Value::Number(number) => Self::Number(number.as_f64()?),
            serde_json::Value::String(text) => Self::text(&text),
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => Self::Json(text.into()),
        })
    }

    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }
}
