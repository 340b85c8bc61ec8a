//! Who wrote the code that a case runs, and the definitions that both write.

use std::collections::HashMap;

use forgebench_measure::Failure;
use mf_model::schema::AttributeSpec;
use serde::Deserialize;
use serde_json::{Value, json};

/// Who wrote it.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// The macro.
    Macro,
    /// We, as one would who does not know the macro.
    Hand,
}

/// The default of an attribute, whose name ends in the same number.
pub fn default_of(number: usize) -> Value {
    match number % 3 {
        0 => json!("text"),
        1 => json!(number),
        _ => json!(false),
    }
}

/// Attributes by hand: a map that is made as large as it will be.
pub fn attributes(names: &[&str]) -> HashMap<String, AttributeSpec> {
    let mut attributes = HashMap::with_capacity(names.len());
    for (number, name) in names.iter().enumerate() {
        attributes.insert((*name).to_string(), AttributeSpec { default: Some(default_of(number)) });
    }
    attributes
}

/// Names of attributes, of which a definition has the first few.
pub const NAMES: [&str; 16] = [
    "name0", "name1", "name2", "name3", "name4", "name5", "name6", "name7", "name8", "name9", "name10", "name11",
    "name12", "name13", "name14", "name15",
];

/// The definition has these attributes and no others, each with its default.
pub fn check_attributes(seen: Option<&HashMap<String, AttributeSpec>>, names: &[&str]) -> Result<(), Failure> {
    let seen = seen.ok_or_else(|| Failure::WrongAnswer("there are no attributes".into()))?;
    Failure::unless_equal("number of attributes", seen.len(), names.len())?;
    for (number, name) in names.iter().enumerate() {
        let default = seen.get(*name).and_then(|spec| spec.default.clone());
        Failure::unless_equal(name, default, Some(default_of(number)))?;
    }
    Ok(())
}

/// Calls a macro of definitions with the first 1, 4 or 16 attributes, as its users write them: one by one.
macro_rules! with_attributes {
    ($count:expr, $($define:ident)::+, $($head:expr),*) => {{
        use crate::macros::written::default_of;
        match $count {
            1 => $($define)::+!($($head),*, "name0" => default_of(0)),
            4 => $($define)::+!(
                $($head),*, "name0" => default_of(0), "name1" => default_of(1), "name2" => default_of(2),
                "name3" => default_of(3)
            ),
            _ => $($define)::+!(
                $($head),*, "name0" => default_of(0), "name1" => default_of(1), "name2" => default_of(2),
                "name3" => default_of(3), "name4" => default_of(4), "name5" => default_of(5),
                "name6" => default_of(6), "name7" => default_of(7), "name8" => default_of(8),
                "name9" => default_of(9), "name10" => default_of(10), "name11" => default_of(11),
                "name12" => default_of(12), "name13" => default_of(13), "name14" => default_of(14),
                "name15" => default_of(15)
            ),
        }
    }};
}
pub(super) use with_attributes;

/// The number of attributes is one that the macros are called with.
pub fn check_count(attributes: usize) -> Result<(), Failure> {
    match attributes {
        1 | 4 | 16 => Ok(()),
        _ => Err(Failure::Setup(format!("{attributes} attributes are not written down; there are 1, 4 and 16"))),
    }
}
