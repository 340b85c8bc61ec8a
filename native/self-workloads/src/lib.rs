//! Bodies whose length is known, so that the sampling loop can be measured with itself: `self/empty`, `self/spin`; one whose
//! allocations are known: `self/allocate`; and what the engine has of its own.

mod chance;
mod document_shared_tree;
mod document_text;
mod document_tree;
mod histogram;
mod statistics;

use std::hint::black_box;

use forgebench_measure::{Clock, Failure, NoParams, Registration, Workload};

/// All workloads of this crate.
#[must_use]
pub fn workloads() -> Vec<Registration> {
    let known = vec![Registration::of::<Empty>(), Registration::of::<Spin>(), Registration::of::<Allocate>()];
    let engine = [
        document_shared_tree::workloads(),
        document_text::workloads(),
        document_tree::workloads(),
        histogram::workloads(),
        statistics::workloads(),
    ];
    known.into_iter().chain(engine.into_iter().flatten()).collect()
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

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocks {
    /// How many small blocks the body asks for, beside one block of three times their bytes.
    small: usize,
}

/// A body whose allocations are known: a quarter of its bytes in blocks of 64, three quarters in one block.
struct Allocate {
    small: usize,
}

const SMALL_BYTES: usize = 64;
const LARGE_SHARE: usize = 3;

/// A small block: a list of them needs no vector, whose own block would count.
#[repr(C, align(8))]
struct Link {
    next: Option<Box<Self>>,
    payload: [u8; SMALL_BYTES - size_of::<usize>()],
}

impl Workload for Allocate {
    const ID: &'static str = "self/allocate";
    type Params = Blocks;
    /// Made and dropped outside of what is timed, and in no figure.
    type Input = Vec<u8>;
    type Output = (Option<Box<Link>>, Vec<u8>);

    fn new(blocks: Blocks) -> Result<Self, Failure> {
        Ok(Self { small: blocks.small })
    }
    fn input(&mut self) -> Vec<u8> {
        vec![1; SMALL_BYTES]
    }
    fn run(&mut self, input: Vec<u8>) -> Self::Output {
        (small_blocks(self.small, input[0]), large_block(self.small * SMALL_BYTES * LARGE_SHARE))
    }
    fn verify(&mut self, (first, large): Self::Output) -> Result<(), Failure> {
        let links = std::iter::successors(first.as_deref(), |link| link.next.as_deref());
        Failure::unless_equal("blocks", links.filter(|link| link.payload[0] == 1).count(), self.small)?;
        Failure::unless_equal("bytes of the large block", large.capacity(), self.small * SMALL_BYTES * LARGE_SHARE)
    }
}

/// Never inlined, so that profiles have its name.
#[inline(never)]
fn small_blocks(count: usize, byte: u8) -> Option<Box<Link>> {
    let mut first = None;
    for _ in 0..count {
        first = Some(Box::new(Link { next: first, payload: [byte; SMALL_BYTES - size_of::<usize>()] }));
    }
    first
}

/// Never inlined, so that profiles have its name.
#[inline(never)]
fn large_block(bytes: usize) -> Vec<u8> {
    black_box(Vec::with_capacity(bytes))
}
