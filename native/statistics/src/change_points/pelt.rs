//! The best division of a series into parts of constant mean.

use super::detector_error::{DetectorError, check_series};

/// The division of `series` into parts of at least `shortest` points that has the least sum of squared distances from the
/// parts' means plus `penalty` for each change; given as the first point of each part but the first.
///
/// It is the optimum that PELT finds, found by functional pruning: for each level that the last part may have, only its
/// best start is kept, which takes about n log n steps whether or not there are changes. Where two divisions are
/// equally good, the later parts are the longer ones. `penalty` is in squared units of `series`; 2 σ² ln n for noise
/// of deviation σ.
///
/// Sources: Killick, Fearnhead & Eckley, "Optimal Detection of Changepoints With a Linear Computational Cost", JASA 107
/// (2012), for PELT; Maidstone, Hocking, Rigaill & Fearnhead, "On Optimal Multiple Changepoint Algorithms for Large
/// Data", Statistics and Computing 27 (2017), for functional pruning.
///
/// # Errors
/// A value that is not finite, a penalty that is not positive, and parts of no points.
///
/// ```
/// use forgebench_statistics::change_points::pelt;
///
/// assert_eq!(pelt(&[1.0, 1.1, 0.9, 1.0, 5.0, 5.1, 4.9, 5.0], 0.5, 2)?, [4]);
/// # Ok::<(), forgebench_statistics::change_points::DetectorError>(())
/// ```
pub fn pelt(series: &[f64], penalty: f64, shortest: usize) -> Result<Vec<usize>, DetectorError> {
    check_series(series)?;
    if !(penalty.is_finite() && penalty > 0.0) {
        return Err(DetectorError::Penalty(penalty));
    }
    if shortest == 0 {
        return Err(DetectorError::NoPoints);
    }
    let low = series.iter().copied().fold(f64::INFINITY, f64::min);
    let high = series.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if series.len() < 2 * shortest || low >= high {
        return Ok(vec![]);
    }
    let sums = Sums::new(series);
    let domain = (low - sums.mean, high - sums.mean);
    Ok(changes(&best_starts(&sums, domain, penalty, shortest), shortest))
}

/// Sums of the values before each point and of their squares, around the mean, which keeps their digits.
struct Sums {
    mean: f64,
    before: Vec<(f64, f64)>,
}

impl Sums {
    fn new(series: &[f64]) -> Self {
        let mean = series.iter().sum::<f64>() / series.len() as f64;
        let mut before = Vec::with_capacity(series.len() + 1);
        let mut sums = (0.0, 0.0);
        before.push(sums);
        before.extend(series.iter().map(|value| {
            let centred = value - mean;
            sums = (sums.0 + centred, sums.1 + centred * centred);
            sums
        }));
        Self { mean, before }
    }
}

/// A start of the last part, with what its cost needs.
#[derive(Clone, Copy)]
struct Start {
    index: usize,
    /// Sum of the values before it.
    sum: f64,
    /// Cost of the best division of the points before it with the penalty, less the squares before it.
    offset: f64,
}

impl Start {
    /// The mean of the points from here to `end`, and the cost of a last part that has it.
    fn cheapest(&self, end: usize, (sum, squares): (f64, f64)) -> (f64, f64) {
        let difference = sum - self.sum;
        let mean = difference / (end - self.index) as f64;
        (mean, self.offset + squares - difference * mean)
    }
}

/// Levels of the last part for which one start is the best.
#[derive(Clone, Copy)]
struct Levels {
    low: f64,
    high: f64,
    start: Start,
}

/// For each end, the start of the last part of the best division up to there.
fn best_starts(sums: &Sums, domain: (f64, f64), penalty: f64, shortest: usize) -> Vec<usize> {
    let count = sums.before.len() - 1;
    let mut starts = vec![0; count + 1];
    let mut costs = vec![0.0; count + 1];
    let first = Start { index: 0, sum: 0.0, offset: 0.0 };
    let mut levels = vec![Levels { low: domain.0, high: domain.1, start: first }];
    let mut next = Vec::new();
    for end in shortest..=count {
        let mut best = Best { cost: f64::INFINITY, start: 0 };
        let sums_at_end = sums.before[end];
        let newest = end - shortest;
        if newest < shortest {
            best.consider(first, end, sums_at_end);
        } else {
            let (sum, squares) = sums.before[newest];
            let newcomer = Start { index: newest, sum, offset: costs[newest] + penalty - squares };
            admit(newcomer, costs[newest] + penalty, (sum, squares), &levels, &mut next);
            std::mem::swap(&mut levels, &mut next);
            for level in &levels {
                best.consider(level.start, end, sums_at_end);
            }
        }
        (costs[end], starts[end]) = (best.cost, best.start);
    }
    starts
}

/// The cheapest division seen so far.
struct Best {
    cost: f64,
    start: usize,
}

impl Best {
    fn consider(&mut self, start: Start, end: usize, sums: (f64, f64)) {
        let (_, cost) = start.cheapest(end, sums);
        if cost < self.cost || (cost <= self.cost && start.index < self.start) {
            *self = Self { cost, start: start.index };
        }
    }
}

