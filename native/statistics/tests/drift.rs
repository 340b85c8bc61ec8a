//! Verdicts on memory that grows are tested statistically: how often noise passes for a leak, and a leak for noise.

use forgebench_statistics::drift;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand_distr::{Distribution, Normal};

const TRIALS: u32 = 4_000;
/// The promise: less than 10 % per million operations.
const LIMIT: f64 = 0.10;
/// Readings in a million operations, as an endurance launch has them.
const READINGS: [usize; 3] = [24, 40, 64];
/// Standard deviations of the level, as shares of it, and how much of a distance the next reading keeps.
const NOISES: [(f64, f64); 5] = [(0.002, 0.0), (0.01, 0.0), (0.01, 0.5), (0.01, 0.9), (0.05, 0.9)];

#[derive(Default)]
struct Verdicts {
    met: f64,
    missed: f64,
    covered: f64,
}

/// How series of a million operations are judged that grow by `growth` of their level.
fn judge(readings: usize, growth: f64, (deviation, kept): (f64, f64)) -> Verdicts {
    let mut random = StdRng::seed_from_u64(20_240_521);
    let normal = Normal::new(0.0, deviation * (1.0_f64 - kept * kept).sqrt()).unwrap();
    let first = Normal::new(0.0, deviation).unwrap();
    let xs: Vec<f64> = (0..readings).map(|i| i as f64 / (readings - 1) as f64).collect();
    let mut verdicts = Verdicts::default();
    for _ in 0..TRIALS {
        let mut distance = first.sample(&mut random);
        let ys: Vec<f64> = xs
            .iter()
            .map(|x| {
                distance = kept * distance + normal.sample(&mut random);
                1.0 + growth * x + distance
            })
            .collect();
        let interval = drift(&xs, &ys, 0.95).unwrap();
        let share = 1.0 / f64::from(TRIALS);
        verdicts.met += if interval.high < LIMIT { share } else { 0.0 };
        verdicts.missed += if interval.low >= LIMIT { share } else { 0.0 };
        verdicts.covered += if (interval.low..=interval.high).contains(&growth) { share } else { 0.0 };
    }
    eprintln!(
        "{readings} readings, growth {growth}, noise {deviation} kept {kept}: met {:.3} missed {:.3} covered {:.3}",
        verdicts.met, verdicts.missed, verdicts.covered
    );
    verdicts
}

#[test]
fn noise_around_a_flat_level_is_hardly_ever_called_a_leak() {
    for readings in READINGS {
        for noise in NOISES {
            assert!(judge(readings, 0.0, noise).missed <= 0.005, "{readings} {noise:?}");
        }
    }
}

#[test]
fn a_leak_of_a_fifth_is_found_where_noise_is_small_and_hardly_ever_passed_where_it_is_not() {
    for readings in READINGS {
        for noise in NOISES {
            let verdicts = judge(readings, 0.2, noise);
            assert!(verdicts.met <= 0.01, "{readings} {noise:?}");
            if noise.0 <= 0.01 && noise.1 <= 0.5 {
                assert!(verdicts.missed >= 0.8, "{readings} {noise:?}");
            }
        }
    }
}

#[test]
fn a_flat_level_keeps_the_promise_where_noise_is_small() {
    for readings in READINGS {
        for noise in [NOISES[0], NOISES[1]] {
            assert!(judge(readings, 0.0, noise).met >= 0.9, "{readings} {noise:?}");
        }
    }
}

#[test]
fn at_the_limit_itself_both_verdicts_are_rare() {
    for readings in READINGS {
        for noise in NOISES {
            let verdicts = judge(readings, LIMIT, noise);
            assert!(verdicts.met <= 0.07 && verdicts.missed <= 0.07, "{readings} {noise:?}");
            assert!(verdicts.covered >= 0.90, "{readings} {noise:?}");
        }
    }
}
