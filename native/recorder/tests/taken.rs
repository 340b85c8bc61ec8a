//! A recorder that the code under test has installed, in a process of its own.

use forgebench_recorder::{InstallError, MetricsRecorder, emitted, install};

#[test]
fn a_recorder_that_stands_already_is_left_alone_and_told_of() {
    metrics::set_global_recorder(MetricsRecorder::new(1)).map_err(|_| "taken").unwrap();
    assert_eq!(install(), Err(InstallError::Taken));
    assert_eq!(emitted(), None);
}
