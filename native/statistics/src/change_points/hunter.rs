//! Change points as Hunter and Apache Otava find them: quick, by windows and t-tests.

use statrs::function::beta::beta_reg;

use super::detector_error::{DetectorError, check_series};
use super::energy::{Split, best_split};

/// How [`hunter`] searches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hunter {
    /// Points in a window; at least 2. Windows overlap by half.
    pub window: usize,
    /// Largest p-value of a change point; within (0, 1). It is no rate of false alarms: of series of 200 independent
    /// points without change, 12 % show a change at 0.001.
    pub significance: f64,
    /// Smallest change of the mean as a share of it, as 0.05; 0 for all.
    pub least_magnitude: f64,
}

impl Default for Hunter {
    /// As Otava's: windows of 50 points, 0.001, all magnitudes.
    fn default() -> Self {
        Self { window: 50, significance: 0.001, least_magnitude: 0.0 }
    }
}

/// The change points of `series`, in order, each the first point of its segment. Windows are split where they differ most from
/// themselves as long as a t-test tells the parts apart at ten times the significance; of what was found in all windows, the
/// weakest is dropped until each segment differs from the next at the significance and by the least magnitude.
///
/// Sources: Fleming, Kołaczkowski, Kumar et al., "Hunter: Using Change Point Detection to Hunt
/// for Performance Regressions", ICPE 2023; Apache Otava, `otava/analysis.py`.
///
/// # Errors
/// A value that is not finite, a significance that is no share, and windows of fewer than two points.
///
/// ```
/// use forgebench_statistics::change_points::{Hunter, hunter};
///
/// let series = [0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149.0, 149.7, 149.5, 149.1, 148.8, 150.0];
/// assert_eq!(hunter(&series, &Hunter::default())?, [5, 8]);
/// # Ok::<(), forgebench_statistics::change_points::DetectorError>(())
/// ```
pub fn hunter(series: &[f64], options: &Hunter) -> Result<Vec<usize>, DetectorError> {
    check_series(series)?;
    if options.window < 2 {
        return Err(DetectorError::Window(options.window));
    }
    if !(options.significance > 0.0 && options.significance < 1.0) {
        return Err(DetectorError::Significance(options.significance));
    }
    let weak = in_windows(series, options.window, first_significance(options.significance));
    Ok(merge(series, weak, options))
}

/// What a change point needs in its window, before those of all windows are weighed against each other.
fn first_significance(significance: f64) -> f64 {
    match significance {
        ..0.05 => 10.0 * significance,
        ..0.5 => 2.0 * significance,
        _ => significance,
    }
}

fn in_windows(series: &[f64], window: usize, significance: f64) -> Vec<usize> {
    let mut found = vec![];
    let mut start = 0;
    while start < series.len() {
        let end = (start + window).min(series.len());
        let changes = divide(&series[start..end], significance);
        let last = changes.last().map_or(0, |index| start + index);
        found.extend(changes.iter().map(|index| start + index));
        start = last.max(start + window / 2);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Splits a window, the best split first, until the best is not significant.
fn divide(window: &[f64], significance: f64) -> Vec<usize> {
    let mut segments = vec![(0, window, best_split(window))];
    loop {
        let candidates = segments.iter().enumerate().filter_map(|(place, segment)| Some((place, segment.2?)));
        let best = candidates.reduce(|best, other| if other.1.statistic > best.1.statistic { other } else { best });
        let Some((place, Split { index, .. })) = best else { break };
        let (start, values, _) = segments[place];
        let (first, second) = values.split_at(index);
        if p_value(&Moments::new(first), &Moments::new(second)) > significance {
            break;
        }
        let parts = [(start, first, best_split(first)), (start + index, second, best_split(second))];
        segments.splice(place..=place, parts);
    }
    segments.iter().map(|segment| segment.0).skip(1).collect()
}

/// Drops the weakest change point until all stand, by significance first and then by magnitude.
fn merge(series: &[f64], mut changes: Vec<usize>, options: &Hunter) -> Vec<usize> {
    let mut differences: Vec<Difference> = (0..changes.len()).map(|place| around(series, &changes, place)).collect();
    while let Some(weakest) = weakest(&differences, options) {
        changes.remove(weakest);
        differences.remove(weakest);
        // The change point before the dropped one keeps its difference from a segment that has grown, and the second one
        // behind is weighed again for nothing: this is what Otava does, and others of its change points would follow otherwise.
        for (place, difference) in differences.iter_mut().enumerate().skip(weakest).take(2) {
            *difference = around(series, &changes, place);
        }
    }
    changes
}

fn weakest(differences: &[Difference], options: &Hunter) -> Option<usize> {
    let places = differences.iter().enumerate();
    let (least_sure, difference) = places.clone().reduce(|a, b| if b.1.p_value > a.1.p_value { b } else { a })?;
    if difference.p_value >= options.significance {
        return Some(least_sure);
    }
    let (smallest, difference) = places.reduce(|a, b| if b.1.magnitude < a.1.magnitude { b } else { a })?;
    (difference.magnitude <= options.least_magnitude).then_some(smallest)
}

/// Between the segments before and after a change point.
fn around(series: &[f64], changes: &[usize], place: usize) -> Difference {
    let start = if place == 0 { 0 } else { changes[place - 1] };
    let end = changes.get(place + 1).copied().unwrap_or(series.len());
    Difference::new(&series[start..changes[place]], &series[changes[place]..end])
}

/// How much two neighbouring segments differ.
struct Difference {
    p_value: f64,
    magnitude: f64,
}

impl Difference {
    fn new(first: &[f64], second: &[f64]) -> Self {
        let (first, second) = (Moments::new(first), Moments::new(second));
        Self { p_value: p_value(&first, &second), magnitude: magnitude(first.mean, second.mean) }
    }
}

/// Of Student's two-sided t-test with equal variances.
fn p_value(first: &Moments, second: &Moments) -> f64 {
    let freedom = first.freedom() + second.freedom();
    let distance = (first.mean - second.mean).abs();
    if freedom <= 0.0 || distance <= 0.0 {
        return 1.0;
    }
    let variance = (first.freedom() * first.variance + second.freedom() * second.variance) / freedom;
    let t_squared = distance.powi(2) / (variance * (1.0 / first.count + 1.0 / second.count));
    if t_squared.is_finite() { beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t_squared)) } else { 0.0 }
}

