//! Recording into shared counts.

use crate::batch::{BLOCK, Range, RecordError, count_block, first_error};
use crate::histogram::for_missing;
use crate::layout::{Layout, VALUE_MAX};

/// From so many values for each bucket on, counts of a call's own pay for being added up afterwards.
const VALUES_PER_BUCKET: usize = 4;
/// Buckets for which counts of a call's own are still in the processor's caches.
const BUCKETS_MAX: usize = 1 << 16;

/// Counts every value of `values` once, rounded down; all or, on an error, none. None may be above `limit`, nor above the
/// last bucket of `counts`.
///
/// ```
/// use forgebench_histogram::{Layout, shared};
///
/// let layout = Layout::with_unit(3, 1).unwrap();
/// let mut counts = vec![0.0; layout.index(1_000_000) + 1];
/// shared::record_batch(layout, &mut counts, 1e6, &[5.0, 5.9, 1e6])?;
/// assert_eq!((counts[5], counts[layout.index(1_000_000)]), (2.0, 1.0));
/// assert!(shared::record_batch(layout, &mut counts, 1e6, &[5.0, 2e6]).is_err());
/// assert_eq!(counts[5], 2.0);
/// # Ok::<(), forgebench_histogram::RecordError>(())
/// ```
pub fn record_batch(layout: Layout, counts: &mut [f64], limit: f64, values: &[f64]) -> Result<(), RecordError> {
    let limit = limit.min(highest(layout, counts.len()));
    let is_long = values.len() >= VALUES_PER_BUCKET * counts.len() && u32::try_from(values.len()).is_ok();
    if is_long && counts.len() <= BUCKETS_MAX {
        return record_long(layout, counts, limit, values);
    }
    let counted = in_blocks(values, limit, |block, range| count_block(layout, counts, block, range));
    counted.map_err(|(before, error)| {
        for &value in &values[..before] {
            counts[layout.index(value as u64)] -= 1.0;
        }
        error
    })
}

/// Short integers take half the cache, and the same one again and again is counted in a third of the time.
fn record_long(layout: Layout, counts: &mut [f64], limit: f64, values: &[f64]) -> Result<(), RecordError> {
    let mut own = vec![0_u32; counts.len()];
    in_blocks(values, limit, |block, range| count_block(layout, &mut own, block, range)).map_err(|(_, error)| error)?;
    for (count, more) in counts.iter_mut().zip(own) {
        *count += f64::from(more);
    }
    Ok(())
}

/// Checks blocks of `values` against `limit` and hands each to `count`, until one holds an invalid value.
///
/// The error is that of the first invalid value; blocks before it have been counted by then.
fn in_blocks(values: &[f64], limit: f64, mut count: impl FnMut(&[f64], Range)) -> Result<(), (usize, RecordError)> {
    for (position, block) in values.chunks(BLOCK).enumerate() {
        let range = Range::of(block, limit).ok_or_else(|| (position * BLOCK, first_error(values, limit)))?;
        count(block, range);
    }
    Ok(())
}

/// Counts `value`, and those that operations started every `interval` would have seen meanwhile; see
/// [`Histogram::record_corrected`](crate::Histogram::record_corrected).
///
/// ```
/// use forgebench_histogram::{Layout, shared};
///
/// let layout = Layout::with_unit(3, 1).unwrap();
/// let mut counts = vec![0.0; 2048];
/// shared::record_corrected(layout, &mut counts, 1000, 250)?;
/// assert!([250, 500, 750, 1000].iter().all(|&value| counts[value] == 1.0));
/// # Ok::<(), forgebench_histogram::RecordError>(())
/// ```
pub fn record_corrected(layout: Layout, counts: &mut [f64], value: u64, interval: u64) -> Result<(), RecordError> {
    let limit = highest(layout, counts.len());
    if value as f64 > limit {
        return Err(RecordError::TooLarge { index: 0, value: value as f64, limit });
    }
    counts[layout.index(value)] += 1.0;
    for_missing(layout, value, interval, |index, count| counts[index] += count as f64);
    Ok(())
}

/// Adds to each count what its stalls have kept from being recorded, as [`record_corrected`] does with each value. The highest
/// value of a bucket, which is no more than `limit`, stands for all of it, as in the reference implementation.
///
/// ```
/// use forgebench_histogram::{Layout, shared};
///
/// let layout = Layout::with_unit(3, 1).unwrap();
/// let mut counts = vec![0.0; 2048];
/// counts[1000] = 3.0;
/// shared::correct(layout, &mut counts, 2047, 250);
/// assert!([250, 500, 750, 1000].iter().all(|&value| counts[value] == 3.0));
/// ```
pub fn correct(layout: Layout, counts: &mut [f64], limit: u64, interval: u64) {
    // Only lower buckets get more, so that each is read before it does.
    for index in 0..counts.len().min(layout.buckets_max()) {
        let count = counts[index];
        if count > 0.0 {
            let value = layout.highest(index).min(limit).min(VALUE_MAX);
            for_missing(layout, value, interval, |lower, missing| counts[lower] += missing as f64 * count);
        }
    }
}

/// The highest value that so many buckets hold; below 0 where there is none.
fn highest(layout: Layout, buckets: usize) -> f64 {
    let last = buckets.min(layout.buckets_max()).checked_sub(1);
    last.map_or(-1.0, |last| layout.highest(last).min(VALUE_MAX) as f64)
}
