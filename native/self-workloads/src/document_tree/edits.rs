//! Transactions over the document, large and small.

use forgebench_measure::{Failure, Workload};
use forgebench_tree::{NodeId, Tree, TreeError};

use super::{BATCH, PARAGRAPHS, SECTIONS, Step, document, edit};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Steps {
    step: Step,
}

/// A thousand operations of one kind in one transaction, the version before kept.
pub(super) struct Edit {
    before: Tree,
    step: Step,
}

impl Workload for Edit {
    const ID: &'static str = "documents/tree-edit";
    const HELD: usize = 16;
    type Params = Steps;
    type Input = ();
    type Output = Result<Tree, TreeError>;

    fn new(Steps { step }: Steps) -> Result<Self, Failure> {
        Ok(Self { before: document()?, step })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        let mut edits = self.before.begin();
        for turn in 0..BATCH {
            edit(&mut edits, self.step, turn)?;
        }
        Ok(edits.commit())
    }
    fn verify(&mut self, after: Self::Output) -> Result<(), Failure> {
        let after = after.map_err(|error| Failure::WrongAnswer(error.to_string()))?;
        Failure::unless_equal("nodes before", self.before.len() as u32, 1 + SECTIONS * (1 + 2 * PARAGRAPHS))?;
        let more = match self.step {
            Step::SetAttribute | Step::Move => 0,
            Step::Insert => i64::from(BATCH),
            Step::Remove => -2 * i64::from(BATCH),
        };
        Failure::unless_equal("more nodes", after.len() as i64 - self.before.len() as i64, more)?;
        let json = |tree: &Tree| tree.to_json(NodeId::ROOT).unwrap_or_default();
        Failure::unless_equal("unchanged", json(&self.before) == json(&after), false)
    }
    fn operations(&self) -> u64 {
        u64::from(BATCH)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Length {
    /// Operations of a transaction.
    steps: u32,
}

/// One small transaction of all kinds of steps, whose version is kept beside the one before.
pub(super) struct Transact {
    before: Tree,
    steps: u32,
}

impl Workload for Transact {
    const ID: &'static str = "documents/tree-transaction";
    type Params = Length;
    type Input = ();
    type Output = Result<Tree, TreeError>;

    fn new(Length { steps }: Length) -> Result<Self, Failure> {
        Ok(Self { before: document()?, steps })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        let mut edits = self.before.begin();
        let kinds = [Step::SetAttribute, Step::Insert, Step::Remove, Step::Move];
        for (turn, step) in (0..self.steps).zip(kinds.into_iter().cycle()) {
            edit(&mut edits, step, turn)?;
        }
        Ok(edits.commit())
    }
    fn verify(&mut self, after: Self::Output) -> Result<(), Failure> {
        let after = after.map_err(|error| Failure::WrongAnswer(error.to_string()))?;
        let (inserted, removed) = ((self.steps + 2) / 4, (self.steps + 1) / 4);
        let expected = self.before.len() as u32 + inserted - 2 * removed;
        Failure::unless_equal("nodes", after.len() as u32, expected)
    }
}
