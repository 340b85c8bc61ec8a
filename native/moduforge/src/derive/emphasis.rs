//! A type that derives `Mark`, and by hand what the derive generates for it.

use std::collections::HashMap;

use forgebench_measure::Failure;
use mf_core::mark::Mark as Definition;
use mf_model::mark::Mark;
use mf_model::mark_definition::MarkSpec;
use serde_json::{Value, json};

use super::{Written, attrs};
use crate::builders::attribute;

/// Attributes of an emphasis.
pub const ATTRIBUTES: usize = 3;
const TYPE: &str = "emphasis";

/// How strongly a text is emphasised.
#[derive(mf_derive::Mark, Clone, Debug, PartialEq)]
#[mark_type = "emphasis"]
pub struct Emphasis {
    #[attr]
    pub level: i32,
    #[attr]
    pub colour: String,
    #[attr]
    pub note: Option<String>,
}

/// What a mark becomes: the derive knows no way to a mark with values, only to a definition.
pub enum Made {
    Definition(Definition),
    Mark(Mark),
}

impl Emphasis {
    /// An emphasis without an attribute that has the default of its type.
    pub fn example() -> Self {
        Self { level: 2, colour: "red".into(), note: Some("a note".into()) }
    }

    /// The mark of this emphasis.
    pub fn make(&self, written: Written) -> Made {
        match written {
            Written::Derive => Made::Definition(self.to_mark()),
            Written::Hand => Made::Mark(self.mark_by_hand()),
        }
    }

    /// By hand.
    pub fn mark_by_hand(&self) -> Mark {
        let attrs = attrs([("level", json!(self.level)), ("colour", json!(self.colour)), ("note", json!(self.note))]);
        Mark { r#type: TYPE.into(), attrs }
    }

    /// The emphasis of this mark.
    pub fn read(mark: &Mark, written: Written) -> Result<Self, String> {
        match written {
            Written::Derive => Emphasis::from(mark),
            Written::Hand => Self::read_by_hand(mark),
        }
    }

    fn read_by_hand(mark: &Mark) -> Result<Self, String> {
        if mark.r#type != TYPE {
            return Err(format!("a mark of type {} is no emphasis", mark.r#type));
        }
        let text = |name: &str| mark.attrs.get_safe(name).and_then(Value::as_str).map(str::to_string);
        let level = mark.attrs.get_safe("level").and_then(Value::as_i64).unwrap_or_default();
        Ok(Self { level: level as i32, colour: text("colour").unwrap_or_default(), note: text("note") })
    }

    /// The definition of the type.
    pub fn definition(written: Written) -> Definition {
        match written {
            Written::Derive => Emphasis::mark_definition(),
            Written::Hand => Self::definition_by_hand(),
        }
    }

    fn definition_by_hand() -> Definition {
        let attrs = Self::defaults().map(|(name, default)| (name.to_string(), attribute(default)));
        Definition::new(TYPE, MarkSpec { attrs: Some(HashMap::from(attrs)), ..MarkSpec::default() })
    }

    fn defaults() -> [(&'static str, Value); ATTRIBUTES] {
        [("level", json!(0)), ("colour", json!("")), ("note", Value::Null)]
    }

    /// How many values of this emphasis came out; an error where anything else is wrong.
    pub fn values_in(&self, made: &Made) -> Result<usize, Failure> {
        let values = [
            ("level", Value::from(self.level)),
            ("colour", Value::from(self.colour.as_str())),
            ("note", Value::from(self.note.as_deref())),
        ];
        match made {
            Made::Mark(mark) => {
                Failure::unless_equal("type", mark.r#type.as_str(), TYPE)?;
                Failure::unless_equal("number of attributes", mark.attrs.size(), ATTRIBUTES)?;
                Ok(values.iter().filter(|(name, value)| mark.attrs.get_safe(name) == Some(value)).count())
            }
            Made::Definition(definition) => {
                let attributes = definition.r#type.attrs.as_ref();
                Failure::unless_equal("type", definition.name.as_str(), TYPE)?;
                Failure::unless_equal("number of attributes", attributes.map(HashMap::len), Some(ATTRIBUTES))?;
                let default = |name: &str| attributes?.get(name)?.default.clone();
                Ok(values.into_iter().filter(|(name, value)| default(name).as_ref() == Some(value)).count())
            }
        }
    }

    /// The definition is that of an emphasis.
    pub fn check_definition(definition: &Definition) -> Result<(), Failure> {
        Failure::unless_equal("name", definition.name.as_str(), TYPE)?;
        let seen = definition.r#type.attrs.as_ref();
        Failure::unless_equal("number of attributes", seen.map(HashMap::len), Some(ATTRIBUTES))?;
        for (name, default) in Self::defaults() {
            Failure::unless_equal(name, seen.and_then(|all| all.get(name)), Some(&attribute(default)))?;
        }
        Ok(())
    }
}
