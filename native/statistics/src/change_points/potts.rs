//! The best division of a series into parts of constant median, at a given penalty.

use super::detector_error::{DetectorError, check_series};

/// The division of `series` into parts of at least `shortest` points that has the least sum of distances from the parts'
/// medians plus `penalty` for each change; given as the first point of each part but the first. Of divisions that cost the
/// same, one with few changes is taken.
///
/// It takes as many steps as there are points times different values. `penalty` is in units of `series`.
///
/// Source: Storath, Weinmann & Unser, "Jump-Penalized Least Absolute Values Estimation of Scalar or Circle-Valued Signals",
/// Information and Inference 6 (2017), section 2: a part's best level is one of the values, so that of all levels only these
/// are followed.
///
/// # Errors
/// A value that is not finite, a penalty that is not positive, and parts of no points.
///
/// ```
/// use forgebench_statistics::change_points::potts;
///
/// let series = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0];
/// assert_eq!(potts(&series, 0.1, 1)?, [3, 6]);
/// assert_eq!(potts(&series, 8.0, 1)?, [] as [usize; 0]);
/// # Ok::<(), forgebench_statistics::change_points::DetectorError>(())
/// ```
pub fn potts(series: &[f64], penalty: f64, shortest: usize) -> Result<Vec<usize>, DetectorError> {
    check_series(series)?;
    if !(penalty.is_finite() && penalty > 0.0) {
        return Err(DetectorError::Penalty(penalty));
    }
    if shortest == 0 {
        return Err(DetectorError::NoPoints);
    }
    Ok(divide(series, &levels(series), penalty, shortest))
}

/// The different values, ascending.
pub(super) fn levels(series: &[f64]) -> Vec<f64> {
    let mut levels = series.to_vec();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    levels
}

/// Follows the cost of each level that the last part may have.
pub(super) fn divide(series: &[f64], levels: &[f64], penalty: f64, shortest: usize) -> Vec<usize> {
    let mut costs = vec![f64::INFINITY; levels.len()];
    let mut ends: Vec<End> = Vec::with_capacity(series.len());
    let mut anew = vec![0.0; levels.len()];
    // For each end, whether the best division up to there has just begun a part at each level.
    let mut begun = vec![false; levels.len() * series.len()];
    for (index, &value) in series.iter().enumerate() {
        add_distances(&mut costs, levels, value);
        if let Some(start) = (index + 1).checked_sub(shortest) {
            let before = if start == 0 { 0.0 } else { ends[start - 1].cost + penalty };
            anew.fill(before);
            for &value in &series[start..=index] {
                add_distances(&mut anew, levels, value);
            }
            let begun = &mut begun[index * levels.len()..][..levels.len()];
            for ((cost, &anew), begun) in costs.iter_mut().zip(&anew).zip(begun) {
                *begun = anew < *cost;
                *cost = if anew < *cost { anew } else { *cost };
            }
        }
        ends.push(End::cheapest(&costs));
    }
    changes(&begun, &ends, levels.len(), shortest)
}

/// Adds to the cost of each level how far a value lies from it.
fn add_distances(costs: &mut [f64], levels: &[f64], value: f64) {
    for (cost, level) in costs.iter_mut().zip(levels) {
        *cost += (value - level).abs();
    }
}

/// The best division up to a point.
#[derive(Clone, Copy)]
struct End {
    cost: f64,
    /// Which level its last part has.
    level: usize,
}

impl End {
    fn cheapest(costs: &[f64]) -> Self {
        let cost = least(costs);
        Self { cost, level: costs.iter().position(|each| *each <= cost).unwrap_or(0) }
    }
}

/// The least of many costs; several minima at once do not wait for each other.
fn least(costs: &[f64]) -> f64 {
    let (chunks, rest) = costs.as_chunks::<8>();
    let mut minima = [f64::INFINITY; 8];
    for chunk in chunks {
        for (minimum, &cost) in minima.iter_mut().zip(chunk) {
            *minimum = if cost < *minimum { cost } else { *minimum };
        }
    }
    minima.into_iter().chain(rest.iter().copied()).fold(f64::INFINITY, f64::min)
}