/// The larger of the relative changes forwards and backwards; 0 where a mean is 0.
fn magnitude(first: f64, second: f64) -> f64 {
    let relative = |from: f64, to: f64| if from == 0.0 { 0.0 } else { (to / from - 1.0).abs() };
    relative(first, second).max(relative(second, first))
}

struct Moments {
    count: f64,
    mean: f64,
    /// With n in the denominator, as in Otava.
    variance: f64,
}

impl Moments {
    fn new(values: &[f64]) -> Self {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        Self { count, mean, variance }
    }

    fn freedom(&self) -> f64 {
        self.count - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_p_value_is_that_of_student_with_equal_variances() {
        // scipy 1.17.1: ttest_ind_from_stats(mean, numpy.std(…), …).pvalue
        let difference = Difference::new(&[2.0, 1.0, 3.0, 4.0], &[6.0, 5.0, 7.0, 9.0]);
        assert!((difference.p_value - 0.003_752_464_138_914_737).abs() < 1e-12, "{}", difference.p_value);
        assert!((difference.magnitude - 1.7).abs() < 1e-12);
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "without spread it is exactly one or the other")]
    fn segments_without_spread_differ_surely_or_not_at_all() {
        assert_eq!(Difference::new(&[1.0, 1.0], &[2.0, 2.0]).p_value, 0.0);
        assert_eq!(Difference::new(&[1.0, 1.0], &[1.0, 1.0]).p_value, 1.0);
        assert_eq!(Difference::new(&[1.0], &[2.0]).p_value, 1.0);
    }

    #[test]
    fn a_small_change_is_left_out_where_only_large_ones_matter() {
        let series: Vec<f64> =
            (0..60).map(|k| f64::from(k * 37 % 11) / 100.0 + if k < 30 { 10.0 } else { 10.3 }).collect();
        assert_eq!(hunter(&series, &Hunter::default()).unwrap(), [30]);
        assert!(hunter(&series, &Hunter { least_magnitude: 0.05, ..Hunter::default() }).unwrap().is_empty());
    }

    #[test]
    fn what_cannot_be_searched_is_refused() {
        assert!(hunter(&[f64::NAN], &Hunter::default()).is_err());
        assert_eq!(hunter(&[], &Hunter { window: 1, ..Hunter::default() }), Err(DetectorError::Window(1)));
        let whole = Hunter { significance: 1.0, ..Hunter::default() };
        assert_eq!(hunter(&[], &whole), Err(DetectorError::Significance(1.0)));
        assert_eq!(hunter(&[], &Hunter::default()), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn change_points_rise_within_the_series(
            series in prop::collection::vec((0..20_i32).prop_map(f64::from), 0..120),
            window in 2..40_usize,
            significance in 0.001..0.5_f64,
        ) {
            let found = hunter(&series, &Hunter { window, significance, least_magnitude: 0.0 }).unwrap();
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(found.iter().all(|&index| index > 0 && index < series.len()));
        }
    }
}
