// Rust that makes the functions it stands in slower: its value lives as long as the call.

/** What a slowdown is counted in. */
export type Guard = 'time' | 'instructions';

/** Environment variable with the turns that a guard of instructions makes after each call. */
export const TURNS = 'FORGEBENCH_TURNS';

/**
 * The module `forgebench_slow` of a crate. Only the outermost of the functions that it stands in is slowed down.
 *
 * @param share 0.05 makes calls take 5 % longer; of no meaning for instructions, whose turns the environment says
 */
export function guardModule(guard: Guard, share: number): string {
  return `${HEAD}${guard === 'time' ? waitingFor(share) : TURNING}`;
}

const HEAD = `//! Slows functions down, for forgebench to find.
use std::cell::Cell;

thread_local!(static DEPTH: Cell<u32> = const { Cell::new(0) });

/// True for the outermost call, when it ends.
fn leave() -> bool {
    DEPTH.with(|depth| {
        depth.set(depth.get() - 1);
        depth.get() == 0
    })
}

fn enter() {
    DEPTH.with(|depth| depth.set(depth.get() + 1));
}
`;

/**
 * Busy-waits for a share of the time that the function itself took, which is exact whatever the machine: calls of a
 * millisecond and of half a microsecond become slower alike. A clock cannot wait for the few nanoseconds that a short call
 * owes, so they are owed until they are worth it. The readings of the clock are in the function whatever the share, so
 * that a share of 0 is what to compare with.
 */
function waitingFor(share: number): string {
  return `
use std::time::{Duration, Instant};

/// Nanoseconds that are waited for at once at least: many readings of the clock.
const LEAST_NS: f64 = 1000.0;

/// Read from memory, so that what calls this is laid out alike whatever the share is: layout alone can be worth 3 %.
static SHARE: f64 = ${share.toFixed(4)};

thread_local!(static OWED_NS: Cell<f64> = const { Cell::new(0.0) });

pub(crate) struct Slow(Instant);

impl Slow {
    pub(crate) fn begin() -> Self {
        enter();
        Slow(Instant::now())
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        if !leave() {
            return;
        }
        let took = self.0.elapsed();
        let mut owed = OWED_NS.get() + took.as_nanos() as u64 as f64 * *std::hint::black_box(&SHARE);
        if owed >= LEAST_NS {
            owed -= wait(Duration::from_nanos(owed as u64)).as_nanos() as u64 as f64;
        }
        // A wait that was interrupted is no credit for the calls after it.
        OWED_NS.set(owed.max(-LEAST_NS));
    }
}

/// Waits, and says how long that was.
fn wait(least: Duration) -> Duration {
    let begin = Instant::now();
    loop {
        std::hint::spin_loop();
        let waited = begin.elapsed();
        if waited >= least {
            return waited;
        }
    }
}
`;
}

/** Turns that the processor cannot skip, as many after each call: a clock has no say in them. */
const TURNING = `
static TURNS: std::sync::LazyLock<u64> = std::sync::LazyLock::new(|| {
    std::env::var("${TURNS}").ok().and_then(|turns| turns.parse().ok()).unwrap_or(0)
});

pub(crate) struct Slow;

impl Slow {
    pub(crate) fn begin() -> Self {
        enter();
        Slow
    }
}

impl Drop for Slow {
    fn drop(&mut self) {
        if leave() {
            for turn in 0..*TURNS {
                std::hint::black_box(turn);
            }
        }
    }
}
`;
