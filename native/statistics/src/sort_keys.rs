//! Sorting many keys.

/// Keys below which distributing them does not pay.
const FEW: usize = 1500;
/// Bits by which keys are distributed at most: more places to write to than this are too many for a processor's caches.
const MOST_BITS: u32 = 12;
/// Keys that a bucket should have, give or take: the standard library sorts up to 32 without a branch to guess.
const BUCKET: usize = 24;
/// Keys of one bucket that are worth distributing once more.
const FULL: usize = 4 * BUCKET;
/// Bits by which they are, at most.
const MOST_BITS_BELOW: u32 = 6;

/// Sorts keys in ascending order: they are distributed by the highest bits in which they differ, those of a bucket that is too
/// full by the next ones, and what shares all of these is sorted by comparing.
///
/// Source: Knuth, "The Art of Computer Programming 3", section 5.2.5, the hybrid at its end.
pub(crate) fn sort_keys(mut keys: Vec<u64>) -> Vec<u64> {
    if keys.len() < FEW {
        keys.sort_unstable();
        return keys;
    }
    let (least, most) = keys.iter().fold((u64::MAX, 0), |(least, most), &key| (least.min(key), most.max(key)));
    let bits = bits_for(keys.len()).min(MOST_BITS);
    let shift = (u64::BITS - (most - least).leading_zeros()).saturating_sub(bits);
    let bucket = |key: u64| ((key - least) >> shift) as usize;
    let mut ends = vec![0; bucket(most) + 1];
    let mut sorted = vec![0; keys.len()];
    distribute(&keys, &mut sorted, bucket, &mut ends);
    let mut start = 0;
    for end in ends {
        sort_bucket(&mut sorted[start..end], &mut keys, |key| key - least, shift);
        start = end;
    }
    sorted
}

/// Sorts keys that agree in all bits above the lowest `shift` of their `offset`.
#[inline]
fn sort_bucket(keys: &mut [u64], scratch: &mut [u64], offset: impl Fn(u64) -> u64, shift: u32) {
    if keys.len() < FULL {
        keys.sort_unstable();
        return;
    }
    let bits = bits_for(keys.len()).min(MOST_BITS_BELOW).min(shift);
    let mask = (1 << bits) - 1;
    let (ends, scratch) = (&mut [0; 1 << MOST_BITS_BELOW][..=mask], &mut scratch[..keys.len()]);
    distribute(keys, scratch, |key| (offset(key) >> (shift - bits)) as usize & mask, ends);
    let mut start = 0;
    for &mut end in ends {
        scratch[start..end].sort_unstable();
        start = end;
    }
    keys.copy_from_slice(scratch);
}

/// How many bits spread so many keys over buckets, of which one is full at least.
fn bits_for(keys: usize) -> u32 {
    (keys / BUCKET).ilog2()
}

/// Writes keys to the buckets of `to`, in whose order they stand there; `ends` has a zero for each bucket, and gets its end.
#[inline]
fn distribute(from: &[u64], to: &mut [u64], bucket: impl Fn(u64) -> usize, ends: &mut [usize]) {
    for &key in from {
        ends[bucket(key)] += 1;
    }
    let mut start = 0;
    for end in ends.iter_mut() {
        start += std::mem::replace(end, start);
    }
    for &key in from {
        let place = &mut ends[bucket(key)];
        to[*place] = key;
        *place += 1;
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
