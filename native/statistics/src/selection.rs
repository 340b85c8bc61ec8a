//! Order statistics without sorting.

/// The quantile of type 7 of finite `values` of which there is at least one, as [`crate::Sample::quantile`] gives it;
/// reorders them.
pub(crate) fn quantile_of(values: &mut [f64], q: f64) -> f64 {
    let last = values.len() - 1;
    let position = last as f64 * q.clamp(0.0, 1.0);
    let place = (position.floor() as usize).min(last);
    let (_, &mut lower, above) = values.select_nth_unstable_by(place, f64::total_cmp);
    let upper = above.iter().copied().min_by(f64::total_cmp).unwrap_or(lower);
    let share = position - place as f64;
    (lower * (1.0 - share) + upper * share).clamp(lower, upper)
}

/// The smallest number from `low` on for which `holds`, which is true of `high` and of all above one that it is true of.
pub(crate) fn smallest(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    bracket(low, high, u64::BITS, holds)[1]
}

/// The same number as far as so many steps can tell: it is at least the first and at most the second.
///
/// Each step halves what is between both by their bits, so that 64 find the very number.
pub(crate) fn bracket(low: f64, high: f64, steps: u32, holds: impl Fn(f64) -> bool) -> [f64; 2] {
    let (mut least, mut most) = (key(low), key(high));
    for _ in 0..steps {
        if least >= most {
            break;
        }
        let middle = least + (most - least) / 2;
        if holds(number(middle)) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    [number(least), number(most)]
}

/// Bits that are ordered as the numbers are; both zeros are one.
pub(crate) fn key(number: f64) -> u64 {
    let bits = (number + 0.0).to_bits();
    bits ^ (((bits as i64) >> 63) as u64 | 1 << 63)
}

fn number(key: u64) -> f64 {
    f64::from_bits(key ^ (((!key as i64) >> 63) as u64 | 1 << 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sample;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_ordered_as_numbers_are_and_lead_back(a in any::<f64>(), b in any::<f64>()) {
            prop_assume!(a.is_finite() && b.is_finite());
            prop_assert_eq!(a.partial_cmp(&b), Some(key(a).cmp(&key(b))));
            prop_assert_eq!(number(key(a)).to_bits(), (a + 0.0).to_bits());
        }

        #[test]
        fn selected_quantiles_are_those_of_a_sample(
            values in prop::collection::vec(-1e3..1e3_f64, 1..60), q in 0.0..=1.0_f64,
        ) {
            let expected = Sample::new(values.clone()).unwrap().quantile(q);
            prop_assert_eq!(quantile_of(&mut values.clone(), q).to_bits(), expected.to_bits());
        }

        #[test]
        fn the_smallest_number_is_found_to_the_last_bit(a in -1e9..1e9_f64, b in -1e9..1e9_f64, share in 0.0..1.0_f64) {
            let (low, high) = (a.min(b), a.max(b));
            let limit = low + share * (high - low);
            prop_assert_eq!(smallest(low, high, |number| number >= limit).to_bits(), limit.to_bits());
        }
    }

    #[test]
    fn both_zeros_are_one() {
        assert_eq!(key(-0.0), key(0.0));
    }
}
