//! In how many orders of two samples each U comes up.

use crate::ties::TieGroup;

/// In how many orders of `n` and `m` untied values each U from 0 to n·m comes up, as shares of all orders: the
/// coefficients of the Gaussian binomial.
pub(crate) fn count_untied(n: usize, m: usize) -> Vec<f64> {
    let largest = n * m;
    let mut counts = vec![0.0; largest + 1];
    counts[0] = 1.0;
    for factor in 1..=n.min(m) {
        // Multiplied by (1 − q^(longer + factor)) and divided by (1 − q^factor); divided by the sum as it grows, so that
        // nothing overflows.
        let longer = n.max(m) + factor;
        for u in (longer..=largest).rev() {
            counts[u] -= counts[u - longer];
        }
        for u in factor..=largest {
            counts[u] += counts[u - factor];
        }
        let share = factor as f64 / longer as f64;
        for count in &mut counts {
            *count *= share;
        }
    }
    counts
}

/// The same with ties, for each 2 U: values of a tie group fall to the first sample in all ways.
pub(crate) fn count_tied(n: usize, groups: &[TieGroup]) -> Vec<f64> {
    let total: usize = groups.iter().map(|group| group.first + group.second).sum();
    let largest = 2 * n * (total - n);
    let mut counts = vec![vec![0.0; largest + 1]; n + 1];
    counts[0][0] = 1.0;
    let mut seen = 0;
    for group in groups {
        let size = group.first + group.second;
        let mut next = vec![vec![0.0; largest + 1]; n + 1];
        for taken in 0..=size.min(n) {
            let ways = binomial(size, taken);
            // What leaves the second sample more than it has never becomes a whole order.
            let fewest = (seen + size).saturating_sub(total - n + taken);
            for before in fewest..=(n - taken).min(seen) {
                let step = taken * (2 * (seen - before) + size - taken);
                for twice_u in 0..=largest - step {
                    next[before + taken][twice_u + step] += ways * counts[before][twice_u];
                }
            }
        }
        counts = next;
        seen += size;
    }
    let last = counts.swap_remove(n);
    let all: f64 = last.iter().sum();
    last.into_iter().map(|count| count / all).collect()
}

fn binomial(n: usize, k: usize) -> f64 {
    (1..=k).fold(1.0, |product, i| product * (n + 1 - i) as f64 / i as f64)
}

/// The shares up to and from `at`.
pub(crate) fn tails(shares: &[f64], at: usize) -> (f64, f64) {
    (shares[..=at].iter().sum::<f64>().min(1.0), shares[at..].iter().sum::<f64>().min(1.0))
}
