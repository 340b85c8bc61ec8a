//! Change points by distances between values, tested by shuffling.

use std::num::NonZero;

use super::detector_error::{DetectorError, check_series};
use super::energy::{Split, best_split, best_whole_split};
use super::ranked::Ranked;
use super::shuffle::Shuffle;

/// Which second parts of a split are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondPart {
    /// Those that end anywhere, as published: a short episode is found, in O(n²) steps for each scan.
    AnyEnd,
    /// The one that ends with the segment, as `MongoDB` does: O(n log n) steps for each scan.
    Rest,
}

/// How [`e_divisive`] searches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EDivisive {
    /// Which second parts are looked at.
    pub second_part: SecondPart,
    /// Share of shuffled series that may differ from themselves as much as the series does; within (0, 1).
    pub significance: f64,
    /// How often the series is shuffled for each change point.
    pub permutations: NonZero<usize>,
    /// The same seed gives the same change points.
    pub seed: u64,
}

impl Default for EDivisive {
    /// As published, with 199 permutations at 0.05.
    fn default() -> Self {
        let permutations = NonZero::new(199).unwrap_or(NonZero::<usize>::MIN);
        Self { second_part: SecondPart::AnyEnd, significance: 0.05, permutations, seed: 1 }
    }
}

/// The change points of `series`, in order, each the first point of its segment: where the distribution changes, whatever its
/// shape. The segments are split where they differ most from themselves, as long as few series of which each segment
/// is shuffled differ as much: a share of r / (permutations + 1) at most, with r such series.
///
/// Neighbouring points must not depend on each other: autocorrelation looks like changes ([`change_points`] allows for it).
///
/// Source: Matteson & James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", JASA 109
/// (2014), with α = 1.
///
/// [`change_points`]: super::change_points
///
/// # Errors
/// A value that is not finite, and a significance that is no share.
///
/// ```
/// use forgebench_statistics::change_points::{EDivisive, e_divisive};
///
/// let series = [0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149.0, 149.7, 149.5, 149.1, 148.8, 150.0];
/// assert_eq!(e_divisive(&series, &EDivisive::default())?, [5, 8]);
/// # Ok::<(), forgebench_statistics::change_points::DetectorError>(())
/// ```
pub fn e_divisive(series: &[f64], options: &EDivisive) -> Result<Vec<usize>, DetectorError> {
    check_series(series)?;
    if !(options.significance > 0.0 && options.significance < 1.0) {
        return Err(DetectorError::Significance(options.significance));
    }
    let mut segments = vec![Segment::new(series, options.second_part, 0)];
    for round in 0.. {
        let Some((index, split)) = most_different(&segments) else { break };
        if !is_significant(&segments, split.statistic, options, round) {
            break;
        }
        let Segment { start, values, .. } = segments.remove(index);
        let (first, second) = values.split_at(split.index);
        let parts = [(first, start), (second, start + split.index)];
        segments.splice(index..index, parts.map(|(part, start)| Segment::new(part, options.second_part, start)));
    }
    Ok(segments.iter().map(|segment| segment.start).skip(1).collect())
}

/// A part of the series without change points so far.
struct Segment<'a> {
    start: usize,
    values: &'a [f64],
    scan: Scan<'a>,
    best: Option<Split>,
}

/// What finds the best split of a segment's values in any order.
enum Scan<'a> {
    AnyEnd(&'a [f64]),
    Rest(Ranked),
}

impl Scan<'_> {
    fn best(&self, order: &[usize]) -> Option<Split> {
        match self {
            Self::AnyEnd(values) => best_split(&order.iter().map(|&index| values[index]).collect::<Vec<_>>()),
            Self::Rest(ranked) => best_whole_split(ranked, order),
        }
    }
}

impl<'a> Segment<'a> {
    fn new(values: &'a [f64], second_part: SecondPart, start: usize) -> Self {
        let scan = match second_part {
            SecondPart::AnyEnd => Scan::AnyEnd(values),
            SecondPart::Rest => Scan::Rest(Ranked::new(values)),
        };
        let best = scan.best(&(0..values.len()).collect::<Vec<_>>());
        Self { start, values, scan, best }
    }
}

