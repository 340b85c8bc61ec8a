//! Two samples merged by value.

use crate::selection::key;
use crate::sort_keys::sort_keys;
use crate::{Sample, SampleError};

/// How many of each sample have one value.
#[derive(Clone, Copy)]
pub(crate) struct TieGroup {
    pub first: usize,
    pub second: usize,
}

/// Keys of a sample's values, ascending.
pub(crate) fn keys_of(sample: &Sample) -> Vec<u64> {
    sample.values().iter().map(|value| key(*value)).collect()
}

/// The same of values that are neither checked nor sorted.
pub(crate) fn sorted_keys(values: &[f64]) -> Result<Vec<u64>, SampleError> {
    if values.is_empty() {
        return Err(SampleError::Empty);
    }
    // Without a way out of the loop it takes several values at once.
    if values.iter().fold(true, |all, value| all & value.is_finite()) {
        return Ok(sort_keys(values.iter().map(|value| key(*value)).collect()));
    }
    let index = values.iter().position(|value| !value.is_finite()).unwrap_or(0);
    Err(SampleError::NotFinite { index, value: values[index] })
}

/// Calls `visit` for each value of both, ascending; both are ascending themselves.
pub(crate) fn merge(first: &[u64], second: &[u64], mut visit: impl FnMut(TieGroup)) {
    let (mut a, mut b) = (0, 0);
    while let Some(value) = least(first.get(a), second.get(b)) {
        let group = TieGroup { first: count_equal(&first[a..], value), second: count_equal(&second[b..], value) };
        visit(group);
        a += group.first;
        b += group.second;
    }
}

fn least(a: Option<&u64>, b: Option<&u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(*a.min(b)),
        (a, b) => a.or(b).copied(),
    }
}

fn count_equal(keys: &[u64], value: u64) -> usize {
    keys.iter().take_while(|key| **key == value).count()
}
