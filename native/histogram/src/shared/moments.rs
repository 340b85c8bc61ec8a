//! Mean and standard deviation of shared counts.

use super::trim;
use crate::layout::Layout;
use crate::simd::for_processor;

/// Where values lie and how far they scatter; both 0 if nothing was recorded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// The mean, where each bucket counts at its middle.
    pub mean: f64,
    /// The standard deviation of all values, which are no sample of others: n is in its denominator.
    pub standard_deviation: f64,
}

/// Source: `HdrHistogram.java`, `getMean` and `getStdDeviation`.
///
/// ```
/// use forgebench_histogram::{Layout, shared};
///
/// let layout = Layout::with_unit(3, 1).unwrap();
/// let mut counts = vec![0.0; 2048];
/// (counts[10], counts[20]) = (1.0, 1.0);
/// let moments = shared::moments(layout, &counts);
/// assert_eq!((moments.mean, moments.standard_deviation), (15.0, 5.0));
/// ```
pub fn moments(layout: Layout, counts: &[f64]) -> Moments {
    let (first, counts) = trim(counts);
    let (mut total, mut sum) = (0.0, 0.0);
    for_runs(layout, first, counts, |values, counts| {
        let (of_run, [weighted, _]) = weigh(counts, values, 0.0);
        total += of_run;
        sum += weighted;
    });
    if total == 0.0 {
        return Moments { mean: 0.0, standard_deviation: 0.0 };
    }
    let mean = sum / total;
    let mut squares = 0.0;
    for_runs(layout, first, counts, |values, counts| squares += weigh(counts, values, mean).1[1]);
    Moments { mean, standard_deviation: (squares / total).sqrt() }
}

/// Middles of neighbouring buckets of one width.
#[derive(Clone, Copy)]
struct Middles {
    first: f64,
    width: f64,
}

/// Calls `visit` for each stretch of buckets that have one width.
fn for_runs(layout: Layout, first: usize, counts: &[f64], mut visit: impl FnMut(Middles, &[f64])) {
    let (mut index, mut rest) = (first, counts);
    while !rest.is_empty() {
        let to_next_width = layout.half() - index % layout.half();
        let (run, after) = rest.split_at(to_next_width.min(rest.len()));
        let width = layout.highest(index) - layout.lowest(index) + 1;
        visit(Middles { first: layout.middle(index) as f64, width: width as f64 }, run);
        index += run.len();
        rest = after;
    }
}

for_processor! {
    /// How many values there are, and the sums of their distances from `center` and of the squares of these.
    fn weigh(counts: &[f64], values: Middles, center: f64) -> (f64, [f64; 2]) {
        const LANES: usize = 8;
        let mut total = [0.0; LANES];
        let mut sum = [0.0; LANES];
        let mut squares = [0.0; LANES];
        let from_center = values.first - center;
        let mut distances: [f64; LANES] = std::array::from_fn(|lane| from_center + lane as f64 * values.width);
        let (steps, rest) = counts.as_chunks::<LANES>();
        for step in steps {
            for lane in 0..LANES {
                let weighted = step[lane] * distances[lane];
                total[lane] += step[lane];
                sum[lane] += weighted;
                squares[lane] += weighted * distances[lane];
                distances[lane] += LANES as f64 * values.width;
            }
        }
        for (lane, &count) in rest.iter().enumerate() {
            total[lane] += count;
            sum[lane] += count * distances[lane];
            squares[lane] += count * distances[lane] * distances[lane];
        }
        (total.iter().sum(), [sum.iter().sum(), squares.iter().sum()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn moments_are_those_of_the_middles(
            values in prop::collection::vec((0..=1_u64 << 53, 1..1000_u16), 1..40), digits in 1..=3_u8, unit in 1..100_u64,
        ) {
            let layout = Layout::with_unit(digits, unit).unwrap();
            let mut counts = vec![0.0; layout.buckets_max()];
            for (value, count) in values {
                counts[layout.index(value)] += f64::from(count);
            }
            let middles = || counts.iter().enumerate().map(|(index, count)| (layout.middle(index) as f64, *count));
            let total: f64 = counts.iter().sum();
            let mean = middles().map(|(value, count)| value * count).sum::<f64>() / total;
            let variance = middles().map(|(value, count)| (value - mean).powi(2) * count).sum::<f64>() / total;
            let seen = moments(layout, &counts);
            prop_assert!((seen.mean - mean).abs() <= 1e-12 * mean);
            prop_assert!((seen.standard_deviation - variance.sqrt()).abs() <= 1e-12 * mean.max(variance.sqrt()));
            let values = Middles { first: 3.0, width: 2.0 };
            prop_assert_eq!(weigh(&counts[..100], values, 7.0), weigh::portable(&counts[..100], values, 7.0));
        }
    }
}
