//! Editing histories: the recorded typing of a person where there is some, and one made by a rule where there is none.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use forgebench_measure::Failure;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::persistence::bytes::Random;

/// Names the folder of the public data sets.
const VARIABLE: &str = "FORGEBENCH_DATA";
/// A paper as its author typed it, a character at a time (josephg/editing-traces).
const RECORDED: &str = "traces/sequential/automerge-paper.json.gz";

/// An edit: so many characters are deleted at a place, and others inserted there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch(pub usize, pub usize, pub String);

/// The first edits of a history that begins with an empty text.
pub struct Trace {
    pub edits: Vec<Patch>,
    /// Whether a person made them.
    pub recorded: bool,
}

impl Trace {
    /// So many edits: of the recording where the environment names the folder with it, else of the rule.
    pub fn of(edits: usize) -> Result<Self, Failure> {
        match std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
            Some(folder) => Ok(Self { edits: recorded(&PathBuf::from(folder).join(RECORDED), edits)?, recorded: true }),
            None => Ok(Self { edits: made(edits), recorded: false }),
        }
    }

    /// The text after the first `edits` edits, by nothing but a list of characters.
    pub fn text_after(&self, edits: usize) -> String {
        let mut text = Vec::new();
        for Patch(at, deleted, inserted) in &self.edits[..edits] {
            text.splice(*at..at + deleted, inserted.chars());
        }
        text.into_iter().collect()
    }
}

fn recorded(path: &Path, count: usize) -> Result<Vec<Patch>, Failure> {
    let failed = |error: &dyn fmt::Display| Failure::Setup(format!("Cannot read {}: {error}", path.display()));
    let file = File::open(path).map_err(|e| failed(&e))?;
    let mut edits = Vec::with_capacity(count);
    let mut reader = serde_json::Deserializer::from_reader(BufReader::new(GzDecoder::new(file)));
    let read = reader.deserialize_map(History { edits: &mut edits, count });
    // What stands behind the last edit that is needed is not read, which is no end of a list as JSON has it.
    if edits.len() < count {
        return Err(read.map_or_else(|e| failed(&e), |()| failed(&format!("it has only {} edits", edits.len()))));
    }
    edits.truncate(count);
    Ok(edits)
}

/// Reads a history, `{"txns":[{"patches":[[at, deleted, inserted]]}]}`, as far as it is needed.
struct History<'a> {
    edits: &'a mut Vec<Patch>,
    count: usize,
}

#[derive(Deserialize)]
struct Moment {
    patches: Vec<Patch>,
}

impl<'de> Visitor<'de> for History<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an editing history or its list of edits")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "txns" {
                map.next_value_seed(History { edits: &mut *self.edits, count: self.count })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut moments: A) -> Result<(), A::Error> {
        while self.edits.len() < self.count {
            let Some(Moment { patches }) = moments.next_element()? else { break };
            self.edits.extend(patches);
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for History<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, list: D) -> Result<(), D::Error> {
        list.deserialize_seq(self)
    }
}

/// Typing by a rule: words and lines, slips that are taken back, jumps to another place, and now and then a selection
/// that is deleted or a line that is pasted.
fn made(count: usize) -> Vec<Patch> {
    let mut random = Random(3);
    let (mut cursor, mut length) = (0, 0);
    let mut one = |_| {
        let patch = match random.next() % 200 {
            0..8 if cursor > 0 => Patch(cursor - 1, 1, String::new()),
            8 if length > 200 => Patch(cursor.min(length - 40), 40, String::new()),
            9..11 => Patch(cursor, 0, "a pasted line\nand another\n".into()),
            11..14 => Patch(cursor, 0, "\n".into()),
            14..17 => Patch(random.next() as usize % (length + 1), 0, "x".into()),
            17..50 => Patch(cursor, 0, " ".into()),
            _ => Patch(cursor, 0, char::from(b'a' + (random.next() % 26) as u8).into()),
        };
        cursor = patch.0 + patch.2.len();
        length = length + patch.2.len() - patch.1;
        patch
    };
    (0..count).map(&mut one).collect()
}
