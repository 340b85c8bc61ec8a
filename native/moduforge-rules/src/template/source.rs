//! Templates of any size, and what they must become.

use std::fmt::Write;

use forgebench_measure::Failure;
use mf_expression::Variable;
use serde_json::json;

const PRICE: usize = 5;

/// A template and the text that it must become.
pub struct Source {
    pub template: String,
    pub rendered: String,
}

/// Lines of text, each with one expression in it: `Line 0: {{ item.price * 1 }};`.
pub fn lines(expressions: usize) -> Source {
    let (mut template, mut rendered) = (String::new(), String::new());
    for k in 0..expressions {
        let _ = write!(template, "Line {k}: {{{{ {} }}}};", expression(k));
        let _ = write!(rendered, "Line {k}: {};", answer(k));
    }
    Source { template, rendered }
}

/// Expressions one after another with no text between them.
pub fn places(expressions: usize) -> Source {
    let mut template = String::new();
    for k in 0..expressions {
        let _ = write!(template, "{{{{{}}}}}", expression(k));
    }
    Source { template, rendered: (0..expressions).map(answer).collect() }
}

/// The expression of place `k`: an arithmetic one and a call in turn.
pub fn expression(k: usize) -> String {
    if k.is_multiple_of(2) { format!("item.price * {}", factor(k)) } else { format!("len('word {k}')") }
}

/// What templates are rendered over.
pub fn context() -> Variable {
    json!({ "item": { "price": PRICE } }).into()
}

/// The text is exactly this one; where it is not, the failure shows the first place.
pub fn same_text(seen: &Variable, expected: &str) -> Result<(), Failure> {
    let seen = seen.as_str().ok_or_else(|| Failure::WrongAnswer(format!("a {} was rendered", seen.type_name())))?;
    let same = seen.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count();
    Failure::unless_equal("length of what is right", same, expected.len())?;
    Failure::unless_equal("length of the text", seen.len(), expected.len())
}

fn answer(k: usize) -> String {
    if k.is_multiple_of(2) { PRICE * factor(k) } else { format!("word {k}").len() }.to_string()
}

fn factor(k: usize) -> usize {
    1 + k % 97
}
