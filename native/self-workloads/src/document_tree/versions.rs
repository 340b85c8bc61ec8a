//! Versions of the document: what lies between two, and what many of them hold.

use forgebench_measure::{Failure, Workload};
use forgebench_tree::{Tree, TreeError};

use super::{Step, document, edit};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    /// Nodes that differ.
    changes: u32,
}

/// What lies between two versions.
pub(super) struct Difference {
    before: Tree,
    after: Tree,
    changes: u32,
}

impl Workload for Difference {
    const ID: &'static str = "documents/tree-diff";
    type Params = Changes;
    type Input = ();
    type Output = usize;

    fn new(Changes { changes }: Changes) -> Result<Self, Failure> {
        let before = document()?;
        let mut edits = before.begin();
        for turn in 0..changes {
            edit(&mut edits, Step::SetAttribute, turn).map_err(Failure::setup)?;
        }
        Ok(Self { before, after: edits.commit(), changes })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> usize {
        self.before.diff(&self.after).map_or(0, |operations| operations.len())
    }
    fn verify(&mut self, seen: usize) -> Result<(), Failure> {
        Failure::unless_equal("operations", seen, self.changes as usize)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    /// Versions that are kept.
    versions: u32,
}

/// A document with a history: each version has one attribute more that changed. An operation is a version.
pub(super) struct Versions {
    document: Tree,
    versions: u32,
}

impl Workload for Versions {
    const ID: &'static str = "documents/tree-versions";
    const HELD: usize = 1;
    type Params = Count;
    type Input = ();
    type Output = Result<Vec<Tree>, TreeError>;

    fn new(Count { versions }: Count) -> Result<Self, Failure> {
        Ok(Self { document: document()?, versions })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        let mut last = self.document.clone();
        let version = |turn| {
            let mut edits = last.begin();
            edit(&mut edits, Step::SetAttribute, turn)?;
            last = edits.commit();
            Ok(last.clone())
        };
        (0..self.versions).map(version).collect()
    }
    fn verify(&mut self, versions: Self::Output) -> Result<(), Failure> {
        let versions = versions.map_err(|error| Failure::WrongAnswer(error.to_string()))?;
        Failure::unless_equal("versions", versions.len(), self.versions as usize)?;
        let changed = |tree: &Tree| self.document.diff(tree).map_or(0, |operations| operations.len());
        let wrong = versions.iter().enumerate().find(|(at, version)| changed(version) != at + 1);
        Failure::unless_equal("versions that hold another's change", wrong.is_some(), false)
    }
    fn operations(&self) -> u64 {
        u64::from(self.versions)
    }
}
