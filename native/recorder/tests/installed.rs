//! The recorder of the process, in a process of its own.

use forgebench_recorder::{Value, emitted, install};
use metrics::counter;

#[test]
fn nothing_is_recorded_before_somebody_asks_for_it() {
    counter!("saved").increment(1);
    assert_eq!(emitted(), None);
    install().unwrap();
    install().unwrap();
    assert_eq!(emitted().map(|all| all.series.len()), Some(0));
    counter!("saved").increment(1);
    assert_eq!(emitted().map(|all| all.series[0].value), Some(Value::Counter(1)));
}
