//! Whether differences of pairs tend to one side, by the ranks of their sizes.

use crate::{Sample, SampleError};

/// Pairs beyond this have a normal distribution instead of a counted one.
const MOST_COUNTED: usize = 200;

/// The two-sided p-value of Wilcoxon's signed-rank test: how often signs thrown by chance give a sum of ranks as far from
/// its middle. Differences of 0 are left out, equal sizes share a rank, and probabilities are counted with them up to 200
/// differences. 1 where nothing is left.
///
/// Source: Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1 (1945); the count is that of
/// Hollander, Wolfe & Chicken, "Nonparametric Statistical Methods", 3rd ed. (2014), 3.1.
///
/// # Errors
/// Those of [`Sample::new`].
///
/// ```
/// use forgebench_statistics::signed_rank;
///
/// assert_eq!(signed_rank(&[1.0, 2.0, 3.0, 4.0, 5.0])?, 2.0 / 32.0);
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn signed_rank(differences: &[f64]) -> Result<f64, SampleError> {
    let differences = Sample::new(differences.to_vec())?;
    let ranks = twice_ranks(differences.values());
    let all: usize = ranks.iter().map(|(rank, _)| rank).sum();
    let positive: usize = ranks.iter().filter(|(_, positive)| *positive).map(|(rank, _)| rank).sum();
    let outer = positive.min(all - positive);
    let weights: Vec<usize> = ranks.into_iter().map(|(rank, _)| rank).collect();
    let tail = if weights.len() > MOST_COUNTED { approximate(&weights, outer) } else { count(&weights, all, outer) };
    Ok((2.0 * tail).min(1.0))
}

/// Twice the rank of each size that is not 0, so that shared ranks are whole numbers, and whether it is positive.
fn twice_ranks(differences: &[f64]) -> Vec<(usize, bool)> {
    let mut sizes: Vec<(f64, bool)> =
        differences.iter().filter(|each| **each != 0.0).map(|each| (each.abs(), *each > 0.0)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut before = 0;
    let mut ranks = Vec::with_capacity(sizes.len());
    for group in sizes.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        ranks.extend(group.iter().map(|(_, positive)| (2 * before + group.len() + 1, *positive)));
        before += group.len();
    }
    ranks
}

/// Probability of a sum up to `outer` where each weight is in it by the throw of a coin.
fn count(weights: &[usize], all: usize, outer: usize) -> f64 {
    let mut chances = vec![0.0; all + 1];
    chances[0] = 1.0;
    let mut reached = 0;
    for &weight in weights {
        reached += weight;
        for sum in (0..=reached).rev() {
            let with = if sum >= weight { chances[sum - weight] } else { 0.0 };
            chances[sum] = f64::midpoint(chances[sum], with);
        }
    }
    chances[..=outer].iter().sum()
}

fn approximate(weights: &[usize], outer: usize) -> f64 {
    let middle = weights.iter().sum::<usize>() as f64 / 2.0;
    let deviation = weights.iter().map(|weight| (*weight as f64).powi(2)).sum::<f64>().sqrt() / 2.0;
    // One rank is 2 here, so half a rank is 1.
    let deviations = (outer as f64 + 1.0 - middle) / deviation;
    libm::erfc(-deviations / std::f64::consts::SQRT_2) / 2.0
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these p-values are sums of powers of two, which are exact")]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_counted_over_all_signs() {
        let of = |positive: &[usize], n: usize| {
            let values: Vec<f64> =
                (1..=n).map(|rank| if positive.contains(&rank) { rank as f64 } else { -(rank as f64) }).collect();
            signed_rank(&values).unwrap()
        };
        assert_eq!(of(&[], 5), 2.0 / 32.0);
        // Sums up to 3: nothing, 1, 2, 3, and 1 with 2.
        assert_eq!(of(&[1, 2], 8), 2.0 * 5.0 / 256.0);
    }

    #[test]
    fn zeros_say_nothing_and_ties_share_their_rank() {
        assert_eq!(signed_rank(&[0.0, 0.0]).unwrap(), 1.0);
        assert_eq!(signed_rank(&[1.0, 1.0, 1.0, 0.0]).unwrap(), 0.25);
        assert_eq!(signed_rank(&[1.0, -1.0]).unwrap(), 1.0);
    }

    #[test]
    fn counted_and_approximated_p_values_meet() {
        let weights: Vec<usize> = (1..=200).map(|rank| 2 * rank).collect();
        let all = weights.iter().sum();
        for outer in [17_000, 18_000, 19_000] {
            let (counted, near) = (count(&weights, all, outer), approximate(&weights, outer));
            assert!((counted / near - 1.0).abs() < 0.05, "{outer}: {counted} {near}");
        }
    }
}
