//! Densities, and values that lie outside them.

use forgebench_border_attribute::napi;
use forgebench_statistics::{density, gesd, modified_z_scores};
use napi::Result;
use napi::bindgen_prelude::{AsyncTask, Float64Array};

use crate::work::{WorkTask, reason, work_task};

/// A kernel density estimate at equidistant points.
#[napi(object)]
pub struct BindingDensity {
    /// The points, ascending, in the unit of the values.
    pub xs: Float64Array,
    /// The density at each, per unit of the values.
    pub ys: Float64Array,
    /// Standard deviation of the kernel, in the unit of the values.
    pub bandwidth: f64,
    /// Local maxima, in ascending order.
    pub modes: Vec<BindingMode>,
}

/// A place where a density is highest.
#[napi(object)]
pub struct BindingMode {
    /// The point.
    pub x: f64,
    /// The density there.
    pub y: f64,
    /// How far one has to descend to reach a higher point, as a share of the highest.
    pub prominence: f64,
}

/// One step of Rosner's test: the value furthest from the mean of what is left.
#[napi(object)]
pub struct BindingGesdStep {
    /// Where the value stands.
    pub index: u32,
    /// Its distance from the mean, in standard deviations.
    pub statistic: f64,
    /// What the distance has to exceed.
    pub critical: f64,
}

/// What Rosner's test finds.
#[napi(object)]
pub struct BindingGesd {
    /// Places of the outliers, the furthest first.
    pub outliers: Vec<u32>,
    /// All steps.
    pub steps: Vec<BindingGesdStep>,
}

/// The Gaussian density with Silverman's bandwidth, right to 1e-6 of its peak, from 3 bandwidths below the least value to 3
/// above the greatest. Modes stand out by at least `leastProminence` of the peak; 0.05 leaves out single outliers.
#[napi(js_name = "density")]
pub fn density_of(values: &[f64], points: u32, least_prominence: f64) -> Result<BindingDensity> {
    draw(values, points, least_prominence)
}

/// The same off the JavaScript thread, for 100,000 values and more.
#[napi(js_name = "densityAsync", ts_return_type = "Promise<BindingDensity>")]
pub fn density_task(values: Float64Array, points: u32, least_prominence: f64) -> AsyncTask<WorkTask<BindingDensity>> {
    let values = values.to_vec();
    work_task(move || draw(&values, points, least_prominence))
}

pub(crate) fn draw(values: &[f64], points: u32, least_prominence: f64) -> Result<BindingDensity> {
    let curve = density(values, points as usize).map_err(reason)?;
    let modes = curve.modes(least_prominence).into_iter();
    Ok(BindingDensity {
        modes: modes.map(|mode| BindingMode { x: mode.x, y: mode.y, prominence: mode.prominence }).collect(),
        xs: Float64Array::new(curve.xs),
        ys: Float64Array::new(curve.ys),
        bandwidth: curve.bandwidth,
    })
}

/// The distance of each value from their median, in scaled median absolute deviations; hyperfine calls those beyond 10
/// outliers, Iglewicz and Hoaglin those beyond 3.5.
#[napi(js_name = "modifiedZScores")]
pub fn scores_of(values: &[f64]) -> Result<Float64Array> {
    Ok(Float64Array::new(modified_z_scores(values).map_err(reason)?))
}

/// Up to `most` outliers of values that are normal but for them, by Rosner's generalised test.
#[napi(js_name = "gesd")]
pub fn gesd_of(values: &[f64], most: u32, significance: f64) -> Result<BindingGesd> {
    let found = gesd(values, most as usize, significance).map_err(reason)?;
    let steps = found.steps.into_iter();
    Ok(BindingGesd {
        outliers: found.outliers.into_iter().map(|index| index as u32).collect(),
        steps: steps
            .map(|step| BindingGesdStep {
                index: step.index as u32,
                statistic: step.statistic,
                critical: step.critical,
            })
            .collect(),
    })
}
