//! All steps of a series, by halving it again and again.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use super::spikes::without_spikes;
use super::step_test::{Step, best_step};
use crate::{Sample, SampleError};

/// Fewest points between two steps.
const SHORTEST: usize = 3;
/// What longer series add to the threshold, which offer more places for a step.
const LENGTH_OF_THRESHOLD: f64 = 200.0;
const FOR_LENGTH: f64 = 0.8;
/// What a strong autocorrelation adds to it, and once more where the series is nearly a random walk, which makes steps of its
/// own; in proportion to the length of the whole series, because few points do not tell it from a step. The second was set
/// on ten series of the Turing data set.
const STRONG_CORRELATIONS: [f64; 2] = [0.6, 0.9];
const FOR_CORRELATION: f64 = 3.5;
/// By how much a step must be likelier than a trend.
const OVER_TREND: f64 = 4.0;
/// Chance that a series of 200 autocorrelated points passes the threshold of one reading, and how fast it falls beyond;
/// by simulation.
const CHANCE_AT_THRESHOLD: f64 = 0.007;
const FALL_OF_CHANCE: f64 = 0.43;

/// Largest values of which sums of squares are far from what a number can hold.
const SQUARES_FIT: RangeInclusive<f64> = 1e-100..=1e100;

/// How often a series is read, which decides how much evidence a change needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Once: of series of 200 points without a change 0.2 % (independent points), 0.6 % (spikes) and 0.7 %
    /// (autocorrelation 0.5) show one.
    Once,
    /// After every new point, from 30 to 200: of such series about 1 % ever show one, and steps are found later.
    EveryPoint,
}

impl Reading {
    /// Evidence below which a step is chance.
    fn threshold(self) -> f64 {
        match self {
            Self::Once => 15.5,
            Self::EveryPoint => 21.5,
        }
    }

    /// Points that must follow a step: a few spikes at the end look like one.
    fn followers(self) -> usize {
        match self {
            Self::Once => 4,
            Self::EveryPoint => 5,
        }
    }
}

/// Where the level of a series changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangePoint {
    /// First point of the new level.
    pub index: usize,
    /// New median over old one, less 1, each as far as the neighbouring change points; infinite where the old one is 0.
    pub magnitude: f64,
    /// One less the chance that a series without changes shows a step this clear, within [0, 1].
    pub confidence: f64,
}

/// The change points of `series`, in order: a likelihood-ratio test of one step under autocorrelated noise, after a
/// filter for isolated spikes, halved again and again, each found point tested again between its neighbours.
///
/// It finds a step of three standard deviations five points after it in nine of ten series of independent points;
/// `npm run scorecard` counts this and false alarms. A change shows once four points follow it.
///
/// Sources: Quandt, "The Estimation of the Parameters of a Linear Regression System Obeying Two Separate Regimes", JASA
/// 53 (1958), for the test; Scott & Knott, Biometrics 30 (1974), for halving; Lund et al., "Good practices and common
/// pitfalls in climate time series changepoint techniques", J. Climate 36 (2023), for autocorrelation and trends.
///
/// # Errors
/// A value that is not finite.
///
/// ```
/// use forgebench_statistics::change_points::{Reading, change_points};
///
/// let series: Vec<f64> = (0..60).map(|k| f64::from(k * 37 % 11) + if k < 50 { 100.0 } else { 120.0 }).collect();
/// let found = change_points(&series, Reading::Once)?;
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].index, 50);
/// assert!((found[0].magnitude - 0.2).abs() < 0.02 && found[0].confidence > 0.999);
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn change_points(series: &[f64], reading: Reading) -> Result<Vec<ChangePoint>, SampleError> {
    if let Some(index) = series.iter().position(|value| !value.is_finite()) {
        return Err(SampleError::NotFinite { index, value: series[index] });
    }
    let series = &*within_squares(series);
    let filtered = without_spikes(series);
    let search = Search { series: &filtered, reading };
    let mut steps = search.settle(search.halve(0..series.len()));
    steps.retain(|step| step.index + reading.followers() <= series.len());
    let edges = edges(series.len(), &steps);
    Ok(steps
        .iter()
        .zip(edges.windows(3))
        .map(|(step, edge)| ChangePoint {
            index: step.index,
            magnitude: magnitude(&series[edge[0]..edge[1]], &series[edge[1]..edge[2]]),
            confidence: search.confidence(step, edge[2] - edge[0]),
        })
        .collect())
}

