//! Outliers by their distance from the median, in units that outliers do not move.

use crate::{Sample, SampleError};

/// The distance of each of `values` from their median, in median absolute deviations that are scaled to be standard
/// deviations of normal values; in the order of `values`.
///
/// Iglewicz and Hoaglin call distances beyond 3.5 outliers, hyperfine those beyond 10 (its 14.826 counts unscaled
/// deviations). Where more than half of the values are equal, every other one is infinitely far away.
///
/// Source: Iglewicz & Hoaglin, "How to Detect and Handle Outliers" (1993), where the factor 0.6745 is 1 / 1.4826.
///
/// # Errors
/// Those of [`Sample::new`].
///
/// ```
/// use forgebench_statistics::modified_z_scores;
///
/// let scores = modified_z_scores(&[-0.2, 0.0, 0.2, 4.0])?;
/// assert_eq!(scores.iter().filter(|score| score.abs() > 10.0).count(), 1);
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn modified_z_scores(values: &[f64]) -> Result<Vec<f64>, SampleError> {
    let sample = Sample::new(values.to_vec())?;
    let (median, deviation) = (sample.median(), sample.mad());
    let score = |value: &f64| match value - median {
        // Zero distances over a deviation of zero would be no number.
        0.0 => 0.0,
        distance => distance / deviation,
    };
    Ok(values.iter().map(score).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outliers_of_hyperfine(values: &[f64]) -> usize {
        modified_z_scores(values).unwrap().iter().filter(|score| score.abs() > 10.0).count()
    }

    #[test]
    fn outliers_are_those_of_hyperfine() {
        // src/outlier_detection.rs.
        assert_eq!(outliers_of_hyperfine(&[-0.2, 0.0, 0.2]), 0);
        assert_eq!(outliers_of_hyperfine(&[-0.2, 0.0, 0.2, 4.0]), 1);
        assert_eq!(outliers_of_hyperfine(&[0.5, 0.30, 0.29, 0.31, 0.30]), 1);
        assert_eq!(outliers_of_hyperfine(&[1.0; 5]), 0);
    }

    proptest! {
        #[test]
        fn scores_keep_their_places_and_know_no_unit(
            values in prop::collection::vec(-1000..1000_i32, 1..40), shift in -1e3..1e3_f64,
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let scores = modified_z_scores(&values).unwrap();
            prop_assert_eq!(scores.len(), values.len());
            let moved = modified_z_scores(&values.iter().map(|value| 8.0 * value + 8.0 * shift.round()).collect::<Vec<_>>());
            prop_assert_eq!(&scores, &moved.unwrap());
            for (value, score) in values.iter().zip(&scores) {
                for (other, other_score) in values.iter().zip(&scores) {
                    prop_assert!(value < other || score >= other_score);
                }
            }
        }
    }
}
