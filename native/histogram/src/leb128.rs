//! `ZigZag` LEB128 in at most nine bytes, as the V2 encoding has it.
//!
//! Source: `ZigZagEncoding.java` of `HdrHistogram` ("LEB128-64b9B-variant"): seven bits to a byte, low bits first,
//! but the ninth byte carries eight, so that 64 bits fit.

/// The bytes of the longest number.
pub(crate) const BYTES_MAX: usize = 9;

/// Writes `value` to the beginning of `bytes` and returns how many of them it takes.
#[inline]
pub(crate) fn write(value: i64, bytes: &mut [u8; BYTES_MAX]) -> usize {
    // ZigZag: the sign moves to the lowest bit, so that small negative numbers stay short.
    let mut rest = ((value << 1) ^ (value >> 63)).cast_unsigned();
    let mut length = 0;
    while rest >= 0x80 && length < BYTES_MAX - 1 {
        bytes[length] = rest as u8 | 0x80;
        rest >>= 7;
        length += 1;
    }
    bytes[length] = rest as u8;
    length + 1
}

/// The first number of `bytes` and what follows it; `None` if they end within the number.
#[inline]
pub(crate) fn read(bytes: &[u8]) -> Option<(i64, &[u8])> {
    // Most counts take two bytes at most.
    match *bytes {
        [first, ref rest @ ..] if first < 0x80 => Some((signed(u64::from(first)), rest)),
        [first, second, ref rest @ ..] if second < 0x80 => {
            Some((signed(u64::from(first & 0x7f) | u64::from(second) << 7), rest))
        }
        _ => read_long(bytes),
    }
}

fn read_long(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut raw = 0_u64;
    for position in 0..BYTES_MAX {
        let byte = u64::from(*bytes.get(position)?);
        let is_last = position == BYTES_MAX - 1;
        let payload = if is_last { byte } else { byte & 0x7f };
        raw |= payload << (7 * position);
        if is_last || byte < 0x80 {
            return Some((signed(raw), &bytes[position + 1..]));
        }
    }
    None
}

/// Undoes `ZigZag`.
fn signed(raw: u64) -> i64 {
    (raw >> 1).cast_signed() ^ -(raw & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_survive_and_take_at_most_nine_bytes() {
        for power in 0..63 {
            for value in [1_i64 << power, (1 << power) - 1, -(1 << power), i64::MAX, i64::MIN] {
                let mut bytes = [0; BYTES_MAX];
                let length = write(value, &mut bytes);
                assert_eq!(read(&bytes[..length]), Some((value, &[][..])));
            }
        }
    }

    #[test]
    fn a_number_that_is_cut_off_is_no_number() {
        let mut bytes = [0; BYTES_MAX];
        for length in 0..write(i64::MIN, &mut bytes) {
            assert_eq!(read(&bytes[..length]), None);
        }
    }
}
