//! Iterations for callgrind: set up, checked and warmed up uncounted, then run between requests to count.

use crate::{Case, Failure};

/// What callgrind counted the instructions of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedIterations {
    /// Iterations between the requests.
    pub iterations: u64,
    /// Operations of each.
    pub operations: u64,
}

/// Counted iterations take this long at most where they are many, before callgrind makes them about ten times longer.
const TIME_NS: u64 = 1_000_000_000;
/// Numbers of iterations to choose from, so far apart that two machines seldom choose differently.
const LADDER: [u64; 4] = [1_000, 100, 10, 1];
/// Iterations that are tried to tell what one takes. As many are made where nobody has to be told, because each draws from
/// what is random, which must be at the same place when counting begins.
const TRIALS: u32 = 2;
/// This share of the counted iterations runs before them: caches fill and tables grow.
const WARM_UP: u64 = 10;

/// Runs a case for callgrind: only what a timed launch times is counted, inputs and drops are not. Outside of callgrind
/// it runs the same and nobody counts.
///
/// `wanted` is how many iterations an earlier launch has counted; without it, as many as there is time for.
///
/// # Errors
///
/// Where the case's answer is wrong.
pub fn count_instructions(case: &mut dyn Case, wanted: Option<u64>) -> Result<CountedIterations, Failure> {
    let first_ns = case.verify()?.ns;
    // Valgrind translates the code of the first, so others are faster.
    let fastest_ns = (0..TRIALS).fold(first_ns, |least, _| least.min(case.time_batch(1).elapsed_ns));
    let iterations = case.countable(wanted.unwrap_or_else(|| iterations_to_count(fastest_ns)));
    case.iterate(iterations / WARM_UP);
    case.iterate_counted(iterations);
    Ok(CountedIterations { iterations, operations: case.operations() })
}

/// How many iterations to count, from what one takes under valgrind while nothing is counted.
#[must_use]
pub fn iterations_to_count(iteration_ns: u64) -> u64 {
    LADDER.into_iter().find(|count| count.saturating_mul(iteration_ns) <= TIME_NS).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::iterations_to_count;

    #[test]
    fn short_iterations_are_counted_often_and_long_ones_once() {
        assert_eq!([0, 1_000_000, 1_000_001].map(iterations_to_count), [1_000, 1_000, 100]);
        assert_eq!([100_000_000, 100_000_001, u64::MAX].map(iterations_to_count), [10, 1, 1]);
    }
}
