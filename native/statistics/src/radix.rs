//! Sorting many keys by their digits.

/// Keys below which comparing is quicker.
const FEW: usize = 1500;
/// Bits of a digit: as many counters as the first-level cache holds.
const DIGIT: u32 = 11;
/// Digits of the highest bits that differ; what they leave equal is compared.
const DIGITS: u32 = 3;

/// Sorts keys in ascending order, in time that grows with their number.
///
/// The highest 33 bits in which keys differ are sorted from the lowest digit up; keys that agree in them are compared.
///
/// Source: Knuth, "The Art of Computer Programming 3", algorithm 5.2.5R.
pub(crate) fn sort_keys(mut keys: Vec<u64>) -> Vec<u64> {
    let (least, most) = (keys.iter().min().copied(), keys.iter().max().copied());
    let (Some(least), Some(most)) = (least, most) else { return keys };
    if keys.len() < FEW {
        keys.sort_unstable();
        return keys;
    }
    let shift = (u64::BITS - (most - least).leading_zeros()).saturating_sub(DIGIT * DIGITS);
    let mut other = vec![0; keys.len()];
    for digit in 0..DIGITS {
        distribute(&keys, &mut other, |key| ((key - least) >> (shift + digit * DIGIT)) as usize % (1 << DIGIT));
        std::mem::swap(&mut keys, &mut other);
    }
    if shift > 0 {
        sort_runs(&mut keys, |key| (key - least) >> shift);
    }
    keys
}

/// Moves keys to `sorted` in the order of their digits; equal digits stay in order.
fn distribute(keys: &[u64], sorted: &mut [u64], digit: impl Fn(u64) -> usize) {
    let mut places = [0_usize; 1 << DIGIT];
    for key in keys {
        places[digit(*key)] += 1;
    }
    let mut start = 0;
    for place in &mut places {
        start += std::mem::replace(place, start);
    }
    for key in keys {
        let place = &mut places[digit(*key)];
        sorted[*place] = *key;
        *place += 1;
    }
}

/// Sorts each run of keys with equal digits by itself.
fn sort_runs(keys: &mut [u64], digits: impl Fn(u64) -> u64) {
    let mut start = 0;
    for end in 1..=keys.len() {
        if end < keys.len() && digits(keys[end]) == digits(keys[start]) {
            continue;
        }
        if end - start > 1 {
            keys[start..end].sort_unstable();
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn keys_are_sorted_whatever_bits_they_differ_in(
            keys in prop::collection::vec(any::<u64>(), 0..6000), mask in any::<u64>(), low in 0..64_u32,
        ) {
            for mask in [u64::MAX, mask, u64::MAX >> low, u64::MAX << low] {
                let keys: Vec<u64> = keys.iter().map(|key| key & mask).collect();
                let mut expected = keys.clone();
                expected.sort_unstable();
                prop_assert_eq!(sort_keys(keys), expected);
            }
        }
    }
}
