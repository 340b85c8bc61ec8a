//! How time grows with size: the exponent of a power law.

use crate::least_squares::fit;
use crate::student_t::{is_confidence, mean_interval};
use crate::{Interval, Sample};

/// Why a growth exponent cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum GrowthError {
    /// Through two sizes every curve is a power law. Cure: give the benchmark a third size.
    #[error("Cannot tell a growth exponent: {0} of at least 3 different sizes were measured; add a size")]
    TooFewSizes(usize),
    /// One launch says nothing of how launches differ. Cure: measure more launches.
    #[error(
        "Cannot tell a growth exponent: {0} of at least 2 launches of each size were measured; measure more launches"
    )]
    TooFewLaunches(usize),
    /// Sizes and rows of estimates do not belong together. Cure: pass one row for each size.
    #[error("Cannot tell a growth exponent: {sizes} sizes have {rows} rows of estimates; pass one row for each size")]
    RowsDiffer {
        /// Number of sizes.
        sizes: usize,
        /// Number of rows of estimates.
        rows: usize,
    },
    /// A size or an estimate is not above 0, so that it has no logarithm. Cure: leave out size 0.
    #[error("Cannot tell a growth exponent: {0} is not a finite number above 0; leave it out")]
    NotPositive(f64),
    /// The confidence is not a share. Cure: pass 0.95.
    #[error("Cannot tell a growth exponent with confidence {0}: it must lie between 0 and 1; use 0.95")]
    Confidence(f64),
}

/// The exponent `b` of `time = a · size^b`, and the interval that covers it with `confidence`.
///
/// `estimates` has a row for each of `sizes` and in it one positive estimate for each launch. The k-th launches of all
/// sizes make one slope in log–log by least squares; the slopes of different launches are independent, so Student's t
/// over them is the interval. Where rows differ in length (a launch failed), as many launches count as the shortest
/// row has. 1 is linear, 2 quadratic; a bend (such as n log n) shows as a fraction.
///
/// Source: two-stage summary measures, Matthews, Altman, Campbell & Royston, BMJ 300 (1990); exponents by log–log
/// regression as in Goldsmith, Aiken & Wilkerson, "Measuring Empirical Computational Complexity", ESEC/FSE 2007.
///
/// ```
/// use forgebench_statistics::growth_exponent;
///
/// let time_ns = [vec![101.0, 99.0], vec![401.0, 399.0], vec![1601.0, 1599.0]];
/// let exponent = growth_exponent(&[10.0, 20.0, 40.0], &time_ns, 0.95)?;
/// assert!((exponent.value - 2.0).abs() < 0.01);
/// # Ok::<(), forgebench_statistics::GrowthError>(())
/// ```
pub fn growth_exponent(sizes: &[f64], estimates: &[Vec<f64>], confidence: f64) -> Result<Interval, GrowthError> {
    if !is_confidence(confidence) {
        return Err(GrowthError::Confidence(confidence));
    }
    if sizes.len() != estimates.len() {
        return Err(GrowthError::RowsDiffer { sizes: sizes.len(), rows: estimates.len() });
    }
    let log_sizes = logarithms(sizes)?;
    let different = count_different(sizes);
    if different < 3 {
        return Err(GrowthError::TooFewSizes(different));
    }
    let rows = estimates.iter().map(|row| logarithms(row)).collect::<Result<Vec<_>, _>>()?;
    let launches = rows.iter().map(Vec::len).min().unwrap_or_default();
    if launches < 2 {
        return Err(GrowthError::TooFewLaunches(launches));
    }
    let slopes = (0..launches).filter_map(|launch| {
        let log_times: Vec<f64> = rows.iter().map(|row| row[launch]).collect();
        fit(&log_sizes, &log_times).map(|line| line.slope)
    });
    // Sizes that differ only in their last digits have equal logarithms, and then there is no slope.
    let slopes = Sample::new(slopes.collect()).map_err(|_| GrowthError::TooFewSizes(1))?;
    Ok(mean_interval(&slopes, confidence))
}

fn logarithms(values: &[f64]) -> Result<Vec<f64>, GrowthError> {
    match values.iter().find(|&&value| !(value.is_finite() && value > 0.0)) {
        Some(&value) => Err(GrowthError::NotPositive(value)),
        None => Ok(values.iter().map(|value| value.ln()).collect()),
    }
}

fn count_different(sizes: &[f64]) -> usize {
    let mut sorted = sizes.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.dedup();
    sorted.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [f64; 4] = [10.0, 100.0, 1000.0, 50_000.0];

    #[test]
    fn an_exact_power_law_gives_its_exponent_and_no_width() {
        for exponent in [0.0, 0.5, 1.0, 2.0, 3.0] {
            let rows = SIZES.map(|size| vec![7.0 * size.powf(exponent); 3]);
            let interval = growth_exponent(&SIZES, &rows, 0.95).unwrap();
            assert!((interval.value - exponent).abs() < 1e-12, "{interval:?}, expected {exponent}");
            assert!(interval.high - interval.low < 1e-12, "{interval:?}");
        }
    }

    #[test]
    fn rows_of_different_length_count_as_long_as_the_shortest() {
        let mut rows = SIZES.map(|size| vec![size, 1.1 * size, 0.9 * size]);
        let all = growth_exponent(&SIZES, &rows, 0.95).unwrap();
        rows[3].push(1.0);
        assert_eq!(growth_exponent(&SIZES, &rows, 0.95), Ok(all));
    }

    #[test]
    fn what_has_no_exponent_is_named() {
        let rows = SIZES.map(|size| vec![size; 2]);
        let error = |sizes: &[f64], rows: &[Vec<f64>]| growth_exponent(sizes, rows, 0.95).unwrap_err();
        assert_eq!(error(&SIZES[..2], &rows[..2]), GrowthError::TooFewSizes(2));
        assert_eq!(error(&[1.0, 1.0, 2.0, 2.0], &rows), GrowthError::TooFewSizes(2));
        assert_eq!(error(&[], &[]), GrowthError::TooFewSizes(0));
        assert_eq!(error(&SIZES, &rows[..3]), GrowthError::RowsDiffer { sizes: 4, rows: 3 });
        assert_eq!(error(&SIZES, &SIZES.map(|size| vec![size])), GrowthError::TooFewLaunches(1));
        assert_eq!(error(&[0.0, 1.0, 2.0, 3.0], &rows), GrowthError::NotPositive(0.0));
        assert_eq!(growth_exponent(&SIZES, &rows, 0.0), Err(GrowthError::Confidence(0.0)));
    }
}
