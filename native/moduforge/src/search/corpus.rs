//! Documents to index, and what is known of their texts.

use mf_search::model::IndexDoc;
use serde_json::json;

/// Words that are in no particular document.
const VOCABULARY: u64 = 2_000;
/// A text has from so many words …
const SHORTEST: u64 = 10;
/// … to so many less one, so that ranking by length has something to rank.
const LONGEST: u64 = 40;
/// A word of every third document, in some of them several times.
pub const COMMON: &str = "commonword";
/// A word of four documents in a thousand.
pub const RARE: &str = "rareword";
/// A word of no document.
pub const NONE: &str = "noneword";
/// Documents of which four have the rare word.
const RARE_IN: u64 = 250;
/// Documents of which one is a heading with a mark.
const HEADING_IN: usize = 200;

/// The id of document number `order`.
pub fn id(order: usize) -> String {
    format!("doc_{order}")
}

/// Document number `order` of a corpus.
pub fn document(order: usize) -> IndexDoc {
    with_text(order, text(order as u64))
}

/// A corpus of so many documents.
pub fn corpus(documents: usize) -> Vec<IndexDoc> {
    (0..documents).map(document).collect()
}

/// Document number `order` with another text.
pub fn with_text(order: usize, text: String) -> IndexDoc {
    let heading = is_heading(order);
    let marks = if heading { json!([{ "type": "bold", "attrs": {} }]) } else { json!([]) };
    let section = section(order);
    IndexDoc {
        node_id: id(order),
        node_type: if heading { "heading" } else { "paragraph" }.into(),
        parent_id: Some(section.clone()),
        marks: if heading { vec!["bold".into()] } else { vec![] },
        marks_json: marks.to_string(),
        attrs_flat: vec![("order".into(), order.to_string())],
        attrs_json: json!({ "order": order }).to_string(),
        text: Some(text),
        path: vec!["root".into(), section, id(order)],
        order_i64: Some(order as i64),
        created_at_i64: Some(order as i64),
        updated_at_i64: None,
    }
}

/// Whether document number `order` is of the type `heading` and bears the mark `bold`.
pub fn is_heading(order: usize) -> bool {
    order.is_multiple_of(HEADING_IN)
}

/// The parent of document number `order`: a hundred documents in each.
pub fn section(order: usize) -> String {
    format!("section_{:04}", order / 100)
}

/// The text of document number `order`.
pub fn text(order: u64) -> String {
    let mut words: Vec<String> = (0..length(order)).map(|at| word(mixed(order * LONGEST + at) % VOCABULARY)).collect();
    if order.is_multiple_of(3) {
        words.extend((0..=order / 3 % 3).map(|_| COMMON.to_owned()));
    }
    if order.is_multiple_of(RARE_IN) {
        words.push(RARE.into());
    }
    words.join(" ")
}

/// A pronounceable word for each number, no two the same.
pub fn word(number: u64) -> String {
    let mut rest = number + 400;
    let mut word = String::new();
    while rest > 0 {
        word.push(b"bdfgklmnprstvzjx"[(rest % 16) as usize].into());
        word.push('a');
        rest /= 16;
    }
    word
}

fn length(order: u64) -> u64 {
    SHORTEST + mixed(order) % (LONGEST - SHORTEST)
}

/// The last step of `SplitMix64` (Steele et al., 2014).
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
