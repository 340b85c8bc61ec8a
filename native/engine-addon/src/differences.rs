//! Whether two samples differ, and by how much.

use forgebench_border_attribute::napi;
use forgebench_statistics::{
    MannWhitney, PermutationTest, Sample, TTest, effect_size, mann_whitney, mann_whitney_asymptotic,
    paired_permutation_test, paired_t, permutation_test, welch,
};
use napi::Result;
use napi::bindgen_prelude::{AsyncTask, Float64Array};

use crate::floats::Floats;
use crate::intervals::{BindingDefaults, BindingResampling};
use crate::work::{WorkTask, reason, work_task};

/// U and its p-values.
#[napi(object)]
pub struct BindingMannWhitney {
    /// Pairs in which the first sample's value is larger, ties half.
    pub u: f64,
    /// Probability, without a difference, of a U this small or smaller.
    pub less: f64,
    /// Probability of a U this large or larger.
    pub greater: f64,
    /// Twice the smaller of both, at most 1.
    pub two_sided: f64,
    /// Whether the probabilities were counted.
    pub exact: bool,
}

/// Where the probabilities of a rank test come from.
#[napi(string_enum = "kebab-case")]
pub enum BindingRankMethod {
    /// Counted where samples are small.
    Automatic,
    /// Always the normal distribution, corrected for ties and continuity.
    Asymptotic,
}

/// A t and its p-values.
#[napi(object)]
pub struct BindingTTest {
    /// The difference of the means, first less second, in standard errors.
    pub t: f64,
    /// Degrees of freedom, a fraction in Welch's test.
    pub degrees_of_freedom: f64,
    /// Probability, without a difference, of a t this small or smaller.
    pub less: f64,
    /// Probability of a t this large or larger.
    pub greater: f64,
    /// Probability of a t this far from 0.
    pub two_sided: f64,
}

/// A difference of means and its p-values by permutations.
#[napi(object)]
pub struct BindingPermutationTest {
    /// The mean of the first values less that of the second.
    pub difference: f64,
    /// Probability, without a difference, of one this small or smaller.
    pub less: f64,
    /// Probability of a difference this large or larger.
    pub greater: f64,
    /// Twice the smaller of both, at most 1.
    pub two_sided: f64,
    /// Whether all arrangements were counted.
    pub exact: bool,
}

/// Effect sizes; positive where the first sample lies above the second.
#[napi(object)]
pub struct BindingEffectSize {
    /// Difference of the means in pooled standard deviations.
    pub cohens_d: f64,
    /// The same without the bias of few values.
    pub hedges_g: f64,
    /// Share of pairs in which the first is larger, less the share in which it is smaller.
    pub cliffs_delta: f64,
    /// Probability that a value of the first is larger, ties half.
    pub vargha_delaney: f64,
    /// Median of all differences of a value of the first to one of the second.
    pub shift: f64,
}

/// The Mann-Whitney test. One at a time for up to 10,000 values; more are for `mannWhitneyTestAsync`.
#[napi(js_name = "mannWhitneyTest")]
pub fn test_of_ranks(
    first: &[f64],
    second: &[f64],
    #[napi(ts_arg_type = "'automatic' | 'asymptotic'")] method: Option<BindingRankMethod>,
) -> Result<BindingMannWhitney> {
    let test = match method.unwrap_or(BindingRankMethod::Automatic) {
        BindingRankMethod::Automatic => mann_whitney(&sample(first)?, &sample(second)?),
        BindingRankMethod::Asymptotic => mann_whitney_asymptotic(first, second).map_err(reason)?,
    };
    Ok(test.into())
}

/// The asymptotic test with its answer in `result`: U, less, greater, both sides. Making an object takes as long as the test
/// of a hundred values, and so does reading a method's name.
#[napi(js_name = "mannWhitneyAsymptotic")]
pub fn test_of_many_ranks(
    #[napi(ts_arg_type = "Float64Array")] first: Floats,
    #[napi(ts_arg_type = "Float64Array")] second: Floats,
    #[napi(ts_arg_type = "Float64Array")] mut result: Floats,
) -> Result<()> {
    let test = mann_whitney_asymptotic(first.read(), second.read()).map_err(reason)?;
    result.fill([test.u, test.less, test.greater, test.two_sided])
}

