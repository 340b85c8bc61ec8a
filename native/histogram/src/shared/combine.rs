//! Counts added to others of the same layout, and taken away.

use super::trim;
use crate::simd::for_processor;

/// Adds the counts of `source`; those of buckets that `target` has not are left out.
///
/// ```
/// let mut counts = [1.0, 2.0, 0.0];
/// forgebench_histogram::shared::add(&mut counts, &[0.0, 5.0]);
/// assert_eq!(counts, [1.0, 7.0, 0.0]);
/// ```
pub fn add(target: &mut [f64], source: &[f64]) {
    let (first, source) = trim(source);
    // An empty source begins behind its own end, and the last step of any other may end behind that of `target`.
    if let Some(target) = target.get_mut(first..) {
        add_all(target, source);
    }
}

/// Takes the counts of `source` away, down to 0 in each bucket.
///
/// ```
/// let mut counts = [1.0, 7.0, 0.0];
/// forgebench_histogram::shared::subtract(&mut counts, &[2.0, 5.0]);
/// assert_eq!(counts, [0.0, 2.0, 0.0]);
/// ```
pub fn subtract(target: &mut [f64], source: &[f64]) {
    let (first, source) = trim(source);
    if let Some(target) = target.get_mut(first..) {
        subtract_all(target, source);
    }
}

for_processor! {
    fn add_all(target: &mut [f64], source: &[f64]) {
        for (mine, theirs) in target.iter_mut().zip(source) {
            *mine += theirs;
        }
    }
}

for_processor! {
    fn subtract_all(target: &mut [f64], source: &[f64]) {
        for (mine, theirs) in target.iter_mut().zip(source) {
            let left = *mine - theirs;
            *mine = if left > 0.0 { left } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn arrays_of_any_length_go_bucket_by_bucket_as_far_as_both_reach(
            mine in prop::collection::vec(0..9_u8, 0..100), theirs in prop::collection::vec(prop_oneof![Just(0), 0..9_u8], 0..100),
        ) {
            let [mine, theirs] = [mine, theirs].map(|counts| counts.into_iter().map(f64::from).collect::<Vec<_>>());
            let with = |change: fn(f64, f64) -> f64| -> Vec<f64> {
                mine.iter().enumerate().map(|(at, &count)| change(count, theirs.get(at).copied().unwrap_or(0.0))).collect()
            };
            let mut seen = mine.clone();
            add(&mut seen, &theirs);
            prop_assert_eq!(&seen, &with(|mine, theirs| mine + theirs));
            let mut seen = mine.clone();
            subtract(&mut seen, &theirs);
            prop_assert_eq!(&seen, &with(|mine, theirs| (mine - theirs).max(0.0)));
        }

        #[test]
        fn adding_and_taking_away_go_bucket_by_bucket(
            counts in prop::collection::vec((0..9_u8, prop_oneof![Just(0), 0..9_u8]), 0..100),
        ) {
            let (mine, theirs): (Vec<f64>, Vec<f64>) =
                counts.iter().map(|&(mine, theirs)| (f64::from(mine), f64::from(theirs))).unzip();
            let mut seen = mine.clone();
            add(&mut seen, &theirs);
            prop_assert_eq!(&seen, &mine.iter().zip(&theirs).map(|(a, b)| a + b).collect::<Vec<_>>());
            let mut portable = mine.clone();
            add_all::portable(&mut portable, &theirs);
            prop_assert_eq!(&seen, &portable);

            let mut seen = mine.clone();
            subtract(&mut seen, &theirs);
            prop_assert_eq!(&seen, &mine.iter().zip(&theirs).map(|(a, b)| (a - b).max(0.0)).collect::<Vec<_>>());
            let mut portable = mine;
            subtract_all::portable(&mut portable, &theirs);
            prop_assert_eq!(&seen, &portable);
        }
    }
}
