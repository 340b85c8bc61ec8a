//! What the loop itself costs, so that it can be taken off.

use crate::case::{LoopShape, timed_held, timed_plain};
use crate::clock::{Clock, ClockPrecision};
use crate::{Failure, Workload};

/// What measuring adds to a batch; it is subtracted from every sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overhead {
    /// The clock's resolution and the cost of reading it.
    pub clock: ClockPrecision,
    /// Nanoseconds that one turn of the loop takes around an empty body.
    pub loop_ns: f64,
}

impl Overhead {
    /// Measures the loop of this shape with an empty body, after Criterion's and Divan's manner: the lowest of many
    /// runs, because everything else that happens on the machine only adds to it.
    #[must_use]
    pub fn calibrate(shape: LoopShape) -> Self {
        const RUNS: usize = 40;
        let overhead = Self { clock: Clock.precision(), loop_ns: 0.0 };
        let loop_ns = (0..RUNS).map(|_| overhead.turn_now(shape, 100_000)).fold(f64::INFINITY, f64::min);
        Self { loop_ns, ..overhead }
    }

    /// What a turn of the loop takes at this moment, nanoseconds; at least 0. At most 1024 turns of a held loop are made.
    pub(crate) fn turn_now(&self, shape: LoopShape, turns: u64) -> f64 {
        let (elapsed, turns) = match shape {
            LoopShape::Plain => (timed_plain(&mut Empty, turns), turns),
            LoopShape::Held => {
                let turns = turns.min(1024);
                let mut outputs = Vec::with_capacity(turns as usize);
                (timed_held(&mut Pass, &mut (0..turns as usize).collect(), &mut outputs), turns)
            }
        };
        ((elapsed as f64 - self.clock.read_ns) / turns as f64).max(0.0)
    }

    /// A batch's time without what measuring added, nanoseconds; around zero, and negative too, for an empty body.
    #[must_use]
    pub fn subtract(&self, elapsed_ns: u64, iterations: u64, chunks: u64) -> f64 {
        elapsed_ns as f64 - chunks as f64 * self.clock.read_ns - iterations as f64 * self.loop_ns
    }
}

/// A body that does nothing.
struct Empty;

/// A body that hands its input on, as a held loop has to.
struct Pass;

impl Workload for Empty {
    const ID: &'static str = "measure/empty";
    type Params = ();
    type Input = ();
    type Output = ();

    fn new((): ()) -> Result<Self, Failure> {
        Ok(Self)
    }
    fn input(&mut self) {}
    #[inline]
    fn run(&mut self, (): ()) {}
    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        Ok(())
    }
}

impl Workload for Pass {
    const ID: &'static str = "measure/pass";
    type Params = ();
    type Input = usize;
    type Output = usize;

    fn new((): ()) -> Result<Self, Failure> {
        Ok(Self)
    }
    fn input(&mut self) -> usize {
        0
    }
    #[inline]
    fn run(&mut self, input: usize) -> usize {
        input
    }
    fn verify(&mut self, _output: usize) -> Result<(), Failure> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_loop_costs_less_than_ten_nanoseconds_a_turn() {
        for shape in [LoopShape::Plain, LoopShape::Held] {
            let overhead = Overhead::calibrate(shape);
            assert!((0.0..10.0).contains(&overhead.loop_ns), "{shape:?} {overhead:?}");
        }
    }

    #[test]
    fn subtraction_takes_off_each_clock_reading_and_each_turn() {
        let clock = ClockPrecision { resolution_ns: 1.0, read_ns: 20.0 };
        let overhead = Overhead { clock, loop_ns: 0.5 };
        let left = overhead.subtract(1_000, 100, 2);
        assert!((left - 910.0).abs() < 1e-9, "{left}");
    }
}
