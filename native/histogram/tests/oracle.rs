//! The reference implementation in Rust must agree: same answers, same bytes.

use forgebench_histogram::{Histogram, Layout, VALUE_MAX, shared};
use hdrhistogram::serialization::{Deserializer, Serializer, V2Serializer};
use proptest::collection::vec;
use proptest::prelude::*;

type Oracle = hdrhistogram::Histogram<u64>;

const QUANTILES: [f64; 12] = [0.0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0];

fn both(digits: u8) -> (Histogram, Oracle) {
    (Histogram::with_digits(digits).unwrap(), Oracle::new_with_bounds(1, VALUE_MAX, digits).unwrap())
}

fn assert_same(ours: &Histogram, oracle: &Oracle) {
    assert_eq!(ours.len(), oracle.len());
    assert_eq!((ours.min(), ours.max()), (oracle.min(), oracle.max()));
    for quantile in QUANTILES {
        assert_eq!(ours.value_at_quantile(quantile), oracle.value_at_quantile(quantile), "quantile {quantile}");
    }
    let recorded: Vec<_> = oracle.iter_recorded().map(|v| (v.value_iterated_to(), v.count_at_value())).collect();
    assert_eq!(ours.iter_recorded().collect::<Vec<_>>(), recorded);
    assert!((ours.mean() - oracle.mean()).abs() <= 1e-9 * oracle.mean(), "{} {}", ours.mean(), oracle.mean());
    let bytes = encode(oracle);
    assert_eq!(ours.encode_v2(), bytes);
    assert_eq!(&Histogram::decode_v2(&bytes).unwrap(), ours);
    let decoded: Oracle = Deserializer::new().deserialize(&mut ours.encode_v2().as_slice()).unwrap();
    assert_eq!(&decoded, oracle);
}

fn encode(oracle: &Oracle) -> Vec<u8> {
    let mut bytes = Vec::new();
    V2Serializer::new().serialize(oracle, &mut bytes).unwrap();
    bytes
}

/// Values of every size, not only the largest ones.
fn value() -> impl Strategy<Value = u64> {
    (0..=53_u32, any::<u64>()).prop_map(|(power, bits)| (bits % (1 << power) + (1 << power) / 2).min(VALUE_MAX))
}

#[test]
fn an_empty_histogram_is_that_of_the_reference() {
    let (ours, oracle) = both(3);
    assert!(ours.is_empty());
    assert_eq!(ours.encode_v2(), encode(&oracle));
    assert_eq!((ours.min(), ours.max(), ours.value_at_quantile(0.5)), (0, 0, 0));
    assert_eq!(Histogram::decode_v2(&ours.encode_v2()), Ok(ours));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn recorded_values_give_the_same_answers_and_bytes(
        digits in 0..=4_u8,
        values in vec((value(), 1..1_000_000_u64), 1..200),
    ) {
        let (mut ours, mut oracle) = both(digits);
        for (value, count) in values {
            ours.record_n(value, count);
            oracle.record_n(value, count).unwrap();
        }
        assert_same(&ours, &oracle);
    }

    #[test]
    fn corrected_values_give_the_same_answers_and_bytes(
        values in vec((0..5_000_000_u64, 500..100_000_u64), 1..20),
    ) {
        let (mut ours, mut oracle) = both(3);
        for (value, interval) in values {
            ours.record_corrected(value, interval);
            oracle.record_correct(value, interval).unwrap();
        }
        assert_same(&ours, &oracle);
    }

    #[test]
    fn a_histogram_is_corrected_as_the_reference_does_it(
        values in vec((0..5_000_000_u64, 1..9_u64), 1..20), interval in 500..100_000_u64,
    ) {
        let layout = Layout::with_unit(3, 1).unwrap();
        let (_, mut oracle) = both(3);
        let mut counts = vec![0.0; layout.index(5_000_000) + 1];
        for (value, count) in values {
            oracle.record_n(value, count).unwrap();
            counts[layout.index(value)] += count as f64;
        }
        let corrected = oracle.clone_correct(interval);
        shared::correct(layout, &mut counts, u64::MAX, interval);
        let counted = |count: f64| count as u64;
        for value in corrected.iter_recorded() {
            let index = layout.index(value.value_iterated_to());
            assert_eq!(counted(counts[index]), value.count_at_value());
        }
        assert_eq!(counted(counts.iter().sum()), corrected.len());
    }

    #[test]
    fn merged_histograms_of_different_digits_are_those_of_the_reference(
        digits in (0..=4_u8, 0..=4_u8),
        values in vec((value(), any::<bool>()), 1..200),
    ) {
        let (mut ours, mut oracle) = both(digits.0);
        let (mut ours_other, mut oracle_other) = both(digits.1);
        for (value, to_first) in values {
            let (ours, oracle) = if to_first { (&mut ours, &mut oracle) } else { (&mut ours_other, &mut oracle_other) };
            ours.record(value);
            oracle.record(value).unwrap();
        }
        ours.merge(&ours_other);
        oracle.add(&oracle_other).unwrap();
        assert_eq!(ours.encode_v2(), encode(&oracle));
    }
}
