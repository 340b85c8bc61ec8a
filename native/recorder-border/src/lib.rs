//! The N-API functions by which a workload addon offers what its crates emit through the facade `metrics`.
//!
//! ```ignore
//! // src/lib.rs of the addon
//! forgebench_border::workload_addon!(workloads());
//! forgebench_recorder_border::offer_metrics!();
//! ```
//!
//! Nothing is recorded until JavaScript calls `recordMetrics`, which profiled launches alone do.

// Clippy's `--all-targets` compiles a test of this crate, in which N-API registers nothing.
#![cfg_attr(test, allow(dead_code, reason = "what only JavaScript calls looks unused there"))]

use forgebench_border_attribute::napi;
use forgebench_recorder::{Distribution, Emitted, Series, Value};

/// Makes the addon offer its metrics to `forgebench profile --with metrics`.
#[macro_export]
macro_rules! offer_metrics {
    () => {
        // Names the exports, so that the linker keeps the code that registers them with Node.js.
        #[doc(hidden)]
        #[used]
        static KEEP_METRICS: fn() = $crate::keep;
    };
}

/// Referenced by [`offer_metrics!`] so that this crate is linked whole.
#[doc(hidden)]
pub fn keep() {}

/// What the crates of an addon have emitted.
#[napi(object)]
pub struct BindingEmitted {
    /// By name, then labels.
    pub series: Vec<BindingSeries>,
    /// Series beyond the first 500, of which nothing is known; at most 10,000 are told apart.
    pub left_out: u32,
}

/// A metric with one set of labels.
#[napi(object)]
pub struct BindingSeries {
    /// As the crate wrote it.
    pub name: String,
    /// As the crate wrote them.
    pub labels: Vec<BindingLabel>,
    /// `counter`, `gauge` or `histogram`.
    pub kind: String,
    /// The count so far, the latest value, or the number of values so far.
    pub value: f64,
    /// Sum of the values so far; of a histogram.
    pub sum: Option<f64>,
    /// Median, 99th percentile and maximum since the reading before; of a histogram that has seen values since.
    pub quantiles: Option<Vec<f64>>,
}

/// A label of a series.
#[napi(object)]
pub struct BindingLabel {
    /// Its name.
    pub key: String,
    /// What it says.
    pub value: String,
}

/// Records from now on what crates emit; returns why that is impossible, or nothing.
#[napi]
pub fn record_metrics() -> Option<String> {
    forgebench_recorder::install().err().map(|error| error.to_string())
}

/// What was emitted since `recordMetrics`; nothing where that was not called or failed.
#[napi]
pub fn emitted_metrics() -> Option<BindingEmitted> {
    forgebench_recorder::emitted().map(Into::into)
}

impl From<Emitted> for BindingEmitted {
    fn from(emitted: Emitted) -> Self {
        let series = emitted.series.into_iter().map(Into::into).collect();
        Self { series, left_out: emitted.left_out as u32 }
    }
}

impl From<Series> for BindingSeries {
    fn from(Series { name, labels, value }: Series) -> Self {
        let labels = labels.into_iter().map(|(key, value)| BindingLabel { key, value }).collect();
        let of = |kind: &str, value| (kind.to_owned(), value);
        let ((kind, value), distribution) = match value {
            Value::Counter(count) => (of("counter", count as f64), None),
            Value::Gauge(value) => (of("gauge", value), None),
            Value::Histogram(seen) => (of("histogram", seen.count as f64), Some(seen)),
        };
        let quantiles = distribution.and_then(|Distribution { quantiles, .. }| quantiles.map(Vec::from));
        Self { name, labels, kind, value, sum: distribution.map(|seen| seen.sum), quantiles }
    }
}