/// The segment whose best split is the best of all; the first of several.
fn most_different(segments: &[Segment]) -> Option<(usize, Split)> {
    let splits = segments.iter().enumerate().filter_map(|(index, segment)| Some((index, segment.best?)));
    splits.reduce(|best, other| if other.1.statistic > best.1.statistic { other } else { best })
}

/// Whether few shuffled series differ as much; it stops where the remaining ones cannot change the answer.
fn is_significant(segments: &[Segment], statistic: f64, options: &EDivisive, round: u64) -> bool {
    let permutations = options.permutations.get();
    let allowed = (options.significance * (permutations + 1) as f64).floor() as usize;
    let mut as_different = 0;
    for permutation in 0..permutations {
        if as_different + permutations - permutation <= allowed {
            return true;
        }
        // Each permutation has a generator of its own, so that none depends on how long others took.
        let number = round * permutations as u64 + permutation as u64;
        let mut shuffle = Shuffle::new(options.seed, number);
        let differs = segments.iter().any(|segment| {
            let order = shuffle.order(segment.values.len());
            segment.scan.best(&order).is_some_and(|split| split.statistic >= statistic)
        });
        as_different += usize::from(differs);
        if as_different > allowed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    const BOTH: [SecondPart; 2] = [SecondPart::AnyEnd, SecondPart::Rest];

    fn with(second_part: SecondPart, seed: u64) -> EDivisive {
        EDivisive { second_part, seed, permutations: NonZero::new(99).unwrap(), ..EDivisive::default() }
    }

    #[test]
    fn a_clean_step_is_the_only_change() {
        let series: Vec<f64> = (0..2000).map(|k| if k < 1000 { 0.0 } else { 1.0 }).collect();
        assert_eq!(e_divisive(&series, &with(SecondPart::Rest, 1)).unwrap(), [1000]);
    }

    #[test]
    fn a_change_of_spread_alone_is_found() {
        let series: Vec<f64> = (0..120).map(|k| f64::from(k * 37 % 11 - 5) * if k < 60 { 1.0 } else { 8.0 }).collect();
        for second_part in BOTH {
            let found = e_divisive(&series, &with(second_part, 1)).unwrap();
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].abs_diff(60) <= 3, "{found:?}");
        }
    }

    #[test]
    fn of_series_without_change_as_many_show_one_as_the_significance_says() {
        for second_part in BOTH {
            let shows = |seed: &u64| {
                let mut random = StdRng::seed_from_u64(*seed);
                let series: Vec<f64> = (0..40).map(|_| random.random()).collect();
                !e_divisive(&series, &with(second_part, *seed)).unwrap().is_empty()
            };
            // 5 % of 800, and three standard errors.
            let alarmed = (0..800_u64).filter(shows).count();
            assert!((22..=58).contains(&alarmed), "{second_part:?}: {alarmed}");
        }
    }

    #[test]
    fn what_cannot_be_searched_is_refused() {
        assert!(e_divisive(&[1.0, f64::NAN], &EDivisive::default()).is_err());
        let never = EDivisive { significance: 0.0, ..EDivisive::default() };
        assert_eq!(e_divisive(&[1.0], &never), Err(DetectorError::Significance(0.0)));
        assert_eq!(e_divisive(&[], &EDivisive::default()), Ok(vec![]));
        assert_eq!(e_divisive(&[1.0], &EDivisive::default()), Ok(vec![]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_seed_decides_and_change_points_rise_within_the_series(
            series in prop::collection::vec((0..9_i32).prop_map(f64::from), 0..60),
            seed: u64,
        ) {
            for second_part in BOTH {
                let found = e_divisive(&series, &with(second_part, seed)).unwrap();
                prop_assert_eq!(&e_divisive(&series, &with(second_part, seed)).unwrap(), &found);
                prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(found.iter().all(|&index| index > 0 && index < series.len()));
            }
        }
    }
}
