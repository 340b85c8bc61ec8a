//! When the level of a series changed.

use forgebench_statistics::change_points as detectors;
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

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
