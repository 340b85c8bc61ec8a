//! Histograms of the engine: `histogram/record`, `-merge`, `-quantiles`, `-text`, `-rank-test`.

use std::hint::black_box;

use forgebench_histogram::shared::{self, BLOCK};
use forgebench_histogram::{Layout, RecordError};
use forgebench_measure::{Failure, Registration, Workload};

use crate::statistics::even;

pub(crate) fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<Record>(),
        Registration::of::<Merge>(),
        Registration::of::<Quantiles>(),
        Registration::of::<Text>(),
        Registration::of::<RankTest>(),
    ]
}

/// Three digits, as most histograms of latencies have.
fn layout() -> Layout {
    Layout::with_unit(3, 1).expect("3 digits are supported")
}

/// What the values of the counts below never exceed.
const LIMIT: u64 = 1_000_000_000;

/// Nanoseconds from 1 µs on, with a tail as latencies have: up to a thousand times as long.
fn latencies(count: usize, from: usize) -> Vec<f64> {
    (from..from + count).map(|at| (1000.0 / (1.001 - even(at))).floor()).collect()
}

/// Every value in its bucket, one by one.
fn counted(values: &[f64]) -> Vec<f64> {
    let mut counts = vec![0.0; layout().index(LIMIT) + 1];
    for &value in values {
        counts[layout().index(value as u64)] += 1.0;
    }
    counts
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    values: usize,
}

/// A batch of values into counts that JavaScript could own.
struct Record {
    values: Vec<f64>,
    counts: Vec<f64>,
}

impl Workload for Record {
    const ID: &'static str = "histogram/record";
    type Params = Values;
    type Input = ();
    type Output = Result<(), RecordError>;

    fn new(Values { values }: Values) -> Result<Self, Failure> {
        Ok(Self { values: latencies(values, 0), counts: counted(&[]) })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        shared::record_batch(layout(), &mut self.counts, LIMIT as f64, &self.values)
    }
    fn verify(&mut self, recorded: Self::Output) -> Result<(), Failure> {
        recorded.map_err(|error| Failure::Error(error.to_string()))?;
        let once = counted(&self.values);
        let batches = self.counts.iter().sum::<f64>() / self.values.len() as f64;
        let expected: Vec<f64> = once.iter().map(|count| batches * count).collect();
        Failure::unless_equal("every bucket counting what was recorded", self.counts == expected, true)
    }
    fn operations(&self) -> u64 {
        self.values.len() as u64
    }
}

/// A value in the middle of the others.
const PROBE: u64 = 2000;

/// One histogram added to another and subtracted again, so that every iteration finds the same counts.
struct Merge {
    target: Vec<f64>,
    source: Vec<f64>,
    before: Vec<f64>,
}

impl Workload for Merge {
    const ID: &'static str = "histogram/merge";
    type Params = Values;
    type Input = ();
    type Output = f64;

    fn new(Values { values }: Values) -> Result<Self, Failure> {
        let [target, source] = [latencies(values, 0), latencies(values, values)].map(|values| counted(&values));
        Ok(Self { before: target.clone(), target, source })
    }
    fn input(&mut self) {}
    /// What one bucket counts in the sum.
    fn run(&mut self, (): ()) -> f64 {
        shared::add(&mut self.target, &self.source);
        let merged = black_box(&self.target)[layout().index(PROBE)];
        shared::subtract(&mut self.target, &self.source);
        merged
    }
    fn verify(&mut self, merged: f64) -> Result<(), Failure> {
        let at = layout().index(PROBE);
        Failure::unless_equal("a bucket of the sum", merged, self.before[at] + self.source[at])?;
        Failure::unless_equal("counts after the subtraction", self.target == self.before, true)
    }
}

/// What people print of latencies.
const QUANTILES: [f64; 7] = [0.0, 0.5, 0.75, 0.9, 0.99, 0.999, 1.0];

/// Seven quantiles of counts that have changed: block sums, and a search for each quantile.
struct Quantiles {
    values: Vec<f64>,
    counts: Vec<f64>,
    sums: Vec<f64>,
}

