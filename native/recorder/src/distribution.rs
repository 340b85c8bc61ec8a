//! A histogram of the facade as count, sum and quantiles.

use std::sync::{Mutex, MutexGuard, PoisonError};

use metrics::HistogramFn;
use sketches_ddsketch::{Config, DDSketch};

/// Relative error of a quantile.
const ERROR: f64 = 0.01;
/// With that error they span 17 orders of magnitude in 16 KiB.
const BUCKETS: u32 = 2_048;
/// Values below count as 0; times are seconds, so this is a picosecond.
const LEAST: f64 = 1e-12;

/// What a histogram has seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    /// Values since the first; those that are no finite number are left out.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
    /// Median, 99th percentile and maximum since the reading before, within 1 %; absent where there was no value.
    pub quantiles: Option<[f64; 3]>,
}

/// Counts values in bounded memory, by a `DDSketch` (Masson, Rim and Lee, VLDB 2019).
pub struct Sketch(Mutex<State>);

struct State {
    count: u64,
    sum: f64,
    recent: DDSketch,
}

impl Sketch {
    pub fn new() -> Self {
        Self(Mutex::new(State { count: 0, sum: 0.0, recent: empty() }))
    }

    /// Reads it, and begins anew with quantiles.
    pub fn read(&self) -> Distribution {
        let mut state = self.state();
        let recent = std::mem::replace(&mut state.recent, empty());
        let at = |q| recent.quantile(q).ok().flatten();
        let quantiles = at(0.5).zip(at(0.99)).zip(recent.max()).map(|((p50, p99), max)| [p50, p99, max]);
        Distribution { count: state.count, sum: state.sum, quantiles }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HistogramFn for Sketch {
    fn record(&self, value: f64) {
        if !value.is_finite() {
            return;
        }
        let mut state = self.state();
        state.count += 1;
        state.sum += value;
        state.recent.add(value);
    }
}

fn empty() -> DDSketch {
    DDSketch::new(Config::new(ERROR, BUCKETS, LEAST))
}
