//! What logs wrap an encoded histogram in: zlib, a cookie with a length, base64.
//!
//! Source: `AbstractHistogram.java`, `encodeIntoCompressedByteBuffer`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::encoding::DecodeError;
use crate::layout::Layout;

/// Cookies without the four bits that say how wide a count is.
const V0: u32 = 0x1c84_9309;
const V1: u32 = 0x1c84_9302;
const V2: u32 = 0x1c84_9304;
const WIDTH_BITS: u32 = 0xf0;
/// What stands for the width of numbers that have none.
const VARIABLE: u32 = 0x10;

/// Bytes before those of zlib.
const FRAME: usize = 8;
/// Zlib cannot make a byte stand for more than so many.
const EXPANSION_MAX: usize = 1032;
/// The longest encoding of a count.
const COUNT_BYTES_MAX: usize = 9;

/// Wraps the bytes of an encoded histogram.
pub(crate) fn wrap(encoded: &[u8]) -> String {
    let compressed = crate::zlib::compress(encoded);
    let mut bytes = Vec::with_capacity(FRAME + compressed.len());
    bytes.extend((V2 | VARIABLE).to_be_bytes());
    bytes.extend((compressed.len() as u32).to_be_bytes());
    bytes.extend(compressed);
    STANDARD.encode(bytes)
}

/// Undoes [`wrap`].
pub(crate) fn unwrap(text: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let bytes = STANDARD.decode(text.trim_ascii()).map_err(|_| DecodeError::NotBase64)?;
    let Some((frame, compressed)) = bytes.split_first_chunk::<FRAME>() else {
        return Err(DecodeError::Truncated { seen: bytes.len(), expected: FRAME });
    };
    let [cookie, length] = [0, 4].map(|at| frame[at..at + 4].iter().fold(0, |word, &byte| word << 8 | u32::from(byte)));
    if ![V0, V1, V2].contains(&(cookie & !WIDTH_BITS)) {
        return Err(DecodeError::UnknownCookie(cookie));
    }
    let length = length as usize;
    if compressed.len() < length {
        return Err(DecodeError::Truncated { seen: bytes.len(), expected: FRAME.saturating_add(length) });
    }
    if compressed.len() > length {
        return Err(DecodeError::TrailingBytes(compressed.len() - length));
    }
    crate::zlib::decompress(compressed, encoded_max(compressed.len())).ok_or(DecodeError::NotZlib)
}

/// The most bytes that so many compressed ones may become: what zlib can do, and what a histogram can take.
fn encoded_max(compressed: usize) -> usize {
    let largest = Layout::with_digits(5).map_or(0, Layout::buckets_max);
    compressed.saturating_mul(EXPANSION_MAX).min(1024 + COUNT_BYTES_MAX * largest)
}
