//! Where values lie and how far they spread, in two passes over values that need not be sorted.

use crate::{DensityError, Sample};

/// Values that differ by less than this share of their size count as equal.
const NO_SPREAD: f64 = 1e-10;

/// Where values lie and how far they spread.
pub(crate) struct Spread {
    pub least: f64,
    pub most: f64,
    deviation: f64,
}

impl Spread {
    pub fn of(values: &[f64]) -> Result<Self, DensityError> {
        let count = values.len() as f64;
        let mean = sum_of(values, |value| value) / count;
        let deviation = (sum_of(values, |value| (value - mean) * (value - mean)) / (count - 1.0).max(1.0)).sqrt();
        let [least, most] = extremes(values);
        if deviation.is_finite() && (most - least).is_finite() {
            return Ok(Self { least, most, deviation });
        }
        let sample = Sample::new(values.to_vec())?;
        Err(DensityError::TooWide { least: sample.quantile(0.0), most: sample.quantile(1.0) })
    }

    /// Silverman's bandwidth.
    pub fn bandwidth(&self, count: usize) -> f64 {
        let size = self.least.abs().max(self.most.abs());
        match (self.deviation > NO_SPREAD * size, size) {
            (true, _) => self.deviation * (4.0 / (3.0 * count as f64)).powf(0.2),
            (false, 0.0) => 0.01,
            (false, _) => 0.01 * size,
        }
    }
}

/// A sum in eight parts, which a processor adds up at once.
fn sum_of(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (chunks, rest) = values.as_chunks::<8>();
    let mut parts = [0.0; 8];
    for chunk in chunks {
        for (part, value) in parts.iter_mut().zip(chunk) {
            *part += term(*value);
        }
    }
    parts.iter().sum::<f64>() + rest.iter().map(|value| term(*value)).sum::<f64>()
}

fn extremes(values: &[f64]) -> [f64; 2] {
    let (chunks, rest) = values.as_chunks::<8>();
    let (mut least, mut most) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
    for chunk in chunks {
        for ((least, most), value) in least.iter_mut().zip(&mut most).zip(chunk) {
            *least = if value < least { *value } else { *least };
            *most = if value > most { *value } else { *most };
        }
    }
    [
        least.iter().chain(rest).copied().fold(f64::INFINITY, f64::min),
        most.iter().chain(rest).copied().fold(f64::NEG_INFINITY, f64::max),
    ]
}
