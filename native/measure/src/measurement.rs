//! A launch of kind `time`: calibrate, warm up, take samples.

use forgebench_histogram::Histogram;

use crate::operation_counts::{OperationCounts, count_operations};
use crate::overhead::Overhead;
use crate::steadiness::{Steadiness, compare};
use crate::warm_up::{WarmUp, WarmUpLimits, warm_up};
use crate::{AllocationCounts, Case, Clock, Failure, FigureValue, ResourceMeter, Resources, Turns};

/// Timer resolution and overhead stay below 1 % of a batch.
const BATCH_OVER_TIMER: f64 = 100.0;
/// A body shorter than this many turns of the loop has the loop timed beside each sample: a processor that changes its
/// pace between calibration and samples would make more difference than the body.
const SHORT_BODY_TURNS: f64 = 20.0;
/// The loop beside a sample makes one turn for this many iterations of the sample.
const ITERATIONS_OF_A_TURN: u64 = 4;
/// Significant digits of the latency histogram: values within 0.1 %.
const LATENCY_DIGITS: u8 = 3;

/// How long a launch warms up and measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureOptions {
    /// Longest warm-up, nanoseconds.
    pub warm_up_ns: u64,
    /// Time to measure for, nanoseconds; more than 0.
    pub measure_ns: u64,
    /// Samples to take in that time; at least 1.
    pub samples: u32,
    /// Time to count allocations for once nothing is timed any more, nanoseconds; 0 counts none.
    pub count_ns: u64,
}

/// What a timed launch saw.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Nanoseconds per operation, overhead subtracted, one for each sample.
    pub samples_ns: Vec<f64>,
    /// Iterations of each sample.
    pub iterations_per_sample: u64,
    /// Operations of each iteration.
    pub operations_per_iteration: u64,
    /// Times of single operations, nanoseconds; absent where they are too short to time alone.
    pub latency: Option<Histogram>,
    /// What was subtracted.
    pub overhead: Overhead,
    /// How the warm-up went.
    pub warm_up: WarmUp,
    /// What was used while samples were taken.
    pub resources: Resources,
    /// What an operation asks of the allocator; absent where that was not asked for.
    pub counts: Option<OperationCounts>,
    /// The workload's own figures.
    pub figures: Vec<FigureValue>,
}

/// Verifies the case, warms it up and takes samples.
///
/// Where one iteration is one operation and long against the clock, each is timed alone and recorded into an HDR
/// histogram, so that percentiles of single operations are true; otherwise a sample is a batch, and only its mean
/// is known.
///
/// # Errors
/// [`Failure::WrongAnswer`] and whatever else the workload's `verify` returns.
pub fn measure(case: &mut dyn Case, options: &MeasureOptions) -> Result<Measurement, Failure> {
    measure_in_turn(case, options, &mut Turns::alone())
}

