//! UTF-16 as bytes: UTF-8, in which a surrogate without its other half takes three bytes (WTF-8), so that nothing is lost.

/// The bytes of some units.
pub fn to_bytes(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len());
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(lone) => {
                let unit = lone.unpaired_surrogate();
                bytes.extend([0xe0 | (unit >> 12) as u8, continuation(unit >> 6), continuation(unit)]);
            }
        }
    }
    bytes
}

fn continuation(bits: u16) -> u8 {
    0x80 | (bits & 0x3f) as u8
}

/// The units of some bytes; none where they are not what `to_bytes` makes.
pub fn from_bytes(bytes: &[u8]) -> Option<Vec<u16>> {
    if bytes.is_ascii() {
        return Some(bytes.iter().map(|&byte| u16::from(byte)).collect());
    }
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, _)) = rest.split_first() {
        if first < 0x80 {
            let plain = rest.iter().position(|&byte| byte >= 0x80).unwrap_or(rest.len());
            units.extend(rest[..plain].iter().map(|&byte| u16::from(byte)));
            rest = &rest[plain..];
            continue;
        }
        let (len, bits) = match first {
            0xc2..=0xdf => (2, first & 0x1f),
            0xe0..=0xef => (3, first & 0x0f),
            0xf0..=0xf4 => (4, first & 0x07),
            _ => return None,
        };
        let code = rest.get(1..len)?.iter().try_fold(u32::from(bits), |code, &byte| {
            (byte & 0xc0 == 0x80).then_some(code << 6 | u32::from(byte & 0x3f))
        })?;
        rest = &rest[len..];
        match (len, code) {
            (2, 0x80..) | (3, 0x800..) => units.push(code as u16),
            (4, 0x1_0000..=0x10_ffff) => {
                units.extend([0xd800 + ((code - 0x1_0000) >> 10) as u16, 0xdc00 | (code & 0x3ff) as u16]);
            }
            _ => return None,
        }
    }
    Some(units)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{from_bytes, to_bytes};

    proptest! {
        #[test]
        fn any_units_come_back(units in prop::collection::vec(prop_oneof![any::<u16>(), 0xd800..0xe000_u16, 0..0x80_u16], 0..200)) {
            prop_assert_eq!(from_bytes(&to_bytes(&units)), Some(units));
        }

        #[test]
        fn any_bytes_are_units_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            from_bytes(&bytes);
        }
    }
}
