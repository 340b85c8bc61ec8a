//! The V2 wire format of `HdrHistogram`, uncompressed; its predecessors V0 and V1 are read too.
//!
//! A header of 40 bytes (big-endian: cookie, length of the payload, normalizing index offset, digits, lowest and
//! highest value, integer-to-double ratio) is followed by the counts in bucket order as `ZigZag` LEB128 numbers, where
//! a negative number says how many empty buckets follow each other. Source: `AbstractHistogram.java`,
//! `encodeIntoByteBuffer`. What logs wrap these bytes in is the affair of `compressed`.

use crate::count::Count;
use crate::header::{Header, Payload};
use crate::histogram::Histogram;
use crate::layout::Layout;
use crate::leb128;

/// Why bytes are no histogram that this crate can hold.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum DecodeError {
    /// There are fewer bytes than the header takes or promises. Cure: read the whole file.
    #[error("Cannot decode a histogram: it is truncated, {seen} of {expected} bytes are there")]
    Truncated {
        /// Bytes that are there.
        seen: usize,
        /// Bytes that should be there.
        expected: usize,
    },
    /// There are more bytes than the header promises. Cure: pass the bytes of one histogram.
    #[error("Cannot decode a histogram: {0} bytes follow its end")]
    TrailingBytes(usize),
    /// The bytes are something else. Cure: undo what they are wrapped in first.
    #[error("Cannot decode a histogram: cookie {0:#010x} is that of no known format; V2 begins with 0x1c849313")]
    UnknownCookie(u32),
    /// The header asks for a layout outside this crate's range. Cure: record fewer digits.
    #[error(
        "Cannot decode a histogram with {digits} significant digits and a unit of {unit}: at most 5 digits and a unit far below 2^53 are supported"
    )]
    UnsupportedLayout {
        /// Significant decimal digits.
        digits: u32,
        /// The lowest value that is told from 0.
        unit: u64,
    },
    /// The counts are shifted or scaled, as those of Java's `DoubleHistogram` are.
    #[error("Cannot decode a histogram of floating-point values: convert it to integers first")]
    Scaled,
    /// The payload ends within a number.
    #[error("Cannot decode a histogram: its last count is cut off")]
    CutNumber,
    /// A run of empty buckets or a count lies beyond the bucket of 2^53.
    #[error("Cannot decode a histogram with values above 2^53: record a larger unit")]
    ValueTooLarge,
    /// A bucket holds more values than can be counted exactly, or fewer than none.
    #[error("Cannot decode a histogram: a bucket counts {0} values, which is more than can be or less than none")]
    CountOutOfRange(i64),
    /// The text is not base64. Cure: pass the field of the log alone.
    #[error("Cannot decode a histogram: its text is not base64")]
    NotBase64,
    /// The compressed bytes are damaged, or hold more than any histogram.
    #[error("Cannot decode a histogram: its compressed bytes are damaged")]
    NotZlib,
}

/// A histogram apart from who owns its counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<C> {
    /// Which value falls into which bucket.
    pub layout: Layout,
    /// The highest value that its writer allowed.
    pub stated_max: u64,
    /// Up to and with the last that is not 0.
    pub counts: Vec<C>,
}

impl Histogram {
    /// The histogram in the V2 format, which every implementation of `HdrHistogram` reads.
    ///
    /// ```
    /// use forgebench_histogram::Histogram;
    ///
    /// let mut histogram = Histogram::with_digits(3)?;
    /// histogram.record_n(1000, 5);
    /// let bytes = histogram.encode_v2();
    /// assert_eq!(Histogram::decode_v2(&bytes).unwrap(), histogram);
    /// # Ok::<(), forgebench_histogram::CreationError>(())
    /// ```
    pub fn encode_v2(&self) -> Vec<u8> {
        encode(self.layout(), self.stated_max(), self.trimmed_counts())
    }

    /// The histogram that [`encode_v2`](Self::encode_v2) or another implementation wrote.
    ///
    /// No bytes, however wrong, make it take more memory than the largest histogram of the stated digits.
    ///
    /// ```
    /// use forgebench_histogram::{DecodeError, Histogram};
    ///
    /// let error = Histogram::decode_v2(b"HISTFAAA").unwrap_err();
    /// assert_eq!(error, DecodeError::UnknownCookie(0x4849_5354));
    /// ```
    pub fn decode_v2(bytes: &[u8]) -> Result<Self, DecodeError> {
        let Decoded { layout, stated_max, counts } = decode(bytes)?;
        Ok(Self::with_counts(layout, stated_max, counts))
    }
}

/// `counts` end with one that is not 0.
pub(crate) fn encode<C: Count>(layout: Layout, stated_max: u64, counts: &[C]) -> Vec<u8> {
    let payload = encode_counts(counts);
    // Recording after decoding may have gone beyond the limit that the first writer stated.
    let seen_max = counts.len().checked_sub(1).map_or(0, |last| layout.lowest(last));
    let mut bytes = Header::of(layout, stated_max.max(seen_max)).to_bytes(payload.len() as u32);
    bytes.extend(payload);
    bytes
}

