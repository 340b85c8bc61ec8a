//! The order that a full-text query must have, worked out from the texts by the formula that `SQLite` documents.

use forgebench_measure::Failure;
use mf_search::model::IndexDoc;

/// Constants of `bm25()` in FTS5, <https://www.sqlite.org/fts5.html#the_bm25_function>.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// FTS5 takes this for words that more than half of all documents have.
const LEAST_IDF: f64 = 1e-6;
/// Scores this close count as equal, because sums were rounded in another order.
const ROUNDING: f64 = 1e-9;

/// Number of documents that have `term`, and by `order` of the document its score; 0 where it is absent.
pub fn scores(documents: &[IndexDoc], term: &str) -> (usize, Vec<f64>) {
    let counts = |document: &IndexDoc| {
        let words = document.text.as_deref().unwrap_or_default().split(' ');
        words.fold((0.0, 0.0), |(all, hits), word| (all + 1.0, if word == term { hits + 1.0 } else { hits }))
    };
    let counted: Vec<(f64, f64)> = documents.iter().map(counts).collect();
    let average = counted.iter().map(|(all, _)| all).sum::<f64>() / counted.len() as f64;
    let matching = counted.iter().filter(|(_, hits)| *hits > 0.0).count();
    let (n, total) = (matching as f64, counted.len() as f64);
    let idf = ((total - n + 0.5) / (n + 0.5)).ln().max(LEAST_IDF);
    let score = |(all, hits): &(f64, f64)| idf * hits * (K1 + 1.0) / (hits + K1 * (1.0 - B + B * all / average));
    (matching, counted.iter().map(score).collect())
}

/// The first `limit` answers are in falling order of their score, and none that is absent has a higher one. Documents
/// of one score may stand in any order.
pub fn check(orders: &[usize], term: &str, documents: &[IndexDoc], limit: usize) -> Result<(), Failure> {
    let (matching, scores) = scores(documents, term);
    Failure::unless_equal("number of answers", orders.len(), matching.min(limit))?;
    let mut best: Vec<f64> = scores.iter().copied().filter(|score| *score > 0.0).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let seen: Vec<f64> = orders.iter().map(|order| scores[*order]).collect();
    for (rank, (seen, best)) in seen.iter().zip(&best).enumerate() {
        let right = (seen - best).abs() <= best * ROUNDING;
        Failure::unless_equal(
            &format!("answer {rank} scores {seen}, the best that is left {best}; this"),
            right,
            true,
        )?;
    }
    let mut once = orders.to_vec();
    once.sort_unstable();
    once.dedup();
    Failure::unless_equal("different answers", once.len(), orders.len())
}

/// The number in the id of a document.
pub fn order_of(id: &str) -> Result<usize, Failure> {
    let number = id.strip_prefix("doc_").and_then(|number| number.parse().ok());
    number.ok_or_else(|| Failure::WrongAnswer(format!("{id} is the id of no document")))
}