/// Follows the parts back from the end.
fn changes(begun: &[bool], ends: &[End], levels: usize, shortest: usize) -> Vec<usize> {
    let mut changes = vec![];
    let Some(last) = ends.last() else { return changes };
    let (mut index, mut level) = (ends.len() - 1, last.level);
    while index >= shortest {
        if begun[index * levels + level] {
            changes.push(index + 1 - shortest);
            index -= shortest;
            level = ends[index].level;
        } else {
            index -= 1;
        }
    }
    changes.reverse();
    changes
}

/// The sum of distances from a level.
pub(super) fn distances(part: &[f64], level: f64) -> f64 {
    part.iter().map(|value| (value - level).abs()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sample;
    use proptest::prelude::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    fn median(part: &[f64]) -> f64 {
        Sample::new(part.to_vec()).unwrap().median()
    }

    fn cost(series: &[f64], changes: &[usize], penalty: f64) -> f64 {
        let edges: Vec<usize> = std::iter::once(0).chain(changes.iter().copied()).chain([series.len()]).collect();
        let parts = edges.windows(2).map(|edge| &series[edge[0]..edge[1]]);
        parts.map(|part| distances(part, median(part))).sum::<f64>() + penalty * changes.len() as f64
    }

    /// The least cost of all divisions, straight from its definition.
    fn least_cost(series: &[f64], penalty: f64, shortest: usize) -> f64 {
        let mut costs = vec![f64::INFINITY; series.len() + 1];
        costs[0] = -penalty;
        for end in shortest..=series.len() {
            costs[end] = (0..=end - shortest)
                .map(|start| (costs[start], &series[start..end]))
                .map(|(cost, part)| cost + distances(part, median(part)) + penalty)
                .fold(f64::INFINITY, f64::min);
        }
        costs[series.len()]
    }

    #[test]
    fn little_noise_does_not_hide_steps() {
        let mut random = StdRng::seed_from_u64(1234);
        let changes = [(5, 0.4), (10, 0.9), (20, -0.2), (50, 0.2), (70, 1.1)];
        let level = |index| changes.iter().filter(|(from, _)| index >= *from).map(|(_, size)| size).sum::<f64>();
        let series: Vec<f64> = (0..100).map(|index| level(index) + 0.05 * random.random::<f64>()).collect();
        assert_eq!(potts(&series, 0.1, 1).unwrap(), [5, 10, 20, 50, 70]);
    }

    #[test]
    fn a_constant_or_empty_series_has_no_change() {
        assert_eq!(potts(&[1.0; 1000], 1e-9, 1).unwrap(), [] as [usize; 0]);
        assert_eq!(potts(&[], 1.0, 1).unwrap(), [] as [usize; 0]);
    }

    #[test]
    fn what_cannot_be_divided_is_refused() {
        assert!(potts(&[1.0, f64::INFINITY], 1.0, 1).is_err());
        assert!(potts(&[1.0], f64::NAN, 1).is_err());
        assert_eq!(potts(&[1.0], 1.0, 0), Err(DetectorError::NoPoints));
    }

    proptest! {
        #[test]
        fn no_division_is_cheaper(
            series in prop::collection::vec((-20..20_i32).prop_map(f64::from), 1..40),
            penalty in 0.1..60.0_f64,
            shortest in 1..4_usize,
        ) {
            let found = potts(&series, penalty, shortest).unwrap();
            let edges: Vec<usize> = std::iter::once(0).chain(found.iter().copied()).chain([series.len()]).collect();
            prop_assert!(found.is_empty() || edges.windows(2).all(|edge| edge[1] - edge[0] >= shortest));
            prop_assume!(series.len() >= shortest);
            let (seen, least) = (cost(&series, &found, penalty), least_cost(&series, penalty, shortest));
            prop_assert!((seen - least).abs() < 1e-9, "{} instead of {}", seen, least);
        }
    }
}