pub(crate) fn decode<C: Count>(bytes: &[u8]) -> Result<Decoded<C>, DecodeError> {
    let (Header { layout, stated_max }, payload) = Header::read(bytes)?;
    let counts = match payload {
        Payload::Numbers(payload) => decode_numbers(layout, payload)?,
        Payload::Words(payload, width) => decode_words(layout, payload, width)?,
    };
    Ok(Decoded { layout, stated_max, counts })
}

fn encode_counts<C: Count>(counts: &[C]) -> Vec<u8> {
    // Most counts take two bytes at most.
    let mut payload = vec![0; 2 * counts.len() + leb128::BYTES_MAX];
    let mut length = 0;
    let mut put = |number: i64| {
        if payload.len() - length < leb128::BYTES_MAX {
            payload.resize(2 * payload.len(), 0);
        }
        if let Some(slot) = payload[length..].first_chunk_mut() {
            length += leb128::write(number, slot);
        }
    };
    let mut rest = counts;
    while let Some((&count, after)) = rest.split_first() {
        if count == C::ZERO {
            let zeros = rest.iter().take_while(|&&count| count == C::ZERO).count();
            // A single empty bucket is written as its count, as the reference does.
            put(if zeros > 1 { -(zeros as i64) } else { 0 });
            rest = &rest[zeros..];
        } else {
            put(count.to_u64().cast_signed());
            rest = after;
        }
    }
    if counts.is_empty() {
        // The reference always writes the bucket of 0.
        put(0);
    }
    payload.truncate(length);
    payload
}

/// The counts of V2.
fn decode_numbers<C: Count>(layout: Layout, payload: &[u8]) -> Result<Vec<C>, DecodeError> {
    let mut counts = Growing::new(layout, payload.len());
    let mut rest = payload;
    while !rest.is_empty() {
        rest = counts.push_small(rest);
        let Some((number, after)) = leb128::read(rest) else {
            return if rest.is_empty() { Ok(counts.counts) } else { Err(DecodeError::CutNumber) };
        };
        rest = after;
        if number < 0 { counts.skip(number.unsigned_abs())? } else { counts.push(number)? }
    }
    Ok(counts.counts)
}

/// The counts of V0 and V1: one word for each, big-endian.
fn decode_words<C: Count>(layout: Layout, payload: &[u8], width: usize) -> Result<Vec<C>, DecodeError> {
    let mut counts = Growing::new(layout, payload.len() / width);
    let words = payload.chunks_exact(width);
    if !words.remainder().is_empty() {
        return Err(DecodeError::CutNumber);
    }
    for word in words {
        let negative = word.first().is_some_and(|byte| byte & 0x80 != 0);
        let number = word.iter().fold(if negative { -1_i64 } else { 0 }, |number, &byte| number << 8 | i64::from(byte));
        counts.push(number)?;
    }
    Ok(counts.counts)
}

/// Counts that grow only as far as something was counted.
struct Growing<C> {
    counts: Vec<C>,
    /// The bucket that comes next.
    next: usize,
    buckets_max: usize,
}

impl<C: Count> Growing<C> {
    fn new(layout: Layout, expected: usize) -> Self {
        let buckets_max = layout.buckets_max();
        Self { counts: Vec::with_capacity(expected.min(buckets_max)), next: 0, buckets_max }
    }

    /// Takes counts of one and two bytes, which are most, from the front of `payload` as long as none of them is 0 or goes too
    /// far; returns what is left.
    fn push_small<'a>(&mut self, payload: &'a [u8]) -> &'a [u8] {
        let mut rest = payload;
        if self.counts.len() == self.next {
            for _ in self.next..self.buckets_max {
                let (raw, after) = match *rest {
                    [first, ref after @ ..] if first < 0x80 => (u16::from(first), after),
                    [first, second, ref after @ ..] if second < 0x80 => {
                        (u16::from(first & 0x7f) | u16::from(second) << 7, after)
                    }
                    _ => break,
                };
                // An odd number is a negative one.
                if raw == 0 || raw % 2 == 1 {
                    break;
                }
                self.counts.push(C::from_u16(raw / 2));
                rest = after;
            }
            self.next = self.counts.len();
        }
        rest
    }

    fn skip(&mut self, buckets: u64) -> Result<(), DecodeError> {
        if buckets > (self.buckets_max - self.next) as u64 {
            return Err(DecodeError::ValueTooLarge);
        }
        self.next += buckets as usize;
        Ok(())
    }

    fn push(&mut self, number: i64) -> Result<(), DecodeError> {
        if number != 0 {
            let count = u64::try_from(number).ok().and_then(C::from_u64);
            let count = count.ok_or(DecodeError::CountOutOfRange(number))?;
            if self.next >= self.buckets_max {
                return Err(DecodeError::ValueTooLarge);
            }
            if self.counts.len() < self.next {
                self.counts.resize(self.next, C::ZERO);
            }
            self.counts.push(count);
        }
        self.skip(1)
    }
}
