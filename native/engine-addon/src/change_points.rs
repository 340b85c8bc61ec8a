//! When the level of a series changed.

use std::num::NonZero;

use forgebench_border_attribute::napi;
use forgebench_statistics::change_points as detectors;
use napi::bindgen_prelude::{AsyncTask, Float64Array};
use napi::{Error, Result};

use crate::work::{WorkTask, reason, work_task};

/// Where the level of a series changed.
#[napi(object)]
pub struct BindingChangePoint {
    /// First point of the new level.
    pub index: u32,
    /// New median over old one, less 1.
    pub magnitude: f64,
    /// One less the chance that a series without changes shows a step this clear.
    pub confidence: f64,
}

/// The change points of a series, by a likelihood-ratio test under autocorrelated noise; `growing` where it is read
/// again after every new point, which takes more evidence.
#[napi(js_name = "changePoints")]
pub fn change_points_of(series: Float64Array, growing: bool) -> Result<Vec<BindingChangePoint>> {
    let reading = if growing { detectors::Reading::EveryPoint } else { detectors::Reading::Once };
    let found = detectors::change_points(&series, reading).map_err(|e| Error::from_reason(e.to_string()))?;
    Ok(found
        .into_iter()
        .map(|point| BindingChangePoint {
            index: point.index as u32,
            magnitude: point.magnitude,
            confidence: point.confidence,
        })
        .collect())
}

/// How `eDivisive` searches.
#[napi(object)]
pub struct BindingEDivisive {
    /// Whether second parts end with their segment, as `MongoDB` does, which is quicker; as published they end anywhere.
    pub whole_segments: bool,
    /// Share of shuffled series that may differ from themselves as much; within (0, 1).
    pub significance: f64,
    /// How often the series is shuffled for each change point; at least 1.
    pub permutations: u32,
    /// The same seed gives the same change points; below 2^32.
    pub seed: u32,
}

/// How `hunter` searches.
#[napi(object)]
pub struct BindingHunter {
    /// Points in a window; at least 2.
    pub window: u32,
    /// Largest p-value of a change point; within (0, 1).
    pub significance: f64,
    /// Smallest change of the mean as a share of it; 0 for all.
    pub least_magnitude: f64,
}

/// Where the distribution of a series changes, by E-divisive with a seeded permutation test: the first point of each
/// segment but the first.
#[napi(js_name = "eDivisive")]
pub fn changes_by_e_divisive(series: Float64Array, options: BindingEDivisive) -> Result<Vec<u32>> {
    indexes(detectors::e_divisive(&series, &options.try_into()?))
}

/// The same off the JavaScript thread, for long series.
#[napi(js_name = "eDivisiveAsync", ts_return_type = "Promise<Array<number>>")]
pub fn changes_by_e_divisive_later(series: Float64Array, options: BindingEDivisive) -> AsyncTask<WorkTask<Vec<u32>>> {
    let series = series.to_vec();
    work_task(move || indexes(detectors::e_divisive(&series, &options.try_into()?)))
}

/// Change points as Hunter and Apache Otava find them, by windows and t-tests.
#[napi(js_name = "hunter")]
pub fn changes_by_hunter(series: Float64Array, options: BindingHunter) -> Result<Vec<u32>> {
    let BindingHunter { window, significance, least_magnitude } = options;
    indexes(detectors::hunter(&series, &detectors::Hunter { window: window as usize, significance, least_magnitude }))
}

/// The best division into parts of constant mean and at least `shortest` points, with `penalty` for each change.
#[napi(js_name = "pelt")]
pub fn changes_by_pelt(series: Float64Array, penalty: f64, shortest: u32) -> Result<Vec<u32>> {
    indexes(detectors::pelt(&series, penalty, shortest as usize))
}

/// The best division into parts of constant median, with a penalty that suits the series, as asv does.
#[napi(js_name = "potts")]
pub fn changes_by_potts(series: Float64Array) -> Result<Vec<u32>> {
    indexes(detectors::potts_by_criterion(&series))
}

/// The same off the JavaScript thread, for long series.
#[napi(js_name = "pottsAsync", ts_return_type = "Promise<Array<number>>")]
pub fn changes_by_potts_later(series: Float64Array) -> AsyncTask<WorkTask<Vec<u32>>> {
    let series = series.to_vec();
    work_task(move || indexes(detectors::potts_by_criterion(&series)))
}

impl TryFrom<BindingEDivisive> for detectors::EDivisive {
    type Error = Error;

    fn try_from(options: BindingEDivisive) -> Result<Self> {
        let BindingEDivisive { whole_segments, significance, permutations, seed } = options;
        let second_part = if whole_segments { detectors::SecondPart::Rest } else { detectors::SecondPart::AnyEnd };
        let permutations = NonZero::new(permutations as usize)
            .ok_or_else(|| reason("Cannot test a change point by 0 permutations: use 1 or more, such as 199"))?;
        Ok(Self { second_part, significance, permutations, seed: u64::from(seed) })
    }
}

fn indexes(found: std::result::Result<Vec<usize>, detectors::DetectorError>) -> Result<Vec<u32>> {
    found.map(|found| found.into_iter().map(|index| index as u32).collect()).map_err(reason)
}
