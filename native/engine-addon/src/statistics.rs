//! Statistics of samples and launches. Arrays cross as typed arrays, once for each call.

use forgebench_border::measure::{self, Steadiness};
use forgebench_border_attribute::napi;
use forgebench_statistics::{Interval, Sample, TukeyFences, drift, growth_exponent, launch_interval, tukey};
use napi::bindgen_prelude::{Float64Array, Uint32Array};
use napi::{Error, Result};

/// A value with its interval, or why there is none.
#[napi(object)]
pub struct BindingInterval {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Why there is no interval; the three numbers are 0 then.
    pub missing: Option<String>,
}

/// What the latest batches of a warm-up say.
#[napi(string_enum = "kebab-case")]
pub enum BindingSteadiness {
    /// Too few batches to compare.
    Unknown,
    /// They agree with those before within 2 %, beyond doubt.
    Steady,
    /// Noise hides whether they agree; nothing shows that they do not.
    Noisy,
    /// They differ by more than 2 %, and noise does not explain it.
    Changing,
}

/// How many values lie outside Tukey's fences.
#[napi(object)]
pub struct BindingOutliers {
    /// Below the outer fence.
    pub low_severe: u32,
    /// Between the outer and the inner fence.
    pub low_mild: u32,
    /// Between the inner and the outer fence.
    pub high_mild: u32,
    /// Above the outer fence.
    pub high_severe: u32,
}

/// Coefficients of variation, as shares of 1.
#[napi(object)]
pub struct BindingNoise {
    /// Of samples within a launch, the mean over launches.
    pub within: f64,
    /// Of the medians of launches; absent with one launch.
    pub between: Option<f64>,
}

/// Student's t interval of one estimate for each launch; on logarithms where all are positive and within a factor of
/// 20.
#[napi(js_name = "launchInterval")]
pub fn interval_of_launches(estimates: Float64Array, confidence: f64) -> BindingInterval {
    launch_interval(&estimates, confidence).map_err(|e| e.to_string()).into()
}

/// Quantiles (type 7) of values; `at` in [0, 1].
#[napi]
pub fn quantiles(values: Float64Array, at: Float64Array) -> Result<Float64Array> {
    Ok(Float64Array::new(sample(&values)?.quantiles(&at)))
}

/// Outliers by Tukey's fences.
#[napi]
pub fn outliers(values: Float64Array) -> Result<BindingOutliers> {
    Ok(tukey(&sample(&values)?).into())
}

/// Noise within and between launches; `lengths` divides `values` into launches.
#[napi]
pub fn noise(values: Float64Array, lengths: Uint32Array) -> Result<BindingNoise> {
    let launches = divide(&values, &lengths)?.into_iter().map(sample).collect::<Result<Vec<_>>>()?;
    let noise = forgebench_statistics::noise(&launches);
    Ok(BindingNoise { within: noise.within_cv, between: noise.between_cv })
}

/// The exponent with which time grows with size. `estimates` has `launches` values for each size.
#[napi(js_name = "growthExponent")]
pub fn exponent_of_growth(
    sizes: Float64Array,
    estimates: Float64Array,
    launches: u32,
    confidence: f64,
) -> BindingInterval {
    let rows: Vec<Vec<f64>> = estimates.chunks(launches.max(1) as usize).map(<[f64]>::to_vec).collect();
    growth_exponent(&sizes, &rows, confidence).map_err(|e| e.to_string()).into()
}

/// The slope of one series of readings that depend on each other, such as live bytes over operations, with its interval.
#[napi(js_name = "drift")]
pub fn drift_of_readings(xs: Float64Array, ys: Float64Array, confidence: f64) -> BindingInterval {
    drift(&xs, &ys, confidence).map_err(|e| e.to_string()).into()
}

/// The values of each launch.
pub(crate) fn divide<'a>(values: &'a [f64], lengths: &[u32]) -> Result<Vec<&'a [f64]>> {
    let mut rest = values;
    let mut launches = Vec::with_capacity(lengths.len());
    for &length in lengths {
        let (launch, after) = rest
            .split_at_checked(length as usize)
            .ok_or_else(|| Error::from_reason("Cannot divide values: lengths exceed them"))?;
        launches.push(launch);
        rest = after;
    }
    Ok(launches)
}

fn sample(values: &[f64]) -> Result<Sample> {
    Sample::new(values.to_vec()).map_err(|e| Error::from_reason(e.to_string()))
}

impl From<TukeyFences> for BindingOutliers {
    fn from(fences: TukeyFences) -> Self {
        Self {
            low_severe: fences.low_severe as u32,
            low_mild: fences.low_mild as u32,
            high_mild: fences.high_mild as u32,
            high_severe: fences.high_severe as u32,
        }
    }
}

impl From<std::result::Result<Interval, String>> for BindingInterval {
    fn from(result: std::result::Result<Interval, String>) -> Self {
        match result {
            Ok(Interval { value, low, high }) => Self { value, low, high, missing: None },
            Err(missing) => Self { value: 0.0, low: 0.0, high: 0.0, missing: Some(missing) },
        }
    }
}

/// Whether the means of a warm-up's batches still change; the sampling loop in Rust asks the same.
#[napi(js_name = "steadiness")]
pub fn steadiness_of(means: Float64Array) -> BindingSteadiness {
    match measure::steadiness(&means) {
        Steadiness::Unknown => BindingSteadiness::Unknown,
        Steadiness::Steady => BindingSteadiness::Steady,
        Steadiness::Noisy => BindingSteadiness::Noisy,
        Steadiness::Changing => BindingSteadiness::Changing,
    }
}
