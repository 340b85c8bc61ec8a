//! How often intervals of independent samples cover the truth, and how often tests call a difference where there is none,
//! in seeded trials.

use std::num::NonZero;

use forgebench_statistics::{
    BootstrapMethod, Resampling, Sample, bootstrap_mean, bootstrap_quantile, bootstrap_ratio, mann_whitney,
    permutation_test, quantile_interval, welch,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, LogNormal, StandardNormal};

const TRIALS: u32 = 4000;

/// Fails unless the share of seeded trials in which `trial` holds lies in `expected`.
fn assert_share(what: &str, expected: std::ops::RangeInclusive<f64>, mut trial: impl FnMut(&mut StdRng) -> bool) {
    let mut random = StdRng::seed_from_u64(20_260_601);
    let held = (0..TRIALS).filter(|_| trial(&mut random)).count();
    let share = held as f64 / f64::from(TRIALS);
    eprintln!("{what}: {:.2} %", 100.0 * share);
    assert!(expected.contains(&share), "{what}: {share}, expected {expected:?}");
}

fn log_normal(count: usize, random: &mut StdRng) -> Vec<f64> {
    LogNormal::new(0.0, 0.5).unwrap().sample_iter(random).take(count).collect()
}

fn normal(count: usize, random: &mut StdRng) -> Vec<f64> {
    (0..count).map(|_| random.sample(StandardNormal)).collect()
}

fn resamples(count: usize, seed: u64) -> Resampling {
    Resampling { resamples: NonZero::new(count).unwrap(), seed, ..Resampling::default() }
}

#[test]
fn order_statistics_cover_a_quantile_as_often_as_they_say() {
    for (count, q, truth) in [(7, 0.5, 1.0), (20, 0.5, 1.0), (100, 0.9, (0.5 * 1.281_551_565_544_6_f64).exp())] {
        let values: Vec<f64> = (0..count).map(|k| k as f64).collect();
        let says = quantile_interval(&Sample::new(values).unwrap(), q, 0.95).unwrap().coverage;
        assert!(says >= 0.95);
        assert_share(&format!("order statistics of {count} at {q}"), says - 0.014..=says + 0.014, |random| {
            let seen = quantile_interval(&Sample::new(log_normal(count, random)).unwrap(), q, 0.95).unwrap();
            seen.low <= truth && truth <= seen.high
        });
    }
}

#[test]
fn the_counted_bootstrap_covers_a_median() {
    for (count, expected) in [(20, 0.92..=0.965), (101, 0.93..=0.965)] {
        assert_share(&format!("bootstrap of the median of {count}"), expected, |random| {
            let seen = bootstrap_quantile(&Sample::new(log_normal(count, random)).unwrap(), 0.5, 0.95).unwrap();
            seen.low <= 1.0 && 1.0 <= seen.high
        });
    }
}

#[test]
fn bootstraps_cover_the_mean_of_skewed_values_nearly_as_often_as_they_promise() {
    let truth = 0.125_f64.exp();
    let methods = [
        (BootstrapMethod::Percentile, 0.91..=0.95),
        (BootstrapMethod::Basic, 0.90..=0.945),
        (BootstrapMethod::BiasCorrected, 0.92..=0.96),
    ];
    for (method, expected) in methods {
        assert_share(&format!("{method:?} mean of 40"), expected, |random| {
            let options = resamples(1000, random.random());
            let seen = bootstrap_mean(&log_normal(40, random), 0.95, method, &options).unwrap();
            seen.low <= truth && truth <= seen.high
        });
    }
}

#[test]
fn the_ratio_of_launches_is_covered_nearly_as_often_as_promised() {
    for (launches, expected) in [(3, 0.85..=0.95), (5, 0.915..=0.942), (10, 0.93..=0.965), (25, 0.935..=0.965)] {
        assert_share(&format!("bootstrap of a ratio over {launches} launches"), expected, |random| {
            let options = resamples(1000, random.random());
            let mut side = |level: f64| -> Vec<Vec<f64>> {
                let (between, within) = (LogNormal::new(0.0, 0.05).unwrap(), LogNormal::new(0.0, 0.1).unwrap());
                (0..launches)
                    .map(|_| {
                        let launch = level * between.sample(random);
                        (0..15).map(|_| launch * within.sample(random)).collect()
                    })
                    .collect()
            };
            let seen = bootstrap_ratio(&side(100.0), &side(103.0), 0.95, &options).unwrap();
            seen.low <= 1.03 && 1.03 <= seen.high
        });
    }
}

#[test]
fn tests_call_a_difference_where_there_is_none_as_often_as_they_promise() {
    let five_percent = 0.036..=0.064;
    assert_share("Welch at 8 and 20", five_percent.clone(), |random| {
        let wider: Vec<f64> = normal(20, random).iter().map(|value| 3.0 * value).collect();
        let first = Sample::new(normal(8, random)).unwrap();
        welch(&first, &Sample::new(wider).unwrap()).unwrap().two_sided <= 0.05
    });
    assert_share("permutations of 7 and 7", five_percent.clone(), |random| {
        let (first, second) = (log_normal(7, random), log_normal(7, random));
        permutation_test(&first, &second, &resamples(1, 1)).unwrap().two_sided <= 0.05
    });
    assert_share("drawn permutations of 12 and 30", five_percent.clone(), |random| {
        let options = resamples(999, random.random());
        permutation_test(&log_normal(12, random), &log_normal(30, random), &options).unwrap().two_sided <= 0.05
    });
    assert_share("ranks of 30 and 200", five_percent, |random| {
        let [first, second] = [30, 200].map(|count| Sample::new(log_normal(count, random)).unwrap());
        mann_whitney(&first, &second).two_sided <= 0.05
    });
}
