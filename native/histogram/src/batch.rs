//! Recording many floating-point values at once, without converting them to integers where that can be spared.

use crate::histogram::{COUNT_MAX, Histogram};
use crate::layout::VALUE_MAX;

/// Values that are checked and then counted while they are still in the first-level cache.
const BLOCK: usize = 1024;

/// Why a batch was not recorded. Nothing of the batch is in the histogram.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// The value is NaN or infinite. Cure: find the division by zero that made it.
    #[error("Cannot record value {value} at index {index}: it is not finite; nothing of this batch was recorded")]
    NotFinite {
        /// Where in the batch it stands.
        index: usize,
        /// NaN or an infinity.
        value: f64,
    },
    /// The value is below 0. Cure: look for two time stamps in the wrong order.
    #[error("Cannot record value {value} at index {index}: it is negative; nothing of this batch was recorded")]
    Negative {
        /// Where in the batch it stands.
        index: usize,
        /// The value.
        value: f64,
    },
    /// The value is above 2^53. Cure: record a larger unit.
    #[error("Cannot record value {value} at index {index}: it is above 2^53; record a larger unit")]
    TooLarge {
        /// Where in the batch it stands.
        index: usize,
        /// The value.
        value: f64,
    },
}

impl Histogram {
    /// Counts every value of `values` once, rounded down to an integer; all or, on an error, none.
    ///
    /// ```
    /// use forgebench_histogram::{Histogram, RecordError};
    ///
    /// let mut histogram = Histogram::with_digits(3)?;
    /// histogram.record_batch(&[1.0, 2.9, 5000.0]).unwrap();
    /// assert_eq!((histogram.len(), histogram.value_at_quantile(0.5)), (3, 2));
    ///
    /// let error = histogram.record_batch(&[1.0, -1.0]).unwrap_err();
    /// assert_eq!(error, RecordError::Negative { index: 1, value: -1.0 });
    /// assert_eq!(histogram.len(), 3);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn record_batch(&mut self, values: &[f64]) -> Result<(), RecordError> {
        if self.len() > COUNT_MAX - values.len() as u64 {
            return self.record_near_limit(values);
        }
        for (position, block) in values.chunks(BLOCK).enumerate() {
            let Some(range) = Range::of(block) else {
                self.take_back(&values[..position * BLOCK]);
                return Err(first_error(values));
            };
            self.count_block(block, range);
        }
        self.add_total(values.len() as u64);
        Ok(())
    }

    /// Counts the values of a block, which lie in `range`, without adding them to the total.
    fn count_block(&mut self, values: &[f64], range: Range) {
        let layout = self.layout();
        let bits_min = layout.bits_min();
        // A power of two, so the product is exact.
        let units_per_one = layout.half() as f64 / bits_min;
        let counts = self.counts_to(layout.index(range.max as u64));
        if range.min >= bits_min {
            for &value in values {
                counts[layout.index_from_bits(value)] += 1;
            }
        } else {
            // Each value is in one of both parts, and the other part then stands at the border between them, which is
            // bucket `half`. Adding both spares a branch that mixed values would mispredict.
            for &value in values {
                let small = (value.min(bits_min) * units_per_one) as u32 as usize;
                let large = layout.index_from_bits(value.max(bits_min));
                counts[small + large - layout.half()] += 1;
            }
        }
    }

    /// Undoes [`count_block`](Self::count_block) for values that came before an invalid one.
    #[cold]
    fn take_back(&mut self, values: &[f64]) {
        let layout = self.layout();
        for &value in values {
            let index = layout.index(value as u64);
            self.counts_to(index)[index] -= 1;
        }
    }

    /// Records values one by one, because some bucket might reach the largest count that it can hold.
    #[cold]
    fn record_near_limit(&mut self, values: &[f64]) -> Result<(), RecordError> {
        if !values.iter().all(|&value| is_valid(value)) {
            return Err(first_error(values));
        }
        for &value in values {
            self.record(value as u64);
        }
        Ok(())
    }
}

/// The smallest and the largest of values that all lie in [0, 2^53].
#[derive(Clone, Copy)]
struct Range {
    min: f64,
    max: f64,
}

impl Range {
    /// `None` if a value lies outside.
    fn of(values: &[f64]) -> Option<Self> {
        // Independent lanes let the compiler use vector instructions. Comparisons pass over NaN, but a sum keeps it.
        const LANES: usize = 8;
        let mut min = [f64::INFINITY; LANES];
        let mut max = [0.0_f64; LANES];
        let mut sum = [0.0_f64; LANES];
        let (chunks, rest) = values.as_chunks::<LANES>();
        for chunk in chunks {
            for lane in 0..LANES {
                let value = chunk[lane];
                min[lane] = if value < min[lane] { value } else { min[lane] };
                max[lane] = if value > max[lane] { value } else { max[lane] };
                sum[lane] += value;
            }
        }
        for &value in rest {
            min[0] = min[0].min(value);
            max[0] = max[0].max(value);
            sum[0] += value;
        }
        let min = min.into_iter().fold(f64::INFINITY, f64::min);
        let max = max.into_iter().fold(0.0, f64::max);
        let is_valid = min >= 0.0 && max <= VALUE_MAX as f64 && !sum.iter().any(|sum| sum.is_nan());
        is_valid.then_some(Self { min, max })
    }
}

fn is_valid(value: f64) -> bool {
    (0.0..=VALUE_MAX as f64).contains(&value)
}

/// The error of the first invalid value; there must be one.
#[cold]
fn first_error(values: &[f64]) -> RecordError {
    let index = values.iter().position(|&value| !is_valid(value)).unwrap_or_default();
    let value = values[index];
    if !value.is_finite() {
        RecordError::NotFinite { index, value }
    } else if value < 0.0 {
        RecordError::Negative { index, value }
    } else {
        RecordError::TooLarge { index, value }
    }
}
