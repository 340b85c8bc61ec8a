//! Sorting many keys.

/// Keys below which distributing them does not pay.
const FEW: usize = 1500;
/// Bits by which keys are distributed at most: more places to write to than this are too many for a processor's caches.
const MOST_BITS: u32 = 12;
/// Keys that a bucket should have, give or take: they fit into the first-level cache.
const BUCKET: usize = 128;

/// Sorts keys in ascending order: they are distributed by the highest bits in which they differ, and each bucket is sorted by
/// comparing.
///
/// Source: Knuth, "The Art of Computer Programming 3", section 5.2.5, the hybrid at its end.
pub(crate) fn sort_keys(mut keys: Vec<u64>) -> Vec<u64> {
    let (least, most) = (keys.iter().min().copied(), keys.iter().max().copied());
    let (Some(least), Some(most)) = (least, most) else { return keys };
    if keys.len() < FEW {
        keys.sort_unstable();
        return keys;
    }
    let bits = (keys.len() / BUCKET).ilog2().min(MOST_BITS);
    let shift = (u64::BITS - (most - least).leading_zeros()).saturating_sub(bits);
    let bucket = |key: u64| ((key - least) >> shift) as usize;
    let mut ends = vec![0_usize; bucket(most) + 1];
    for key in &keys {
        ends[bucket(*key)] += 1;
    }
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    let mut sorted = vec![0; keys.len()];
    for key in &keys {
        let place = &mut ends[bucket(*key)];
        sorted[*place] = *key;
        *place += 1;
    }
    let mut start = 0;
    for end in ends {
        sorted[start..end].sort_unstable();
        start = end;
    }
    sorted
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
