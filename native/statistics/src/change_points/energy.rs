//! The place where a series differs most from itself, by distances between values.

use super::ranked::Ranked;

/// The best place to split a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Split {
    /// First point of the second part.
    pub index: usize,
    /// How much the parts differ: larger is more.
    pub statistic: f64,
}

/// The split of at least two points into a first part and a second one, which may end before the series does, whose
/// parts of n and m points differ most: n m / (n + m) · (2 · mean distance between them − mean distances within each).
/// Of several such splits it is the first.
///
/// Distances are summed up as the second part grows, in O(n²) steps and O(n) memory; its statistic is 2 / k · (W − (k − 1) · (B
/// / (n − 1) + R / (m − 1))) with k = n + m and with W, B and R the sums of distances within both, the first and the second.
///
/// Source: Matteson & James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", JASA 109
/// (2014), section 2.2, with α = 1.
pub(super) fn best_split(series: &[f64]) -> Option<Split> {
    let mut best: Option<Split> = None;
    // Of a second part that begins at each point, the distances within; of a first part that ends there, the same by its points.
    let mut within_second = vec![0.0; series.len()];
    let mut mean_first = vec![0.0; series.len() + 1];
    let inverse: Vec<f64> = (0..series.len()).map(|k| if k == 0 { 0.0 } else { 1.0 / k as f64 }).collect();
    let mut within_both = 0.0;
    for (last, &value) in series.iter().enumerate().skip(1) {
        let mut distances = 0.0;
        let (mut least, mut index) = (f64::INFINITY, 0);
        for split in (1..=last).rev() {
            distances += (series[split] - value).abs();
            within_second[split] += distances;
            let within = mean_first[split] + within_second[split] * inverse[last - split];
            if within <= least {
                (least, index) = (within, split);
            }
        }
        within_both += distances + (series[0] - value).abs();
        mean_first[last + 1] = within_both * inverse[last.min(series.len() - 1)];
        let statistic = 2.0 / (last + 1) as f64 * (within_both - last as f64 * least);
        if best.is_none_or(|best| statistic > best.statistic || (statistic >= best.statistic && index < best.index)) {
            best = Some(Split { index, statistic });
        }
    }
    best
}

/// The first best split of a whole series, by means over all pairs of points, also of one with itself; in O(n log n) steps.
///
/// Source: `energy_statistics.py` of `MongoDB`'s signal-processing-algorithms.
pub(super) fn best_whole_split(series: &Ranked, order: &[usize]) -> Option<Split> {
    whole_splits(series, order).reduce(|best, split| if split.statistic > best.statistic { split } else { best })
}

/// All splits into a first part and the rest.
fn whole_splits(series: &Ranked, order: &[usize]) -> impl Iterator<Item = Split> {
    let count = order.len();
    let earlier = series.distances_to_earlier(order);
    let total: f64 = earlier.iter().sum();
    let (mut first, mut second) = (0.0, total);
    (1..count).map(move |index| {
        let moved = earlier[index - 1];
        first += moved;
        second -= series.distances_to_all(order[index - 1]) - moved;
        let (n, m) = (index as f64, (count - index) as f64);
        let means = (total - first - second) / (n * m) - first / (n * n) - second / (m * m);
        Split { index, statistic: 2.0 * n * m / (n + m) * means }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distances(first: &[f64], second: &[f64]) -> f64 {
        first.iter().flat_map(|a| second.iter().map(move |b| (a - b).abs())).sum()
    }

    /// The statistic straight from its definition.
    fn statistic(first: &[f64], second: &[f64]) -> f64 {
        let (n, m) = (first.len() as f64, second.len() as f64);
        let within = |part: &[f64], count: f64| distances(part, part) / (count * (count - 1.0)).max(1.0);
        n * m / (n + m) * (2.0 * distances(first, second) / (n * m) - within(first, n) - within(second, m))
    }

    fn whole(series: &[f64]) -> Split {
        let order: Vec<usize> = (0..series.len()).collect();
        best_whole_split(&Ranked::new(series), &order).unwrap()
    }

    #[test]
    fn the_statistics_of_two_ranges_are_those_of_mongodb() {
        for (first, second, expected) in [
            ((1..100).collect::<Vec<_>>(), (1..105).collect::<Vec<_>>(), 8.136),
            ((1..300).collect(), (1000..5000).step_by(10).collect(), 728_381.015),
        ] {
            let series: Vec<f64> = first.iter().chain(&second).copied().map(f64::from).collect();
            let order: Vec<usize> = (0..series.len()).collect();
            let split = whole_splits(&Ranked::new(&series), &order).nth(first.len() - 1).unwrap();
            assert_eq!(split.index, first.len());
            assert!((split.statistic - expected).abs() < 1e-3, "{split:?}");
        }
    }

    #[test]
    fn a_step_is_split_where_it_is() {
        let series: Vec<f64> = (0..2000).map(|k| if k < 1000 { 0.0 } else { 1.0 }).collect();
        assert_eq!((best_split(&series).unwrap().index, whole(&series).index), (1000, 1000));
    }

    #[test]
    fn one_point_has_no_split() {
        assert_eq!(best_split(&[1.0]), None);
        assert_eq!(best_whole_split(&Ranked::new(&[1.0]), &[0]), None);
    }

    proptest! {
        #[test]
        fn no_split_differs_more(series in prop::collection::vec(-100.0..100.0_f64, 2..30)) {
            let split = best_split(&series).unwrap();
            let all = (2..=series.len()).flat_map(|end| (1..end).map(move |index| (index, end)));
            let most = all.map(|(index, end)| statistic(&series[..index], &series[index..end])).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((split.statistic - most).abs() < 1e-9 * most.abs().max(1.0), "{:?} instead of {}", split, most);
        }

        #[test]
        fn no_split_of_the_whole_differs_more(series in prop::collection::vec((-9..9_i32).prop_map(f64::from), 2..40)) {
            let means = |index: usize| {
                let (first, second) = series.split_at(index);
                let (n, m) = (first.len() as f64, second.len() as f64);
                let within = distances(first, first) / (n * n) + distances(second, second) / (m * m);
                n * m / (n + m) * (2.0 * distances(first, second) / (n * m) - within)
            };
            let split = whole(&series);
            let most = (1..series.len()).map(means).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((split.statistic - most).abs() < 1e-9 && (means(split.index) - most).abs() < 1e-9);
        }
    }
}