/// Gives a new start the levels for which it costs less than those that have them.
///
/// What follows costs all starts the same, so a level that is lost now is lost for good.
fn admit(newcomer: Start, cost: f64, sums: (f64, f64), levels: &[Levels], next: &mut Vec<Levels>) {
    next.clear();
    let mut open: Option<f64> = None; // Where the newcomer's levels begin.
    for level in levels {
        let (mean, cheapest) = level.start.cheapest(newcomer.index, sums);
        let reach = ((cost - cheapest) / (newcomer.index - level.start.index) as f64).max(0.0).sqrt();
        let (low, high) = (level.low.max(mean - reach), level.high.min(mean + reach));
        if low >= high {
            open = open.or(Some(level.low));
            continue;
        }
        if low > level.low {
            open = open.or(Some(level.low));
        }
        if let Some(from) = open.take() {
            next.push(Levels { low: from, high: low, start: newcomer });
        }
        next.push(Levels { low, high, start: level.start });
        if high < level.high {
            open = Some(high);
        }
    }
    if let (Some(from), Some(last)) = (open, levels.last()) {
        next.push(Levels { low: from, high: last.high, start: newcomer });
    }
}

/// Follows the starts back from the end.
fn changes(starts: &[usize], shortest: usize) -> Vec<usize> {
    let mut changes = vec![];
    let mut end = starts.len() - 1;
    while starts[end] >= shortest {
        end = starts[end];
        changes.push(end);
    }
    changes.reverse();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Cost of a division, straight from its definition.
    fn cost(series: &[f64], changes: &[usize], penalty: f64) -> f64 {
        let edges: Vec<usize> = std::iter::once(0).chain(changes.iter().copied()).chain([series.len()]).collect();
        edges.windows(2).map(|edge| squares(&series[edge[0]..edge[1]])).sum::<f64>() + penalty * changes.len() as f64
    }

    fn squares(part: &[f64]) -> f64 {
        let mean = part.iter().sum::<f64>() / part.len() as f64;
        part.iter().map(|value| (value - mean).powi(2)).sum()
    }

    /// The least cost of all divisions, without any pruning.
    fn least_cost(series: &[f64], penalty: f64, shortest: usize) -> f64 {
        let mut costs = vec![f64::INFINITY; series.len() + 1];
        costs[0] = -penalty;
        for end in shortest..=series.len() {
            costs[end] = (0..=end - shortest)
                .map(|start| costs[start] + squares(&series[start..end]) + penalty)
                .fold(f64::INFINITY, f64::min);
        }
        costs[series.len()]
    }

    #[test]
    fn a_larger_penalty_leaves_fewer_changes() {
        let series: Vec<f64> = (0..90).map(|k| f64::from(k / 30) + 0.1 * f64::from(k * 37 % 11)).collect();
        assert_eq!(pelt(&series, 1.0, 2).unwrap(), [30, 60]);
        assert_eq!(pelt(&series, 1000.0, 2).unwrap(), [] as [usize; 0]);
    }

    #[test]
    fn every_point_is_a_part_where_changes_cost_next_to_nothing() {
        assert_eq!(pelt(&[1.0, 2.0, 3.0, 4.0], 1e-9, 1).unwrap(), [1, 2, 3]);
        assert_eq!(pelt(&[1.0, 1.0, 2.0, 2.0, 2.5], 1e-9, 2).unwrap(), [2]);
    }

    #[test]
    fn a_constant_or_short_series_has_no_change() {
        assert_eq!(pelt(&[3.0; 40], 1.0, 1).unwrap(), [] as [usize; 0]);
        assert_eq!(pelt(&[1.0, 9.0, 1.0], 1.0, 2).unwrap(), [] as [usize; 0]);
        assert_eq!(pelt(&[], 1.0, 1).unwrap(), [] as [usize; 0]);
    }

    #[test]
    fn what_cannot_be_divided_is_refused_with_a_reason() {
        assert!(pelt(&[1.0, f64::NAN], 1.0, 1).unwrap_err().to_string().contains("index 1 is not finite"));
        assert!(pelt(&[1.0], 0.0, 1).unwrap_err().to_string().contains("penalty 0"));
        assert_eq!(pelt(&[1.0], 1.0, 0), Err(DetectorError::NoPoints));
    }

    proptest! {
        #[test]
        fn no_division_is_cheaper(
            series in prop::collection::vec(-10.0..10.0_f64, 1..60),
            penalty in 0.1..200.0_f64,
            shortest in 1..5_usize,
        ) {
            let found = pelt(&series, penalty, shortest).unwrap();
            let edges: Vec<usize> = std::iter::once(0).chain(found.iter().copied()).chain([series.len()]).collect();
            prop_assert!(found.is_empty() || edges.windows(2).all(|edge| edge[1] - edge[0] >= shortest));
            if series.len() >= 2 * shortest {
                let (seen, least) = (cost(&series, &found, penalty), least_cost(&series, penalty, shortest));
                prop_assert!((seen - least).abs() < 1e-8 * (1.0 + least.abs()), "{} instead of {}", seen, least);
            }
        }
    }
}
