//! What a timed launch promises, tried with cases whose time is made up and with bodies whose length is known.

use std::cell::Cell;

use forgebench_measure::{
    Batch, Case, Clock, Failure, FigureValue, IterationCounts, LoopShape, MeasureOptions, Measurement, Verified,
    Workload, bench, count_instructions, measure,
};

/// A case whose iterations take what it says, without taking any time.
struct MadeUp {
    iteration_ns: f64,
    /// What each batch takes beside that, nanoseconds; drawn in turn.
    noise_ns: [u64; 3],
    batches: usize,
    /// How long the latest iterations that were timed together took.
    timed_ns: f64,
    operations: u64,
    /// Each batch takes this many times what the one before took.
    slowing: f64,
}

impl MadeUp {
    fn new(iteration_ns: f64, operations: u64) -> Self {
        Self { iteration_ns, noise_ns: [0, 3, 1], batches: 0, timed_ns: f64::INFINITY, operations, slowing: 1.0 }
    }

    fn elapsed(&mut self, iterations: u64) -> u64 {
        self.batches += 1;
        self.iteration_ns *= self.slowing;
        (iterations as f64 * self.iteration_ns) as u64 + self.noise_ns[self.batches % 3]
    }
}

impl Case for MadeUp {
    fn verify(&mut self) -> Result<Verified, Failure> {
        Ok(Verified { ns: 0, counts: IterationCounts::default() })
    }
    fn time_batch(&mut self, iterations: u64) -> Batch {
        self.timed_ns = iterations as f64 * self.iteration_ns;
        Batch { elapsed_ns: self.elapsed(iterations), chunks: 1 }
    }
    fn time_each(&mut self, iterations: u64, record: &mut dyn FnMut(u64)) {
        self.timed_ns = self.iteration_ns;
        for _ in 0..iterations {
            record(self.elapsed(1));
        }
    }
    fn iterate(&mut self, _iterations: u64) {}
    fn countable(&self, wanted: u64) -> u64 {
        wanted
    }
    fn iterate_counted(&mut self, _iterations: u64) {}
    fn count(&mut self, _while_held: &mut dyn FnMut()) -> IterationCounts {
        IterationCounts::default()
    }
    fn operations(&self) -> u64 {
        self.operations
    }
    fn shape(&self) -> LoopShape {
        LoopShape::Plain
    }
    fn figures(&mut self) -> Vec<FigureValue> {
        Vec::new()
    }
}

/// Calls `check` with each combination of a body's length, its operations, a time to measure for and samples.
fn over_many_cases(check: impl Fn(&MadeUp, &MeasureOptions, &Measurement)) {
    for iteration_ns in [0.3, 1.0, 7.5, 60.0, 900.0, 12_345.6, 1e6, 3e8] {
        for operations in [1, 10] {
            for measure_ns in [1_000, 1_000_000, 50_000_000] {
                for samples in [1, 2, 7, 50] {
                    let mut case = MadeUp::new(iteration_ns, operations);
                    let options = MeasureOptions { warm_up_ns: 200_000, measure_ns, samples, count_ns: 0 };
                    let measured = measure(&mut case, &options).unwrap();
                    check(&case, &options, &measured);
                }
            }
        }
    }
}

#[test]
fn what_is_timed_together_is_never_short_against_the_clock() {
    over_many_cases(|case, _, measured| {
        let clock = measured.overhead.clock;
        let shortest = 100.0 * clock.read_ns.max(clock.resolution_ns);
        // An iteration's time is itself measured, with made-up noise of 3 ns at most.
        assert!(case.timed_ns >= 0.95 * shortest, "{} {:?} {measured:?}", case.iteration_ns, case.timed_ns);
    });
}

#[test]
fn a_launch_takes_the_samples_that_it_was_asked_for_while_there_is_time() {
    let [launches, complete] = [Cell::new(0), Cell::new(0)];
    over_many_cases(|_, options, measured| {
        let taken = measured.samples_ns.len();
        assert!((1..=options.samples as usize).contains(&taken), "{taken} {options:?}");
        if options.measure_ns >= 50_000_000 {
            launches.set(launches.get() + 1);
            complete.set(complete.get() + u32::from(taken == options.samples as usize));
        }
    });
    // Nothing takes time here, so only a machine that is busy with something else lets a long launch run out of it.
    assert!(complete.get() > launches.get() / 2, "{complete:?} of {launches:?}");
}

#[test]
fn a_batch_is_as_long_as_the_time_for_a_sample_asks_for() {
    over_many_cases(|case, options, measured| {
        let wanted_ns = options.measure_ns as f64 / f64::from(options.samples);
        let sample_ns = measured.iterations_per_sample as f64 * case.iteration_ns;
        assert!(sample_ns >= 0.9 * wanted_ns, "{sample_ns} {wanted_ns} {}", case.iteration_ns);
    });
}

