//! What a histogram says about the values in it.

use crate::histogram::Histogram;

/// Buckets that are added up together on the way to a quantile.
const BLOCK: usize = 256;

impl Histogram {
    /// The lowest value of the first bucket that holds something; 0 if nothing was recorded.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// assert_eq!(histogram.min(), 0);
    /// histogram.record(12_345);
    /// assert_eq!(histogram.min(), 12_344);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn min(&self) -> u64 {
        let first = self.trimmed_counts().iter().position(|&count| count > 0);
        first.map_or(0, |index| self.layout().lowest(index))
    }

    /// The highest value of the last bucket that holds something; 0 if nothing was recorded.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// histogram.record(12_345);
    /// assert_eq!(histogram.max(), 12_351);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn max(&self) -> u64 {
        self.trimmed_counts().len().checked_sub(1).map_or(0, |index| self.layout().highest(index))
    }

    /// The mean, where each bucket counts at its middle; 0 if nothing was recorded.
    ///
    /// Source: `HdrHistogram.java`, `getMean`.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// histogram.record(10);
    /// histogram.record(20);
    /// assert_eq!(histogram.mean(), 15.0);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn mean(&self) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        let counts = self.trimmed_counts().iter().enumerate();
        let sum: f64 = counts.map(|(index, &count)| self.layout().middle(index) as f64 * count as f64).sum();
        sum / self.len() as f64
    }

    /// The value that a share of `quantile` of all recorded values does not exceed; 0 if nothing was recorded.
    ///
    /// It is the highest value of its bucket, except that quantile 0 is the lowest. Quantiles outside [0, 1]
    /// count as the nearer end, and NaN as 0. Source: `HdrHistogram.java`, `getValueAtPercentile`.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// (1..=100).for_each(|value| histogram.record(value));
    /// assert_eq!([0.0, 0.5, 0.999, 1.0].map(|quantile| histogram.value_at_quantile(quantile)), [1, 50, 100, 100]);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn value_at_quantile(&self, quantile: f64) -> u64 {
        if quantile.is_nan() || quantile <= 0.0 {
            return self.min();
        }
        let rank = ((quantile.min(1.0) * self.len() as f64).ceil() as u64).clamp(1, self.len().max(1));
        let (mut seen, skipped) = self.skip_blocks(rank);
        for (index, &count) in self.counts().iter().enumerate().skip(skipped) {
            seen = seen.saturating_add(count);
            if seen >= rank {
                return self.layout().highest(index);
            }
        }
        self.max()
    }

    /// How many values lie in the leading blocks that end before the value of `rank`, and how many buckets these have.
    ///
    /// Adding up whole blocks is work for vector instructions, unlike looking at each count.
    fn skip_blocks(&self, rank: u64) -> (u64, usize) {
        let mut seen = 0;
        let mut skipped = 0;
        // Where the total stopped at its limit, sums might wrap.
        let blocks = if self.len() < u64::MAX { self.counts().chunks(BLOCK) } else { [].chunks(BLOCK) };
        for block in blocks {
            let after = seen + block.iter().sum::<u64>();
            if after >= rank {
                break;
            }
            seen = after;
            skipped += block.len();
        }
        (seen, skipped)
    }
}
