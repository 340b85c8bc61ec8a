//! The numbers that count: integers in a histogram of Rust, floats where JavaScript owns the counts.

/// The largest count of one bucket. The V2 encoding has signed counts, so no bucket may hold more.
pub(crate) const COUNT_MAX: u64 = i64::MAX as u64;

/// The largest count up to which a 64-bit float counts exactly.
const FLOAT_MAX: u64 = 1 << 53;

/// A number that counts the values of one bucket.
pub(crate) trait Count: Copy + PartialEq {
    const ZERO: Self;

    /// Counts one value more; it must be known that there is room for it.
    fn increment(&mut self);

    fn to_u64(self) -> u64;

    /// `None` if it cannot be held exactly.
    fn from_u64(count: u64) -> Option<Self>;

    fn from_u16(count: u16) -> Self;
}

impl Count for u64 {
    const ZERO: Self = 0;

    #[inline]
    fn increment(&mut self) {
        *self += 1;
    }
    #[inline]
    fn to_u64(self) -> u64 {
        self
    }
    #[inline]
    fn from_u64(count: u64) -> Option<Self> {
        (count <= COUNT_MAX).then_some(count)
    }
    #[inline]
    fn from_u16(count: u16) -> Self {
        u64::from(count)
    }
}

impl Count for f64 {
    const ZERO: Self = 0.0;

    #[inline]
    fn increment(&mut self) {
        *self += 1.0;
    }
    #[inline]
    fn to_u64(self) -> u64 {
        self as u64
    }
    #[inline]
    fn from_u64(count: u64) -> Option<Self> {
        (count <= FLOAT_MAX).then_some(count as f64)
    }
    #[inline]
    fn from_u16(count: u16) -> Self {
        f64::from(count)
    }
}

/// A count of one call alone, which is added to others afterwards.
impl Count for u32 {
    const ZERO: Self = 0;

    #[inline]
    fn increment(&mut self) {
        *self += 1;
    }
    #[inline]
    fn to_u64(self) -> u64 {
        u64::from(self)
    }
    #[inline]
    fn from_u64(count: u64) -> Option<Self> {
        Self::try_from(count).ok()
    }
    #[inline]
    fn from_u16(count: u16) -> Self {
        u32::from(count)
    }
}
