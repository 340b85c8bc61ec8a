// Rust that makes the functions it stands in slower: its value lives as long as the call.

/** What a slowdown is counted in. */
export type Guard = 'time' | 'instructions';

/** Environment variable with the turns that a guard of instructions makes after each call. */
export const TURNS = 'FORGEBENCH_TURNS';

/** Marks the place of the share in an addon; the eight bytes behind it are the share. */
const MARK = 0x5f_0b_9e_4c_51_0d_e4_a7n;

/** The module `forgebench_slow` of a crate. Only the outermost of the functions that it stands in is slowed down. */
export function guardModule(guard: Guard): string {
  return `${HEAD}${guard === 'time' ? WAITING : TURNING}`;
}

/**
 * The same addon with another share: 0.05 makes calls take 5 % longer; as it is built, it is 0.
 *
 * Two builds would differ in more than the share: whatever comes before a function moves it, and how it lies in its cache
 * lines is worth up to 7 %.
 *
 * @throws Error where the addon has no such guard
 */
export function withShare(addon: Buffer, share: number): Buffer {
  const mark = Buffer.alloc(8);
  mark.writeBigUInt64LE(MARK);
  const place = addon.indexOf(mark);
  if (place < 0 || addon.indexOf(mark, place + 1) >= 0)
    throw new Error('Cannot set the share: the mark is not there once');
  const patched = Buffer.from(addon);
  patched.writeDoubleLE(share, place + mark.length);
  return patched;
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
const WAITING = `
use std::time::{Duration, Instant};

/// Nanoseconds that are waited for at once at least: many readings of the clock.
const LEAST_NS: f64 = 1000.0;

/// The mark that the share is found by, and its bits.
static SHARE: [u64; 2] = [${MARK}, 0];

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
        let mut owed = OWED_NS.get() + took.as_nanos() as u64 as f64 * f64::from_bits(std::hint::black_box(&SHARE)[1]);
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
