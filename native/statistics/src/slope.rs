//! How one quantity grows with another, such as live bytes with operations done.

use crate::least_squares::fit;
use crate::student_t::{critical, is_confidence};

/// Growth for each unit of `x`, with its interval; `low <= value <= high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The slope of the line, in units of `y` for each unit of `x`.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Where the line meets `x = 0`, in units of `y`.
    pub intercept: f64,
}

/// Why points have no slope with an interval.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SlopeError {
    /// Two points leave nothing to tell how sure the slope is. Cure: read the quantity more often.
    #[error("Cannot tell a slope: {0} of at least 3 points were measured; measure more points")]
    TooFewPoints(usize),
    /// Readings that depend on each other need to be more. Cure: read the quantity more often.
    #[error("Cannot tell a slope: {0} of at least 5 readings were made; let the launch go on for longer")]
    TooFewReadings(usize),
    /// There are not as many `x` as `y`. Cure: pass pairs.
    #[error("Cannot tell a slope: {xs} x have {ys} y; pass one y for each x")]
    LengthsDiffer {
        /// Number of `x`.
        xs: usize,
        /// Number of `y`.
        ys: usize,
    },
    /// All points have the same `x`. Cure: measure at different times.
    #[error("Cannot tell a slope: all points have the same x; measure at different x")]
    SameX,
    /// A coordinate is NaN or infinite. Cure: leave out points that failed.
    #[error("Cannot tell a slope: coordinate {0} is not finite; leave it out")]
    NotFinite(f64),
    /// The confidence is not a share. Cure: pass 0.95.
    #[error("Cannot tell a slope with confidence {0}: it must lie between 0 and 1; use 0.95")]
    Confidence(f64),
}

/// The slope of `ys` over `xs` by ordinary least squares, and the interval that covers it with `confidence`.
///
/// The interval is Student's t with n − 2 degrees of freedom and takes the distances from the line as independent; a
/// quantity that drifts by itself makes it too narrow, so read it at intervals longer than its waves.
/// Source: Draper & Smith, "Applied Regression Analysis" (1998), section 1.4.
///
/// ```
/// use forgebench_statistics::slope;
///
/// let operations = [0.0, 1000.0, 2000.0, 3000.0];
/// let live_bytes = [500.0, 4_510.0, 8_490.0, 12_500.0];
/// let growth = slope(&operations, &live_bytes, 0.95)?;
/// assert!((growth.value - 4.0).abs() < 0.01 && growth.low > 3.9);
/// # Ok::<(), forgebench_statistics::SlopeError>(())
/// ```
pub fn slope(xs: &[f64], ys: &[f64], confidence: f64) -> Result<Slope, SlopeError> {
    if !is_confidence(confidence) {
        return Err(SlopeError::Confidence(confidence));
    }
    if xs.len() != ys.len() {
        return Err(SlopeError::LengthsDiffer { xs: xs.len(), ys: ys.len() });
    }
    if xs.len() < 3 {
        return Err(SlopeError::TooFewPoints(xs.len()));
    }
    if let Some(&coordinate) = xs.iter().chain(ys).find(|coordinate| !coordinate.is_finite()) {
        return Err(SlopeError::NotFinite(coordinate));
    }
    let line = fit(xs, ys).ok_or(SlopeError::SameX)?;
    let freedom = xs.len() - 2;
    let standard_error = (line.residual / freedom as f64 / line.spread_of_x).sqrt();
    let reach = critical(confidence, freedom) * standard_error;
    Ok(Slope { value: line.slope, low: line.slope - reach, high: line.slope + reach, intercept: line.intercept })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_and_its_interval_are_those_of_a_worked_example() {
        // x 1…5, y 2.1 3.9 6.2 7.8 10.1: Sxx 10, Sxy 19.9, residual 0.107; t(3) 3.182446305284263.
        let line = slope(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.1, 3.9, 6.2, 7.8, 10.1], 0.95).unwrap();
        let reach = 3.182_446_305_284_263 * (0.107_f64 / 3.0 / 10.0).sqrt();
        for (seen, expected) in
            [(line.value, 1.99), (line.intercept, 0.05), (line.low, 1.99 - reach), (line.high, 1.99 + reach)]
        {
            assert!((seen - expected).abs() < 1e-9, "{seen}, expected {expected}");
        }
    }

    #[test]
    fn a_small_growth_of_a_large_quantity_keeps_its_digits() {
        let xs: Vec<f64> = (0..100).map(|operation| 1e6 + f64::from(operation)).collect();
        let ys: Vec<f64> = xs.iter().map(|x| 1e12 + 8.0 * x).collect();
        let line = slope(&xs, &ys, 0.95).unwrap();
        assert!((line.value - 8.0).abs() < 1e-6, "{line:?}");
    }

    #[test]
    fn what_has_no_slope_is_named() {
        assert_eq!(slope(&[1.0, 2.0], &[1.0, 2.0], 0.95), Err(SlopeError::TooFewPoints(2)));
        assert_eq!(slope(&[0.1; 3], &[1.0, 2.0, 3.0], 0.95), Err(SlopeError::SameX));
        assert_eq!(slope(&[1.0; 3], &[1.0; 2], 0.95), Err(SlopeError::LengthsDiffer { xs: 3, ys: 2 }));
        assert_eq!(slope(&[1.0; 3], &[1.0; 3], -0.5), Err(SlopeError::Confidence(-0.5)));
        let infinite = slope(&[1.0, 2.0, 3.0], &[1.0, f64::INFINITY, 3.0], 0.95);
        assert_eq!(infinite, Err(SlopeError::NotFinite(f64::INFINITY)));
    }
}
