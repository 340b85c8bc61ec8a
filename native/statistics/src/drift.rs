//! Whether a quantity that is read again and again grows: a slope for one series whose readings depend on each other.

use crate::Interval;
use crate::least_squares::{Line, fit};
use crate::slope::{Slope, SlopeError, slope};
use crate::student_t::critical;

/// Readings below which nothing is said.
const FEWEST: usize = 5;
/// Effective readings below which an interval has no width that means anything.
const FEWEST_EFFECTIVE: f64 = 4.0;

/// The slope of `ys` over `xs`, readings of one series in order, and an interval that covers it with about
/// `confidence` although neighbouring readings depend on each other and the level may jump once.
///
/// The value is the median of the slopes between all pairs. The interval is that of ordinary least squares, with as
/// many readings as the lag-one autocorrelation of the distances from the line leaves: n (1 − r) / (1 + r); from few
/// readings r comes out too small, so (1 + 4 r) / n is added. It is made twice, for the series and for the series
/// whose largest jump is made as high as the middle one, and spans both and the value: one jump may be a table that was enlarged once or the only
/// step seen of a growth that goes on, and nobody can tell from one.
///
/// Sources: Theil, "A rank-invariant method of linear and polynomial regression analysis" (1950), and Sen, JASA 63
/// (1968), for the value; Santer et al., "Statistical significance of trends and trend differences in layer-average
/// atmospheric temperature time series", J. Geophys. Res. 105 (2000), for the effective number; Kendall, "Note on bias
/// in the estimation of autocorrelation", Biometrika 41 (1954), for what few readings hide.
///
/// # Errors
/// Those of [`slope`], and fewer than 5 readings.
///
/// ```
/// use forgebench_statistics::drift;
///
/// let operations: Vec<f64> = (0..40).map(|k| f64::from(k) * 25_000.0).collect();
/// let live_bytes: Vec<f64> = operations.iter().map(|x| 1e6 + 0.2 * x).collect();
/// let growth = drift(&operations, &live_bytes, 0.95)?;
/// assert!((growth.value - 0.2).abs() < 1e-9 && growth.low > 0.19 && growth.high < 0.21);
/// # Ok::<(), forgebench_statistics::SlopeError>(())
/// ```
pub fn drift(xs: &[f64], ys: &[f64], confidence: f64) -> Result<Interval, SlopeError> {
    if xs.len() < FEWEST {
        return Err(SlopeError::TooFewReadings(xs.len()));
    }
    // Checks what is handed in, and that there is a line at all.
    let Slope { .. } = slope(xs, ys, confidence)?;
    let value = median_of_slopes(xs, ys);
    let [whole, smooth] =
        [ys.to_vec(), without_largest_jump(ys)].map(|series| least_squares_interval(xs, &series, confidence));
    Ok(Interval { value, low: whole.0.min(smooth.0).min(value), high: whole.1.max(smooth.1).max(value) })
}

fn least_squares_interval(xs: &[f64], ys: &[f64], confidence: f64) -> (f64, f64) {
    let Some(line) = fit(xs, ys) else { return (f64::NEG_INFINITY, f64::INFINITY) };
    if line.residual <= f64::EPSILON * ys.iter().map(|y| y * y).sum::<f64>() {
        return (line.slope, line.slope);
    }
    let effective = effective_readings(xs, ys, &line);
    let freedom = effective - 2.0;
    let standard_error = (line.residual / freedom / line.spread_of_x).sqrt();
    let reach = critical(confidence, freedom.floor().max(1.0) as usize) * standard_error;
    (line.slope - reach, line.slope + reach)
}

/// How many independent readings are worth as much as these.
fn effective_readings(xs: &[f64], ys: &[f64], line: &Line) -> f64 {
    let count = xs.len() as f64;
    let distances: Vec<f64> = xs.iter().zip(ys).map(|(x, y)| y - line.intercept - line.slope * x).collect();
    let products: f64 = distances.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let seen = products / line.residual;
    let correlation = (seen + (1.0 + 4.0 * seen) / count).clamp(0.0, 0.99);
    (count * (1.0 - correlation) / (1.0 + correlation)).max(FEWEST_EFFECTIVE)
}

/// The series with its largest jump made as high as the middle one.
fn without_largest_jump(ys: &[f64]) -> Vec<f64> {
    let jumps: Vec<f64> = ys.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let usual = median(jumps.clone());
    let distances = jumps.iter().map(|jump| jump - usual).enumerate();
    let largest = distances.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
    let (place, excess) = largest.unwrap_or_default();
    ys.iter().enumerate().map(|(index, y)| if index > place { y - excess } else { *y }).collect()
}

fn median_of_slopes(xs: &[f64], ys: &[f64]) -> f64 {
    let mut slopes = Vec::with_capacity(xs.len() * (xs.len() - 1) / 2);
    for later in 1..xs.len() {
        for earlier in 0..later {
            let distance = xs[later] - xs[earlier];
            if distance != 0.0 {
                slopes.push((ys[later] - ys[earlier]) / distance);
            }
        }
    }
    median(slopes)
}

/// The middle of values of which there is at least one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(count: u32) -> Vec<f64> {
        (0..count).map(f64::from).collect()
    }

    #[test]
    fn a_constant_has_no_slope_and_no_width() {
        let flat = drift(&steps(20), &[7_000.0; 20], 0.95).unwrap();
        assert_eq!((flat.value, flat.low, flat.high), (0.0, 0.0, 0.0));
    }

    #[test]
    fn one_jump_is_no_growth_yet_and_may_be_one() {
        for place in 1..20 {
            let ys: Vec<f64> = (0..20).map(|i| if i < place { 100.0 } else { 150.0 }).collect();
            let jump = drift(&steps(20), &ys, 0.95).unwrap();
            assert!(jump.low <= 0.0 && jump.high > 0.0, "{place}: {jump:?}");
        }
    }

    #[test]
    fn many_equal_steps_are_growth() {
        let ys: Vec<f64> = (0..40).map(|i| f64::from(i / 4) * 4.0).collect();
        let stairs = drift(&steps(40), &ys, 0.95).unwrap();
        assert!(stairs.low > 0.7 && stairs.high < 1.3, "{stairs:?}");
    }

    #[test]
    fn what_has_no_slope_is_named() {
        assert_eq!(drift(&steps(4), &[1.0; 4], 0.95), Err(SlopeError::TooFewReadings(4)));
        assert_eq!(drift(&[1.0; 9], &[1.0; 9], 0.95), Err(SlopeError::SameX));
        assert_eq!(
            drift(&steps(9), &[f64::NAN; 9], 0.95).unwrap_err().to_string(),
            "Cannot tell a slope: coordinate NaN is not finite; leave it out"
        );
    }
}
