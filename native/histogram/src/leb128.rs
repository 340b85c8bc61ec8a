//! `ZigZag` LEB128 in at most nine bytes, as the V2 encoding has it.
//!
//! Source: `ZigZagEncoding.java` of `HdrHistogram` ("LEB128-64b9B-variant"): seven bits to a byte, low bits first,
//! but the ninth byte carries eight, so that 64 bits fit.

/// The bytes of the longest number.
const BYTES_MAX: usize = 9;

pub(crate) fn write(value: i64, bytes: &mut Vec<u8>) {
    // ZigZag: the sign moves to the lowest bit, so that small negative numbers stay short.
    let mut rest = ((value << 1) ^ (value >> 63)).cast_unsigned();
    for _ in 1..BYTES_MAX {
        if rest < 0x80 {
            bytes.push(rest as u8);
            return;
        }
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// The first number of `bytes` and what follows it; `None` if they end within the number.
pub(crate) fn read(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut raw = 0_u64;
    for position in 0..BYTES_MAX {
        let byte = u64::from(*bytes.get(position)?);
        let is_last = position == BYTES_MAX - 1;
        let payload = if is_last { byte } else { byte & 0x7f };
        raw |= payload << (7 * position);
        if is_last || byte < 0x80 {
            let value = (raw >> 1).cast_signed() ^ -(raw & 1).cast_signed();
            return Some((value, &bytes[position + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_survive_and_take_at_most_nine_bytes() {
        for power in 0..63 {
            for value in [1_i64 << power, (1 << power) - 1, -(1 << power), i64::MAX, i64::MIN] {
                let mut bytes = Vec::new();
                write(value, &mut bytes);
                assert!(bytes.len() <= BYTES_MAX);
                assert_eq!(read(&bytes), Some((value, &[][..])));
            }
        }
    }

    #[test]
    fn a_number_that_is_cut_off_is_no_number() {
        let mut bytes = Vec::new();
        write(i64::MIN, &mut bytes);
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]), None);
        }
    }
}