/// The same, in turn with another launch: it warms up in one turn and takes each sample in a turn of its own. Time in which
/// the other has the turn counts for nothing.
///
/// # Errors
/// Those of [`measure`].
pub fn measure_in_turn(
    case: &mut dyn Case,
    options: &MeasureOptions,
    turns: &mut Turns,
) -> Result<Measurement, Failure> {
    turns.take();
    AllocationCounts::start();
    let verified = case.verify();
    AllocationCounts::stop();
    let verified = verified?;
    let overhead = Overhead::calibrate(case.shape());
    let warming = ResourceMeter::start();
    let (mut warm_up, known) =
        warm_up(case, &overhead, WarmUpLimits { ns: options.warm_up_ns, verified_ns: verified.ns });
    let shortest_ns = BATCH_OVER_TIMER * overhead.clock.read_ns.max(overhead.clock.resolution_ns);
    let alone = case.operations() == 1 && warm_up.iteration_ns >= shortest_ns;
    let iterations = iterations_per_sample(&warm_up, options, shortest_ns);

    let short = warm_up.iteration_ns < SHORT_BODY_TURNS * overhead.loop_ns;
    let mut sampler = Sampler { case, overhead, iterations, short, latency: alone.then(latency_histogram) };
    if warming.finish().threads == 1 {
        turns.follow();
    }
    turns.agree(iterations);
    turns.pass();
    let meter = ResourceMeter::start();
    let (samples_ns, measured_ns) = sampler.take(options, turns);
    let resources = Resources { wall_ns: measured_ns, ..meter.finish() };
    *turns = Turns::alone(); // The partner is not to wait for what comes after, nor is this thread to stay where it is.
    let Sampler { latency, iterations, .. } = sampler;
    if known == Steadiness::Unknown {
        // Iterations too long for a warm-up of many batches: the samples themselves show whether they change.
        let (earlier, later) = samples_ns.split_at(samples_ns.len() / 2);
        warm_up.steady = compare(earlier, later) != Steadiness::Changing;
    }
    // Only after the last reading of the clock: what counting costs is in no figure.
    let counts = (options.count_ns > 0).then(|| count_operations(case, options.count_ns, &verified));
    Ok(Measurement {
        samples_ns,
        iterations_per_sample: iterations,
        operations_per_iteration: case.operations(),
        latency,
        overhead,
        warm_up,
        resources,
        counts,
        figures: case.figures(),
    })
}

fn latency_histogram() -> Histogram {
    Histogram::with_digits(LATENCY_DIGITS).expect("3 is a valid number of digits")
}

fn iterations_per_sample(warm_up: &WarmUp, options: &MeasureOptions, shortest_ns: f64) -> u64 {
    let sample_ns = options.measure_ns as f64 / f64::from(options.samples);
    (sample_ns / warm_up.whole_ns).max(shortest_ns / warm_up.iteration_ns).ceil().max(1.0) as u64
}

struct Sampler<'a> {
    case: &'a mut dyn Case,
    overhead: Overhead,
    iterations: u64,
    /// Whether the loop is timed beside each sample.
    short: bool,
    latency: Option<Histogram>,
}

impl Sampler<'_> {
    /// Samples, one for each turn, and how long all turns took, nanoseconds.
    fn take(&mut self, options: &MeasureOptions, turns: &mut Turns) -> (Vec<f64>, u64) {
        let mut samples = Vec::with_capacity(options.samples as usize);
        let mut measured_ns = 0;
        let wanted = self.iterations;
        // Long iterations have one sample; what their figure is worth, launches tell.
        loop {
            turns.take();
            let began_ns = Clock.now_ns();
            self.iterations = turns.agree(wanted);
            samples.push(self.sample());
            measured_ns += Clock.now_ns() - began_ns;
            let has_time = samples.len() < options.samples as usize && measured_ns < options.measure_ns;
            let goes_on = has_time || turns.want_more(&samples, measured_ns);
            turns.pass();
            if !goes_on {
                break;
            }
        }
        (samples, measured_ns)
    }

    /// Nanoseconds per operation of one batch.
    fn sample(&mut self) -> f64 {
        let operations = (self.iterations * self.case.operations()) as f64;
        let Some(latency) = &mut self.latency else {
            let batch = self.case.time_batch(self.iterations);
            if self.short {
                let turns = (self.iterations / ITERATIONS_OF_A_TURN).max(1);
                self.overhead.loop_ns = self.overhead.turn_now(self.case.shape(), turns);
            }
            return self.overhead.subtract(batch.elapsed_ns, self.iterations, batch.chunks) / operations;
        };
        let read_ns = self.overhead.clock.read_ns;
        let mut sum_ns = 0.0;
        self.case.time_each(self.iterations, &mut |elapsed| {
            let alone = (elapsed as f64 - read_ns).max(0.0);
            sum_ns += alone;
            latency.record(alone as u64);
        });
        sum_ns / operations
    }
}
