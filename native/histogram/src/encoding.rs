//! The V2 wire format of `HdrHistogram`, uncompressed.
//!
//! A header of 40 bytes (big-endian: cookie, length of the payload, normalizing index offset, digits, lowest and
//! highest value, integer-to-double ratio) is followed by the counts in bucket order as `ZigZag` LEB128 numbers, where
//! a negative number says how many empty buckets follow each other. Source: `AbstractHistogram.java`,
//! `encodeIntoByteBuffer`. Logs wrap these bytes in zlib and base64; that is the caller's affair.

use crate::histogram::Histogram;
use crate::layout::Layout;
use crate::leb128;

/// Marks V2; the 1 before the last digit says that numbers have variable length.
const COOKIE: u32 = 0x1c84_9313;
const HEADER_LENGTH: usize = 40;

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
    /// The bytes are something else. Cure: undo base64 and zlib first; V0 and V1 must be converted.
    #[error("Cannot decode a histogram: cookie {0:#010x} is not that of uncompressed V2 (0x1c849313)")]
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
        let counts = self.trimmed_counts();
        let payload = encode_counts(counts);
        // Recording after decoding may have gone beyond the limit that the first writer stated.
        let seen_max = counts.len().checked_sub(1).map_or(0, |last| self.layout().lowest(last));
        let mut bytes = Vec::with_capacity(HEADER_LENGTH + payload.len());
        bytes.extend(COOKIE.to_be_bytes());
        bytes.extend((payload.len() as u32).to_be_bytes());
        bytes.extend(0_u32.to_be_bytes());
        bytes.extend(u32::from(self.digits()).to_be_bytes());
        bytes.extend(self.layout().unit().to_be_bytes());
        bytes.extend(self.stated_max().max(seen_max).to_be_bytes());
        bytes.extend(1.0_f64.to_be_bytes());
        bytes.extend(payload);
        bytes
    }

    /// The histogram that [`encode_v2`](Self::encode_v2) or another implementation wrote.
    ///
    /// No bytes, however wrong, make it take more memory than the largest histogram of the stated digits.
    ///
    /// ```
    /// use forgebench_histogram::{DecodeError, Histogram};
    ///
    /// let error = Histogram::decode_v2(b"HISTFAAA").unwrap_err();
    /// assert_eq!(error, DecodeError::Truncated { seen: 8, expected: 40 });
    /// ```
    pub fn decode_v2(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (mut histogram, payload) = decode_header(bytes)?;
        decode_counts(payload, &mut histogram)?;
        Ok(histogram)
    }
}

fn encode_counts(counts: &[u64]) -> Vec<u8> {
    let mut payload = Vec::new();
    let mut rest = counts;
    while let Some(&count) = rest.first() {
        let zeros = rest.iter().take_while(|&&count| count == 0).count();
        // A single empty bucket is written as its count, as the reference does.
        let number = if zeros > 1 { -(zeros as u64).cast_signed() } else { count.cast_signed() };
        leb128::write(number, &mut payload);
        rest = &rest[zeros.max(1)..];
    }
    if counts.is_empty() {
        // The reference always writes the bucket of 0.
        leb128::write(0, &mut payload);
    }
    payload
}

fn decode_header(bytes: &[u8]) -> Result<(Histogram, &[u8]), DecodeError> {
    let seen = bytes.len();
    let Some((header, payload)) = bytes.split_first_chunk::<HEADER_LENGTH>() else {
        return Err(DecodeError::Truncated { seen, expected: HEADER_LENGTH });
    };
    let cookie = be_u32(header, 0);
    if cookie != COOKIE {
        return Err(DecodeError::UnknownCookie(cookie));
    }
    let length = be_u32(header, 4) as usize;
    if payload.len() < length {
        return Err(DecodeError::Truncated { seen, expected: HEADER_LENGTH.saturating_add(length) });
    }
    if payload.len() > length {
        return Err(DecodeError::TrailingBytes(payload.len() - length));
    }
    let is_scaled = be_u64(header, 32) != 1.0_f64.to_bits();
    if be_u32(header, 8) != 0 || is_scaled {
        return Err(DecodeError::Scaled);
    }
    let (digits, unit) = (be_u32(header, 12), be_u64(header, 16));
    let layout = u8::try_from(digits).ok().and_then(|digits| Layout::with_unit(digits, unit));
    let layout = layout.ok_or(DecodeError::UnsupportedLayout { digits, unit })?;
    Ok((Histogram::with_layout(layout, be_u64(header, 24)), payload))
}

fn decode_counts(payload: &[u8], histogram: &mut Histogram) -> Result<(), DecodeError> {
    let buckets_max = histogram.layout().buckets_max();
    let mut rest = payload;
    let mut index = 0_usize;
    while !rest.is_empty() {
        let (number, after) = leb128::read(rest).ok_or(DecodeError::CutNumber)?;
        rest = after;
        let buckets = if number < 0 { number.unsigned_abs() } else { 1 };
        if buckets > (buckets_max - index) as u64 {
            return Err(DecodeError::ValueTooLarge);
        }
        if number > 0 {
            histogram.add(index, number.cast_unsigned());
        }
        index += buckets as usize;
    }
    Ok(())
}

fn be_u32(header: &[u8; HEADER_LENGTH], at: usize) -> u32 {
    header[at..at + 4].iter().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn be_u64(header: &[u8; HEADER_LENGTH], at: usize) -> u64 {
    header[at..at + 8].iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