/// `series`, or the same over a power of two where squares of its values would overflow or vanish; no digit is lost. Where a series
/// changed, by which share, and how clearly do not depend on its unit.
fn within_squares(series: &[f64]) -> Cow<'_, [f64]> {
    let largest = series.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    if largest == 0.0 || SQUARES_FIT.contains(&largest) {
        return Cow::Borrowed(series);
    }
    // In two steps: the power for the smallest of all numbers is none of its own.
    let exponent = largest.log2().floor() as i32;
    let [half, rest] = [exponent / 2, exponent - exponent / 2].map(|part| 2.0_f64.powi(-part));
    Cow::Owned(series.iter().map(|value| value * half * rest).collect())
}

/// A series in which steps are looked for.
struct Search<'a> {
    series: &'a [f64],
    reading: Reading,
}

impl Search<'_> {
    /// Steps of a part, in order.
    fn halve(&self, part: Range<usize>) -> Vec<Step> {
        let Some(step) = self.best_within(&part).filter(|step| self.surplus(step, part.len()) > 0.0) else {
            return vec![];
        };
        let mut steps = self.halve(part.start..step.index);
        steps.push(step);
        steps.extend(self.halve(step.index..part.end));
        steps
    }

    /// Moves each step to its best place between its neighbours, and drops the weakest until all stand.
    fn settle(&self, mut steps: Vec<Step>) -> Vec<Step> {
        loop {
            let edges = edges(self.series.len(), &steps);
            let again: Vec<(Step, f64)> =
                edges.windows(3).zip(&steps).map(|(edge, step)| self.again(edge, *step)).collect();
            let weakest = again.iter().enumerate().min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1));
            match weakest {
                Some((index, &(_, surplus))) if surplus <= 0.0 => drop(steps.remove(index)),
                _ => return again.into_iter().map(|(step, _)| step).collect(),
            }
        }
    }

    /// The step between two neighbours at its best place, and by how much it stands.
    fn again(&self, edge: &[usize], step: Step) -> (Step, f64) {
        self.best_within(&(edge[0]..edge[2]))
            .map_or((step, f64::NEG_INFINITY), |moved| (moved, self.surplus(&moved, edge[2] - edge[0])))
    }

    fn best_within(&self, part: &Range<usize>) -> Option<Step> {
        best_step(&self.series[part.clone()], SHORTEST).map(|step| Step { index: part.start + step.index, ..step })
    }

    /// Evidence beyond what chance or a trend explains.
    fn surplus(&self, step: &Step, count: usize) -> f64 {
        (step.evidence - self.threshold(step, count)).min(step.evidence - step.evidence_of_trend - OVER_TREND)
    }

    fn threshold(&self, step: &Step, count: usize) -> f64 {
        let [length, of_series] = [count, self.series.len()].map(|points| points as f64 / LENGTH_OF_THRESHOLD);
        let correlated = STRONG_CORRELATIONS.iter().filter(|&&bound| step.correlation >= bound).count() as f64;
        self.reading.threshold() + FOR_LENGTH * length.ln().max(0.0) + FOR_CORRELATION * correlated * of_series.min(1.0)
    }

    fn confidence(&self, step: &Step, count: usize) -> f64 {
        let beyond = step.evidence - self.threshold(step, count) + self.reading.threshold() - Reading::Once.threshold();
        1.0 - CHANCE_AT_THRESHOLD * (-FALL_OF_CHANCE * beyond.max(0.0)).exp()
    }
}

/// The start of the series, each step, and its end.
fn edges(count: usize, steps: &[Step]) -> Vec<usize> {
    std::iter::once(0).chain(steps.iter().map(|step| step.index)).chain([count]).collect()
}

