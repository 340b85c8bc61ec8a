//! Whether two means differ, by Student's t.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::{Sample, SampleError};

/// Why there is no test.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum TTestError {
    /// A sample is empty or has a value that is not finite.
    #[error("Cannot test means: {0}")]
    Sample(#[from] SampleError),
    /// One value has no variance. Cure: measure more.
    #[error("Cannot test means: {0} of at least 2 values were measured; measure more")]
    TooFewValues(usize),
    /// Pairs need a partner each. Cure: hand in as many values on both sides.
    #[error("Cannot test pairs: there are {first} first and {second} second values; hand in as many of both")]
    LengthsDiffer {
        /// First values.
        first: usize,
        /// Second values.
        second: usize,
    },
}

/// A t and its p-values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// The difference of the means, first less second, in standard errors; 0 where neither differs nor varies, infinite
    /// where only the means differ.
    pub t: f64,
    /// Degrees of freedom, a fraction in Welch's test.
    pub degrees_of_freedom: f64,
    /// Probability, without a difference, of a t this small or smaller.
    pub less: f64,
    /// Probability of a t this large or larger.
    pub greater: f64,
    /// Probability of a t this far from 0.
    pub two_sided: f64,
}

/// Welch's test of the mean of `first` against that of `second`, whose variances may differ.
///
/// Source: Welch, "The Generalization of 'Student's' Problem when Several Different Population Variances are Involved",
/// Biometrika 34 (1947); degrees of freedom after Satterthwaite, Biometrics Bulletin 2 (1946).
///
/// ```
/// use forgebench_statistics::{Sample, welch};
///
/// let test = welch(&Sample::new(vec![2.0, 1.0, 3.0, 4.0])?, &Sample::new(vec![6.0, 5.0, 7.0, 9.0])?)?;
/// assert!((test.t + 3.970_344_615_223_767_4).abs() < 1e-12);
/// assert!((test.two_sided - 0.008_512_863_1).abs() < 1e-9);
/// # Ok::<(), forgebench_statistics::TTestError>(())
/// ```
pub fn welch(first: &Sample, second: &Sample) -> Result<TTest, TTestError> {
    // The variance of a mean, and its degrees of freedom.
    let error_of_mean = |sample: &Sample| {
        let count = sample.values().len();
        if count < 2 {
            return Err(TTestError::TooFewValues(count));
        }
        Ok((sample.standard_deviation().powi(2) / count as f64, (count - 1) as f64))
    };
    let ((a, freedom_a), (b, freedom_b)) = (error_of_mean(first)?, error_of_mean(second)?);
    // Shares of the larger one neither overflow nor vanish.
    let larger = a.max(b);
    let degrees_of_freedom = if larger > 0.0 {
        let (a, b) = (a / larger, b / larger);
        (a + b).powi(2) / (a * a / freedom_a + b * b / freedom_b)
    } else {
        freedom_a + freedom_b
    };
    Ok(test(first.mean() - second.mean(), (a + b).sqrt(), degrees_of_freedom))
}

/// Student's test of pairs: the mean of the differences of `first` to the value of `second` at the same place.
///
/// Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
///
/// ```
/// let test = forgebench_statistics::paired_t(&[2.0, 1.0, 3.0, 4.0], &[6.0, 5.0, 7.0, 9.0])?;
/// assert_eq!((test.t, test.degrees_of_freedom), (-17.0, 3.0));
/// assert!((test.two_sided - 0.000_443_343_538_31).abs() < 1e-13);
/// # Ok::<(), forgebench_statistics::TTestError>(())
/// ```
pub fn paired_t(first: &[f64], second: &[f64]) -> Result<TTest, TTestError> {
    if first.len() != second.len() {
        return Err(TTestError::LengthsDiffer { first: first.len(), second: second.len() });
    }
    let differences = Sample::new(first.iter().zip(second).map(|(a, b)| a - b).collect())?;
    if first.len() < 2 {
        return Err(TTestError::TooFewValues(first.len()));
    }
    let count = first.len() as f64;
    Ok(test(differences.mean(), differences.standard_deviation() / count.sqrt(), count - 1.0))
}

fn test(difference: f64, standard_error: f64, degrees_of_freedom: f64) -> TTest {
    let t = if difference == 0.0 { 0.0 } else { difference / standard_error };
    // Freedom is above 0, so that there is a distribution; without one nothing would be shown.
    let below = |t: f64| StudentsT::new(0.0, 1.0, degrees_of_freedom).map_or(0.5, |distribution| distribution.cdf(t));
    let (less, greater) = (below(t), below(-t));
    TTest { t, degrees_of_freedom, less, greater, two_sided: (2.0 * less.min(greater)).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::new(values.to_vec()).unwrap()
    }

    fn assert_near(seen: f64, expected: f64, tolerance: f64) {
        assert!((seen - expected).abs() <= tolerance * expected.abs(), "{seen}, expected {expected}");
    }

    #[test]
    fn tests_are_those_of_golang_perf() {
        // internal/stats/ttest_test.go.
        let (first, second) = ([2.0, 1.0, 3.0, 4.0], [6.0, 5.0, 7.0, 9.0]);
        let seen = welch(&sample(&first), &sample(&second)).unwrap();
        assert_near(seen.t, -3.970_344_615_223_767_4, 1e-12);
        assert_near(seen.degrees_of_freedom, 5.584_615_384_615_385, 1e-12);
        assert_near(seen.two_sided, 0.008_512_863_131_3, 1e-9);
        assert_near(paired_t(&first, &second).unwrap().two_sided, 0.000_443_343_538_31, 1e-10);
    }

    #[test]
    fn means_without_variance_differ_beyond_doubt_or_not_at_all() {
        let seen = welch(&sample(&[1.0; 3]), &sample(&[2.0; 3])).unwrap();
        assert_eq!((seen.t, seen.less, seen.two_sided), (f64::NEG_INFINITY, 0.0, 0.0));
        let seen = welch(&sample(&[1.0; 3]), &sample(&[1.0; 4])).unwrap();
        assert_eq!((seen.t, seen.two_sided, seen.degrees_of_freedom), (0.0, 1.0, 5.0));
    }

    #[test]
    fn what_cannot_be_tested_is_named() {
        assert_eq!(welch(&sample(&[1.0]), &sample(&[1.0, 2.0])), Err(TTestError::TooFewValues(1)));
        assert_eq!(paired_t(&[1.0], &[]), Err(TTestError::LengthsDiffer { first: 1, second: 0 }));
        assert_eq!(paired_t(&[], &[]), Err(TTestError::Sample(SampleError::Empty)));
    }

    proptest! {
        #[test]
        fn swapping_samples_swaps_the_tails(
            first in prop::collection::vec(-1e6..1e6_f64, 2..20), second in prop::collection::vec(-1e6..1e6_f64, 2..20),
        ) {
            let (one, other) = (welch(&sample(&first), &sample(&second)).unwrap(), welch(&sample(&second), &sample(&first)).unwrap());
            prop_assert_eq!((one.t, one.less, one.two_sided), (-other.t, other.greater, other.two_sided));
            prop_assert!((one.less + one.greater - 1.0).abs() < 1e-12);
            let least = first.len().min(second.len()) as f64 - 1.0;
            let most = (first.len() + second.len()) as f64 - 2.0;
            prop_assert!(least - 1e-9 <= one.degrees_of_freedom && one.degrees_of_freedom <= most + 1e-9);
        }
    }
}
