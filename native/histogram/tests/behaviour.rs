//! What holds for every histogram, and the reference values of coordinated omission.

use forgebench_histogram::{DecodeError, Histogram, Layout, RecordError, VALUE_MAX, shared};
use proptest::collection::vec;
use proptest::prelude::*;

fn histogram(digits: u8, values: &[u64]) -> Histogram {
    let mut histogram = Histogram::with_digits(digits).unwrap();
    for &value in values {
        histogram.record(value);
    }
    histogram
}

fn float() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..3000.0, 0.0..1e9, 0.0..=VALUE_MAX as f64, Just(-0.0), Just(VALUE_MAX as f64)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_recording_both(first in vec(0..=VALUE_MAX, 0..50), second in vec(0..=VALUE_MAX, 0..50)) {
        let mut merged = histogram(3, &first);
        merged.merge(&histogram(3, &second));
        prop_assert_eq!(merged.len(), (first.len() + second.len()) as u64);
        prop_assert_eq!(merged, histogram(3, &[first, second].concat()));
    }

    #[test]
    fn a_batch_is_its_values_recorded_one_by_one_and_rounded_down(
        digits in 0..=5_u8,
        values in vec(float(), 0..100),
    ) {
        let mut batch = Histogram::with_digits(digits).unwrap();
        batch.record_batch(&values).unwrap();
        let integers: Vec<u64> = values.iter().map(|&value| value as u64).collect();
        prop_assert_eq!(batch.len(), values.len() as u64);
        prop_assert_eq!(batch, histogram(digits, &integers));
    }

    #[test]
    fn a_histogram_decoded_with_another_unit_records_batches_and_values_alike(values in vec(float(), 1..100)) {
        let mut bytes = Histogram::with_digits(2).unwrap().encode_v2();
        bytes[16..24].copy_from_slice(&20_000_u64.to_be_bytes());
        let mut batch = Histogram::decode_v2(&bytes).unwrap();
        let mut single = batch.clone();
        batch.record_batch(&values).unwrap();
        for &value in &values {
            single.record(value as u64);
        }
        prop_assert_eq!(batch, single);
    }

    #[test]
    fn an_invalid_value_anywhere_leaves_the_histogram_as_it_was(
        values in vec(float(), 0..40),
        position in any::<prop::sample::Index>(),
        invalid in prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(-1e-300), Just(VALUE_MAX as f64 + 2.0)],
    ) {
        let mut values = values;
        let at = position.index(values.len() + 1);
        values.insert(at, invalid);
        let mut batch = histogram(3, &[5]);
        let error = batch.record_batch(&values).unwrap_err();
        let (RecordError::NotFinite { index, .. } | RecordError::Negative { index, .. }
            | RecordError::TooLarge { index, .. }) = error;
        prop_assert_eq!(index, at);
        prop_assert_eq!(batch, histogram(3, &[5]));
    }

    #[test]
    fn decoding_undoes_encoding(digits in 0..=5_u8, values in vec((0..=VALUE_MAX, any::<u64>()), 0..50)) {
        let mut original = Histogram::with_digits(digits).unwrap();
        for &(value, count) in &values {
            original.record_n(value, count);
        }
        let decoded = Histogram::decode_v2(&original.encode_v2()).unwrap();
        prop_assert_eq!(decoded.len(), original.len());
        prop_assert_eq!(decoded, original);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = Histogram::decode_v2(&bytes);
    }

    #[test]
    fn an_arbitrary_payload_never_panics_and_never_exceeds_the_layout(payload in vec(any::<u8>(), 0..200)) {
        if let Ok(decoded) = Histogram::decode_v2(&with_payload(&payload)) {
            prop_assert!(decoded.max() < VALUE_MAX + (1 << 43));
            prop_assert_eq!(Histogram::decode_v2(&decoded.encode_v2()), Ok(decoded));
        }
    }

    #[test]
    fn a_truncated_encoding_is_an_error(values in vec(0..=VALUE_MAX, 1..20), cut in any::<prop::sample::Index>()) {
        let bytes = histogram(3, &values).encode_v2();
        let kept = cut.index(bytes.len());
        let is_truncated = matches!(Histogram::decode_v2(&bytes[..kept]), Err(DecodeError::Truncated { .. }));
        prop_assert!(is_truncated);
    }
}

/// A header for three digits before `payload`.
fn with_payload(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Histogram::with_digits(3).unwrap().encode_v2();
    bytes.truncate(40);
    bytes[4..8].copy_from_slice(&(payload.len() as u32).to_be_bytes());
    bytes.extend(payload);
    bytes
}

