//! Isolated spikes are taken out before steps are looked for.

use crate::Sample;

/// Points in the running median.
const WINDOW: usize = 5;
/// Distances from the running median, in scales, up to which a point is kept and from which it is replaced.
const KEPT: f64 = 3.0;
const REPLACED: f64 = 5.0;
/// The running median follows its own points, which makes distances from it too short; found by simulation.
const SHORT_DISTANCES: f64 = 1.15;

/// `series` with isolated spikes drawn towards the running median of five points.
///
/// What lies within 3 scales is kept; beyond 5 it is replaced by the median; between, the distance shrinks, so that no
/// point jumps because of a tiny difference. The scale is the larger of two: of the distances from the median, and of
/// neighbouring differences.
///
/// Source: Hampel, "The Influence Curve and Its Role in Robust Estimation", JASA 69 (1974), for the three parts.
///
/// ```
/// use forgebench_statistics::change_points::without_spikes;
///
/// let filtered = without_spikes(&[10.0, 10.1, 9.9, 14.0, 10.0, 10.1, 9.9]);
/// assert!(filtered[3] < 10.2);
/// assert_eq!(filtered[0], 10.0);
/// ```
pub fn without_spikes(series: &[f64]) -> Vec<f64> {
    if series.len() < WINDOW {
        return series.to_vec();
    }
    let medians = running_medians(series);
    let distances: Vec<f64> = series.iter().zip(&medians).map(|(value, median)| value - median).collect();
    let scale = scale(series, &distances);
    if scale == 0.0 {
        // More than half of the points are equal: there is no noise by which to tell a spike.
        return series.to_vec();
    }
    medians.iter().zip(distances).map(|(median, distance)| median + shrink(distance / scale) * scale).collect()
}

/// Of all points that have both neighbours, the median of five; at the ends that of the nearest full window.
fn running_medians(series: &[f64]) -> Vec<f64> {
    let last_start = series.len() - WINDOW;
    (0..series.len())
        .map(|index| {
            let start = index.saturating_sub(WINDOW / 2).min(last_start);
            median(&series[start..start + WINDOW])
        })
        .collect()
}

fn scale(series: &[f64], distances: &[f64]) -> f64 {
    let differences: Vec<f64> = series.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let of_distances = Sample::new(distances.to_vec()).map_or(0.0, |sample| SHORT_DISTANCES * sample.mad());
    let of_differences = 1.4826 * median(&differences) / std::f64::consts::SQRT_2;
    of_distances.max(of_differences)
}

/// A distance in scales, as far as it is believed.
fn shrink(distance: f64) -> f64 {
    let size = distance.abs();
    if size <= KEPT {
        distance
    } else if size >= REPLACED {
        0.0
    } else {
        KEPT * (REPLACED - size) / (REPLACED - KEPT) * distance.signum()
    }
}

fn median(values: &[f64]) -> f64 {
    Sample::new(values.to_vec()).map_or(0.0, |sample| sample.median())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_step_is_no_spike() {
        let series: Vec<f64> = (0..40).map(|k| if k < 20 { 10.0 } else { 20.0 } + 0.1 * f64::from(k * 7 % 5)).collect();
        assert_eq!(without_spikes(&series), series);
    }

    #[test]
    fn a_distance_shrinks_between_three_and_five_scales() {
        for (distance, kept) in [(2.0_f64, 2.0_f64), (3.0, 3.0), (4.0, 1.5), (-4.0, -1.5), (5.0, 0.0), (9.0, 0.0)] {
            assert!((shrink(distance) - kept).abs() < 1e-12, "{distance}");
        }
    }

    #[test]
    fn a_series_without_noise_is_kept() {
        let mut series = vec![5.0; 30];
        series[12] = 9.0;
        assert_eq!(without_spikes(&series), series);
    }

    proptest! {
        #[test]
        fn no_point_leaves_the_range(series in prop::collection::vec(-1e9..1e9_f64, 0..60)) {
            let filtered = without_spikes(&series);
            prop_assert_eq!(filtered.len(), series.len());
            let low = series.iter().copied().fold(f64::INFINITY, f64::min);
            let high = series.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let tolerance = 1e-9 * (high - low).abs();
            prop_assert!(filtered.iter().all(|value| (low - tolerance..=high + tolerance).contains(value)));
        }
    }
}
