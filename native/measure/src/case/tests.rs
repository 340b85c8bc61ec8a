//! The unsafe code of the loops: each value is dropped once, also where a body panics.

use std::cell::Cell;

use super::*;
use crate::{NoParams, catch_panic};

thread_local! {
    static LIVES: Cell<usize> = const { Cell::new(0) };
}

/// Takes and gives values of which is counted how many live.
struct Counted {
    panics_at: usize,
    runs: usize,
}

struct Life(u64);

impl Life {
    fn new() -> Self {
        LIVES.set(LIVES.get() + 1);
        Self(7)
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        assert_eq!(self.0, 7, "it was made");
        LIVES.set(LIVES.get() - 1);
    }
}

impl Workload for Counted {
    const ID: &'static str = "case/counted";
    type Params = NoParams;
    type Input = Life;
    type Output = Life;

    fn new(_: NoParams) -> Result<Self, Failure> {
        Ok(Self { panics_at: 0, runs: 0 })
    }

    fn input(&mut self) -> Life {
        Life::new()
    }

    fn run(&mut self, input: Life) -> Life {
        self.runs += 1;
        assert!(self.runs != self.panics_at, "no more");
        let output = Life::new();
        drop(input);
        output
    }

    fn verify(&mut self, _: Life) -> Result<(), Failure> {
        Ok(())
    }
}

fn held(panics_at: usize) -> (Result<u64, String>, usize, usize) {
    let mut workload = Counted { panics_at, runs: 0 };
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    untimed_inputs(&mut workload, &mut inputs, 5);
    let elapsed = catch_panic(|| timed_held(&mut workload, &mut inputs, &mut outputs));
    let kept = outputs.len();
    untimed_drop(&mut outputs);
    drop(inputs);
    (elapsed, kept, LIVES.get())
}

#[test]
fn each_input_is_taken_and_each_output_dropped_once() {
    let (elapsed, kept, lives) = held(0);
    assert!(elapsed.is_ok());
    assert_eq!((kept, lives), (5, 0));
}

#[test]
fn a_panic_keeps_no_output_that_was_not_made() {
    let (elapsed, kept, lives) = held(3);
    assert!(elapsed.is_err_and(|panic| panic.starts_with("no more at ")));
    // Two outputs were made, and are leaked: nobody knows how many there are.
    assert_eq!((kept, lives), (0, 2));
}

struct Plain(u64);

impl Workload for Plain {
    const ID: &'static str = "case/plain";
    type Params = NoParams;
    type Input = ();
    type Output = ();

    fn new(_: NoParams) -> Result<Self, Failure> {
        Ok(Self(0))
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) {
        self.0 += 1;
    }

    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        Ok(())
    }
}

#[test]
fn a_loop_without_inputs_runs_as_often_as_it_is_told() {
    let mut workload = Plain(0);
    let _ = timed_plain(&mut workload, 7);
    assert_eq!(workload.0, 7);
}
