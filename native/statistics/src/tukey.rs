//! Outliers by Tukey's fences.

use crate::Sample;

/// The four fences, and how many values lie beyond each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TukeyFences {
    /// Ascending: q1 − 3·IQR, q1 − 1.5·IQR, q3 + 1.5·IQR, q3 + 3·IQR; in the unit of the sample.
    pub fences: [f64; 4],
    /// Values below the lowest fence.
    pub low_severe: usize,
    /// Values between both lower fences.
    pub low_mild: usize,
    /// Values between both upper fences.
    pub high_mild: usize,
    /// Values above the highest fence.
    pub high_severe: usize,
}

impl TukeyFences {
    /// All values outside the inner fences.
    pub fn outliers(&self) -> usize {
        self.low_severe + self.low_mild + self.high_mild + self.high_severe
    }
}

/// Counts values that lie far outside the middle half of `sample`. A value on a fence is inside it.
///
/// The quartiles are of type 7, as in Criterion. Source: Tukey, "Exploratory Data Analysis" (1977), section 2D.
///
/// ```
/// use forgebench_statistics::{Sample, tukey};
///
/// let fences = tukey(&Sample::new(vec![10.0, 11.0, 12.0, 13.0, 14.0, 50.0])?);
/// assert_eq!((fences.high_severe, fences.outliers()), (1, 1));
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn tukey(sample: &Sample) -> TukeyFences {
    let (q1, q3) = (sample.quantile(0.25), sample.quantile(0.75));
    let iqr = q3 - q1;
    let fences = [q1 - 3.0 * iqr, q1 - 1.5 * iqr, q3 + 1.5 * iqr, q3 + 3.0 * iqr];
    let values = sample.values();
    let below = |fence: f64| values.partition_point(|&value| value < fence);
    let above = |fence: f64| values.len() - values.partition_point(|&value| value <= fence);
    let [low_severe, low, high, high_severe] = [below(fences[0]), below(fences[1]), above(fences[2]), above(fences[3])];
    TukeyFences { fences, low_severe, low_mild: low - low_severe, high_mild: high - high_severe, high_severe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_on_a_fence_are_inside_it_and_values_beyond_are_counted_by_distance() {
        // The quartiles are 8 and 12, so the fences are −4, 2, 18 and 24.
        let counts = |tails: [f64; 4]| {
            let middle = [8.0, 8.0, 10.0, 10.0, 10.0, 12.0, 12.0];
            let fences = tukey(&Sample::new([&tails[..], &middle].concat()).unwrap());
            [fences.low_severe, fences.low_mild, fences.high_mild, fences.high_severe]
        };
        assert_eq!(counts([-5.0, 1.0, 19.0, 25.0]), [1, 1, 1, 1]);
        assert_eq!(counts([-4.0, 2.0, 18.0, 24.0]), [0, 1, 1, 0]);
    }

    #[test]
    fn equal_values_have_no_outliers() {
        assert_eq!(tukey(&Sample::new(vec![3.0; 10]).unwrap()).outliers(), 0);
    }
}
