//! p-values of many tests at once.

/// p-values adjusted so that, where those at most `q` are called, the expected share of false calls is at most `q`.
///
/// Source: Benjamini & Hochberg, "Controlling the False Discovery Rate", J. R. Stat. Soc. B 57 (1995).
///
/// ```
/// let adjusted = forgebench_statistics::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.5]);
/// for (seen, expected) in adjusted.iter().zip([0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5]) {
///     assert!((seen - expected).abs() < 1e-12);
/// }
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len() as f64;
    let mut order = ascending(p_values);
    order.reverse();
    let ranks = (1..=order.len()).rev();
    let scaled = order.iter().zip(ranks).scan(1.0_f64, |lowest, (&index, rank)| {
        *lowest = lowest.min(p_values[index] * (count / rank as f64));
        Some(*lowest)
    });
    in_place(&order, scaled)
}

/// p-values adjusted so that, where those at most `alpha` are called, any false call is made with probability `alpha` at
/// most.
///
/// Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Stat. 6 (1979).
///
/// ```
/// let adjusted = forgebench_statistics::holm(&[0.01, 0.04, 0.03, 0.5]);
/// for (seen, expected) in adjusted.iter().zip([0.04, 0.09, 0.09, 0.5]) {
///     assert!((seen - expected).abs() < 1e-12);
/// }
/// ```
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let order = ascending(p_values);
    let scaled = order.iter().enumerate().scan(0.0_f64, |highest, (rank, &index)| {
        *highest = highest.max(p_values[index] * (p_values.len() - rank) as f64).min(1.0);
        Some(*highest)
    });
    in_place(&order, scaled)
}

fn ascending(p_values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    order
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
            let (rate, familywise) = (benjamini_hochberg(&p_values), holm(&p_values));
            for (index, p) in p_values.iter().enumerate() {
                prop_assert!(*p <= rate[index] + 1e-12 && rate[index] <= familywise[index] + 1e-12 && familywise[index] <= 1.0);
                for other in 0..p_values.len() {
                    prop_assert!(p > &p_values[other] || rate[index] <= rate[other] + 1e-12);
                }
            }
        }
    }
}
