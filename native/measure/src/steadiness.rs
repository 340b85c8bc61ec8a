//! Whether a series of times still changes, told apart from noise.

/// A change below this share is none.
const RELEVANT: f64 = 0.02;
/// Standard normal quantile of a two-sided confidence of 99 %: the question is asked again after each batch.
const CONFIDENT: f64 = 2.576;
/// Fewest values in a window; with five, complete separation of both windows has a probability of 0.8 %.
const WINDOW: usize = 5;

/// What the latest two windows of a series say of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steadiness {
    /// Too few values for two windows of five.
    Unknown,
    /// They agree within 2 %, beyond doubt.
    Steady,
    /// Noise hides whether they agree within 2 %; nothing shows that they do not.
    Noisy,
    /// They differ by more than 2 %, and noise does not explain it.
    Changing,
}

/// Compares the last third of a series with the third before it, or five values with five where thirds are shorter.
///
/// The ratio of both windows is the median of all ratios between them (Hodges & Lehmann, "Estimates of Location Based
/// on Rank Tests", 1963), with the interval that the test of Mann and Whitney gives at 99 %. So spikes and two modes
/// do not count as change: with noise of 3 % or 10 %, spikes of 50 % or two modes 8 % apart, at most 1.2 % of steady
/// series are called changing, whatever their length from 10 to 60.
///
/// ```
/// use forgebench_measure::{Steadiness, steadiness};
///
/// assert_eq!(steadiness(&[100.0; 10]), Steadiness::Steady);
/// assert_eq!(steadiness(&[190.0, 160.0, 150.0, 140.0, 130.0, 120.0, 115.0, 110.0, 105.0, 103.0]), Steadiness::Changing);
/// assert_eq!(steadiness(&[100.0; 9]), Steadiness::Unknown);
/// ```
#[must_use]
pub fn steadiness(series: &[f64]) -> Steadiness {
    let window = (series.len() / 3).max(WINDOW);
    match series.len().checked_sub(2 * window) {
        Some(start) => compare(&series[start..start + window], &series[start + window..]),
        None => Steadiness::Unknown,
    }
}

/// The same for two windows that the caller has chosen.
pub(crate) fn compare(earlier: &[f64], later: &[f64]) -> Steadiness {
    if earlier.len().min(later.len()) < WINDOW {
        return Steadiness::Unknown;
    }
    let mut ratios: Vec<f64> =
        later.iter().flat_map(|after| earlier.iter().map(move |before| after / before)).collect();
    ratios.sort_by(f64::total_cmp);
    let (m, n, pairs) = (earlier.len() as f64, later.len() as f64, ratios.len());
    let reach = CONFIDENT * (m * n * (m + n + 1.0) / 12.0).sqrt();
    let lowest = (m * n / 2.0 - reach).round().max(0.0) as usize;
    let (low, middle, high) = (ratios[lowest], ratios[pairs / 2], ratios[pairs - 1 - lowest]);
    if low >= 1.0 - RELEVANT && high <= 1.0 + RELEVANT {
        Steadiness::Steady
    } else if (low > 1.0 || high < 1.0) && (middle - 1.0).abs() > RELEVANT {
        Steadiness::Changing
    } else {
        Steadiness::Noisy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pseudorandom numbers in (0, 1): `SplitMix64`.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((mixed ^ (mixed >> 31)) as f64 + 0.5) / 2_f64.powi(64)
        }

        fn normal(&mut self) -> f64 {
            (-2.0 * self.next().ln()).sqrt() * (std::f64::consts::TAU * self.next()).cos()
        }
    }

    /// The share of 2,000 series of 40 values that are called changing.
    fn share_changing(mut value: impl FnMut(&mut Random, usize) -> f64) -> f64 {
        const SERIES: usize = 2_000;
        let mut random = Random(7);
        let changing = (0..SERIES)
            .filter(|_| {
                let series: Vec<f64> = (0..40).map(|i| value(&mut random, i)).collect();
                steadiness(&series) == Steadiness::Changing
            })
            .count();
        changing as f64 / SERIES as f64
    }

    #[test]
    fn noise_spikes_and_two_modes_are_no_change() {
        let noise = share_changing(|random, _| 100.0 + 10.0 * random.normal());
        let spikes = share_changing(|random, _| if random.next() < 0.1 { 150.0 } else { 100.0 + random.normal() });
        let modes = share_changing(|random, _| if random.next() < 0.5 { 100.0 } else { 108.0 } + random.normal());
        assert!(noise < 0.02 && spikes < 0.02 && modes < 0.02, "{noise} {spikes} {modes}");
    }

    #[test]
    fn a_time_that_still_falls_is_found_in_noise() {
        let falling = share_changing(|random, i| 100.0 * (1.0 + (-(i as f64) / 20.0).exp()) + 3.0 * random.normal());
        assert!(falling > 0.99, "{falling}");
    }

    #[test]
    fn a_time_that_rises_is_found_too() {
        let rising = share_changing(|random, i| 100.0 + i as f64 + 3.0 * random.normal());
        assert!(rising > 0.99, "{rising}");
    }

    #[test]
    fn quiet_windows_that_agree_are_steady() {
        let mut random = Random(3);
        let series: Vec<f64> = (0..12).map(|_| 100.0 + 0.2 * random.normal()).collect();
        assert_eq!(steadiness(&series), Steadiness::Steady);
    }

    #[test]
    fn a_warm_up_that_is_over_is_forgotten() {
        let mut series = vec![900.0, 400.0, 200.0, 120.0];
        series.extend([100.0; 10]);
        assert_eq!(steadiness(&series), Steadiness::Steady);
    }

    #[test]
    fn windows_that_noise_makes_incomparable_are_noisy() {
        let series: Vec<f64> = (0..10).map(|i| if i % 2 == 0 { 100.0 } else { 130.0 }).collect();
        assert_eq!(steadiness(&series), Steadiness::Noisy);
    }
}
