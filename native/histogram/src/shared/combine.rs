//! Counts added to others of the same layout, and taken away.

use super::trim;
use crate::simd::for_processor;

/// Adds the counts of `source`, which must not reach beyond those of `target`.
///
/// ```
/// let mut counts = [1.0, 2.0, 0.0];
/// forgebench_histogram::shared::add(&mut counts, &[0.0, 5.0]);
/// assert_eq!(counts, [1.0, 7.0, 0.0]);
/// ```
///
/// # Panics
/// If `source` counts something in a bucket that `target` has not.
pub fn add(target: &mut [f64], source: &[f64]) {
    let (first, source) = trim(source);
    add_all(&mut target[first..first + source.len()], source);
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
