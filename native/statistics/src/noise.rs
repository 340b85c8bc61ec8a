//! How much of the noise lies within launches and how much between them.

use crate::Sample;

/// Coefficients of variation, as shares of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Of the samples of a launch, the mean over the launches that have at least two; 0 if none has.
    pub within_cv: f64,
    /// Of the medians of the launches; `None` with fewer than two launches.
    pub between_cv: Option<f64>,
}

/// The noise within and between `launches`, each the samples of one launch.
///
/// Where `between_cv` is the larger, more launches narrow an interval and more samples do not. Source: the levels of
/// repetition in Kalibera & Jones, "Rigorous Benchmarking in Reasonable Time", ISMM 2013.
///
/// ```
/// use forgebench_statistics::{Sample, noise};
///
/// let launches = [Sample::new(vec![9.0, 10.0, 11.0])?, Sample::new(vec![18.0, 20.0, 22.0])?];
/// let noise = noise(&launches);
/// assert_eq!(noise.within_cv, 0.1);
/// assert!(noise.between_cv.is_some_and(|share| share > 0.4));
/// # Ok::<(), forgebench_statistics::SampleError>(())
/// ```
pub fn noise(launches: &[Sample]) -> Noise {
    let repeated = launches.iter().filter(|launch| launch.values().len() > 1);
    let within = Sample::new(repeated.map(Sample::coefficient_of_variation).collect());
    let medians = Sample::new(launches.iter().map(Sample::median).collect());
    Noise {
        within_cv: within.map_or(0.0, |shares| shares.mean()),
        between_cv: medians
            .ok()
            .filter(|medians| medians.values().len() > 1)
            .map(|medians| medians.coefficient_of_variation()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(values: &[f64]) -> Sample {
        Sample::new(values.to_vec()).unwrap()
    }

    #[test]
    fn one_launch_has_no_noise_between() {
        let only = noise(&[sample(&[90.0, 100.0, 110.0])]);
        assert_eq!(only, Noise { within_cv: 0.1, between_cv: None });
        assert_eq!(noise(&[]), Noise { within_cv: 0.0, between_cv: None });
    }

    #[test]
    fn launches_of_one_sample_have_no_noise_within() {
        let commands = noise(&[sample(&[90.0]), sample(&[100.0]), sample(&[110.0])]);
        assert_eq!(commands, Noise { within_cv: 0.0, between_cv: Some(0.1) });
    }
}