/// The same off the JavaScript thread.
#[napi(js_name = "mannWhitneyTestAsync", ts_return_type = "Promise<BindingMannWhitney>")]
pub fn task_of_ranks(
    first: Float64Array,
    second: Float64Array,
    #[napi(ts_arg_type = "'automatic' | 'asymptotic'")] method: Option<BindingRankMethod>,
) -> AsyncTask<WorkTask<BindingMannWhitney>> {
    let (first, second) = (first.to_vec(), second.to_vec());
    work_task(move || test_of_ranks(&first, &second, method))
}

/// Welch's test of two means.
#[napi(js_name = "welchTest")]
pub fn test_of_welch(first: &[f64], second: &[f64]) -> Result<BindingTTest> {
    Ok(welch(&sample(first)?, &sample(second)?).map_err(reason)?.into())
}

/// Student's test of pairs.
#[napi(js_name = "pairedTTest")]
pub fn test_of_pairs(first: &[f64], second: &[f64]) -> Result<BindingTTest> {
    Ok(paired_t(first, second).map_err(reason)?.into())
}

/// Tests two means by dealing all values out again, in all ways where there are 100,000 at most.
#[napi(js_name = "permutationTest")]
pub fn test_of_permutations(
    first: &[f64],
    second: &[f64],
    options: Option<BindingResampling>,
) -> Result<BindingPermutationTest> {
    let BindingDefaults(options) = options.try_into()?;
    Ok(permutation_test(first, second, &options).map_err(reason)?.into())
}

/// The same off the JavaScript thread.
#[napi(js_name = "permutationTestAsync", ts_return_type = "Promise<BindingPermutationTest>")]
pub fn task_of_permutations(
    first: Float64Array,
    second: Float64Array,
    options: Option<BindingResampling>,
) -> AsyncTask<WorkTask<BindingPermutationTest>> {
    let (first, second) = (first.to_vec(), second.to_vec());
    work_task(move || test_of_permutations(&first, &second, options))
}

/// Tests the mean difference of pairs by turning their signs, in all ways up to 16 pairs.
#[napi(js_name = "pairedPermutationTest")]
pub fn test_of_signs(
    first: &[f64],
    second: &[f64],
    options: Option<BindingResampling>,
) -> Result<BindingPermutationTest> {
    let BindingDefaults(options) = options.try_into()?;
    Ok(paired_permutation_test(first, second, &options).map_err(reason)?.into())
}

/// Cohen's d, Hedges' g, Cliff's delta, Vargha and Delaney's A, and the shift of Hodges and Lehmann.
#[napi(js_name = "effectSize")]
pub fn size_of_effect(first: &[f64], second: &[f64]) -> Result<BindingEffectSize> {
    Ok(effect_size(&sample(first)?, &sample(second)?).map_err(reason)?.into())
}

impl From<MannWhitney> for BindingMannWhitney {
    fn from(MannWhitney { u, less, greater, two_sided, exact }: MannWhitney) -> Self {
        Self { u, less, greater, two_sided, exact }
    }
}

impl From<TTest> for BindingTTest {
    fn from(TTest { t, degrees_of_freedom, less, greater, two_sided }: TTest) -> Self {
        Self { t, degrees_of_freedom, less, greater, two_sided }
    }
}

impl From<PermutationTest> for BindingPermutationTest {
    fn from(PermutationTest { difference, less, greater, two_sided, exact }: PermutationTest) -> Self {
        Self { difference, less, greater, two_sided, exact }
    }
}

fn sample(values: &[f64]) -> Result<Sample> {
    Sample::new(values.to_vec()).map_err(reason)
}
