//! The histogram: counts by bucket, and what can be recorded into it one value at a time.

use crate::count::COUNT_MAX;
use crate::layout::{CreationError, Layout, VALUE_MAX};

/// Counts of values in [0, 2^53], each kept to a fixed number of significant decimal digits.
///
/// The unit is the caller's; forgebench records nanoseconds. Memory grows with the largest value seen, up to
/// 45 057 counts (352 KiB) at 3 digits. Answers about values ([`min`](Self::min), [`max`](Self::max),
/// [`value_at_quantile`](Self::value_at_quantile)) are ends of buckets, as in every HDR histogram, so that
/// they stay the same after encoding and decoding.
///
/// ```
/// use forgebench_histogram::Histogram;
///
/// let mut latency_ns = Histogram::with_digits(3)?;
/// for value in 1..=1000 {
///     latency_ns.record(value);
/// }
/// assert_eq!(latency_ns.len(), 1000);
/// assert_eq!(latency_ns.value_at_quantile(0.99), 990);
/// # Ok::<(), forgebench_histogram::CreationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Histogram {
    layout: Layout,
    /// The upper limit that the V2 header states: 2^53, or what the writer of decoded bytes stated.
    stated_max: u64,
    /// Count of each bucket, in [0, `COUNT_MAX`]; buckets that are missing at the end are empty.
    counts: Vec<u64>,
    /// Sum of `counts`, held at `u64::MAX` where it would be larger.
    total: u64,
}

impl Histogram {
    /// An empty histogram that keeps `digits` significant decimal digits, in [0, 5]; 3 is usual.
    ///
    /// ```
    /// use forgebench_histogram::{CreationError, Histogram};
    ///
    /// assert!(Histogram::with_digits(3).is_ok());
    /// assert_eq!(Histogram::with_digits(6), Err(CreationError::TooManyDigits(6)));
    /// ```
    pub fn with_digits(digits: u8) -> Result<Self, CreationError> {
        Ok(Self::with_counts(Layout::with_digits(digits)?, VALUE_MAX, Vec::new()))
    }

    pub(crate) fn with_counts(layout: Layout, stated_max: u64, counts: Vec<u64>) -> Self {
        let total = counts.iter().fold(0_u64, |total, &count| total.saturating_add(count));
        Self { layout, stated_max, counts, total }
    }

    /// Counts `value` once. A value above 2^53 counts as 2^53.
    #[inline]
    pub fn record(&mut self, value: u64) {
        self.record_n(value, 1);
    }

    /// Counts `value` `count` times. A value above 2^53 counts as 2^53.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// histogram.record_n(1000, 9_999);
    /// histogram.record(100_000);
    /// assert_eq!(histogram.value_at_quantile(0.9999), 1000);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    #[inline]
    pub fn record_n(&mut self, value: u64, count: u64) {
        self.add(self.layout.index(value.min(VALUE_MAX)), count);
    }