#[test]
fn only_single_operations_that_are_long_against_the_clock_have_percentiles() {
    over_many_cases(|case, _, measured| {
        let clock = measured.overhead.clock;
        let shortest = 100.0 * clock.read_ns.max(clock.resolution_ns);
        let timed = measured.latency.as_ref().map(forgebench_histogram::Histogram::len);
        if case.operations > 1 || case.iteration_ns < 0.9 * shortest {
            assert_eq!(timed, None, "{}", case.iteration_ns);
        }
        if case.operations == 1 && case.iteration_ns > 1.1 * shortest {
            assert_eq!(timed, Some(measured.samples_ns.len() as u64 * measured.iterations_per_sample));
        }
    });
}

#[test]
fn figures_are_per_operation() {
    let options = MeasureOptions { warm_up_ns: 200_000, measure_ns: 5_000_000, samples: 5, count_ns: 0 };
    let one = measure(&mut MadeUp::new(1e6, 1), &options).unwrap();
    let ten = measure(&mut MadeUp::new(1e6, 10), &options).unwrap();
    assert!((one.samples_ns[0] / 1e6 - 1.0).abs() < 1e-3, "{one:?}");
    assert!((ten.samples_ns[0] / 1e5 - 1.0).abs() < 1e-3, "{ten:?}");
}

#[test]
fn iterations_too_long_for_a_warm_up_of_batches_are_judged_by_their_samples() {
    // One iteration is already longer than the warm-up may last.
    let options = MeasureOptions { warm_up_ns: 0, measure_ns: 1_000_000_000, samples: 20, count_ns: 0 };
    assert!(measure(&mut MadeUp::new(5e7, 1), &options).unwrap().warm_up.steady);
    assert!(!measure(&mut MadeUp { slowing: 1.01, ..MadeUp::new(5e7, 1) }, &options).unwrap().warm_up.steady);
}

/// Returns when the clock has advanced by 20 µs.
struct Spin;

impl Workload for Spin {
    const ID: &'static str = "test/spin";
    type Params = ();
    type Input = ();
    type Output = u64;

    fn new((): ()) -> Result<Self, Failure> {
        Ok(Self)
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> u64 {
        let start = Clock.now_ns();
        loop {
            let elapsed = Clock.now_ns() - start;
            if elapsed >= 20_000 {
                return elapsed;
            }
        }
    }
    fn verify(&mut self, _elapsed: u64) -> Result<(), Failure> {
        Ok(())
    }
}

#[test]
fn a_body_of_known_length_is_measured_within_one_percent() {
    let options = MeasureOptions { warm_up_ns: 10_000_000, measure_ns: 50_000_000, samples: 25, count_ns: 0 };
    // A machine that does other things only adds, so one launch of five has to be right. The body hears of the time one
    // reading of the clock late, which may be slow.
    let attempt = |_| {
        let seen = measure(&mut bench(Spin), &options).unwrap();
        let clock = seen.overhead.clock;
        let late_ns = 2.0 * (clock.read_ns + clock.resolution_ns);
        (seen.latency.unwrap().value_at_quantile(0.5) as f64, late_ns)
    };
    let (closest_ns, late_ns) = (0..5).map(attempt).min_by(|one, other| one.0.total_cmp(&other.0)).unwrap();
    assert!((19_800.0..20_200.0 + late_ns).contains(&closest_ns), "{closest_ns} ns, {late_ns} ns late");
}

/// Holds few outputs at once.
struct Large;

impl Workload for Large {
    const ID: &'static str = "test/large";
    const HELD: usize = 48;
    type Params = ();
    type Input = u64;
    type Output = Vec<u64>;

    fn new((): ()) -> Result<Self, Failure> {
        Ok(Self)
    }
    fn input(&mut self) -> u64 {
        7
    }
    fn run(&mut self, input: u64) -> Vec<u64> {
        vec![input]
    }
    fn verify(&mut self, output: Vec<u64>) -> Result<(), Failure> {
        Failure::unless_equal("the output", output, vec![7])
    }
}

#[test]
fn a_launch_counts_as_many_iterations_as_an_earlier_one_was_told_to_have_counted() {
    let (large, plain) = (bench(Large), bench(Spin));
    for wanted in [1_000, 100, 10, 1] {
        let counted = large.countable(wanted);
        assert_eq!(large.countable(counted), counted);
        assert!(counted <= 16 * 48, "{counted}");
        assert_eq!(plain.countable(wanted), wanted);
    }
    let first = count_instructions(&mut bench(Large), None).unwrap();
    assert_eq!(count_instructions(&mut bench(Large), Some(first.iterations)).unwrap(), first);
}
