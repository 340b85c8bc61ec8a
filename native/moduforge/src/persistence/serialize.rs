//! `persistence/serialize`: transactions and documents to the bytes that are stored, and transactions back.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_persistence::ser::{SnapshotData, TypeWrapper, checksum32, compress_if_needed, frame_steps};
use mf_persistence::step_factory::StepFactoryRegistry;
use mf_state::{State, Transaction};
use mf_transform::step::Step;
use serde::Deserialize;
use serde_json::Value;

use super::checked;
use super::events::{self, check_edited, snapshot_data};

/// What is made.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The frames of a transaction's steps as JSON.
    Frames,
    /// The same, compressed, with a checksum: what an event holds.
    Payload,
    /// Steps from frames, as recovery does.
    Steps,
    /// A snapshot of the edited document, compressed.
    Snapshot,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    part: Part,
    /// Steps of the transaction; also the paragraphs of its document, as each step edits one of its own.
    steps: usize,
}

/// What an iteration made.
pub enum Made {
    Frames(Vec<u8>),
    Payload(Vec<u8>, u32),
    Steps(Vec<Arc<dyn Step>>),
    Snapshot(Vec<u8>),
}

/// The workload.
pub struct Serialize {
    part: Part,
    count: usize,
    initial: Arc<State>,
    transaction: Transaction,
    frames: Vec<u8>,
    snapshot: SnapshotData,
    factory: StepFactoryRegistry,
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    compress_if_needed(bytes, true).expect("memory can be compressed")
}

impl Serialize {
    fn framed(&self) -> Vec<u8> {
        serde_json::to_vec(&frame_steps(&self.transaction)).expect("frames are representable in JSON")
    }

    fn steps(&self) -> Vec<Arc<dyn Step>> {
        let frames: Vec<TypeWrapper> = serde_json::from_slice(&self.frames).expect("the frames are intact");
        frames.iter().map(|frame| self.factory.create(&frame.type_id, &frame.data)).collect()
    }
}

impl Workload for Serialize {
    const ID: &'static str = "persistence/serialize";
    const HELD: usize = 4;
    type Params = Params;
    type Input = ();
    type Output = Made;

    fn new(params: Params) -> Result<Self, Failure> {
        let initial = events::state(params.steps)?;
        let transaction = events::transaction(&initial, params.steps, 0, params.steps);
        let edited = events::applied(&initial, transaction.clone())?.state;
        let mut workload = Self {
            part: params.part,
            count: params.steps,
            transaction,
            frames: vec![],
            snapshot: snapshot_data(&edited)?,
            factory: StepFactoryRegistry::new(),
            initial,
        };
        workload.frames = workload.framed();
        Ok(workload)
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Made {
        match self.part {
            Part::Frames => Made::Frames(self.framed()),
            Part::Payload => {
                let payload = compressed(&self.framed());
                let checksum = checksum32(&payload);
                Made::Payload(payload, checksum)
            }
            Part::Steps => Made::Steps(self.steps()),
            Part::Snapshot => {
                let json = serde_json::to_vec(&self.snapshot).expect("bytes are representable in JSON");
                Made::Snapshot(compressed(&json))
            }
        }
    }

    fn verify(&mut self, made: Made) -> Result<(), Failure> {
        match made {
            Made::Frames(json) => checked::frames(&json, self.count, 0..self.count),
            Made::Payload(payload, checksum) => {
                Failure::unless_equal("checksum", checksum, checked::crc32(&payload))?;
                checked::frames(&checked::decompressed(&payload)?, self.count, 0..self.count)
            }
            Made::Steps(steps) => {
                let mut transaction = self.initial.tr();
                for step in steps {
                    transaction.step(step).map_err(|e| Failure::WrongAnswer(e.to_string()))?;
                }
                check_edited(&transaction.doc(), self.count, self.count)
            }
            Made::Snapshot(blob) => {
                let json: Value = checked::json(&checked::decompressed(&blob)?)?;
                let pool = checked::numbers(&json["node_pool"])?;
                Failure::unless_equal("the document is what the state gave", pool == self.snapshot.node_pool, true)?;
                checked::document(&pool, self.count)
            }
        }
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let made = self.run(());
        let steps = self.transaction.steps.iter().filter_map(|step| step.serialize());
        let (made, from) = match made {
            Made::Frames(bytes) | Made::Payload(bytes, _) => (bytes.len(), steps.map(|bytes| bytes.len()).sum()),
            Made::Steps(_) => return vec![],
            Made::Snapshot(bytes) => (bytes.len(), self.snapshot.node_pool.len()),
        };
        vec![FigureValue { name: "size", value: made as f64 / from as f64 }]
    }
}
