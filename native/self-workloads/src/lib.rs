//! Bodies whose length is known, so that the sampling loop can be measured with itself: `self/empty`, `self/spin`; and
//! what the engine has of its own.

mod document_tree;
mod statistics;

use forgebench_measure::{Clock, Failure, NoParams, Registration, Workload};

/// All workloads of this crate.
#[must_use]
pub fn workloads() -> Vec<Registration> {
    let known = vec![Registration::of::<Empty>(), Registration::of::<Spin>()];
    [known, document_tree::workloads(), statistics::workloads()].into_iter().flatten().collect()
}

/// A body that does nothing: after subtraction its time is the sampler's residual, ideally 0.
struct Empty;

impl Workload for Empty {
    const ID: &'static str = "self/empty";
    type Params = NoParams;
    type Input = ();
    type Output = ();

    fn new(_: NoParams) -> Result<Self, Failure> {
        Ok(Self)
    }
    fn input(&mut self) {}
    #[inline]
    fn run(&mut self, (): ()) {}
    fn verify(&mut self, (): ()) -> Result<(), Failure> {
        Ok(())
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Length {
    /// How long the body spins, nanoseconds.
    ns: u64,
}

/// A body that returns when the clock has advanced by a known time.
struct Spin {
    ns: u64,
}

impl Workload for Spin {
    const ID: &'static str = "self/spin";
    type Params = Length;
    type Input = ();
    type Output = u64;

    fn new(length: Length) -> Result<Self, Failure> {
        Ok(Self { ns: length.ns })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> u64 {
        let start = Clock.now_ns();
        loop {
            let elapsed = Clock.now_ns() - start;
            if elapsed >= self.ns {
                return elapsed;
            }
        }
    }
    fn verify(&mut self, elapsed: u64) -> Result<(), Failure> {
        if elapsed >= self.ns {
            Ok(())
        } else {
            Err(Failure::WrongAnswer(format!("spun for {elapsed} ns, expected at least {} ns", self.ns)))
        }
    }
}