    /// Counts `value`, and the values that operations started every `interval` would have seen meanwhile.
    ///
    /// A load generator that waits for a slow answer starts nothing in that time, so the slow period is
    /// counted once although it would have delayed many (*coordinated omission*). This adds `value - interval`,
    /// `value - 2 * interval` … down to `interval`. An interval of 0 adds nothing.
    ///
    /// Source: `HdrHistogram.java`, `recordValueWithExpectedInterval`. The work is bounded by the number of
    /// buckets, not by the number of missing values.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// histogram.record_corrected(1000, 250);
    /// let values: Vec<u64> = histogram.iter_recorded().map(|(value, _)| value).collect();
    /// assert_eq!(values, [250, 500, 750, 1000]);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn record_corrected(&mut self, value: u64, interval: u64) {
        let value = value.min(VALUE_MAX);
        self.record(value);
        let layout = self.layout;
        for_missing(layout, value, interval, |index, count| self.add(index, count));
    }

    /// Adds all counts of `other`, as if its values had been recorded here.
    ///
    /// Where `other` keeps other digits (or was decoded with another unit), each of its buckets counts at its lowest value.
    ///
    /// ```
    /// use forgebench_histogram::Histogram;
    ///
    /// let mut first = Histogram::with_digits(3)?;
    /// first.record(10);
    /// let mut second = Histogram::with_digits(3)?;
    /// second.record(20);
    /// first.merge(&second);
    /// assert_eq!((first.len(), first.min(), first.max()), (2, 10, 20));
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) {
        if self.layout != other.layout {
            for (index, &count) in other.counts.iter().enumerate().filter(|&(_, &count)| count > 0) {
                self.record_n(other.layout.lowest(index), count);
            }
            return;
        }
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            // Neither can exceed 2^63, so the sum fits.
            *mine = (*mine + theirs).min(COUNT_MAX);
        }
        self.total = match self.total.checked_add(other.total) {
            // Below the limit of one bucket, no bucket was cut off.
            Some(total) if total <= COUNT_MAX => total,
            _ => self.counts.iter().fold(0, |sum, &count| sum.saturating_add(count)),
        };
    }

    /// How many values were recorded.
    pub fn len(&self) -> u64 {
        self.total
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The significant decimal digits that are kept.
    pub fn digits(&self) -> u8 {
        self.layout.digits()
    }

    /// Each bucket that holds something, smallest first: its largest value and its count.
    ///
    /// ```
    /// let mut histogram = forgebench_histogram::Histogram::with_digits(3)?;
    /// histogram.record_n(7, 2);
    /// histogram.record(4096); // Four-digit values share a bucket with their neighbours.
    /// assert_eq!(histogram.iter_recorded().collect::<Vec<_>>(), [(7, 2), (4099, 1)]);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn iter_recorded(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let recorded = self.counts.iter().enumerate().filter(|&(_, &count)| count > 0);
        recorded.map(|(index, &count)| (self.layout.highest(index), count))
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    pub(crate) fn stated_max(&self) -> u64 {
        self.stated_max
    }

    /// The counts of all buckets so far; the last may be 0.
    pub(crate) fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The counts up to and with the last that is not 0.
    pub(crate) fn trimmed_counts(&self) -> &[u64] {
        let end = self.counts.iter().rposition(|&count| count > 0).map_or(0, |last| last + 1);
        &self.counts[..end]
    }

    /// Adds `count` to bucket `index`, which must be below the layout's `buckets_max`.
    #[inline]
    pub(crate) fn add(&mut self, index: usize, count: u64) {
        let counts = self.counts_to(index);
        let before = counts[index];
        let after = before.saturating_add(count).min(COUNT_MAX);
        counts[index] = after;
        self.total = self.total.saturating_add(after - before);
    }

    /// Adds `count` values to the total, for a caller that raised the counts itself.
    pub(crate) fn add_total(&mut self, count: u64) {
        self.total += count;
    }

    /// All counts, grown so that bucket `index` is among them.
    #[inline]
    pub(crate) fn counts_to(&mut self, index: usize) -> &mut [u64] {
        if index >= self.counts.len() {
            self.grow(index);
        }
        &mut self.counts
    }

    /// Grows by whole doublings of the value, so that growing is rare.
    #[cold]
    fn grow(&mut self, index: usize) {
        debug_assert!(index < self.layout.buckets_max());
        let length = (index + 1).next_multiple_of(self.layout.half()).min(self.layout.buckets_max());
        self.counts.resize(length, 0);
    }
}

/// Calls `add` with each bucket and the number of values in it that a stall of `value` at this `interval` has kept from being
/// recorded.
pub(crate) fn for_missing(layout: Layout, value: u64, interval: u64, mut add: impl FnMut(usize, u64)) {
    if interval == 0 || value < 2 * interval.min(VALUE_MAX) {
        return;
    }
    // The missing values, smallest first: they leave the same remainder as `value`.
    let last = value - interval;
    let mut missing = interval + value % interval;
    while missing <= last {
        let index = layout.index(missing);
        let within_bucket = (layout.highest(index).min(last) - missing) / interval + 1;
        add(index, within_bucket);
        missing += within_bucket * interval;
    }
}

/// Two histograms are equal if they have the same buckets and count the same, however far each has grown.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.layout == other.layout && self.trimmed_counts() == other.trimmed_counts()
    }
}

impl Eq for Histogram {}
