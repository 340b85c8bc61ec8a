//! `scenario/soak`: all crates at work on all cores, in rounds, and what that leaves behind.

use std::thread;
use std::time::{Duration, Instant};

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_model::Tree;
use serde::Deserialize;

use super::desk::Desk;
use super::percent;
use super::world::{World, refused_at_once};
use crate::resident::heap_bytes;
use crate::search::wait_until_closed;

/// Desks for each core: while one waits for the disk, another works.
const DESKS_PER_CORE: usize = 2;
/// Longest wait for events that are under way.
const PATIENCE: Duration = Duration::from_secs(2);
/// Rounds before the growth counts: histories, queues, connections and their caches fill.
const SETTLING: usize = 10;
/// Rounds after these without which the growth would be noise.
const POINTS: usize = 20;
const MILLION: f64 = 1e6;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Operations of a round, over all desks.
    operations: usize,
}

/// Desks and what they share; desks go first.
struct Office {
    desks: Vec<Desk>,
    world: World,
}

/// The workload.
pub struct Soak {
    each: usize,
    office: Option<Office>,
    /// Bytes that are in use after each round.
    live: Vec<f64>,
    failed: usize,
    lost: u64,
}

/// What went wrong in a round.
pub struct Trouble {
    failed: Vec<String>,
    lost: u64,
}

impl Office {
    fn open() -> Result<Self, Failure> {
        let world = World::new()?;
        let cores = thread::available_parallelism().map_err(Failure::setup)?.get();
        let desks = (0..cores * DESKS_PER_CORE).map(|number| Desk::new(&world, number)).collect::<Result<_, _>>()?;
        Ok(Self { desks, world })
    }

    /// So many operations at each desk, and all events of them handled.
    fn round(&mut self, each: usize) -> Trouble {
        let world = &self.world;
        let failed = thread::scope(|scope| {
            let working: Vec<_> =
                self.desks.iter_mut().map(|desk| scope.spawn(move || desk.work(world, each))).collect();
            working.into_iter().flat_map(|desk| desk.join().expect("desks count errors and do not panic")).collect()
        });
        Trouble { failed, lost: self.settle() }
    }

    /// Waits until all events have been handled, or for so long that the rest is lost.
    fn settle(&mut self) -> u64 {
        let start = Instant::now();
        let missing = |desks: &[Desk]| desks.iter().map(Desk::missing).sum::<u64>();
        while missing(&self.desks) > 0 && start.elapsed() < PATIENCE {
            thread::sleep(Duration::from_micros(100));
        }
        let lost = missing(&self.desks);
        for desk in &mut self.desks {
            desk.sent -= desk.missing();
        }
        lost
    }

    fn close(self) {
        drop(self);
        wait_until_closed();
    }
}

/// What each operation adds to the bytes in use, in percent of these for a million: the slope of a line through them.
fn growth(live: &[f64], operations: usize) -> f64 {
    let settled = &live[SETTLING..];
    let count = settled.len() as f64;
    let (middle, mean) = ((count - 1.0) / 2.0, settled.iter().sum::<f64>() / count);
    let (mut above, mut below) = (0.0, 0.0);
    for (at, bytes) in settled.iter().enumerate() {
        let from_middle = at as f64 - middle;
        above += from_middle * (bytes - mean);
        below += from_middle * from_middle;
    }
    100.0 * above / below / operations as f64 * MILLION / settled[0]
}

/// Bytes that a whole life of desks leaves behind when everything is closed: that of the second of two, because the
/// first fills tables that are there once in a process.
fn left_behind(each: usize) -> Result<f64, Failure> {
    let mut bytes = [0.0; 2];
    for left in &mut bytes {
        let mut office = Office::open()?;
        office.round(each);
        office.close();
        *left = heap_bytes();
    }
    Ok(bytes[1] - bytes[0])
}

impl Workload for Soak {
    const ID: &'static str = "scenario/soak";
    const HELD: usize = 1;
    type Params = Params;
    /// It has a size, because a loop whose inputs have none makes none between iterations.
    type Input = u8;
    type Output = Trouble;

    fn new(params: Params) -> Result<Self, Failure> {
        let office = Office::open()?;
        let each = params.operations.div_ceil(office.desks.len());
        Ok(Self { each, office: Some(office), live: Vec::with_capacity(10_000), failed: 0, lost: 0 })
    }

    fn input(&mut self) -> u8 {
        self.live.push(heap_bytes());
        0
    }

    fn run(&mut self, _: u8) -> Trouble {
        let trouble = self.office.as_mut().expect("the office is closed at the end").round(self.each);
        self.failed += trouble.failed.len();
        self.lost += trouble.lost;
        trouble
    }

    fn verify(&mut self, trouble: Trouble) -> Result<(), Failure> {
        Failure::unless_equal("what went wrong", trouble.failed, Vec::<String>::new())?;
        Failure::unless_equal("events that were lost", trouble.lost, 0)?;
        self.office.iter().flat_map(|office| &office.desks).try_for_each(Desk::check)
    }

    fn operations(&self) -> u64 {
        (self.each * self.office.as_ref().map_or(1, |office| office.desks.len())) as u64
    }

    /// Everything is closed at last.
    fn figures(&mut self) -> Vec<FigureValue> {
        while self.live.len() < SETTLING + POINTS {
            self.input();
            self.run(0);
        }
        let operations = self.operations() as usize;
        let all = operations * self.live.len();
        let growth = FigureValue { name: "live-growth", value: growth(&self.live, operations) };
        if let Some(office) = self.office.take() {
            office.close();
        }
        let kept = FigureValue { name: "ids-kept", value: Tree::shard_cache_stats().0 as f64 };
        let refused = refused_at_once().ok().map(|value| FigureValue { name: "refused-at-once", value });
        let left = left_behind(self.each).ok().map(|value| FigureValue { name: "left-behind", value });
        let errors = FigureValue { name: "error-rate", value: percent(self.failed, all) };
        let lost = FigureValue { name: "lost", value: percent(self.lost as usize, all) };
        left.into_iter().chain(refused).chain([growth, kept, errors, lost]).collect()
    }
}
