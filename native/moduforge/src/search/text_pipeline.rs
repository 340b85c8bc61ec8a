//! `search/text-pipeline`: texts of a script are indexed and looked up by their words.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_search::backend_sqlite::SqliteBackend;
use mf_search::model::IndexDoc;
use serde::Deserialize;
use tokio::runtime::Runtime;

use super::corpus::{id, with_text};
use super::query::for_word;
use super::{empty, runtime, wait_until_closed};

const DOCUMENTS: usize = 200;
/// Words of a text.
const WORDS: usize = 12;
/// Words that the texts share, 20 documents each.
const VOCABULARY: usize = 120;

/// Which script.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Words of Latin letters, divided by spaces.
    Latin,
    /// Words of Cyrillic letters, divided by spaces.
    Cyrillic,
    /// Words of two Chinese characters, divided by nothing.
    Cjk,
}

impl Script {
    /// Word number `number` of a vocabulary.
    fn word(self, number: usize) -> String {
        let (letters, length): (Vec<char>, usize) = match self {
            Self::Latin => ("abcdefghijklmnop".chars().collect(), 6),
            Self::Cyrillic => ("абвгдежзиклмнопр".chars().collect(), 6),
            Self::Cjk => ("中文全档索引查词语句章节段落标题".chars().collect(), 2),
        };
        (0..length).map(|at| letters[(number * 7 + (number / 16) * (at + 3) + at * 5) % letters.len()]).collect()
    }

    fn text(self, order: usize) -> String {
        let between = if matches!(self, Self::Cjk) { "" } else { " " };
        let words: Vec<String> = (0..WORDS).map(|at| self.word((order + at * 10) % VOCABULARY)).collect();
        words.join(between)
    }
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    script: Script,
}

/// The workload.
pub struct TextPipeline {
    script: Script,
    runtime: Runtime,
    documents: Vec<IndexDoc>,
    found: usize,
}

/// An index, and what a query for a word of each document answered.
pub struct Answers {
    _index: SqliteBackend,
    answers: Vec<Vec<String>>,
}

impl Workload for TextPipeline {
    const ID: &'static str = "search/text-pipeline";
    const HELD: usize = 1;
    type Params = Params;
    type Input = (SqliteBackend, Vec<IndexDoc>);
    type Output = Answers;

    fn new(params: Params) -> Result<Self, Failure> {
        let documents = (0..DOCUMENTS).map(|order| with_text(order, params.script.text(order))).collect();
        Ok(Self { script: params.script, runtime: runtime()?, documents, found: 0 })
    }

    fn input(&mut self) -> (SqliteBackend, Vec<IndexDoc>) {
        wait_until_closed();
        (empty(&self.runtime).expect("Cannot write the index"), self.documents.clone())
    }

    fn run(&mut self, (index, documents): (SqliteBackend, Vec<IndexDoc>)) -> Answers {
        self.runtime.block_on(async {
            index.rebuild_all(documents).await.expect("Cannot write the index");
            let mut answers = Vec::with_capacity(DOCUMENTS);
            for order in 0..DOCUMENTS {
                let mut query = for_word(&self.script.word(order % VOCABULARY));
                query.limit = DOCUMENTS;
                answers.push(index.search_ids(query).await.expect("the index is intact"));
            }
            Answers { _index: index, answers }
        })
    }

    /// What is found has the word. What is missing is counted: the crate finds no word within a run of Chinese.
    fn verify(&mut self, Answers { answers, .. }: Answers) -> Result<(), Failure> {
        Failure::unless_equal("queries", answers.len(), DOCUMENTS)?;
        self.found = 0;
        for (order, ids) in answers.iter().enumerate() {
            let word = self.script.word(order % VOCABULARY);
            for other in ids {
                let text = self.script.text(super::ranking::order_of(other)?);
                Failure::unless_equal(&format!("{text} has {word}"), text.contains(&word), true)?;
            }
            self.found += usize::from(ids.contains(&id(order)));
        }
        Ok(())
    }

    fn operations(&self) -> u64 {
        DOCUMENTS as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![FigureValue { name: "found", value: self.found as f64 / DOCUMENTS as f64 * 100.0 }]
    }
}
