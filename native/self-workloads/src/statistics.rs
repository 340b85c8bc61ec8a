//! The statistics of the engine: `statistics/bootstrap`, `-rank-test`, `-density`, `-change-points`.

use forgebench_measure::{Failure, Registration, Workload};
use forgebench_statistics::change_points::{EDivisive, Hunter, e_divisive, hunter, pelt, potts_by_criterion};
use forgebench_statistics::{
    BootstrapMethod, Interval, MannWhitney, Resampling, Sample, bootstrap_mean, bootstrap_quantile, density,
    mann_whitney,
};

pub(crate) fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<Bootstrap>(),
        Registration::of::<RankTest>(),
        Registration::of::<Curve>(),
        Registration::of::<Detect>(),
    ]
}

/// Numbers in [0, 1) that fill it evenly in no obvious order, the same on all machines: fractions of multiples of the
/// golden ratio.
pub(crate) fn even(at: usize) -> f64 {
    (at as f64 * f64::midpoint(5.0_f64.sqrt(), -1.0)).fract()
}

/// Values from 99 on, with a tail to the right as times have.
fn times(count: usize, from: usize) -> Vec<f64> {
    (from..from + count).map(|at| 80.0 + 20.0 / (1.05 - even(at))).collect()
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Statistic {
    Mean,
    Median,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Resampled {
    of: Statistic,
    values: usize,
}

/// An interval: of a mean by 10,000 resamples, of a median counted.
struct Bootstrap {
    of: Statistic,
    sample: Sample,
}

impl Workload for Bootstrap {
    const ID: &'static str = "statistics/bootstrap";
    type Params = Resampled;
    type Input = ();
    type Output = Result<Interval, String>;

    fn new(Resampled { of, values }: Resampled) -> Result<Self, Failure> {
        Ok(Self { of, sample: Sample::new(times(values, 0)).map_err(Failure::setup)? })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        match self.of {
            Statistic::Mean => {
                let options = Resampling::default();
                bootstrap_mean(self.sample.values(), 0.95, BootstrapMethod::Percentile, &options)
                    .map_err(|error| error.to_string())
            }
            Statistic::Median => bootstrap_quantile(&self.sample, 0.5, 0.95).map_err(|error| error.to_string()),
        }
    }
    fn verify(&mut self, interval: Self::Output) -> Result<(), Failure> {
        let Interval { value, low, high } = interval.map_err(Failure::WrongAnswer)?;
        let root = (self.sample.values().len() as f64).sqrt();
        // 1.96 standard errors to either side, give or take a third: of the mean, or of the share of values below.
        let (expected, at): (f64, Box<dyn Fn(f64) -> f64>) = match self.of {
            Statistic::Mean => {
                let error = self.sample.standard_deviation() / root;
                (self.sample.mean(), Box::new(move |errors| self.sample.mean() + errors * error))
            }
            Statistic::Median => {
                (self.sample.median(), Box::new(move |errors| self.sample.quantile(0.5 + errors * 0.5 / root)))
            }
        };
        Failure::unless_equal("estimate", value, expected)?;
        let within = (at(-2.6)..=at(-1.3)).contains(&low) && (at(1.3)..=at(2.6)).contains(&high);
        Failure::unless_equal("an interval as wide as theory says", within, true)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    values: usize,
}

/// The Mann-Whitney test of two samples that were sorted before.
struct RankTest {
    first: Sample,
    second: Sample,
}

impl Workload for RankTest {
    const ID: &'static str = "statistics/rank-test";
    type Params = Pair;
    type Input = ();
    type Output = MannWhitney;

    fn new(Pair { values }: Pair) -> Result<Self, Failure> {
        let sample = |from: usize| Sample::new(times(values, from)).map_err(Failure::setup);
        Ok(Self { first: sample(0)?, second: sample(values)? })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> MannWhitney {
        mann_whitney(&self.first, &self.second)
    }
    fn verify(&mut self, test: MannWhitney) -> Result<(), Failure> {
        // Counted by a search for each value instead of a merge.
        let second = self.second.values();
        let below = |value: &f64| second.partition_point(|each| each < value) as f64;
        let upto = |value: &f64| second.partition_point(|each| each <= value) as f64;
        let u: f64 = self.first.values().iter().map(|value| f64::midpoint(below(value), upto(value))).sum();
        Failure::unless_equal("U", test.u, u)?;
        Failure::unless_equal("a difference", test.two_sided < 0.05, false)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    values: usize,
}

/// A density at 512 points.
struct Curve {
    values: Vec<f64>,
}

impl Workload for Curve {
    const ID: &'static str = "statistics/density";
    type Params = Values;
    type Input = ();
    type Output = Option<(f64, usize)>;

    fn new(Values { values }: Values) -> Result<Self, Failure> {
        Ok(Self { values: times(values, 0) })
    }
    fn input(&mut self) {}
    /// The area below the curve, and how many modes it has.
    fn run(&mut self, (): ()) -> Self::Output {
        let curve = density(&self.values, 512).ok()?;
        let step = curve.xs.get(1)? - curve.xs.first()?;
        Some((curve.ys.iter().sum::<f64>() * step, curve.modes(0.05).len()))
    }
    fn verify(&mut self, seen: Self::Output) -> Result<(), Failure> {
        let (area, modes) = seen.ok_or_else(|| Failure::WrongAnswer("there is no curve".into()))?;
        Failure::unless_equal("an area of 1 within a hundredth", (area - 1.0).abs() < 0.01, true)?;
        Failure::unless_equal("modes", modes, 1)
    }
}

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Detector {
    Pelt,
    Hunter,
    EDivisive,
    Potts,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    by: Detector,
    points: usize,
}

/// Change points of a series whose level rises at its middle.
struct Detect {
    by: Detector,
    series: Vec<f64>,
}

impl Workload for Detect {
    const ID: &'static str = "statistics/change-points";
    type Params = Series;
    type Input = ();
    type Output = Option<Vec<usize>>;

    fn new(Series { by, points }: Series) -> Result<Self, Failure> {
        let level = |at: usize| if at < points / 2 { 100.0 } else { 150.0 };
        Ok(Self { by, series: (0..points).map(|at| level(at) + 10.0 * even(at)).collect() })
    }
    fn input(&mut self) {}
    fn run(&mut self, (): ()) -> Self::Output {
        match self.by {
            Detector::Pelt => pelt(&self.series, 1e3, 1).ok(),
            Detector::Hunter => {
                hunter(&self.series, &Hunter { window: 50, significance: 1e-3, least_magnitude: 0.1 }).ok()
            }
            Detector::EDivisive => e_divisive(&self.series, &EDivisive::default()).ok(),
            Detector::Potts => potts_by_criterion(&self.series).ok(),
        }
    }
    fn verify(&mut self, found: Self::Output) -> Result<(), Failure> {
        Failure::unless_equal("change points", found, Some(vec![self.series.len() / 2]))
    }
}
