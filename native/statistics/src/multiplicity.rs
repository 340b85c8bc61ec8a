//! p-values of many tests at once.

/// Why p-values cannot be adjusted together.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PValueError {
    /// A value is no probability, so that its place among the others would mean nothing.
    #[error("Cannot adjust p-values: {value} at index {index} is no probability; hand in values from 0 to 1")]
    NoProbability {
        /// Its place in the list.
        index: usize,
        /// What stands there.
        value: f64,
    },
}

/// p-values adjusted so that, where those at most `q` are called, the expected share of false calls is at most `q`.
///
/// Source: Benjamini & Hochberg, "Controlling the False Discovery Rate", J. R. Stat. Soc. B 57 (1995).
///
/// # Errors
/// [`PValueError::NoProbability`] where a value is not in [0, 1].
///
/// ```
/// let adjusted = forgebench_statistics::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.5])?;
/// for (seen, expected) in adjusted.iter().zip([0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5]) {
///     assert!((seen - expected).abs() < 1e-12);
/// }
/// # Ok::<(), forgebench_statistics::PValueError>(())
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, PValueError> {
    let count = p_values.len() as f64;
    let mut order = ascending(p_values)?;
    order.reverse();
    let ranks = (1..=order.len()).rev();
    let scaled = order.iter().zip(ranks).scan(1.0_f64, |lowest, (&index, rank)| {
        *lowest = lowest.min(p_values[index] * (count / rank as f64));
        Some(*lowest)
    });
    Ok(in_place(&order, scaled))
}

/// p-values adjusted so that, where those at most `alpha` are called, any false call is made with probability `alpha` at
/// most.
///
/// Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Stat. 6 (1979).
///
/// # Errors
/// [`PValueError::NoProbability`] where a value is not in [0, 1].
///
/// ```
/// let adjusted = forgebench_statistics::holm(&[0.01, 0.04, 0.03, 0.5])?;
/// for (seen, expected) in adjusted.iter().zip([0.04, 0.09, 0.09, 0.5]) {
///     assert!((seen - expected).abs() < 1e-12);
/// }
/// # Ok::<(), forgebench_statistics::PValueError>(())
/// ```
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, PValueError> {
    let order = ascending(p_values)?;
    let scaled = order.iter().enumerate().scan(0.0_f64, |highest, (rank, &index)| {
        *highest = highest.max(p_values[index] * (p_values.len() - rank) as f64).min(1.0);
        Some(*highest)
    });
    Ok(in_place(&order, scaled))
}

fn ascending(p_values: &[f64]) -> Result<Vec<usize>, PValueError> {
    if let Some(index) = p_values.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(PValueError::NoProbability { index, value: p_values[index] });
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    Ok(order)
}

/// Values that come in `order`, each at its own place.
fn in_place(order: &[usize], values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut placed = vec![0.0; order.len()];
    for (&index, value) in order.iter().zip(values) {
        placed[index] = value;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_lowers(p_values in prop::collection::vec(0.0..=1.0_f64, 0..40)) {
            let (rate, familywise) = (benjamini_hochberg(&p_values)?, holm(&p_values)?);
            for (index, p) in p_values.iter().enumerate() {
                prop_assert!(*p <= rate[index] + 1e-12 && rate[index] <= familywise[index] + 1e-12 && familywise[index] <= 1.0);
                for other in 0..p_values.len() {
                    prop_assert!(p > &p_values[other] || rate[index] <= rate[other] + 1e-12);
                }
            }
        }
    }
    /// Of 6 values in order, the n-th is multiplied by 7 - n: 0.006, 0.05, 0.04, 0.12, 0.12, 0.8, and none lies below one
    /// before it.
    #[test]
    fn holm_multiplies_the_smallest_most_and_never_falls() {
        let adjusted = holm(&[0.06, 0.001, 0.8, 0.01, 0.01, 0.04]).unwrap();
        for (seen, expected) in adjusted.iter().zip([0.12, 0.006, 0.8, 0.05, 0.05, 0.12]) {
            assert!((seen - expected).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(holm(&[1.0, 0.0, 0.7]), Ok(vec![1.0, 0.0, 1.0]));
        assert_eq!(holm(&[]), Ok(vec![]));
    }

    #[test]
    fn what_is_no_probability_is_refused_with_its_place() {
        for value in [-1e-9, 1.0 + 1e-9, f64::NAN, f64::INFINITY] {
            for adjust in [benjamini_hochberg, holm] {
                let error = adjust(&[0.5, value]).unwrap_err().to_string();
                assert_eq!(
                    error,
                    format!("Cannot adjust p-values: {value} at index 1 is no probability; hand in values from 0 to 1")
                );
            }
        }
    }
}
