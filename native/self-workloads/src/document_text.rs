//! The text documents of the engine: `documents/text-batch`, `-merge`, `-load`.
//!
//! Histories are made by chance, the same each time: people type words, take some letters back, and go on somewhere else.

use forgebench_measure::{Failure, NoParams, Registration, Workload};
use forgebench_text::{Snapshot, TextDocument, Version, encode_snapshot};

use crate::chance::Chance;

/// Edits of a history.
const EDITS: u64 = 100_000;

/// Edits that authors make before they learn of those of the others.
const APART: u64 = 40;

pub(crate) fn workloads() -> Vec<Registration> {
    vec![Registration::of::<Batch>(), Registration::of::<Merge>(), Registration::of::<Load>()]
}

/// Somebody who types.
struct Author {
    chance: Chance,
    position: u32,
    /// Edits until the author goes elsewhere.
    left: u64,
}

impl Author {
    fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed), position: 0, left: 0 }
    }

    /// The next edit in a text of this length: position, units to delete, the unit to insert.
    fn edit(&mut self, length: u32) -> (u32, u32, Option<u16>) {
        self.position = self.position.min(length);
        if self.left == 0 {
            self.left = 10 + self.chance.below(30);
            self.position = self.chance.below(u64::from(length) + 1) as u32;
        }
        self.left -= 1;
        if self.position > 0 && self.chance.below(8) == 0 {
            self.position -= 1;
            return (self.position, 1, None);
        }
        let unit = 97 + self.chance.below(26) as u16;
        self.position += 1;
        (self.position - 1, 0, Some(unit))
    }
}

/// Columns as JavaScript hands them over.
#[derive(Default)]
struct Columns {
    positions: Vec<u32>,
    deleted: Vec<u32>,
    inserted: Vec<u32>,
    text: Vec<u16>,
}

impl Columns {
    fn typed() -> Self {
        let (mut columns, mut author, mut length) = (Self::default(), Author::new(1), 0);
        for _ in 0..EDITS {
            let (position, deleted, inserted) = author.edit(length);
            columns.positions.push(position);
            columns.deleted.push(deleted);
            columns.inserted.push(u32::from(inserted.is_some()));
            columns.text.extend(inserted);
            length = length - deleted + u32::from(inserted.is_some());
        }
        columns
    }

    fn document(&self) -> TextDocument {
        let mut document = TextDocument::new("ada");
        document
            .apply_batch(&self.positions, &self.deleted, &self.inserted, &self.text)
            .expect("each edit lies inside the text before it");
        document
    }

    /// The same text without history.
    fn plain_text(&self) -> Vec<u16> {
        let (mut text, mut unit) = (Vec::new(), self.text.iter());
        for ((&position, &deleted), &inserted) in self.positions.iter().zip(&self.deleted).zip(&self.inserted) {
            let at = position as usize;
            text.splice(at..at + deleted as usize, unit.by_ref().take(inserted as usize).copied());
        }
        text
    }
}

struct Batch {
    columns: Columns,
}

impl Workload for Batch {
    const ID: &'static str = "documents/text-batch";
    const HELD: usize = 4;
    type Params = NoParams;
    type Input = ();
    type Output = (TextDocument, Vec<u16>);

    fn new(_: NoParams) -> Result<Self, Failure> {
        Ok(Self { columns: Columns::typed() })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        let mut document = self.columns.document();
        let text = document.text();
        (document, text)
    }
    fn verify(&mut self, (_, text): Self::Output) -> Result<(), Failure> {
        Failure::unless_equal("the text", text == self.columns.plain_text(), true)
    }
    fn operations(&self) -> u64 {
        EDITS
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Authors {
    /// How many edit at once.
    authors: usize,
}

struct Merge {
    changes: Vec<u8>,
    text: Vec<u16>,
    events: u64,
}

impl Workload for Merge {
    const ID: &'static str = "documents/text-merge";
    const HELD: usize = 4;
    type Params = Authors;
    type Input = TextDocument;
    type Output = TextDocument;

    fn new(Authors { authors }: Authors) -> Result<Self, Failure> {
        let mut replicas: Vec<_> = (0..authors)
            .map(|number| (TextDocument::new(&format!("author {number}")), Author::new(number as u64 + 1)))
            .collect();
        let rounds = EDITS / APART / authors.max(1) as u64;
        for _ in 0..rounds {
            for (document, author) in &mut replicas {
                for _ in 0..APART {
                    let (position, deleted, inserted) = author.edit(document.length());
                    let edited = document.edit(position, deleted, inserted.as_slice());
                    edited.map_err(|error| Failure::Setup(error.to_string()))?;
                }
            }
            exchange(&mut replicas)?;
        }
        let (first, _) = replicas.first_mut().ok_or_else(|| Failure::Setup("nobody edits".to_owned()))?;
        let events = rounds * APART * authors as u64;
        Ok(Self { changes: first.changes_since(&Version::default()), text: first.text(), events })
    }
    fn input(&mut self) -> TextDocument {
        TextDocument::new("reader")
    }
    fn run(&mut self, mut document: TextDocument) -> TextDocument {
        document.merge(&self.changes).expect("the changes are whole");
        document
    }
    fn verify(&mut self, mut document: TextDocument) -> Result<(), Failure> {
        Failure::unless_equal("the text that all authors have", document.text() == self.text, true)
    }
    fn operations(&self) -> u64 {
        self.events
    }
}

/// Lets all know what all did.
fn exchange(replicas: &mut [(TextDocument, Author)]) -> Result<(), Failure> {
    let Some(((first, _), others)) = replicas.split_first_mut() else { return Ok(()) };
    let merge = |document: &mut TextDocument, from: &TextDocument| {
        document.merge(&from.changes_since(&document.version())).map_err(|error| Failure::Setup(error.to_string()))
    };
    others.iter().try_for_each(|(other, _)| merge(first, other))?;
    others.iter_mut().try_for_each(|(other, _)| merge(other, first))
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Text,
    History,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Loaded {
    /// How much of the snapshot is unpacked.
    part: Part,
}

struct Load {
    snapshot: Vec<u8>,
    text: Vec<u16>,
    part: Part,
}

impl Workload for Load {
    const ID: &'static str = "documents/text-load";
    const HELD: usize = 16;
    type Params = Loaded;
    type Input = ();
    type Output = (Snapshot, Option<TextDocument>);

    fn new(Loaded { part }: Loaded) -> Result<Self, Failure> {
        let mut document = Columns::typed().document();
        let snapshot = encode_snapshot(&mut document).map_err(|error| Failure::Setup(error.to_string()))?;
        Ok(Self { snapshot, text: document.text(), part })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        let snapshot = Snapshot::decode(&self.snapshot).expect("the snapshot is whole");
        let document = match self.part {
            Part::Text => None,
            Part::History => Some(snapshot.open("reader").expect("the history is whole")),
        };
        (snapshot, document)
    }
    fn verify(&mut self, (snapshot, document): Self::Output) -> Result<(), Failure> {
        Failure::unless_equal("the text", snapshot.text() == self.text, true)?;
        let history = document.map(|mut document| document.text() == self.text);
        Failure::unless_equal("the text behind the history", history.unwrap_or(true), true)
    }
}
