//! Statistics are tested statistically: a 95 % interval covers the truth in 95 ± 1.5 % of many seeded trials.

use forgebench_statistics::{Sample, growth_exponent, launch_interval, slope};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, LogNormal, Normal};

const TRIALS: u32 = 10_000;
const LAUNCHES: [usize; 4] = [3, 5, 10, 25];

/// Runs seeded trials of which each says whether the interval covered the truth.
fn assert_coverage(what: &str, mut trial: impl FnMut(&mut StdRng) -> bool) {
    let mut random = StdRng::seed_from_u64(20_240_521);
    let covered = (0..TRIALS).filter(|_| trial(&mut random)).count();
    let share = covered as f64 / f64::from(TRIALS);
    eprintln!("{what}: {:.2} %", 100.0 * share);
    assert!((share - 0.95).abs() <= 0.015, "{what}: {share}");
}

/// The median of 15 samples of a launch whose own level differs from `level` by about 5 %.
fn launch_median(level: f64, random: &mut StdRng) -> f64 {
    let launch = level * LogNormal::new(0.0, 0.05).unwrap().sample(random);
    let within = LogNormal::new(0.0, 0.1).unwrap();
    Sample::new((0..15).map(|_| launch * within.sample(random)).collect()).unwrap().median()
}

#[test]
fn launch_intervals_cover_the_level_of_log_normal_launches() {
    for launches in LAUNCHES {
        assert_coverage(&format!("level at {launches} launches"), |random| {
            let medians: Vec<f64> = (0..launches).map(|_| launch_median(1000.0, random)).collect();
            let interval = launch_interval(&medians, 0.95).unwrap();
            interval.low <= 1000.0 && 1000.0 <= interval.high
        });
    }
}

#[test]
fn launch_intervals_cover_the_mean_of_estimates_below_zero() {
    // Memory that shrinks has negative estimates, which have no logarithm.
    let normal = Normal::new(-20.0, 1.0).unwrap();
    for launches in LAUNCHES {
        assert_coverage(&format!("mean below 0 at {launches} launches"), |random| {
            let estimates: Vec<f64> = (0..launches).map(|_| normal.sample(random)).collect();
            let interval = launch_interval(&estimates, 0.95).unwrap();
            interval.low <= -20.0 && -20.0 <= interval.high
        });
    }
}

#[test]
fn growth_intervals_cover_the_exponent() {
    let sizes = [10.0_f64, 100.0, 1000.0, 10_000.0];
    for launches in LAUNCHES {
        assert_coverage(&format!("exponent at {launches} launches"), |random| {
            let rows = sizes
                .map(|size| (0..launches).map(|_| launch_median(3.0 * size.powf(1.5), random)).collect::<Vec<_>>());
            let interval = growth_exponent(&sizes, &rows, 0.95).unwrap();
            interval.low <= 1.5 && 1.5 <= interval.high
        });
    }
}

#[test]
fn slope_intervals_cover_the_slope() {
    let noise = Normal::new(0.0, 1000.0).unwrap();
    for points in [3, 5, 20] {
        assert_coverage(&format!("slope at {points} points"), |random| {
            let xs: Vec<f64> = (0..points).map(|point| 100.0 * f64::from(point)).collect();
            let ys: Vec<f64> = xs.iter().map(|x| 1e9 + 2.5 * x + noise.sample(random)).collect();
            let line = slope(&xs, &ys, 0.95).unwrap();
            line.low <= 2.5 && 2.5 <= line.high
        });
    }
}
