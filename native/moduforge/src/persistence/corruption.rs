//! `persistence/corruption`: what recovery makes of stored bytes in which one bit was flipped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_persistence::api::PersistedEvent;
use mf_persistence::recovery::recover_state;
use mf_persistence::step_factory::StepFactoryRegistry;
use mf_state::State;
use serde::Deserialize;

use super::bytes::Random;
use super::checked::crc32;
use super::database::{Database, Mode};
use super::events::{self, check_edited, event, payload, transaction};
use super::recover::BATCH;

const NODES: usize = 20;
/// Edits of the one event of each document.
const EDITS: usize = 10;
/// Documents, each damaged in a bit of its own.
const FLIPS: usize = 200;
const INTACT: &str = "intact";

/// What is damaged.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The payload of an event.
    Event,
    /// The snapshot before it.
    Snapshot,
}

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    part: Part,
}

/// What recovery made of a document.
pub enum Recovered {
    State(Arc<State>),
    Error,
    Panic,
}

/// How many documents ended in which way.
#[derive(Debug, Default, PartialEq)]
struct Census {
    /// Recovered, and the document is not what was stored.
    accepted: usize,
    /// Recovered, and the flipped bit made no difference.
    harmless: usize,
    errors: usize,
    panics: usize,
}

/// The workload.
pub struct Corruption {
    initial: Arc<State>,
    database: Database,
    steps: StepFactoryRegistry,
    part: Part,
    /// Damaged payloads whose checksum is no longer that which is stored with them.
    detectable: usize,
}

fn flip(bytes: &mut [u8], random: &mut Random) {
    let bit = random.next() as usize % (8 * bytes.len());
    bytes[bit / 8] ^= 1 << (bit % 8);
}

fn damaged(number: usize) -> String {
    format!("damaged-{number}")
}

impl Corruption {
    /// Stores a document: its snapshot and one event, one of both damaged where there is something to choose bits with.
    fn store(&mut self, document: &str, damage: Option<&mut Random>) -> Result<(), Failure> {
        let mut snapshot = events::snapshot(&self.initial, document)?;
        let mut event: PersistedEvent = event(document, 0, payload(&transaction(&self.initial, NODES, 0, EDITS)));
        if let Some(random) = damage {
            match self.part {
                Part::Event => flip(&mut event.payload, random),
                Part::Snapshot => flip(&mut snapshot.state_blob, random),
            }
        }
        self.detectable += usize::from(crc32(&event.payload) != event.checksum);
        self.database.write_snapshot(snapshot)?;
        self.database.append(event).map(drop)
    }

    fn recover(&self, document: &str) -> Recovered {
        let (store, config) = (self.database.store().as_ref(), self.initial.config.as_ref());
        let recovery = || self.database.wait(recover_state(store, document, config, &self.steps, BATCH));
        match catch_unwind(AssertUnwindSafe(recovery)) {
            Ok(Ok(state)) => Recovered::State(state),
            Ok(Err(_)) => Recovered::Error,
            Err(_) => Recovered::Panic,
        }
    }
}

/// Whether a document holds what was stored; one that panics while it is looked at does not.
fn is_right(state: &State) -> bool {
    catch_unwind(AssertUnwindSafe(|| check_edited(&state.doc(), NODES, EDITS))).is_ok_and(|checked| checked.is_ok())
}

fn census(recovered: &[Recovered]) -> Census {
    let mut census = Census::default();
    for one in recovered {
        *match one {
            Recovered::State(state) if is_right(state) => &mut census.harmless,
            Recovered::State(_) => &mut census.accepted,
            Recovered::Error => &mut census.errors,
            Recovered::Panic => &mut census.panics,
        } += 1;
    }
    census
}

impl Workload for Corruption {
    const ID: &'static str = "persistence/corruption";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Vec<Recovered>;

    fn new(params: Params) -> Result<Self, Failure> {
        let mut workload = Self {
            initial: events::state(NODES)?,
            database: Database::warm(Mode::Async)?,
            steps: StepFactoryRegistry::new(),
            part: params.part,
            detectable: 0,
        };
        workload.store(INTACT, None)?;
        let mut random = Random(7);
        for number in 0..FLIPS {
            workload.store(&damaged(number), Some(&mut random))?;
        }
        Ok(workload)
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Vec<Recovered> {
        (0..FLIPS).map(|number| self.recover(&damaged(number))).collect()
    }

    /// The intact document is recovered, each damaged one ended in one way, and in the same way again.
    fn verify(&mut self, recovered: Vec<Recovered>) -> Result<(), Failure> {
        let intact = census(&[self.recover(INTACT)]);
        Failure::unless_equal("the intact document", intact, Census { harmless: 1, ..Census::default() })?;
        Failure::unless_equal("damaged documents", recovered.len(), FLIPS)?;
        let again = self.run(());
        Failure::unless_equal("the same bits flipped again", census(&again), census(&recovered))
    }

    fn operations(&self) -> u64 {
        FLIPS as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let census = census(&self.run(()));
        let percent = |name, count: usize| FigureValue { name, value: 100.0 * count as f64 / FLIPS as f64 };
        vec![
            percent("accepted", census.accepted),
            percent("harmless", census.harmless),
            percent("errors", census.errors),
            percent("panics", census.panics),
            percent("detectable", self.detectable),
        ]
    }
}
