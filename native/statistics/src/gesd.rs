//! Outliers of normal values by Rosner's generalised test, which is not fooled by outliers that hide each other.

use crate::student_t::quantile;
use crate::{Sample, SampleError};

/// Why there is no test.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum GesdError {
    /// The values are no sample.
    #[error("Cannot look for outliers: {0}")]
    Sample(#[from] SampleError),
    /// A standard deviation needs values that are left. Cure: ask for fewer outliers, or measure more.
    #[error(
        "Cannot look for {most} outliers among {values} values: 2 more values are needed; ask for fewer or measure more"
    )]
    TooFewValues {
        /// Number of values.
        values: usize,
        /// Most outliers looked for.
        most: usize,
    },
    /// The significance is not a share. Cure: pass 0.05.
    #[error("Cannot look for outliers at significance {0}: it must lie between 0 and 1; use 0.05")]
    Significance(f64),
}

/// One step of the test: the value furthest from the mean of what is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GesdStep {
    /// Where the value stands in what was handed in.
    pub index: usize,
    /// Its distance from the mean, in standard deviations of what is left.
    pub statistic: f64,
    /// What the distance has to exceed.
    pub critical: f64,
}

/// The outliers, and the steps that found them.
#[derive(Debug, Clone, PartialEq)]
pub struct Gesd {
    /// Places of the outliers, the furthest first.
    pub outliers: Vec<usize>,
    /// All steps, as many as were asked for, or fewer where the rest is equal.
    pub steps: Vec<GesdStep>,
}

/// Looks for up to `most` outliers among `values`, which are roughly normal but for them.
///
/// The number of outliers is the last step whose statistic exceeds its critical value, so that several together are
/// found even where the first step alone would not show them. `significance` (0.05) is the probability that values
/// without outliers show one.
///
/// Source: Rosner, "Percentage Points for a Generalized ESD Many-Outlier Procedure", Technometrics 25 (1983);
/// NIST/SEMATECH e-Handbook 1.3.5.17.3.
///
/// ```
/// let values = [9.8, 10.1, 10.0, 9.9, 10.2, 10.05, 9.95, 30.0, 31.0];
/// assert_eq!(forgebench_statistics::gesd(&values, 3, 0.05)?.outliers, [8, 7]);
/// # Ok::<(), forgebench_statistics::GesdError>(())
/// ```
pub fn gesd(values: &[f64], most: usize, significance: f64) -> Result<Gesd, GesdError> {
    if !(significance > 0.0 && significance < 1.0) {
        return Err(GesdError::Significance(significance));
    }
    let _checked = Sample::new(values.to_vec())?;
    if values.len() < most.saturating_add(2) {
        return Err(GesdError::TooFewValues { values: values.len(), most });
    }
    let mut left: Vec<usize> = (0..values.len()).collect();
    let mut steps = Vec::with_capacity(most);
    while steps.len() < most {
        let Some((place, statistic)) = furthest(values, &left) else { break };
        let critical = critical(left.len(), significance);
        steps.push(GesdStep { index: left.swap_remove(place), statistic, critical });
    }
    let found = steps.iter().rposition(|step| step.statistic > step.critical).map_or(0, |last| last + 1);
    Ok(Gesd { outliers: steps[..found].iter().map(|step| step.index).collect(), steps })
}

/// The place in `left` of the value furthest from the mean, and its distance in standard deviations; none where nothing
/// varies.
fn furthest(values: &[f64], left: &[usize]) -> Option<(usize, f64)> {
    let count = left.len() as f64;
    let mean = left.iter().map(|&index| values[index]).sum::<f64>() / count;
    let distances = left.iter().map(|&index| (values[index] - mean).abs());
    let squares: f64 = distances.clone().map(|distance| distance * distance).sum();
    let deviation = (squares / (count - 1.0)).sqrt();
    let (place, distance) = distances.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    // Rounding of the mean leaves equal values a little apart.
    (deviation > f64::EPSILON * mean.abs()).then_some((place, distance / deviation))
}

/// What the furthest of `count` normal values exceeds with probability `significance` at most.
fn critical(count: usize, significance: f64) -> f64 {
    let n = count as f64;
    let t = quantile(1.0 - significance / (2.0 * n), n - 2.0);
    (n - 1.0) * t / ((n - 2.0 + t * t) * n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rosner's 54 values, as NIST gives them.
    const ROSNER: [f64; 54] = [
        -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.70,
        1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40,
        2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01,
    ];

    #[test]
    fn statistics_critical_values_and_the_three_outliers_are_those_of_nist() {
        let found = gesd(&ROSNER, 10, 0.05).unwrap();
        assert_eq!(found.outliers, [53, 52, 51]);
        let statistics = [3.118, 2.942, 3.179, 2.810, 2.815, 2.848, 2.279, 2.310, 2.101, 2.067];
        let criticals = [3.158, 3.151, 3.143, 3.136, 3.128, 3.120, 3.111, 3.103, 3.094, 3.085];
        for ((step, statistic), critical) in found.steps.iter().zip(statistics).zip(criticals) {
            // NIST cuts digits off instead of rounding.
            assert!((step.statistic - statistic).abs() < 1e-3, "{step:?}, expected {statistic}");
            assert!((step.critical - critical).abs() < 1e-3, "{step:?}, expected {critical}");
        }
    }

    #[test]
    fn equal_values_have_no_outliers() {
        assert_eq!(gesd(&[0.1; 9], 3, 0.05).unwrap().outliers, [0; 0]);
    }

    #[test]
    fn what_cannot_be_tested_is_named() {
        assert_eq!(gesd(&[1.0; 4], 3, 0.05), Err(GesdError::TooFewValues { values: 4, most: 3 }));
        assert_eq!(gesd(&[1.0; 4], 1, 1.0), Err(GesdError::Significance(1.0)));
        assert_eq!(gesd(&[], 1, 0.05), Err(GesdError::Sample(SampleError::Empty)));
    }

    proptest! {
        #[test]
        fn outliers_are_different_values_furthest_first(
            values in prop::collection::vec(-1e3..1e3_f64, 8..40), most in 0..6_usize,
        ) {
            let found = gesd(&values, most, 0.05).unwrap();
            let mut places: Vec<usize> = found.steps.iter().map(|step| step.index).collect();
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), found.steps.len());
            prop_assert!(found.steps.len() <= most && found.outliers.len() <= found.steps.len());
        }
    }
}
