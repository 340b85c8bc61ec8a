//! A sample that was checked and sorted once, for all that is asked of it.

use forgebench_border_attribute::napi;
use forgebench_statistics::{
    EffectSize, Sample, bootstrap_mean, bootstrap_quantile, effect_size, mann_whitney, permutation_test,
    quantile_interval, tukey, welch,
};
use napi::bindgen_prelude::{Float64Array, Float64ArraySlice};
use napi::{Env, Result};

use crate::arrays;
use crate::density::{BindingDensity, draw};
use crate::differences::{BindingEffectSize, BindingMannWhitney, BindingPermutationTest, BindingTTest};
use crate::intervals::{BindingBootstrapMethod, BindingDefaults, BindingQuantileInterval, BindingResampling};
use crate::statistics::{BindingInterval, BindingOutliers};
use crate::work::reason;

/// Finite values, at least one, in ascending order.
#[napi(js_name = "BindingSample")]
pub struct BindingSample {
    sample: Sample,
}

#[napi]
impl BindingSample {
    /// Checks and sorts a copy of the values.
    #[napi(constructor)]
    pub fn new(values: &[f64]) -> Result<Self> {
        Ok(Self { sample: Sample::new(values.to_vec()).map_err(reason)? })
    }

    /// How many values there are.
    #[napi]
    pub fn size(&self) -> u32 {
        self.sample.values().len() as u32
    }

    /// A copy of the values, ascending.
    #[napi]
    pub fn values(&self) -> Float64Array {
        Float64Array::new(self.sample.values().to_vec())
    }

    /// The arithmetic mean.
    #[napi]
    pub fn mean(&self) -> f64 {
        self.sample.mean()
    }

    /// With n − 1 in the denominator; 0 for one value.
    #[napi]
    pub fn standard_deviation(&self) -> f64 {
        self.sample.standard_deviation()
    }

    /// The median distance from the median, times 1.4826.
    #[napi]
    pub fn mad(&self) -> f64 {
        self.sample.mad()
    }

    /// Quantiles of type 7; `at` in [0, 1].
    #[napi]
    pub fn quantiles<'env>(&self, env: &'env Env, at: &[f64]) -> Result<Float64ArraySlice<'env>> {
        arrays::floats(env, &self.sample.quantiles(at))
    }

    /// The interval of a quantile by order statistics.
    #[napi]
    pub fn quantile_interval(&self, at: f64, confidence: f64) -> Result<BindingQuantileInterval> {
        let seen = quantile_interval(&self.sample, at, confidence).map_err(reason)?;
        Ok(BindingQuantileInterval { value: seen.value, low: seen.low, high: seen.high, coverage: seen.coverage })
    }

    /// The interval of a quantile that resampling would give, counted.
    #[napi]
    pub fn bootstrap_quantile(&self, at: f64, confidence: f64) -> Result<BindingInterval> {
        Ok(Ok(bootstrap_quantile(&self.sample, at, confidence).map_err(reason)?).into())
    }

    /// The interval of the mean by resampling.
    #[napi]
    pub fn bootstrap_mean(
        &self,
        confidence: f64,
        #[napi(ts_arg_type = "'percentile' | 'basic' | 'bias-corrected'")] method: BindingBootstrapMethod,
        options: Option<BindingResampling>,
    ) -> Result<BindingInterval> {
        let BindingDefaults(options) = options.try_into()?;
        let values = self.sample.values();
        Ok(Ok(bootstrap_mean(values, confidence, method.into(), &options).map_err(reason)?).into())
    }

    /// Outliers by Tukey's fences.
    #[napi]
    pub fn outliers(&self) -> BindingOutliers {
        tukey(&self.sample).into()
    }

    /// The Gaussian density.
    #[napi]
    pub fn density(&self, points: u32, least_prominence: f64) -> Result<BindingDensity> {
        draw(self.sample.values(), points, least_prominence)
    }

    /// The Mann-Whitney test: both are sorted already.
    #[napi]
    pub fn mann_whitney(&self, other: &BindingSample) -> BindingMannWhitney {
        mann_whitney(&self.sample, &other.sample).into()
    }

    /// Welch's test of the means.
    #[napi]
    pub fn welch(&self, other: &BindingSample) -> Result<BindingTTest> {
        Ok(welch(&self.sample, &other.sample).map_err(reason)?.into())
    }

    /// A test of the means by permutations.
    #[napi]
    pub fn permutation(
        &self,
        other: &BindingSample,
        options: Option<BindingResampling>,
    ) -> Result<BindingPermutationTest> {
        let BindingDefaults(options) = options.try_into()?;
        let (first, second) = (self.sample.values(), other.sample.values());
        Ok(permutation_test(first, second, &options).map_err(reason)?.into())
    }

    /// How far this sample lies above the other one.
    #[napi]
    pub fn effect_size(&self, other: &BindingSample) -> Result<BindingEffectSize> {
        Ok(effect_size(&self.sample, &other.sample).map_err(reason)?.into())
    }
}

impl From<EffectSize> for BindingEffectSize {
    fn from(effect: EffectSize) -> Self {
        Self {
            cohens_d: effect.cohens_d,
            hedges_g: effect.hedges_g,
            cliffs_delta: effect.cliffs_delta,
            vargha_delaney: effect.vargha_delaney,
            shift: effect.shift,
        }
    }
}
