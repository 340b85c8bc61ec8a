//! How many pairs of samples two launches have to have beside each other.

use forgebench_statistics::Sample;

/// Two samples of 20 ms that stand beside each other still differ by some 15 % on a core that others share.
pub(crate) const FEWEST_PAIRS: usize = 16;
/// The median of the pairs is to be known to this share, one standard error: work that several threads divide among
/// themselves differs by 25 % from one iteration to the next, and a duet of 16 pairs says nothing of 5 % then.
const WANTED_ERROR: f64 = 0.015;
/// The median of values of a normal distribution scatters by so much more than their mean.
const ERROR_OF_MEDIAN: f64 = 1.253;
/// The median distance of a normal distribution from its middle, in standard deviations.
const MEDIAN_DISTANCE: f64 = 0.6745;

/// How many pairs let the median of their ratios be known well enough. Neighbours among one's own samples differ as much as a
/// sample differs from the partner's beside it, whatever pace the machine drifts to.
pub(crate) fn pairs_needed(samples: &[f64]) -> usize {
    let neighbours = samples.windows(2).filter(|pair| pair[0] > 0.0 && pair[1] > 0.0);
    let Ok(distances) = Sample::new(neighbours.map(|pair| (pair[1] / pair[0]).ln().abs()).collect()) else {
        return FEWEST_PAIRS;
    };
    let scatter = distances.median() / MEDIAN_DISTANCE;
    FEWEST_PAIRS.max((ERROR_OF_MEDIAN * scatter / WANTED_ERROR).powi(2).ceil() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_pairs_are_needed_where_neighbours_differ_more() {
        let alternating = |share: f64| -> Vec<f64> {
            (0..40).map(|index| if index % 2 == 0 { 100.0 } else { 100.0 * (1.0 + share) }).collect()
        };
        // Twice the scatter needs four times the pairs: 1.253 · 0.0488 / 0.6745 / 0.015 squared, and the same of 0.0953.
        assert_eq!([0.0, 0.05, 0.1].map(|share| pairs_needed(&alternating(share))), [FEWEST_PAIRS, 37, 140]);
    }

    #[test]
    fn samples_of_nothing_need_the_fewest() {
        assert_eq!(pairs_needed(&[0.0; 20]), FEWEST_PAIRS);
        assert_eq!(pairs_needed(&[]), FEWEST_PAIRS);
    }
}
