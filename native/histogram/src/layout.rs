//! Which value falls into which bucket: the arithmetic of `HdrHistogram`.

/// The largest value that a histogram holds: 2^53, up to which a 64-bit float is an exact integer.
pub const VALUE_MAX: u64 = 1 << 53;

/// Why a histogram could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreationError {
    /// More digits than the format knows. Cure: ask for 3, which keeps every value within 0.1 %.
    #[error("Cannot make a histogram with {0} significant digits: at most 5 are possible; use 3")]
    TooManyDigits(u8),
}

/// The bias of the exponent in a 64-bit float of IEEE 754.
const EXPONENT_BIAS: u64 = 1023;

/// The buckets of a histogram with a given number of significant digits.
///
/// Values below `2 * half` units have a bucket each. Above, every doubling of the value is split into `half`
/// buckets of equal width. Source: `HdrHistogram.java`, class comment of `AbstractHistogram`.
///
/// ```
/// let layout = forgebench_histogram::Layout::with_unit(3, 1).unwrap();
/// assert_eq!((layout.index(5000), layout.lowest(3298), layout.highest(3298)), (3298, 5000, 5003));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// In [0, 5].
    digits: u8,
    /// The lowest value that has to be told from 0, at least 1. Histograms made here have 1; decoded ones keep theirs.
    unit: u64,
    /// log2 of the width of the narrowest bucket: `unit` rounded down to a power of two.
    unit_magnitude: u32,
    /// log2 of the number of buckets in one doubling; in [0, 17].
    half_magnitude: u32,
}

impl Layout {
    pub(crate) fn with_digits(digits: u8) -> Result<Self, CreationError> {
        Self::with_unit(digits, 1).ok_or(CreationError::TooManyDigits(digits))
    }

    /// The buckets for `digits` in [0, 5] and a `unit`, the lowest value that has to be told from 0.
    ///
    /// `None` for more than 5 digits, a unit of 0, or a unit so large that 2^53 needs no doubling.
    pub fn with_unit(digits: u8, unit: u64) -> Option<Self> {
        if digits > 5 {
            return None;
        }
        // Each value below 2 * 10^digits needs a bucket of its own, rounded up to a power of two.
        let half_magnitude = (2 * 10_u32.pow(u32::from(digits))).next_power_of_two().ilog2() - 1;
        let unit_magnitude = unit.checked_ilog2()?;
        let is_in_range = unit_magnitude + half_magnitude < VALUE_MAX.ilog2();
        is_in_range.then_some(Self { digits, unit, unit_magnitude, half_magnitude })
    }

    /// The significant decimal digits that are kept, in [0, 5].
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// The lowest value that is told from 0.
    pub fn unit(self) -> u64 {
        self.unit
    }

    /// The number of buckets in one doubling, in [1, 131 072].
    pub(crate) fn half(self) -> usize {
        1 << self.half_magnitude
    }

    /// The number of buckets up to and with the one of [`VALUE_MAX`].
    pub fn buckets_max(self) -> usize {
        self.index(VALUE_MAX) + 1
    }

    /// The bucket of `value`, which must be at most [`VALUE_MAX`].
    #[inline]
    pub fn index(self, value: u64) -> usize {
        debug_assert!(value <= VALUE_MAX);
        let shift = self.shift(value);
        (((shift - self.unit_magnitude) as usize) << self.half_magnitude) + (value >> shift) as usize
    }

    /// The lowest value for which [`index_from_bits`](Self::index_from_bits) holds.
    pub(crate) fn bits_min(self) -> f64 {
        (1_u64 << (self.half_magnitude + self.unit_magnitude)) as f64
    }

    /// The bucket of a float in [`bits_min`, 2^53], which is the bucket of the integer below it.
    ///
    /// The exponent of an IEEE 754 float counts doublings and its leading mantissa bits count buckets within
    /// one, so the top bits *are* the index, apart from a constant.
    #[inline]
    pub(crate) fn index_from_bits(self, value: f64) -> usize {
        debug_assert!(value >= self.bits_min() && value <= VALUE_MAX as f64);
        let magnitude = u64::from(self.half_magnitude + self.unit_magnitude);
        let constant = (EXPONENT_BIAS + magnitude - 1) << self.half_magnitude;
        // The wrapping form cannot wrap for values of the stated range; it spares a branch in the batch loop.
        (value.to_bits() >> (52 - self.half_magnitude)).wrapping_sub(constant) as usize
    }

    /// The smallest value of bucket `index`.
    #[inline]
    pub fn lowest(self, index: usize) -> u64 {
        let (shift, position) = self.split(index);
        position << shift
    }

    /// The largest value of bucket `index`.
    #[inline]
    pub fn highest(self, index: usize) -> u64 {
        let (shift, position) = self.split(index);
        ((position + 1) << shift) - 1
    }

    /// The value in the middle of bucket `index`, which stands for the bucket in the mean.
    pub(crate) fn middle(self, index: usize) -> u64 {
        let (shift, position) = self.split(index);
        (position << shift) + ((1 << shift) >> 1)
    }

    /// log2 of the width of the bucket that `value` falls into.
    #[inline]
    fn shift(self, value: u64) -> u32 {
        // Setting the low bits gives all values below 2 * half units the width of one unit.
        let mask = (2 << (self.half_magnitude + self.unit_magnitude)) - 1;
        (value | mask).ilog2() - self.half_magnitude
    }

    /// log2 of the width of bucket `index`, and the position of the bucket in units of that width.
    #[inline]
    fn split(self, index: usize) -> (u32, u64) {
        let half = self.half();
        let doublings = (index >> self.half_magnitude).saturating_sub(1);
        (self.unit_magnitude + doublings as u32, (index - doublings * half) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_of_three_digits_has_2048_buckets_of_width_one() {
        let layout = Layout::with_digits(3).unwrap();
        assert_eq!((layout.half(), layout.index(0), layout.index(2047), layout.index(2048)), (1024, 0, 2047, 2048));
        assert_eq!((layout.lowest(2048), layout.highest(2048), layout.middle(2048)), (2048, 2049, 2049));
    }

    #[test]
    fn every_bucket_holds_the_values_between_its_ends_and_buckets_leave_no_gap() {
        for (digits, unit) in [(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (2, 20_000), (3, 2), (0, 1 << 40)] {
            let layout = Layout::with_unit(digits, unit).unwrap();
            for index in 0..layout.buckets_max() - 1 {
                assert_eq!(layout.index(layout.lowest(index)), index);
                assert_eq!(layout.index(layout.highest(index)), index);
                assert_eq!(layout.highest(index) + 1, layout.lowest(index + 1));
            }
        }
    }

    #[test]
    fn float_bits_give_the_index_of_the_integer_below() {
        for (digits, unit) in [(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (2, 20_000), (3, 2)] {
            let layout = Layout::with_unit(digits, unit).unwrap();
            for power in 0..=53 {
                for value in [(1_u64 << power) - 1, 1 << power, (1 << power) + 1, (1 << power) * 3 / 2] {
                    if value as f64 >= layout.bits_min() && value <= VALUE_MAX {
                        assert_eq!(layout.index_from_bits(value as f64), layout.index(value), "{digits} {value}");
                    }
                }
            }
            let fraction = layout.bits_min() + 0.75;
            assert_eq!(layout.index_from_bits(fraction), layout.index(fraction as u64));
        }
    }

    #[test]
    fn six_digits_are_refused() {
        assert_eq!(Layout::with_digits(6), Err(CreationError::TooManyDigits(6)));
    }
}