#[test]
fn an_invalid_value_late_in_a_long_batch_leaves_the_histogram_as_it_was() {
    let mut values: Vec<f64> = (0..5000).map(f64::from).collect();
    values[4321] = f64::NAN;
    let mut batch = histogram(3, &[5, 3000]);
    let error = batch.record_batch(&values).unwrap_err();
    assert!(matches!(error, RecordError::NotFinite { index: 4321, .. }), "{error}");
    assert_eq!((batch.len(), batch), (2, histogram(3, &[5, 3000])));
}

#[test]
fn a_long_batch_is_its_values_recorded_one_by_one() {
    let integers: Vec<u64> = (0..5000).map(|number| number * number).collect();
    let values: Vec<f64> = integers.iter().map(|&integer| integer as f64).collect();
    let mut batch = Histogram::with_digits(3).unwrap();
    batch.record_batch(&values).unwrap();
    assert_eq!((batch.len(), batch), (5000, histogram(3, &integers)));
}

#[test]
fn a_stall_is_charged_to_every_operation_that_it_delayed() {
    // HdrHistogram_rust, tests/data_access.rs: 10 000 operations of 1 ms, one of 100 s, started every 10 ms; in µs.
    let mut raw = Histogram::with_digits(3).unwrap();
    raw.record_n(1_000, 10_000);
    let mut corrected = raw.clone();
    raw.record(100_000_000);
    corrected.record_corrected(100_000_000, 10_000);
    assert_eq!((raw.len(), corrected.len()), (10_001, 20_000));
    assert_eq!(raw.value_at_quantile(0.9999), 1_000);
    let expected = [(0.5, 1e3), (0.75, 50e6), (0.9, 80e6), (0.99, 98e6)];
    for (quantile, value) in expected {
        let seen = corrected.value_at_quantile(quantile) as f64;
        assert!((seen - value).abs() <= 0.001 * value, "quantile {quantile}: {seen}, expected {value}");
    }
    assert!((corrected.mean() - 25_000_500.0).abs() <= 0.001 * 25_000_500.0, "{}", corrected.mean());
}

#[test]
fn correcting_a_long_stall_at_a_short_interval_takes_no_longer_than_there_are_buckets() {
    let mut histogram = Histogram::with_digits(3).unwrap();
    histogram.record_corrected(VALUE_MAX, 1);
    assert_eq!(histogram.len(), VALUE_MAX);
    // Half of all values lie below 2^52, the lowest value of a bucket that is 2^42 wide.
    assert_eq!(histogram.value_at_quantile(0.5), VALUE_MAX / 2 + (1 << 42) - 1);
}

#[test]
fn counts_stop_at_their_limit_instead_of_wrapping() {
    let mut full = Histogram::with_digits(3).unwrap();
    full.record_n(7, u64::MAX);
    full.record(7);
    full.record_batch(&[7.0, 8.0]).unwrap();
    full.merge(&full.clone());
    assert_eq!(full.iter_recorded().collect::<Vec<_>>(), [(7, i64::MAX as u64), (8, 2)]);
    assert_eq!(full.len(), i64::MAX as u64 + 2);
}

#[test]
fn bytes_that_this_crate_cannot_hold_are_named() {
    let good = histogram(3, &[1, 2, 3]).encode_v2();
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        Histogram::decode_v2(&bytes).unwrap_err()
    };
    assert_eq!(with(3, 0x14), DecodeError::UnknownCookie(0x1c84_9314));
    assert_eq!(with(11, 1), DecodeError::Scaled);
    assert_eq!(with(15, 6), DecodeError::UnsupportedLayout { digits: 6, unit: 1 });
    assert_eq!(with(23, 0), DecodeError::UnsupportedLayout { digits: 3, unit: 0 });
    assert_eq!(with(16, 1), DecodeError::UnsupportedLayout { digits: 3, unit: (1 << 56) + 1 });
    assert_eq!(with(32, 0), DecodeError::Scaled);
    assert_eq!(Histogram::decode_v2(&[&good[..], &[0]].concat()), Err(DecodeError::TrailingBytes(1)));
    assert_eq!(Histogram::decode_v2(&with_payload(&[0x80])), Err(DecodeError::CutNumber));
    assert_eq!(Histogram::decode_v2(&with_payload(&[0xff; 9])), Err(DecodeError::ValueTooLarge));
}

#[test]
fn a_compressed_text_may_hold_anything_and_is_an_error_then() {
    let layout = Layout::with_unit(3, 1).unwrap();
    let text = shared::encode(layout, VALUE_MAX, &[1.0, 2.0, 300.0]);
    for at in 0..text.len() {
        for other in ['A', 'z', '/', '%'] {
            let mut spoilt = text.clone().into_bytes();
            spoilt[at] = other as u8;
            if let Ok(decoded) = shared::decode(&spoilt) {
                assert_eq!(decoded.counts, [1.0, 2.0, 300.0], "byte {at} as {other}");
            }
        }
        assert!(shared::decode(&text[..at]).is_err());
    }
}
