//! Expressions of any size, whose tokens and answers are known without the crate.

use std::fmt::Write;

use mf_expression::Variable;
use serde_json::json;

/// Terms of one pair of parentheses. In a flat sum each term would be a level of the syntax tree, and the crate looks
/// for errors by descending through all levels on the thread's own stack.
const FAN: usize = 32;
const PRICE: i64 = 5;

/// An expression and what must come of it. The text is leaked, because a lexer and an isolate borrow what they read for
/// as long as they live; a launch makes a few of them and ends.
#[derive(Clone, Copy)]
pub struct Source {
    pub text: &'static str,
    pub tokens: usize,
    pub answer: i64,
}

/// `item.price * 1 + len('word 1') + …`, in parentheses of 32 terms.
pub fn sum(terms: usize) -> Source {
    sum_from(0, terms)
}

/// The same, beginning with another term than the first, so that no two of them are alike.
pub fn sum_from(first: usize, terms: usize) -> Source {
    let mut writer = Writer { text: String::new(), tokens: 0, answer: 0, next: first };
    writer.sum(terms);
    Source { text: writer.text.leak(), tokens: writer.tokens, answer: writer.answer }
}

/// `'word 0', 'word 1', …`, which a unary expression reads as: is `$` one of these? [`context`] has the last of them.
pub fn list(terms: usize) -> &'static str {
    let words: Vec<String> = (0..terms).map(|k| format!("'word {k}'")).collect();
    words.join(", ").leak()
}

/// A template string with `terms` places in it, and the text that it must become.
pub fn template_string(terms: usize) -> (&'static str, String) {
    let (mut text, mut answer) = (String::from("`"), String::new());
    for factor in (0..terms).map(factor) {
        let _ = write!(text, "word ${{item.price * {factor}}} ");
        let _ = write!(answer, "word {} ", PRICE * factor);
    }
    text.push('`');
    (text.leak(), answer)
}

/// What expressions of `terms` terms are evaluated over.
pub fn context(terms: usize) -> Variable {
    json!({ "item": { "price": PRICE }, "$": format!("word {}", terms - 1) }).into()
}

/// What `item.price` is, for a check that evaluates by itself.
pub const fn price() -> i64 {
    PRICE
}

/// A whole number that the crate has made, by its digits.
pub fn whole_number(value: &Variable) -> Option<i64> {
    value.as_number()?.to_string().parse().ok()
}

fn factor(term: usize) -> i64 {
    1 + (term % 97) as i64
}

struct Writer {
    text: String,
    tokens: usize,
    answer: i64,
    next: usize,
}

impl Writer {
    fn sum(&mut self, terms: usize) {
        let mut part = 1;
        while part * FAN < terms {
            part *= FAN;
        }
        let mut left = terms;
        while left > 0 {
            let taken = left.min(part);
            if taken == 1 {
                self.term();
            } else {
                self.put("(", 1);
                self.sum(taken);
                self.put(")", 1);
            }
            left -= taken;
            if left > 0 {
                self.put(" + ", 1);
            }
        }
    }

    fn term(&mut self) {
        let term = self.next;
        self.next += 1;
        if term.is_multiple_of(2) {
            let factor = factor(term);
            self.put(&format!("item.price * {factor}"), 5);
            self.answer += PRICE * factor;
        } else {
            let word = format!("word {}", term % 997);
            // A quoted string is three tokens.
            self.put(&format!("len('{word}')"), 6);
            self.answer += word.len() as i64;
        }
    }

    fn put(&mut self, text: &str, tokens: usize) {
        self.text.push_str(text);
        self.tokens += tokens;
    }
}