fn magnitude(before: &[f64], after: &[f64]) -> f64 {
    let [before, after] =
        [before, after].map(|part| Sample::new(part.to_vec()).map_or(f64::NAN, |sample| sample.median()));
    (after - before) / before.abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use rand_distr::StandardNormal;

    /// Noise of autocorrelation `correlation` around 100 with deviation 5; at `step.0` the level rises by `step.1` deviations.
    fn series(seed: u64, count: usize, correlation: f64, step: (usize, f64)) -> Vec<f64> {
        let mut random = StdRng::seed_from_u64(seed);
        let mut state: f64 = random.sample(StandardNormal);
        (0..count)
            .map(|index| {
                let innovation: f64 = random.sample(StandardNormal);
                state = correlation * state + (1.0 - correlation * correlation).sqrt() * innovation;
                100.0 + 5.0 * state + if index >= step.0 { 5.0 * step.1 } else { 0.0 }
            })
            .collect()
    }

    fn share(trials: u64, holds: impl Fn(u64) -> bool) -> f64 {
        (0..trials).filter(|&seed| holds(seed)).count() as f64 / trials as f64
    }

    #[test]
    fn fewer_than_one_of_a_hundred_series_without_change_shows_one() {
        for correlation in [0.0, 0.5, 0.95] {
            let false_alarms = share(3000, |seed| {
                !change_points(&series(seed, 200, correlation, (200, 0.0)), Reading::Once).unwrap().is_empty()
            });
            assert!(false_alarms < 0.014, "{correlation}: {false_alarms}");
        }
    }

    #[test]
    fn a_step_of_three_deviations_is_found_five_points_later() {
        for (correlation, expected) in [(0.0, 0.90), (0.5, 0.56)] {
            let found = share(1500, |seed| {
                change_points(&series(seed, 55, correlation, (50, 3.0)), Reading::Once)
                    .unwrap()
                    .iter()
                    .any(|point| point.index.abs_diff(50) <= 2)
            });
            assert!(found > expected, "{correlation}: {found}");
        }
    }

    #[test]
    fn steps_up_and_down_are_told_apart() {
        let levels = [100.0, 130.0, 100.0];
        let noise = series(3, 150, 0.0, (150, 0.0));
        let data: Vec<f64> = noise.iter().enumerate().map(|(index, value)| value / 10.0 + levels[index / 50]).collect();
        let found = change_points(&data, Reading::EveryPoint).unwrap();
        assert_eq!(found.iter().map(|point| point.index).collect::<Vec<_>>(), [50, 100]);
        assert!(found[0].magnitude > 0.2 && found[1].magnitude < -0.2, "{found:?}");
    }

    #[test]
    fn a_change_at_the_very_end_waits_for_more_points() {
        let at = |followers: usize| {
            let data = series(1, 60 + followers, 0.0, (60, 10.0));
            change_points(&data, Reading::Once).unwrap().len()
        };
        assert_eq!((at(3), at(4)), (0, 1));
    }

    #[test]
    fn a_change_is_the_same_in_any_unit() {
        let data = series(1, 80, 0.0, (40, 4.0));
        let expected = change_points(&data, Reading::Once).unwrap();
        assert_eq!(expected.len(), 1);
        for exponent in [-1020, -700, -300, 0, 300, 700, 1015] {
            let scaled: Vec<f64> = data.iter().map(|value| value * 2.0_f64.powi(exponent)).collect();
            let found = change_points(&scaled, Reading::Once).unwrap();
            assert_eq!(found.iter().map(|point| point.index).collect::<Vec<_>>(), [expected[0].index], "2^{exponent}");
            assert!((found[0].magnitude - expected[0].magnitude).abs() < 1e-9, "2^{exponent}: {found:?}");
            assert!((found[0].confidence - expected[0].confidence).abs() < 1e-9, "2^{exponent}: {found:?}");
        }
    }

    #[test]
    fn what_is_not_finite_is_named() {
        assert!(change_points(&[1.0, f64::NAN], Reading::Once).is_err());
        assert_eq!(change_points(&[], Reading::Once), Ok(vec![]));
    }
}
