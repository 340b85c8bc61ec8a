//! Intervals by order statistics and by resampling.

use std::num::NonZero;

use forgebench_border_attribute::napi;
use forgebench_statistics::{
    BootstrapMethod, Resampling, Sample, bootstrap_mean, bootstrap_quantile, bootstrap_ratio, quantile_interval,
};
use napi::bindgen_prelude::{AsyncTask, Float64Array, Uint32Array};
use napi::{Error, Result};

use crate::statistics::{BindingInterval, divide};
use crate::work::{WorkTask, reason, work_task};

/// How often to resample, and from which seed.
#[napi(object)]
#[derive(Clone, Copy)]
pub struct BindingResampling {
    /// Number of resamples; at least 1.
    /// @default 10000
    pub resamples: Option<u32>,
    /// The same seed gives the same result, whatever the number of threads; a whole number in [0, 2^53].
    /// @default 1
    pub seed: Option<f64>,
    /// Threads that share the work; at least 1.
    /// @default 1
    pub threads: Option<u32>,
}

/// How an interval is read from the means of resamples.
#[napi(string_enum = "kebab-case")]
pub enum BindingBootstrapMethod {
    /// Their quantiles.
    Percentile,
    /// The same, mirrored at the mean.
    Basic,
    /// Quantiles that are moved by bias and skewness: `BCa`.
    BiasCorrected,
}

/// A quantile and the values between which it lies.
#[napi(object)]
pub struct BindingQuantileInterval {
    /// The quantile of the sample, of type 7.
    pub value: f64,
    /// Lower end; minus infinity where no value is low enough.
    pub low: f64,
    /// Upper end; infinity where no value is high enough.
    pub high: f64,
    /// Probability with which both cover the true quantile; at least the confidence.
    pub coverage: f64,
}

impl TryFrom<Option<BindingResampling>> for BindingDefaults {
    type Error = Error;

    fn try_from(options: Option<BindingResampling>) -> Result<Self> {
        let defaults = Resampling::default();
        let Some(options) = options else { return Ok(Self(defaults)) };
        let at_least_one = |name: &str, value: Option<u32>, default: NonZero<usize>| match value {
            None => Ok(default),
            Some(value) => NonZero::new(value as usize)
                .ok_or_else(|| Error::from_reason(format!("Cannot resample: {name} is 0; pass at least 1"))),
        };
        Ok(Self(Resampling {
            resamples: at_least_one("resamples", options.resamples, defaults.resamples)?,
            seed: options.seed.map_or(defaults.seed, |seed| seed as u64),
            threads: at_least_one("threads", options.threads, defaults.threads)?,
        }))
    }
}

/// Options with those of the engine where none were given.
pub(crate) struct BindingDefaults(pub(crate) Resampling);

impl From<BindingBootstrapMethod> for BootstrapMethod {
    fn from(method: BindingBootstrapMethod) -> Self {
        match method {
            BindingBootstrapMethod::Percentile => Self::Percentile,
            BindingBootstrapMethod::Basic => Self::Basic,
            BindingBootstrapMethod::BiasCorrected => Self::BiasCorrected,
        }
    }
}

/// The mean of independent values and an interval of it by resampling.
#[napi(js_name = "bootstrapMean")]
pub fn interval_of_mean(
    values: &[f64],
    confidence: f64,
    #[napi(ts_arg_type = "'percentile' | 'basic' | 'bias-corrected'")] method: BindingBootstrapMethod,
    options: Option<BindingResampling>,
) -> Result<BindingInterval> {
    let BindingDefaults(options) = options.try_into()?;
    Ok(bootstrap_mean(values, confidence, method.into(), &options).map_err(|e| e.to_string()).into())
}

/// The same off the JavaScript thread.
#[napi(js_name = "bootstrapMeanAsync", ts_return_type = "Promise<BindingInterval>")]
pub fn task_of_mean(
    values: Float64Array,
    confidence: f64,
    #[napi(ts_arg_type = "'percentile' | 'basic' | 'bias-corrected'")] method: BindingBootstrapMethod,
    options: Option<BindingResampling>,
) -> AsyncTask<WorkTask<BindingInterval>> {
    let values = values.to_vec();
    work_task(move || interval_of_mean(&values, confidence, method, options))
}

/// The mean of `head` over the mean of `base`, and an interval of the ratio by resampling launches and the samples of each.
/// The lengths divide the values into launches.
#[napi(js_name = "bootstrapRatio")]
pub fn interval_of_ratio(
    base: BindingLaunches,
    head: BindingLaunches,
    confidence: f64,
    options: Option<BindingResampling>,
) -> Result<BindingInterval> {
    let BindingDefaults(options) = options.try_into()?;
    Ok(ratio(&base.divide()?, &head.divide()?, confidence, &options))
}

/// The same off the JavaScript thread.
#[napi(js_name = "bootstrapRatioAsync", ts_return_type = "Promise<BindingInterval>")]
pub fn task_of_ratio(
    base: BindingLaunches,
    head: BindingLaunches,
    confidence: f64,
    options: Option<BindingResampling>,
) -> Result<AsyncTask<WorkTask<BindingInterval>>> {
    let BindingDefaults(options) = options.try_into()?;
    let (base, head) = (base.divide()?, head.divide()?);
    Ok(work_task(move || Ok(ratio(&base, &head, confidence, &options))))
}

fn ratio(base: &[Vec<f64>], head: &[Vec<f64>], confidence: f64, options: &Resampling) -> BindingInterval {
    bootstrap_ratio(base, head, confidence, options).map_err(|e| e.to_string()).into()
}

/// Samples of several launches.
#[napi(object)]
pub struct BindingLaunches {
    /// All samples, launch after launch.
    pub values: Float64Array,
    /// How many samples each launch has.
    pub lengths: Uint32Array,
}

impl BindingLaunches {
    fn divide(&self) -> Result<Vec<Vec<f64>>> {
        Ok(divide(&self.values, &self.lengths)?.into_iter().map(<[f64]>::to_vec).collect())
    }
}

/// The interval of a quantile by order statistics, whatever the distribution; `at` in (0, 1).
#[napi(js_name = "quantileInterval")]
pub fn interval_of_quantile(values: &[f64], at: f64, confidence: f64) -> Result<BindingQuantileInterval> {
    let seen = quantile_interval(&sample(values)?, at, confidence).map_err(reason)?;
    Ok(BindingQuantileInterval { value: seen.value, low: seen.low, high: seen.high, coverage: seen.coverage })
}

/// The interval of a quantile that the percentile bootstrap would give after infinitely many resamples.
#[napi(js_name = "bootstrapQuantile")]
pub fn resampled_quantile(values: &[f64], at: f64, confidence: f64) -> Result<BindingInterval> {
    Ok(bootstrap_quantile(&sample(values)?, at, confidence).map_err(|e| e.to_string()).into())
}

fn sample(values: &[f64]) -> Result<Sample> {
    Sample::new(values.to_vec()).map_err(reason)
}
