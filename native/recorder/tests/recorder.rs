//! What a recorder keeps of arbitrary emissions.

use std::collections::BTreeMap;

use forgebench_recorder::{Emitted, MOST_LEFT_OUT, MetricsRecorder, Value};
use metrics::{counter, gauge, histogram, with_local_recorder};
use proptest::prelude::*;

/// Values of the counters by name.
fn counters(emitted: &Emitted) -> BTreeMap<String, u64> {
    let counted = |value| if let Value::Counter(count) = value { Some(count) } else { None };
    emitted.series.iter().filter_map(|each| Some((each.name.clone(), counted(each.value)?))).collect()
}

/// What the only series says.
fn only(recorder: &MetricsRecorder) -> Value {
    let emitted = recorder.emitted();
    assert_eq!(emitted.series.len(), 1);
    emitted.series[0].value
}

proptest! {
    #[test]
    fn a_counter_never_falls_and_is_the_sum_of_what_was_counted(
        steps in prop::collection::vec(("[a-d]", 0_u64..1_000, prop::bool::ANY), 1..100),
    ) {
        let recorder = MetricsRecorder::new(100);
        let mut expected = BTreeMap::<String, u64>::new();
        with_local_recorder(&recorder, || {
            let mut before = BTreeMap::new();
            for (name, value, is_absolute) in steps {
                let count = expected.entry(name.clone()).or_default();
                if is_absolute {
                    counter!(name).absolute(value);
                    *count = (*count).max(value);
                } else {
                    counter!(name).increment(value);
                    *count += value;
                }
                let after = counters(&recorder.emitted());
                assert!(before.iter().all(|(name, count)| after[name] >= *count));
                before = after;
            }
        });
        prop_assert_eq!(counters(&recorder.emitted()), expected);
    }

    #[test]
    fn names_and_labels_come_back_as_they_were_written(name in ".*", key in ".*", value in ".*") {
        let recorder = MetricsRecorder::new(1);
        with_local_recorder(&recorder, || counter!(name.clone(), key.clone() => value.clone()).increment(1));
        let emitted = recorder.emitted();
        prop_assert_eq!(&emitted.series[0].name, &name);
        prop_assert_eq!(&emitted.series[0].labels, &vec![(key, value)]);
    }

    #[test]
    fn series_beyond_the_bound_are_counted_once_each(
        most in 0_usize..20,
        names in prop::collection::vec(0_u8..40, 1..200),
    ) {
        let recorder = MetricsRecorder::new(most);
        with_local_recorder(&recorder, || {
            for name in &names {
                counter!(name.to_string()).increment(1);
            }
        });
        let distinct = names.iter().collect::<std::collections::BTreeSet<_>>().len();
        let emitted = recorder.emitted();
        prop_assert_eq!(emitted.series.len(), distinct.min(most));
        prop_assert_eq!(emitted.series.len() + emitted.left_out, distinct);
    }

    #[test]
    fn a_histogram_tells_count_sum_and_quantiles_within_a_percent(
        values in prop::collection::vec(1e-9_f64..1e6, 1..300),
    ) {
        let recorder = MetricsRecorder::new(1);
        with_local_recorder(&recorder, || {
            for &value in &values {
                histogram!("seconds").record(value);
            }
        });
        let Value::Histogram(seen) = only(&recorder) else { panic!("it is no histogram") };
        prop_assert_eq!(seen.count, values.len() as u64);
        prop_assert!((seen.sum / values.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let mut sorted = values;
        sorted.sort_by(f64::total_cmp);
        let [p50, p99, max] = seen.quantiles.expect("it has seen values");
        for (q, quantile) in [(0.5, p50), (0.99, p99)] {
            // Between two values any of them is a quantile.
            let at = q * (sorted.len() - 1) as f64;
            let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
            prop_assert!(quantile >= low * 0.979 && quantile <= high * 1.021, "{quantile} of {low} to {high}");
        }
        prop_assert_eq!(max.to_bits(), sorted[sorted.len() - 1].to_bits());
    }
}

#[test]
fn quantiles_are_of_what_came_since_the_reading_before() {
    let recorder = MetricsRecorder::new(1);
    with_local_recorder(&recorder, || {
        histogram!("seconds").record(1_000.0);
        recorder.emitted();
        histogram!("seconds").record(1.0);
    });
    let Value::Histogram(seen) = only(&recorder) else { panic!("it is no histogram") };
    assert_eq!((seen.count, seen.quantiles.map(|[_, _, max]| max)), (2, Some(1.0)));
    let Value::Histogram(later) = only(&recorder) else { panic!("it is no histogram") };
    assert_eq!((later.count, later.quantiles), (2, None));
}

#[test]
fn values_that_are_no_finite_numbers_are_left_out() {
    let recorder = MetricsRecorder::new(1);
    with_local_recorder(&recorder, || {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -1.0, f64::MAX, f64::MIN_POSITIVE] {
            histogram!("odd").record(value);
        }
    });
    let Value::Histogram(seen) = only(&recorder) else { panic!("it is no histogram") };
    assert_eq!(seen.count, 4);
}

#[test]
fn a_gauge_tells_its_latest_value() {
    let recorder = MetricsRecorder::new(1);
    with_local_recorder(&recorder, || {
        gauge!("queue").set(7.0);
        gauge!("queue").decrement(9.5);
    });
    assert_eq!(only(&recorder), Value::Gauge(-2.5));
}

#[test]
fn kinds_of_one_name_are_series_apart() {
    let recorder = MetricsRecorder::new(10);
    with_local_recorder(&recorder, || {
        counter!("x").increment(1);
        gauge!("x").set(1.0);
        histogram!("x").record(1.0);
    });
    assert_eq!(recorder.emitted().series.len(), 3);
}

#[test]
fn any_number_of_series_takes_bounded_memory() {
    let recorder = MetricsRecorder::new(1);
    with_local_recorder(&recorder, || {
        for name in 0..2 * MOST_LEFT_OUT {
            counter!(name.to_string()).increment(1);
        }
    });
    assert_eq!(recorder.emitted().left_out, MOST_LEFT_OUT);
}
