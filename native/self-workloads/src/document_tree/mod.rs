//! The document tree of the engine: `documents/tree-edit`, `-transaction`, `-read`, `-diff`, `-versions`.
//!
//! The document is that of most comparisons of editors: 100 sections of 100 paragraphs, a text in each, 20,101 nodes.

mod edits;
mod reads;
mod versions;

use forgebench_measure::{Failure, Registration};
use forgebench_tree::{NodeId, Transaction, Tree, TreeError, Value};

use edits::{Edit, Transact};
use reads::Read;
use versions::{Difference, Versions};

const SECTIONS: u32 = 100;
const PARAGRAPHS: u32 = 100;
/// Operations of a batch.
const BATCH: u32 = 1000;
/// No divisor of the number of paragraphs, so that its multiples reach all of them, far apart.
const STRIDE: u32 = 7919;

pub(crate) fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<Edit>(),
        Registration::of::<Transact>(),
        Registration::of::<Read>(),
        Registration::of::<Difference>(),
        Registration::of::<Versions>(),
    ]
}

/// The document; ids follow from the place, because nodes were created in the order of the document.
fn document() -> Result<Tree, Failure> {
    let mut edits = Tree::new("doc").begin();
    let fill = |edits: &mut Transaction| {
        let [section, paragraph, text, order] = ["section", "paragraph", "text", "order"].map(|name| edits.name(name));
        for at in 0..SECTIONS {
            let parent = edits.create(section)?;
            edits.insert(NodeId::ROOT, at, parent)?;
            for at in 0..PARAGRAPHS {
                let (node, words) = (edits.create(paragraph)?, edits.create(text)?);
                edits.insert(parent, at, node)?;
                edits.insert(node, 0, words)?;
                edits.set_attribute(node, order, Value::Number(f64::from(at)))?;
                edits.set_attribute(words, text, Value::text("Some words of a paragraph."))?;
            }
        }
        Ok::<(), TreeError>(())
    };
    fill(&mut edits).map_err(Failure::setup)?;
    Ok(edits.commit())
}

/// The n-th section.
fn section(at: u32) -> NodeId {
    NodeId::new(2 + at % SECTIONS * (1 + 2 * PARAGRAPHS)).unwrap_or(NodeId::ROOT)
}

/// One paragraph after another, each far from the one before.
fn paragraph(turn: u32) -> NodeId {
    let at = turn.wrapping_mul(STRIDE) % (SECTIONS * PARAGRAPHS);
    NodeId::new(section(at / PARAGRAPHS).number() + 1 + 2 * (at % PARAGRAPHS)).unwrap_or(NodeId::ROOT)
}

/// What a batch consists of.
#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    SetAttribute,
    Insert,
    Remove,
    Move,
}

/// Does the n-th step of its kind.
fn edit(edits: &mut Transaction, step: Step, turn: u32) -> Result<(), TreeError> {
    match step {
        Step::SetAttribute => {
            let order = edits.name("order");
            edits.set_attribute(paragraph(turn), order, Value::Number(f64::from(turn) + 0.5))
        }
        Step::Insert => {
            let kind = edits.name("paragraph");
            let node = edits.create(kind)?;
            edits.insert(section(turn), 50, node)
        }
        Step::Remove => edits.remove(paragraph(turn)),
        Step::Move => edits.move_to(section(turn), 0, paragraph(turn)),
    }
}
