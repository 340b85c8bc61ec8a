//! The headers of encoded histograms. Sources: `AbstractHistogram.java`, `EncodingHeader` and `decodeFromByteBuffer`.

use crate::encoding::DecodeError;
use crate::layout::Layout;

/// Cookies without the four bits that say how wide a count is.
const V0: u32 = 0x1c84_9308;
const V1: u32 = 0x1c84_9301;
const V2: u32 = 0x1c84_9303;
const WIDTH_BITS: u32 = 0xf0;
/// What stands for the width of numbers that have none.
const VARIABLE: u32 = 0x10;

/// Bytes of the header since V1, and of that of V0.
const LENGTH: usize = 40;
const LENGTH_V0: usize = 32;

/// What a header says of the counts that follow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    pub(crate) layout: Layout,
    /// The highest value that the writer allowed.
    pub(crate) stated_max: u64,
}

/// The counts, encoded.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Payload<'a> {
    /// LEB128.
    Numbers(&'a [u8]),
    /// Words of so many bytes: 2, 4 or 8.
    Words(&'a [u8], usize),
}

impl Header {
    pub(crate) fn of(layout: Layout, stated_max: u64) -> Self {
        Self { layout, stated_max }
    }

    /// The header of V2.
    pub(crate) fn to_bytes(self, payload: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LENGTH + payload as usize);
        bytes.extend((V2 | VARIABLE).to_be_bytes());
        bytes.extend(payload.to_be_bytes());
        bytes.extend(0_u32.to_be_bytes());
        bytes.extend(u32::from(self.layout.digits()).to_be_bytes());
        bytes.extend(self.layout.unit().to_be_bytes());
        bytes.extend(self.stated_max.to_be_bytes());
        bytes.extend(1.0_f64.to_be_bytes());
        bytes
    }

    /// The header and the counts after it, which must be all that there is.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, Payload<'_>), DecodeError> {
        let Some(cookie) = bytes.first_chunk().map(|&cookie| u32::from_be_bytes(cookie)) else {
            return Err(DecodeError::Truncated { seen: bytes.len(), expected: LENGTH });
        };
        let width = (cookie & WIDTH_BITS) >> 4;
        match (cookie & !WIDTH_BITS, width) {
            (V2, 1) => read_framed(bytes).map(|(header, payload)| (header, Payload::Numbers(payload))),
            (V1, 2 | 4 | 8) => {
                read_framed(bytes).map(|(header, payload)| (header, Payload::Words(payload, width as usize)))
            }
            (V0, 2 | 4 | 8) => {
                read_v0(bytes).map(|(header, payload)| (header, Payload::Words(payload, width as usize)))
            }
            _ => Err(DecodeError::UnknownCookie(cookie)),
        }
    }
}

/// V1 and V2 say how long the payload is.
fn read_framed(bytes: &[u8]) -> Result<(Header, &[u8]), DecodeError> {
    let (header, payload) = split::<LENGTH>(bytes)?;
    let length = be_u32(header, 4) as usize;
    if payload.len() < length {
        return Err(DecodeError::Truncated { seen: bytes.len(), expected: LENGTH.saturating_add(length) });
    }
    if payload.len() > length {
        return Err(DecodeError::TrailingBytes(payload.len() - length));
    }
    let (offset, ratio) = (be_u32(header, 8), be_u64(header, 32));
    // hdr-histogram-js writes the integer 1 into both fields and means neither.
    if (offset, ratio) != (0, 1.0_f64.to_bits()) && (offset, ratio) != (1, 1) {
        return Err(DecodeError::Scaled);
    }
    Ok((header_of(be_u32(header, 12), be_u64(header, 16), be_u64(header, 24))?, payload))
}

/// V0 says how many values were recorded, which the counts say too.
fn read_v0(bytes: &[u8]) -> Result<(Header, &[u8]), DecodeError> {
    let (header, payload) = split::<LENGTH_V0>(bytes)?;
    Ok((header_of(be_u32(header, 4), be_u64(header, 8), be_u64(header, 16))?, payload))
}

fn header_of(digits: u32, unit: u64, stated_max: u64) -> Result<Header, DecodeError> {
    let layout = u8::try_from(digits).ok().and_then(|digits| Layout::with_unit(digits, unit));
    let layout = layout.ok_or(DecodeError::UnsupportedLayout { digits, unit })?;
    Ok(Header { layout, stated_max })
}

fn split<const EXPECTED: usize>(bytes: &[u8]) -> Result<(&[u8; EXPECTED], &[u8]), DecodeError> {
    bytes.split_first_chunk().ok_or(DecodeError::Truncated { seen: bytes.len(), expected: EXPECTED })
}

fn be_u32(header: &[u8], at: usize) -> u32 {
    header[at..at + 4].iter().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn be_u64(header: &[u8], at: usize) -> u64 {
    header[at..at + 8].iter().fold(0, |number, &byte| number << 8 | u64::from(byte))
}
