//! Histograms whose counts JavaScript owns; `digits` and `unit` say which value falls into which of them.

use forgebench_border_attribute::napi;
use forgebench_histogram::{Decoded, Layout, shared};
use napi::bindgen_prelude::{Float64ArraySlice, Latin1String};
use napi::{Env, Error, Result};

use crate::arrays;
use crate::floats::Floats;
use crate::work::reason;

/// A histogram that was read from text.
#[napi(object, object_from_js = false)]
pub struct BindingHistogram<'env> {
    /// Significant decimal digits.
    pub digits: u32,
    /// The lowest value that is told from 0.
    pub unit: f64,
    /// The highest value that its writer allowed, at most 2^53.
    pub highest: f64,
    /// Up to and with the last bucket that holds something.
    pub counts: Float64ArraySlice<'env>,
}

/// Counts all of `values`, rounded down, or none: they must lie in [0, `limit`].
#[napi(js_name = "histogramRecord")]
pub fn record_values(
    #[napi(ts_arg_type = "Float64Array")] mut counts: Floats,
    digits: u32,
    unit: f64,
    limit: f64,
    #[napi(ts_arg_type = "Float64Array")] values: Floats,
) -> Result<()> {
    let (counts, values) = counts.write(&values)?;
    shared::record_batch(layout(digits, unit)?, counts, limit, values).map_err(reason)
}

/// Counts a value, and those that a stall of this length kept from being recorded.
#[napi(js_name = "histogramRecordCorrected")]
pub fn record_stall(
    #[napi(ts_arg_type = "Float64Array")] mut counts: Floats,
    digits: u32,
    unit: f64,
    value: f64,
    interval: f64,
) -> Result<()> {
    let (value, interval) = (value as u64, interval as u64);
    shared::record_corrected(layout(digits, unit)?, counts.write_alone(), value, interval).map_err(reason)
}

/// Adds to each count what its stalls have kept from being recorded.
#[napi(js_name = "histogramCorrect")]
pub fn correct_stalls(
    #[napi(ts_arg_type = "Float64Array")] mut counts: Floats,
    digits: u32,
    unit: f64,
    highest: f64,
    interval: f64,
) -> Result<()> {
    shared::correct(layout(digits, unit)?, counts.write_alone(), highest as u64, interval as u64);
    Ok(())
}

/// Fills `sums` with the number of values in each 32 buckets and all before; returns their total.
#[napi(js_name = "histogramCumulate")]
pub fn sums_of_blocks(
    #[napi(ts_arg_type = "Float64Array")] counts: Floats,
    #[napi(ts_arg_type = "Float64Array")] mut sums: Floats,
) -> Result<f64> {
    let (sums, counts) = sums.write(&counts)?;
    Ok(shared::cumulate(counts, sums))
}

/// Adds counts of the same layout, which must not reach beyond those of `target`.
#[napi(js_name = "histogramAdd")]
pub fn add_counts(
    #[napi(ts_arg_type = "Float64Array")] mut target: Floats,
    #[napi(ts_arg_type = "Float64Array")] source: Floats,
) -> Result<()> {
    let (target, source) = target.write(&source)?;
    if source.get(target.len()..).is_some_and(|beyond| beyond.iter().any(|&count| count > 0.0)) {
        return Err(Error::from_reason("Cannot add a histogram: it reaches beyond this one; allow higher values"));
    }
    shared::add(target, source);
    Ok(())
}

/// Takes counts of the same layout away, down to 0 in each bucket.
#[napi(js_name = "histogramSubtract")]
pub fn subtract_counts(
    #[napi(ts_arg_type = "Float64Array")] mut target: Floats,
    #[napi(ts_arg_type = "Float64Array")] source: Floats,
) -> Result<()> {
    let (target, source) = target.write(&source)?;
    shared::subtract(target, source);
    Ok(())
}

/// Fills `result` with the mean and the standard deviation, 0 where nothing was recorded.
#[napi(js_name = "histogramMoments")]
pub fn moments_of_counts(
    #[napi(ts_arg_type = "Float64Array")] counts: Floats,
    digits: u32,
    unit: f64,
    #[napi(ts_arg_type = "Float64Array")] mut result: Floats,
) -> Result<()> {
    let moments = shared::moments(layout(digits, unit)?, counts.read());
    result.fill([moments.mean, moments.standard_deviation])
}

/// Fills `result` with U, z and p of the Mann-Whitney test; NaN where one is empty.
#[napi(js_name = "histogramMannWhitney")]
pub fn ranks_of_counts(
    #[napi(ts_arg_type = "Float64Array")] first: Floats,
    #[napi(ts_arg_type = "Float64Array")] second: Floats,
    #[napi(ts_arg_type = "Float64Array")] mut result: Floats,
) -> Result<()> {
    let test = shared::mann_whitney(first.read(), second.read());
    result.fill(test.map_or([f64::NAN; 3], |test| [test.u, test.z, test.p]))
}

/// The widest gap between both cumulated distributions; NaN where one is empty.
#[napi(js_name = "histogramKolmogorovSmirnov")]
pub fn gap_of_counts(
    #[napi(ts_arg_type = "Float64Array")] first: Floats,
    #[napi(ts_arg_type = "Float64Array")] second: Floats,
) -> f64 {
    shared::kolmogorov_smirnov(first.read(), second.read()).unwrap_or(f64::NAN)
}

/// The histogram as logs have it: V2, compressed, in base64.
#[napi(js_name = "histogramEncode")]
pub fn text_of_histogram(
    #[napi(ts_arg_type = "Float64Array")] counts: Floats,
    digits: u32,
    unit: f64,
    highest: f64,
) -> Result<Latin1String> {
    // What is made of base64 takes half the time to become a string of JavaScript.
    Ok(Latin1String::from(shared::encode(layout(digits, unit)?, highest as u64, counts.read())))
}

/// Undoes `histogramEncode`, whoever did it.
#[napi(js_name = "histogramDecode")]
pub fn histogram_of_text<'env>(
    env: &'env Env,
    #[napi(ts_arg_type = "string")] text: Latin1String,
) -> Result<BindingHistogram<'env>> {
    let Decoded { layout, stated_max, counts } = shared::decode(&*text).map_err(reason)?;
    Ok(BindingHistogram {
        digits: u32::from(layout.digits()),
        unit: layout.unit() as f64,
        highest: stated_max as f64,
        counts: arrays::floats(env, &counts)?,
    })
}

fn layout(digits: u32, unit: f64) -> Result<Layout> {
    let layout = u8::try_from(digits).ok().and_then(|digits| Layout::with_unit(digits, unit as u64));
    layout.ok_or_else(|| {
        Error::from_reason(format!(
            "Cannot make a histogram with {digits} digits and a lowest value of {unit}: at most 5 digits and values far below 2^53 are possible"
        ))
    })
}
