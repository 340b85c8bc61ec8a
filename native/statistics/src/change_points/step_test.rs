//! The likelihood ratio of one step in a series whose points depend on the ones before.

/// Autocorrelations that are tried; each hypothesis takes the one that suits it best.
const CORRELATIONS: [f64; 9] = [0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 0.97, 0.995];
/// A residual below this share of all variation is rounding.
const ROUNDING: f64 = 1e-12;

/// The most likely step of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// First point after the step.
    pub index: usize,
    /// Twice the logarithm of the likelihood ratio of a step against none.
    pub evidence: f64,
    /// The same of a straight trend against none.
    pub evidence_of_trend: f64,
    /// The autocorrelation that suits the series with this step best.
    pub correlation: f64,
}

/// The best single step of `series` that leaves `shortest` points on either side; none where it is too short or constant.
///
/// Each of nine autocorrelations whitens the series and both regressors, the constant and the step; residual sums of
/// squares of all splits follow from one pass. The autocorrelation is maximised under each hypothesis of its own, so
/// that a step is not mistaken for autocorrelation.
pub(super) fn best_step(series: &[f64], shortest: usize) -> Option<Step> {
    let count = series.len();
    if count < 2 * shortest {
        return None;
    }
    let mean = series.iter().sum::<f64>() / count as f64;
    let centred: Vec<f64> = series.iter().map(|value| value - mean).collect();
    let variation: f64 = centred.iter().map(|value| value * value).sum();
    if variation <= f64::MIN_POSITIVE {
        return None;
    }
    let floor = variation * ROUNDING;
    let mut none = f64::NEG_INFINITY;
    let mut trend = f64::NEG_INFINITY;
    let mut steps = vec![(f64::NEG_INFINITY, 0.0); count];
    for correlation in CORRELATIONS {
        let whitened = Whitened::new(&centred, correlation, floor);
        none = none.max(whitened.without_step());
        trend = trend.max(whitened.with_trend());
        for (index, likelihood) in whitened.with_steps(shortest) {
            if likelihood > steps[index].0 {
                steps[index] = (likelihood, correlation);
            }
        }
    }
    let (index, &(likelihood, correlation)) = steps.iter().enumerate().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
    Some(Step { index, evidence: likelihood - none, evidence_of_trend: trend - none, correlation })
}

/// A series from which an autocorrelation was taken, and the constant treated alike.
struct Whitened {
    /// What is left of each point.
    values: Vec<f64>,
    /// The constant at the first point, and at all others.
    first: f64,
    rest: f64,
    correlation: f64,
    /// Residuals below are rounding.
    floor: f64,
}

impl Whitened {
    fn new(centred: &[f64], correlation: f64, floor: f64) -> Self {
        let first = (1.0 - correlation * correlation).sqrt();
        let mut values = Vec::with_capacity(centred.len());
        values.push(first * centred[0]);
        values.extend(centred.windows(2).map(|pair| pair[1] - correlation * pair[0]));
        Self { values, first, rest: 1.0 - correlation, correlation, floor }
    }

    fn likelihood(&self, residual: f64) -> f64 {
        let count = self.values.len() as f64;
        -count * residual.max(self.floor).ln() + (1.0 - self.correlation * self.correlation).ln()
    }

    fn squares(&self) -> f64 {
        self.values.iter().map(|value| value * value).sum()
    }

    /// Sums of the constant's squares, and of its products with the values.
    fn constant_sums(&self) -> (f64, f64) {
        let others = (self.values.len() - 1) as f64;
        let values: f64 = self.values[1..].iter().sum();
        (self.first * self.first + others * self.rest * self.rest, self.first * self.values[0] + self.rest * values)
    }

    fn without_step(&self) -> f64 {
        let (constant, product) = self.constant_sums();
        self.likelihood(self.squares() - product * product / constant)
    }

    /// The likelihood of a step before each index that leaves `shortest` points on either side.
    fn with_steps(&self, shortest: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let count = self.values.len();
        let squares = self.squares();
        let constant = self.constant_sums();
        let mut after = 0.0; // Sum of the values that lie behind the split's first point.
        (1..count).rev().filter_map(move |index| {
            let others = (count - index - 1) as f64;
            let step = (
                1.0 + others * self.rest * self.rest,
                self.values[index] + self.rest * after,
                // At the split itself the constant is `rest` and the step 1; behind it both are `rest`.
                self.rest + others * self.rest * self.rest,
            );
            after += self.values[index];
            let leaves_enough = index >= shortest && count - index >= shortest;
            leaves_enough.then(|| (index, self.likelihood(squares - explained(constant, step))))
        })
    }

    fn with_trend(&self) -> f64 {
        let middle = (self.values.len() - 1) as f64 / 2.0;
        let at = |index: usize| index as f64 - middle;
        let mut sums = (0.0, 0.0, 0.0);
        for (index, value) in self.values.iter().enumerate() {
            let (constant, trend) = if index == 0 {
                (self.first, self.first * at(0))
            } else {
                (self.rest, at(index) - self.correlation * at(index - 1))
            };
            sums = (sums.0 + trend * trend, sums.1 + trend * value, sums.2 + trend * constant);
        }
        self.likelihood(self.squares() - explained(self.constant_sums(), sums))
    }
}

/// The part of the squares that two regressors explain: of each its squares and its product with the values, and last
/// the product of both.
fn explained(constant: (f64, f64), other: (f64, f64, f64)) -> f64 {
    let (aa, ay) = constant;
    let (ss, sy, sa) = other;
    let determinant = aa * ss - sa * sa;
    if determinant <= aa * ss * ROUNDING {
        return ay * ay / aa;
    }
    (ss * ay * ay - 2.0 * sa * ay * sy + aa * sy * sy) / determinant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_of_a_clean_series_is_at_its_first_new_point() {
        let series: Vec<f64> = (0..60).map(|k| f64::from(k * 37 % 11) + if k < 40 { 0.0 } else { 30.0 }).collect();
        let step = best_step(&series, 3).unwrap();
        assert_eq!(step.index, 40);
        assert!(step.evidence > 80.0 && step.evidence > step.evidence_of_trend + 4.0, "{step:?}");
    }

    #[test]
    fn without_autocorrelation_the_evidence_is_that_of_least_squares() {
        let series = [1.0, 3.0, 2.0, 2.0, 7.0, 9.0, 8.0, 8.0];
        let whitened = Whitened::new(&series.map(|value| value - 5.0), 0.0, 0.0);
        let (_, likelihood) = whitened.with_steps(1).find(|&(index, _)| index == 4).unwrap();
        // Residual squares: 2 + 2 with the step, 76 without.
        assert!((likelihood - whitened.without_step() - 8.0 * (76.0_f64 / 4.0).ln()).abs() < 1e-9);
    }

    #[test]
    fn a_straight_line_is_a_trend() {
        let series: Vec<f64> = (0..50).map(|k| f64::from(k) + 0.3 * f64::from(k * 37 % 11)).collect();
        let step = best_step(&series, 3).unwrap();
        assert!(step.evidence_of_trend > step.evidence, "{step:?}");
    }

    #[test]
    fn a_constant_or_short_series_has_no_step() {
        assert_eq!(best_step(&[4.0; 30], 3), None);
        assert_eq!(best_step(&[1.0, 2.0, 3.0, 9.0, 9.0], 3), None);
    }
}
