//! Two sets of launches against each other.

use forgebench_border_attribute::napi;
use forgebench_statistics::{
    PValueError, RatioError, RatioShift, Sample, SampleError, benjamini_hochberg, holm, mann_whitney, paired_shift,
    ratio_shift, signed_rank,
};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};

/// The factor between two samples and its bounds.
#[napi(object)]
pub struct BindingRatio {
    /// The median of all ratios of a value of `head` to one of `base`.
    pub ratio: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The factor by which `head` lies above `base`, all positive, with bounds that many deviations of the rank statistic out.
#[napi(js_name = "ratioShift")]
pub fn shift_of_ratios(base: Float64Array, head: Float64Array, deviations: f64) -> Result<BindingRatio> {
    to_binding(ratio_shift(&base, &head, deviations))
}

/// The factor that ratios of pairs have in common, all positive, with bounds that many deviations of the rank statistic out.
#[napi(js_name = "pairedShift")]
pub fn shift_of_pairs(ratios: Float64Array, deviations: f64) -> Result<BindingRatio> {
    to_binding(paired_shift(&ratios, deviations))
}

fn to_binding(shift: std::result::Result<RatioShift, RatioError>) -> Result<BindingRatio> {
    let RatioShift { ratio, low, high } = shift.map_err(|e| Error::from_reason(e.to_string()))?;
    Ok(BindingRatio { ratio, low, high })
}

/// The two-sided p-value of the Mann-Whitney test, counted exactly where the samples are small.
#[napi(js_name = "mannWhitney")]
pub fn p_of_mann_whitney(first: Float64Array, second: Float64Array) -> Result<f64> {
    Ok(mann_whitney(&sample(&first)?, &sample(&second)?).two_sided)
}

/// The two-sided p-value of Wilcoxon's signed-rank test for differences of pairs.
#[napi(js_name = "signedRank")]
pub fn p_of_signed_rank(differences: Float64Array) -> Result<f64> {
    signed_rank(&differences).map_err(|e: SampleError| Error::from_reason(e.to_string()))
}

/// p-values of many tests, adjusted for the rate of false discoveries.
#[napi(js_name = "falseDiscoveryRates")]
pub fn rates_of_false_discoveries(p_values: Float64Array) -> Result<Float64Array> {
    adjusted(benjamini_hochberg(&p_values))
}

/// p-values of many tests, adjusted for the probability of any false call.
#[napi(js_name = "familywiseErrorRates")]
pub fn familywise_error_rates(p_values: Float64Array) -> Result<Float64Array> {
    adjusted(holm(&p_values))
}

fn adjusted(p_values: std::result::Result<Vec<f64>, PValueError>) -> Result<Float64Array> {
    p_values.map(Float64Array::new).map_err(|e| Error::from_reason(e.to_string()))
}

fn sample(values: &[f64]) -> Result<Sample> {
    Sample::new(values.to_vec()).map_err(|e| Error::from_reason(e.to_string()))
}
