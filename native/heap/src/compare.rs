//! Snapshots of one process side by side, class by class.

use std::path::PathBuf;

use serde::Serialize;

use crate::HeapError;
use crate::classes::{Class, Classes};
use crate::dominators::Dominators;
use crate::graph::Graph;
use crate::growth::{Holder, Ways};
use crate::kinds::ClassKind;
use crate::paths::Paths;
use crate::scripts::{Place, Scripts};

/// What snapshots of one process say together; lists have an entry for each snapshot, in their order.
#[derive(Debug, Serialize)]
pub struct Comparison {
    /// Sizes of the heaps.
    pub snapshots: Vec<SnapshotTotals>,
    /// Classes of which any figure changed, those first that have more bytes of their own in the last snapshot than in
    /// the first.
    pub classes: Vec<ClassSeries>,
}

/// One heap as a whole.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotTotals {
    /// Objects, strings and V8's own parts.
    pub nodes: u64,
    /// References.
    pub edges: u64,
    /// Bytes of all nodes.
    pub bytes: u64,
}

/// The nodes of one class over the snapshots.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClassSeries {
    /// Name of the constructor or of the function; in parentheses where there is none.
    pub name: String,
    /// What its nodes are.
    pub kind: ClassKind,
    /// File of the constructor or the function, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Nodes.
    pub counts: Vec<u64>,
    /// Bytes of the nodes alone.
    pub self_bytes: Vec<u64>,
    /// Bytes that would go with them.
    pub retained_bytes: Vec<u64>,
    /// Nodes of the last snapshot that the first had not.
    pub added: u64,
    /// What holds those, who holds most bytes first; three at most.
    pub holders: Vec<Holder>,
}

/// Compares snapshots of one process, the oldest first. They are read one after another; the memory for it is that of
/// one of them.
pub fn compare_snapshots(paths: &[PathBuf]) -> Result<Comparison, HeapError> {
    if paths.len() < 2 {
        return Err(HeapError::TooFew(paths.len()));
    }
    let mut reading = Reading::default();
    for (at, path) in paths.iter().enumerate() {
        reading.add(&Graph::read(path)?, at + 1 == paths.len());
    }
    Ok(reading.finish())
}

/// What has been learned from the snapshots that were read.
#[derive(Default)]
struct Reading {
    classes: Classes,
    totals: Vec<SnapshotTotals>,
    tallies: Vec<Vec<Tally>>,
    /// Of each snapshot before the last, sorted.
    ids: Vec<Vec<u32>>,
    /// By class: new nodes, and who holds them.
    added: Vec<(u64, Vec<Holder>)>,
}

impl Reading {
    fn add(&mut self, graph: &Graph, last: bool) {
        let scripts = Scripts::of(graph);
        let class_of = self.classes.number(graph, &scripts);
        self.totals.push(SnapshotTotals {
            nodes: graph.len() as u64,
            edges: graph.targets.len() as u64,
            bytes: graph.self_bytes.iter().sum(),
        });
        self.tallies.push(tally(graph, &class_of, self.classes.len()));
        if last {
            let paths = Paths::of(graph);
            let ways = Ways { graph, scripts: &scripts, paths: &paths, earlier: &self.ids };
            let added = ways.added(&class_of, self.classes.len());
            self.added = added.iter().map(|added| (added.count, added.holders(&ways))).collect();
        } else {
            let mut ids = graph.ids.clone();
            ids.sort_unstable();
            self.ids.push(ids);
        }
    }

    fn finish(mut self) -> Comparison {
        let mut classes: Vec<ClassSeries> = (0..self.classes.len())
            .map(|number| self.series(number))
            .filter(|series| changed(&series.counts) || changed(&series.self_bytes) || changed(&series.retained_bytes))
            .collect();
        classes.sort_by_key(|series| {
            let [first, .., last] = series.self_bytes[..] else { return 0 };
            first as i64 - last as i64
        });
        Comparison { snapshots: self.totals, classes }
    }

    fn series(&mut self, number: usize) -> ClassSeries {
        let column = |figure: fn(&Tally) -> u64| -> Vec<u64> {
            self.tallies.iter().map(|tally| tally.get(number).map_or(0, figure)).collect()
        };
        let (counts, self_bytes) = (column(|tally| tally.count), column(|tally| tally.self_bytes));
        let retained_bytes = column(|tally| tally.retained_bytes);
        let (added, holders) = std::mem::take(&mut self.added[number]);
        let Class { kind, name, place } = self.classes.get(number).clone();
        let (file, line) = place.map(|Place { file, line }| (file, line)).unzip();
        ClassSeries { name, kind, file, line, counts, self_bytes, retained_bytes, added, holders }
    }
}

/// Figures of one class in one snapshot.
#[derive(Clone, Copy, Default)]
struct Tally {
    count: u64,
    self_bytes: u64,
    retained_bytes: u64,
}

fn tally(graph: &Graph, class_of: &[u32], classes: usize) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); classes];
    for (class, &bytes) in class_of.iter().zip(&graph.self_bytes) {
        let tally = &mut tallies[*class as usize];
        tally.count += 1;
        tally.self_bytes += bytes;
    }
    let retained = Dominators::of(graph).retained_by_class(class_of, classes);
    for (tally, bytes) in tallies.iter_mut().zip(retained) {
        tally.retained_bytes = bytes;
    }
    tallies
}

fn changed(figures: &[u64]) -> bool {
    figures.windows(2).any(|pair| pair[0] != pair[1])
}