impl Workload for Quantiles {
    const ID: &'static str = "histogram/quantiles";
    type Params = Values;
    type Input = ();
    type Output = [u64; QUANTILES.len()];

    fn new(Values { values }: Values) -> Result<Self, Failure> {
        let mut values = latencies(values, 0);
        let counts = counted(&values);
        values.sort_by(f64::total_cmp);
        Ok(Self { values, sums: vec![0.0; counts.len().div_ceil(BLOCK)], counts })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        let total = shared::cumulate(&self.counts, &mut self.sums);
        QUANTILES.map(|quantile| self.value_at((quantile * total).ceil().max(1.0)))
    }
    fn verify(&mut self, seen: Self::Output) -> Result<(), Failure> {
        let exact = QUANTILES.map(|quantile| {
            let rank = (quantile * self.values.len() as f64).ceil().max(1.0) as usize;
            layout().highest(layout().index(self.values[rank - 1] as u64))
        });
        Failure::unless_equal("quantiles", seen, exact)
    }
}

impl Quantiles {
    /// The highest value of the bucket that has the value of this rank, counted from 1.
    fn value_at(&self, rank: f64) -> u64 {
        let block = self.sums.partition_point(|&sum| sum < rank);
        let mut before = block.checked_sub(1).map_or(0.0, |last| self.sums[last]);
        let within = self.counts[block * BLOCK..].iter().position(|&count| {
            before += count;
            before >= rank
        });
        layout().highest(block * BLOCK + within.unwrap_or_default())
    }
}

/// Which way between counts and the text of a log.
#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Way {
    Encode,
    Decode,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    way: Way,
    values: usize,
}

/// The V2 text of a histogram, which every implementation reads.
struct Text {
    way: Way,
    counts: Vec<f64>,
    written: String,
}

/// The end of the way.
enum End {
    Text(String),
    Counts(Vec<f64>),
}

impl Workload for Text {
    const ID: &'static str = "histogram/text";
    type Params = Written;
    type Input = ();
    type Output = Result<End, String>;

    fn new(Written { way, values }: Written) -> Result<Self, Failure> {
        let counts = counted(&latencies(values, 0));
        Ok(Self { way, written: shared::encode(layout(), LIMIT, &counts), counts })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        Ok(match self.way {
            Way::Encode => End::Text(shared::encode(layout(), LIMIT, &self.counts)),
            Way::Decode => End::Counts(shared::decode(&self.written).map_err(|error| error.to_string())?.counts),
        })
    }
    fn verify(&mut self, end: Self::Output) -> Result<(), Failure> {
        let mut counts = match end.map_err(Failure::WrongAnswer)? {
            End::Text(text) => shared::decode(text).map_err(|error| Failure::WrongAnswer(error.to_string()))?.counts,
            End::Counts(counts) => counts,
        };
        counts.resize(self.counts.len(), 0.0); // Empty buckets at the end are not written.
        Failure::unless_equal("counts that went to text and back", counts == self.counts, true)
    }
}

/// The Mann–Whitney test on the buckets of two histograms.
struct RankTest {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Workload for RankTest {
    const ID: &'static str = "histogram/rank-test";
    type Params = Values;
    type Input = ();
    type Output = Option<shared::RankTest>;

    fn new(Values { values }: Values) -> Result<Self, Failure> {
        let [first, second] = [latencies(values, 0), latencies(values, values)].map(|values| counted(&values));
        Ok(Self { first, second })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        shared::mann_whitney(&self.first, &self.second)
    }
    fn verify(&mut self, test: Self::Output) -> Result<(), Failure> {
        let test = test.ok_or_else(|| Failure::WrongAnswer("no test of two histograms with values".to_owned()))?;
        let mut below = 0.0;
        let mut u = 0.0;
        for (first, second) in self.first.iter().zip(&self.second) {
            u += first * (below + second / 2.0);
            below += second;
        }
        Failure::unless_equal("U", test.u, u)?;
        Failure::unless_equal("a difference", test.p < 0.001, false)
    }
}
