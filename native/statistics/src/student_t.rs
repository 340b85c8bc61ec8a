//! Student's t: how far an estimate from few values may lie from the truth.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{Interval, Sample};

/// A share that an interval may promise to cover: within (0, 1).
pub(crate) fn is_confidence(confidence: f64) -> bool {
    confidence > 0.0 && confidence < 1.0
}

/// The t with which `value ± t · standard error` covers the truth with `confidence`; infinite without freedom.
pub(crate) fn critical(confidence: f64, degrees_of_freedom: usize) -> f64 {
    debug_assert!(is_confidence(confidence));
    quantile(0.5 + confidence / 2.0, degrees_of_freedom as f64)
}

/// The value below which a share of `q` lies; infinite without freedom.
pub(crate) fn quantile(q: f64, degrees_of_freedom: f64) -> f64 {
    // The only way to fail is a freedom of 0, where no interval is too wide.
    StudentsT::new(0.0, 1.0, degrees_of_freedom).map_or(f64::INFINITY, |distribution| distribution.inverse_cdf(q))
}

/// The interval of the mean of independent values of which there are at least 2.
///
/// Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
pub(crate) fn mean_interval(values: &Sample, confidence: f64) -> Interval {
    let count = values.values().len();
    let deviation = values.standard_deviation();
    let value = values.mean();
    if deviation == 0.0 {
        return Interval { value, low: value, high: value };
    }
    let reach = critical(confidence, count - 1) * deviation / (count as f64).sqrt();
    Interval { value, low: value - reach, high: value + reach }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn critical_values_are_those_of_the_tables() {
        // NIST/SEMATECH e-Handbook 1.3.6.7.2, with more digits; for 1 degree, tan(π · 0.475).
        let table = [
            (1, 0.95, 12.706_204_736_174_7),
            (2, 0.95, 4.302_652_729_749_46),
            (4, 0.95, 2.776_445_105_197_79),
            (9, 0.95, 2.262_157_162_798_2),
            (24, 0.95, 2.063_898_561_628_03),
            (1, 0.99, 63.656_741_162_871_6),
            (2, 0.5, 0.816_496_580_927_726),
        ];
        for (freedom, confidence, expected) in table {
            let seen = critical(confidence, freedom);
            assert!((seen / expected - 1.0).abs() < 1e-12, "{freedom} {confidence}: {seen}, expected {expected}");
        }
    }
}
