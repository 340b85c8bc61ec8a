//! Instructions of JavaScript: a loop of the worker asks callgrind to count them.

use forgebench_border::measure;
use forgebench_border_attribute::napi;

/// Counts the instructions of all threads from here on; nothing happens outside of callgrind.
#[napi]
pub fn start_counting() {
    measure::start_counting();
}

/// Stops counting instructions.
#[napi]
pub fn stop_counting() {
    measure::stop_counting();
}

/// How many iterations to count, from what one takes under valgrind while nothing is counted, nanoseconds.
#[napi]
pub fn iterations_to_count(iteration_ns: f64) -> f64 {
    measure::iterations_to_count(iteration_ns as u64) as f64
}
