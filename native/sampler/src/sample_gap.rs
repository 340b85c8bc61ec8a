//! How far samples of allocations lie apart: exponentially, so that no rhythm of the program can hide from them.

use std::sync::atomic::{AtomicU64, Ordering};

/// The first state of the generator, until somebody seeds it.
const SEED: u64 = 0x5EED_0F60_2B35_C4A1;
/// The step of Weyl's sequence in `SplitMix64` (Steele, Lea, Flood 2014, <https://doi.org/10.1145/2660193.2660195>).
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

static STATE: AtomicU64 = AtomicU64::new(SEED);

/// Begins anew, so that two recordings do not err in the same direction.
pub(crate) fn seed(seed: u64) {
    STATE.store(seed, Ordering::Relaxed);
}

/// Bytes until the next sample: at least 1, `interval` in the mean.
pub(crate) fn draw(interval: f64) -> u64 {
    let mut bits = STATE.fetch_add(STEP, Ordering::Relaxed);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^= bits >> 31;
    // In (0, 1], so that its logarithm is finite.
    let uniform = ((bits >> 11) + 1) as f64 / (1_u64 << 53) as f64;
    (-uniform.ln() * interval).ceil().max(1.0) as u64
}

/// How many allocations of this size one sample of it stands for: 1 over its chance to be one.
pub(crate) fn stands_for(bytes: u64, interval: f64) -> f64 {
    1.0 / -(-(bytes as f64) / interval).exp_m1()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_have_the_interval_as_their_mean() {
        let sum: u64 = (0..100_000).map(|_| draw(4096.0)).sum();
        let mean = sum as f64 / 100_000.0;
        // Four standard errors, and what rounding up adds.
        assert!((mean - 4096.5).abs() < 4.0 * 4096.0 / 316.0, "{mean}");
    }

    #[test]
    fn samples_stand_for_as_many_allocations_as_there_were_whatever_their_size() {
        for size in [16_u64, 1000, 4096, 100_000] {
            let (mut left, mut seen, mut samples) = (draw(4096.0), 0.0, 0_u32);
            for _ in 0..400_000 {
                if size < left {
                    left -= size;
                } else {
                    left = draw(4096.0);
                    seen += stands_for(size, 4096.0);
                    samples += 1;
                }
            }
            let apart = (seen / 400_000.0 - 1.0).abs();
            assert!(apart < 4.0 / f64::from(samples).sqrt(), "{size} bytes: {apart}");
        }
    }
}
