//! Live bytes over operations, as few points however long a launch goes on.

use crate::{AllocationCounts, c_heap_bytes};

/// There are at least this many points and at most twice as many, once there were so many iterations.
const POINTS: usize = 32;

/// What lived after so many operations, teardown of their outputs included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LivePoint {
    /// Operations done so far.
    pub operations: f64,
    /// The least that Rust held since the point before, bytes more than before the set-up. What lives however lucky
    /// the moment is what stays: tasks that have not yet freed what they hold raise single readings and not this.
    pub rust_bytes: f64,
    /// The same for the rest of the C heap, read once for each point: what libraries in C hold, and `malloc`'s own
    /// headers and rounding. 0 where the C library does not say.
    pub c_bytes: f64,
}

/// Collects points. It is handed its memory: what it asked for itself would look like the workload's.
pub(crate) struct LiveSeries {
    before: Heaps,
    operations_per_iteration: u64,
    iterations: u64,
    /// Iterations between two points; doubles whenever the points are full.
    stride: u64,
    floor: i64,
    /// The state after settling, and the points since.
    points: Vec<LivePoint>,
}

/// Room for all points.
pub(crate) fn room_for_points() -> Vec<LivePoint> {
    Vec::with_capacity(2 * POINTS + 1)
}

/// What both heaps hold at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heaps {
    /// Bytes that Rust asked for and did not give back.
    pub(crate) rust: i64,
    /// Everything else that `malloc` has handed out.
    pub(crate) c: i64,
}

impl Heaps {
    pub(crate) fn now() -> Self {
        let rust = AllocationCounts::now().live_bytes;
        Self { rust, c: c_heap_bytes().map_or(0, |all| all - rust) }
    }

    /// Bytes of both.
    pub(crate) fn sum(self) -> i64 {
        self.rust + self.c
    }
}

impl LiveSeries {
    pub(crate) fn new(before: Heaps, operations_per_iteration: u64, points: Vec<LivePoint>) -> Self {
        Self { before, operations_per_iteration, iterations: 0, stride: 1, floor: i64::MAX, points }
    }

    /// Takes note of the state that growth is measured from.
    pub(crate) fn begin(&mut self, now: Heaps) {
        self.points.push(LivePoint {
            operations: 0.0,
            rust_bytes: (now.rust - self.before.rust) as f64,
            c_bytes: (now.c - self.before.c) as f64,
        });
    }

    /// Whether the iteration under way ends a stretch.
    pub(crate) fn is_closing(&self) -> bool {
        (self.iterations + 1).is_multiple_of(self.stride)
    }

    /// Takes note of what lives after an iteration.
    pub(crate) fn add(&mut self, rust_live_bytes: i64) {
        let closing = self.is_closing();
        self.iterations += 1;
        self.floor = self.floor.min(rust_live_bytes);
        if !closing {
            return;
        }
        self.points.push(LivePoint {
            operations: (self.iterations * self.operations_per_iteration) as f64,
            rust_bytes: (self.floor - self.before.rust) as f64,
            c_bytes: (Heaps::now().c - self.before.c) as f64,
        });
        self.floor = i64::MAX;
        if self.points.len() == 2 * POINTS + 1 {
            self.halve();
        }
    }

    pub(crate) fn into_points(self) -> Vec<LivePoint> {
        self.points
    }

    /// Two stretches become one, whose floor is the lower of both.
    fn halve(&mut self) {
        self.stride *= 2;
        for pair in 0..POINTS {
            let (earlier, later) = (self.points[2 * pair + 1], self.points[2 * pair + 2]);
            self.points[pair + 1] = LivePoint {
                operations: later.operations,
                rust_bytes: earlier.rust_bytes.min(later.rust_bytes),
                c_bytes: earlier.c_bytes.min(later.c_bytes),
            };
        }
        self.points.truncate(POINTS + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Heaps = Heaps { rust: 0, c: 0 };

    #[test]
    fn points_stay_few_and_cover_all_operations() {
        for iterations in [1_u64, 31, 63, 64, 65, 1_000, 100_000] {
            let mut series = LiveSeries::new(NOTHING, 10, room_for_points());
            series.begin(NOTHING);
            for iteration in 0..iterations {
                series.add(iteration as i64);
            }
            let stride = series.stride;
            let points = series.into_points();
            assert!(points.len() <= 2 * POINTS && points.len() as u64 > iterations.min(POINTS as u64), "{points:?}");
            let last = points.last().unwrap().operations;
            assert!(last > (10 * (iterations - stride)) as f64 && last <= (10 * iterations) as f64, "{last}");
        }
    }

    #[test]
    fn a_point_is_the_least_since_the_one_before() {
        let before = Heaps { rust: 100, c: 0 };
        let mut series = LiveSeries::new(before, 1, room_for_points());
        series.begin(before);
        // A saw tooth of ten operations above a floor that rises by one byte for each.
        for iteration in 0..10_000_i64 {
            series.add(100 + iteration + (iteration % 10) * 1_000);
        }
        let points = series.into_points();
        let [_start, first, .., last] = &points[..] else { panic!("{points:?}") };
        let slope = (last.rust_bytes - first.rust_bytes) / (last.operations - first.operations);
        assert!((slope - 1.0).abs() < 0.01, "{slope}");
    }
}
