//! Recording many floating-point values at once, without converting them to integers where that can be spared.

use crate::count::{COUNT_MAX, Count};
use crate::histogram::Histogram;
use crate::layout::{Layout, VALUE_MAX};
use crate::simd::for_processor;

/// Values that are checked and then counted while they are still in the first-level cache.
pub(crate) const BLOCK: usize = 1024;

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
    /// The value is above 2^53, or above the highest value of this histogram. Cure: record a larger unit.
    #[error(
        "Cannot record value {value} at index {index}: it is above {limit}; record a larger unit or allow higher values"
    )]
    TooLarge {
        /// Where in the batch it stands.
        index: usize,
        /// The value.
        value: f64,
        /// The highest value that may be recorded.
        limit: f64,
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
        const LIMIT: f64 = VALUE_MAX as f64;
        if self.len() > COUNT_MAX - values.len() as u64 {
            return self.record_near_limit(values);
        }
        let layout = self.layout();
        for (position, block) in values.chunks(BLOCK).enumerate() {
            let Some(range) = Range::of(block, LIMIT) else {
                self.take_back(&values[..position * BLOCK]);
                return Err(first_error(values, LIMIT));
            };
            let counts = self.counts_to(layout.index(range.max as u64));
            count_block(layout, counts, block, range);
        }
        self.add_total(values.len() as u64);
        Ok(())
    }

    /// Undoes [`count_block`] for values that came before an invalid one.
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
        const LIMIT: f64 = VALUE_MAX as f64;
        if !values.iter().all(|&value| is_valid(value, LIMIT)) {
            return Err(first_error(values, LIMIT));
        }
        for &value in values {
            self.record(value as u64);
        }
        Ok(())
    }
}

/// Counts the values of a block, which lie in `range`.
#[inline]
pub(crate) fn count_block<C: Count>(layout: Layout, counts: &mut [C], values: &[f64], range: Range) {
    if range.min >= layout.bits_min() {
        for &value in values {
            counts[layout.index_from_bits(value)].increment();
        }
        return;
    }
    let mut indices = [0_u32; BLOCK];
    let indices = &mut indices[..values.len()];
    mixed_indices(layout, values, indices);
    for &index in &*indices {
        counts[index as usize].increment();
    }
}

for_processor! {
    /// The buckets of values, of which some may lie below `bits_min`.
    ///
    /// Each value is in one of both parts, and the other part then stands at the border between them, which is bucket
    /// `half`. Adding both spares a branch that mixed values would mispredict.
    fn mixed_indices(layout: Layout, values: &[f64], indices: &mut [u32]) {
        let bits_min = layout.bits_min();
        // A power of two, so the product is exact.
        let units_per_one = layout.half() as f64 / bits_min;
        let half = layout.half() as u32;
        for (&value, index) in values.iter().zip(indices) {
            let below = if value < bits_min { value } else { bits_min };
            let below = if below > 0.0 { below } else { 0.0 } * units_per_one;
            // SAFETY: it is in [0, half], and half is 2^17 at most; NaN has become a border.
            #[allow(unsafe_code, reason = "the checked conversion is none of many values at once")]
            let small = unsafe { below.to_int_unchecked::<i32>() } as u32;
            let large = layout.index_from_bits(if value > bits_min { value } else { bits_min }) as u32;
            *index = small + large - half;
        }
    }
}

/// The smallest and the largest of values that all may be recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Range {
    /// `None` if a value lies outside of [0, `limit`].
    pub(crate) fn of(values: &[f64], limit: f64) -> Option<Self> {
        let (min, max, has_nan) = extremes(values);
        (min >= 0.0 && max <= limit && !has_nan).then_some(Self { min, max })
    }
}

for_processor! {
    /// The smallest and the largest value, 0 at least, and whether there is a NaN.
    fn extremes(values: &[f64]) -> (f64, f64, bool) {
        // Independent lanes let the compiler use vector instructions. Comparisons pass over NaN, but a sum keeps it.
        const LANES: usize = 16;
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
        let least = min.into_iter().fold(f64::INFINITY, f64::min);
        let greatest = max.into_iter().fold(0.0, f64::max);
        (least, greatest, sum.iter().any(|sum| sum.is_nan()))
    }
}

fn is_valid(value: f64, limit: f64) -> bool {
    (0.0..=limit).contains(&value)
}

/// The error of the first invalid value; there must be one.
#[cold]
pub(crate) fn first_error(values: &[f64], limit: f64) -> RecordError {
    let index = values.iter().position(|&value| !is_valid(value, limit)).unwrap_or_default();
    let value = values[index];
    if !value.is_finite() {
        RecordError::NotFinite { index, value }
    } else if value < 0.0 {
        RecordError::Negative { index, value }
    } else {
        RecordError::TooLarge { index, value, limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_processor_finds_the_same_extremes_and_buckets(
            values in vec(prop_oneof![0.0..5000.0, 0.0..=VALUE_MAX as f64], 0..200),
            digits in 0..=5_u8,
        ) {
            prop_assert_eq!(extremes(&values), extremes::portable(&values));
            let layout = Layout::with_digits(digits).unwrap();
            let mut seen = vec![0; values.len()];
            let mut portable = vec![0; values.len()];
            mixed_indices(layout, &values, &mut seen);
            mixed_indices::portable(layout, &values, &mut portable);
            let known: Vec<u32> = values.iter().map(|&value| layout.index(value as u64) as u32).collect();
            prop_assert_eq!(&seen, &known);
            prop_assert_eq!(&portable, &known);
        }
    }
}
